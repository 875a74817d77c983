"""How what is found is spread: over sources, authors, languages, periods."""

from collections.abc import Mapping

from search.value import Value


class Count(Value):
    """A value of a field (``""``: none), and how many articles and paragraphs have it. (Titles that match are counted
    with the paragraphs, as they are in all counts.)"""

    value: str
    articles: int
    paragraphs: int


class Facet(Value):
    """A value, how many articles and paragraphs that have it match, and how many paragraphs (`of`) have it in all."""

    value: str
    articles: int
    paragraphs: int
    of: int

    @property
    def share(self) -> float:
        """Of all paragraphs that have the value, the part that matches."""
        return self.paragraphs / self.of if self.of else 0.0


class Counted(Value):
    """How many articles and paragraphs match, and how many of them have each value (those of which none has it are
    left out)."""

    articles: int
    paragraphs: int
    values: Mapping[str, Facet]


class Period(Value):
    """A period of which the archive has `of` paragraphs (0: nothing is known of that time), and what matches of it,
    query by query."""

    value: str
    of: int
    found: tuple[Facet, ...]


class Timeline(Value):
    """All periods from the first to the last of which the archive has something, each a `unit` long
    (`search.periods`). `undated` says of each query how many matching paragraphs have no date, or none that is
    precise enough."""

    unit: str
    queries: tuple[str, ...]
    periods: tuple[Period, ...]
    undated: tuple[int, ...]
