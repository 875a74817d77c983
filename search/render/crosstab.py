"""Cross tables as people read them, and as rows and records for other programs.

There is a row for each query, as soon as it is counted. The columns are known before; the names of queries, which are
not, stand at the end of a line.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from search.columns import width
from search.counts import Counted, Facet
from search.render.bars import percent
from search.render.concordance import head
from search.render.counts import NONE
from search.render.style import Style, safe

T = TypeVar("T")

OTHERS, EARLIER = "others", "earlier"
"""The column of what has none of its own: of values, and of periods."""

SHOWN = ("paragraphs", "articles", "share")
"""What may stand in the cells."""

NAME = 16
"""So many columns are left for names at least."""


LABEL = 24
"""So many columns the name of a value takes at most."""

_COUNTS, _COUNT_WIDTHS = ("articles", "paragraphs"), (8, 10)
_SHARE = 7


class Columns(NamedTuple):
    """The values of `of`, which says how many paragraphs each has; those that have a column, those that share one,
    and what that is called."""

    of: Mapping[str, int]
    is_periods: bool
    values: tuple[str, ...]
    rest: frozenset[str]

    @property
    def rest_name(self) -> str:
        """What the column is called that values share."""
        return EARLIER if self.is_periods else OTHERS

    @property
    def names(self) -> list[str]:
        """What is above the columns."""
        names = [safe(value) or NONE for value in self.values]
        return self.with_rest(names, self.rest_name)

    def with_rest(self, cells: list[T], rest: T) -> list[T]:
        """The cells of the values, with that of what they share where it belongs."""
        if not self.rest:
            return cells
        return [rest, *cells] if self.is_periods else [*cells, rest]

    def first(self, count: int) -> "Columns":
        """So many values have columns of their own: of periods the last, of others the first."""
        every = tuple(self.of)
        kept = every[max(0, len(every) - count) :] if self.is_periods else every[:count]
        return self._replace(values=kept, rest=frozenset(every).difference(kept))


def columns_of(of: Mapping[str, int], limit: int | None, *, periods: bool) -> Columns:
    """The columns of these values: of periods all, of others as many as are asked for."""
    every = Columns(of, periods, tuple(of), frozenset())
    return every if periods or limit is None else every.first(limit)


class Row(NamedTuple):
    """A query, and what it finds."""

    name: str
    query: str
    found: Counted


def lines(rows: Iterable[Row], columns: Columns, shown: str, style: Style, wide: int | None) -> Iterator[str]:
    """A line for each row under a heading; where the lines are too wide, fewer values have columns of their own."""
    if not columns.of:
        yield style.strong(_line(_COUNTS, _COUNT_WIDTHS, "query", wide))
        for name, _, found in rows:
            yield _line([f"{found.articles:,}", f"{found.paragraphs:,}"], _COUNT_WIDTHS, name, wide)
        return
    columns = _fitting(columns, shown, wide)
    names, widths = _headings(columns), _widths(columns, shown)
    yield style.strong(_line(names, widths, "query", wide))
    for name, _, found in rows:
        cells = [_printed(one, shown) for one in (_whole(found, columns), *_cells(found, columns))]
        yield _line(cells, widths, name, wide)


def table(rows: Iterable[Row], columns: Columns, shown: str) -> Iterator[Sequence[Any]]:
    """The heading and the rows of a table."""
    yield ["name", "query", "articles", "paragraphs", *columns.names]
    for name, query, found in rows:
        cells = (round(one.share, 8) if shown == "share" else getattr(one, shown) for one in _cells(found, columns))
        yield [name, query, found.articles, found.paragraphs, *cells]


def records(rows: Iterable[Row], columns: Columns, by: str | None) -> Iterator[dict[str, Any]]:
    """A record for each query, which has one for each value."""
    for name, query, found in rows:
        record = {"name": name, "query": query, "articles": found.articles, "paragraphs": found.paragraphs}
        if by:
            record |= {"by": by, "values": [_record(one) for one in _cells(found, columns)]}
        yield record


def _record(one: Facet) -> dict[str, Any]:
    return {"value": one.value, "articles": one.articles, "paragraphs": one.paragraphs, "of": one.of,
            "share": round(one.share, 8)}  # fmt: skip


def _cells(found: Counted, columns: Columns) -> list[Facet]:
    """What is found of each column."""
    cells = [found.values.get(value) or Facet(value, 0, 0, columns.of[value]) for value in columns.values]
    rest = [one for value, one in found.values.items() if value in columns.rest]
    counts = sum(one.articles for one in rest), sum(one.paragraphs for one in rest)
    return columns.with_rest(cells, Facet(columns.rest_name, *counts, _of_rest(columns)))


def _of_rest(columns: Columns) -> int:
    return sum(columns.of[value] for value in columns.rest)


def _whole(found: Counted, columns: Columns) -> Facet:
    """All that is found, whatever its value."""
    return Facet("", found.articles, found.paragraphs, sum(columns.of.values()))


def _fitting(columns: Columns, shown: str, wide: int | None) -> Columns:
    """As many of the columns as leave room for names."""
    while wide and len(columns.values) > 1 and sum(size + 2 for size in _widths(columns, shown)) + NAME > wide:
        columns = columns.first(len(columns.values) - 1)
    return columns


def _headings(columns: Columns) -> list[str]:
    return ["all", *(head(name, LABEL) for name in columns.names)]


def _widths(columns: Columns, shown: str) -> list[int]:
    """How wide each column is; the first is that of all."""
    of = columns.with_rest([columns.of[value] for value in columns.values], _of_rest(columns))
    most = [_SHARE if shown == "share" else len(f"{one:,}") for one in (sum(columns.of.values()), *of)]
    return [max(width(name), one) for name, one in zip(_headings(columns), most, strict=True)]


def _printed(one: Facet, shown: str) -> str:
    if shown == "share":
        return percent(one.share)
    return f"{one.articles if shown == 'articles' else one.paragraphs:,}"


def _line(cells: Sequence[str], widths: Sequence[int], name: str, wide: int | None) -> str:
    numbers = "  ".join(" " * (size - width(cell)) + cell for cell, size in zip(cells, widths, strict=True))
    shown = safe(name)
    return f"{numbers}  {shown if wide is None else head(shown, max(1, wide - width(numbers) - 2))}"
