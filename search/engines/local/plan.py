"""The plan: a query tree after its words were looked up in an archive.

Leaves hold printed forms instead of words. `search.engines.local.resolve` makes it, evaluation and scoring read it.
"""

from collections.abc import Callable, Iterator

from search.engines.local.spots import Forms, Row, Spot
from search.value import Value


class Grade(Value):
    """Forms of a word that count as one term, and how much that term counts."""

    weight: float
    forms: Forms


class Term(Value):
    """A word: grades, each within the next; a text matches if it has a form of the last."""

    grades: tuple[Grade, ...]
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    @property
    def spot(self) -> Spot:
        """What to mark: any form of the widest grade."""
        return Row((self.grades[-1].forms,))


class Placed(Value):
    """What has places in a text: a phrase, or words near each other; it counts as one rare word."""

    weight: float
    spot: Spot
    __eq__ = object.__eq__
    __hash__ = object.__hash__


class Often(Value):
    """The texts that have the leaf at least so many times; or all texts of the articles that do."""

    count: int
    leaf: "Leaf"
    in_article: bool


class InArticle(Value):
    """All texts of the articles of which a text matches the part."""

    part: "Plan"


class Listed(Value):
    """The texts that match the part, which does not score."""

    part: "Plan"


class InTitle(Value):
    """All texts of the articles whose title matches the part."""

    part: "Plan"


class InMetadata(Value):
    """All texts of the articles whose metadata has these terms (`search.engines.local.codec.records.meta_word`) in a
    row. A term may have a test: then any will do that begins so and whose rest passes."""

    words: "tuple[tuple[str, Callable[[str], bool] | None], ...]"


class Dated(Value):
    """All texts of the articles whose date may lie in these days, ``YYYYMMDD``, both included."""

    first: int
    last: int


class AllOf(Value):
    """The texts that match all parts; without parts, all texts."""

    parts: "tuple[Plan, ...]"


class AnyOf(Value):
    """The texts that match one of the parts."""

    parts: "tuple[Plan, ...]"


class NoneOf(Value):
    """The texts that do not match the part."""

    part: "Plan"


Leaf = Term | Placed
Plan = Leaf | Often | InArticle | Listed | InTitle | InMetadata | Dated | AllOf | AnyOf | NoneOf


def scored(plan: Plan, in_title: bool = False) -> Iterator[tuple[Leaf, bool]]:
    """The leaves that score, in the order of the query, and whether they count in titles only.

    What is excluded or only listed does not score, nor does metadata.
    """
    match plan:
        case Term() | Placed():
            yield plan, in_title
        case Often(_, leaf):
            yield leaf, in_title
        case InArticle(part):
            yield from scored(part, in_title)
        case InTitle(part):
            yield from scored(part, True)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from scored(part, in_title)
