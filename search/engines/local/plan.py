"""The plan: a query tree after its words were looked up in an archive.

Leaves hold printed forms instead of words. `search.engines.local.resolve` makes it, evaluation and scoring read it.
"""

from collections.abc import Iterator

from search.value import Value

Forms = tuple[str, ...]
"""Printed forms, sorted."""


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
    def slots(self) -> tuple[Forms, ...]:
        """What to mark: any form of the widest grade."""
        return (self.grades[-1].forms,)


class PhraseTerm(Value):
    """Words in a row: one form of each slot, at successive positions."""

    weight: float
    slots: tuple[Forms, ...]
    __eq__ = object.__eq__
    __hash__ = object.__hash__


class InTitle(Value):
    """All texts of the articles whose title matches the part."""

    part: "Plan"


class InMetadata(Value):
    """All texts of the articles whose metadata has these terms in a row (see `schema.meta_word`)."""

    words: tuple[str, ...]
    prefix: bool


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


Leaf = Term | PhraseTerm
Plan = Leaf | InTitle | InMetadata | Dated | AllOf | AnyOf | NoneOf


def scored(plan: Plan, in_title: bool = False) -> Iterator[tuple[Leaf, bool]]:
    """The leaves that score, in the order of the query, and whether they count in titles only.

    What is excluded does not score, nor does metadata.
    """
    match plan:
        case Term() | PhraseTerm():
            yield plan, in_title
        case InTitle(part):
            yield from scored(part, True)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from scored(part, in_title)
