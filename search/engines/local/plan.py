"""The plan: a query tree after its words were looked up in an archive.

Leaves hold printed forms instead of words. `search.engines.local.resolve` makes it, evaluation and scoring read it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

Forms = tuple[str, ...]
"""Printed forms, sorted."""


@dataclass(frozen=True, slots=True)
class Grade:
    """Forms of a word that count as one term, and how much that term counts."""

    weight: float
    forms: Forms


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """A word: grades, each within the next; a text matches if it has a form of the last."""

    grades: tuple[Grade, ...]

    @property
    def slots(self) -> tuple[Forms, ...]:
        """What to mark: any form of the widest grade."""
        return (self.grades[-1].forms,)


@dataclass(frozen=True, slots=True, eq=False)
class PhraseTerm:
    """Words in a row: one form of each slot, at successive positions."""

    weight: float
    slots: tuple[Forms, ...]


@dataclass(frozen=True, slots=True)
class InTitle:
    """All texts of the articles whose title matches the part."""

    part: "Plan"


@dataclass(frozen=True, slots=True)
class InMetadata:
    """All texts of the articles whose metadata has these terms in a row (see `schema.meta_word`)."""

    words: tuple[str, ...]
    prefix: bool


@dataclass(frozen=True, slots=True)
class Dated:
    """All texts of the articles whose date may lie in these days, ``YYYYMMDD``, both included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class AllOf:
    """The texts that match all parts; without parts, all texts."""

    parts: "tuple[Plan, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """The texts that match one of the parts."""

    parts: "tuple[Plan, ...]"


@dataclass(frozen=True, slots=True)
class NoneOf:
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
