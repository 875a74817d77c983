"""The leaves of a plan as arrays: where a word or a phrase stands, and what it adds to the score of each text."""

from functools import cached_property, reduce
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from search.engines.local import scoring
from search.engines.local.codec.packing import Flags, Numbers, opens, places
from search.engines.local.kernels.lists import FormArrays
from search.engines.local.kernels.sets import NONE
from search.engines.local.kernels.spots import spot_arrays
from search.engines.local.plan import Placed, Term
from search.engines.local.spots import Forms, rarity

Scores = NDArray[np.float64]

FEW = 16
"""A word is looked up in documents, rather than scored wherever it stands, if they are less than one in so many."""


class Index(Protocol):
    """What leaves ask of an index."""

    count: int
    queries: int

    def forms(self, forms: Forms) -> list[FormArrays]:
        """The lists of forms."""
        ...

    def norm(self, documents: Numbers) -> Scores:
        """How much the length of each document counts (see `scoring`)."""
        ...

    def idf(self, forms: Forms) -> float:
        """How much it says that a text has one of these forms."""
        ...


class LeafArrays(Protocol):
    """A leaf."""

    @property
    def size(self) -> int:
        """How many postings have to be read for it, at most."""
        ...

    @property
    def documents(self) -> Numbers:
        """Where it stands."""
        ...

    @property
    def scores(self) -> Scores:
        """What it adds to the score of each of its documents."""
        ...

    def at_hand(self, wanted: Numbers) -> bool:
        """Whether the documents and scores of all of it are read for these documents, or do not take longer."""
        ...

    def has(self, wanted: Numbers) -> Flags:
        """In which of these documents (ascending) it stands."""
        ...

    def at(self, wanted: Numbers) -> Scores:
        """What it adds to the scores of these documents; 0 where it does not stand."""
        ...

    @property
    def counted(self) -> tuple[Numbers, Numbers]:
        """The documents, and how often it stands in each."""
        ...


class TermArrays:
    """A word: the forms of its grades."""

    def __init__(self, index: Index, term: Term) -> None:
        self._index, self._term = index, term
        widest = term.grades[-1].forms
        self._forms = index.forms(widest)
        level = {form: number for number in reversed(range(len(term.grades))) for form in term.grades[number].forms}
        self._levels = [level[form] for form in widest]
        self._weights = [grade.weight * index.idf(grade.forms) for grade in term.grades]
        self.size = sum(form.size for form in self._forms)
        self._query = index.queries

    @property
    def documents(self) -> Numbers:
        """Where any of the forms stands."""
        return self._listed[0]

    @property
    def scores(self) -> Scores:
        """What the word adds to the score of each document."""
        return self._listed[1]

    def has(self, wanted: Numbers) -> Flags:
        """In which of these documents the word stands."""
        if self.at_hand(wanted):
            return places(wanted, self.documents)[1]
        return reduce(np.logical_or, [form.has(wanted) for form in self._forms], np.zeros(len(wanted), bool))

    def at(self, wanted: Numbers) -> Scores:
        """What the word adds to the scores of these documents."""
        if self.at_hand(wanted):
            return looked_up(wanted, self.documents, self.scores)
        tf = [np.zeros(len(wanted), np.int64) for _ in self._weights]
        for form, level in zip(self._forms, self._levels, strict=True):
            at, there = places(wanted, form.documents)
            here = np.flatnonzero(there)
            for one in tf[level:]:
                one[here] += form.tf[at[here]]
        return self._scored(wanted, tf)

    @property
    def counted(self) -> tuple[Numbers, Numbers]:
        """The documents, and how often the word stands in each."""
        documents, tf = TermArrays(self._index, self._term)._postings()
        return documents, tf[-1]

    def at_hand(self, wanted: Numbers) -> bool:
        """Whether all of the word is read, or may as well be: for many documents, or if it is asked for again."""
        is_listed = "_listed" in self.__dict__
        return is_listed or len(wanted) * FEW >= self.size or self._query != self._index.queries

    @cached_property
    def _listed(self) -> tuple[Numbers, Scores]:
        documents, tf = self._postings()
        self._forms = []  # not needed any more
        return documents, self._scored(documents, tf)

    def _postings(self) -> tuple[Numbers, list[Numbers]]:
        """The documents, and for each grade the frequency in each."""
        if len(self._forms) == 1:
            form, level = self._forms[0], self._levels[0]
            none = [np.zeros_like(form.tf)] * level
            return form.documents, none + [form.tf] * (len(self._weights) - level)
        every = np.concatenate([NONE, *(form.documents for form in self._forms)])
        if not len(every):
            return every, [every] * len(self._weights)
        order = every.argsort(kind="stable")
        documents = every[order]
        tf = np.concatenate([form.tf for form in self._forms])[order]
        levels = np.repeat(self._levels, [len(form.documents) for form in self._forms])[order]
        first = opens(documents)
        by_grade = [np.where(levels <= grade, tf, 0) for grade in range(len(self._weights) - 1)] + [tf]
        if first.all():
            return documents, by_grade
        starts = np.flatnonzero(first)
        return documents[starts], [np.add.reduceat(one, starts) for one in by_grade]

    def _scored(self, documents: Numbers, tf: list[Numbers]) -> Scores:
        norm = self._index.norm(documents)
        total: Scores = np.zeros(len(documents))
        seen: Numbers | None = None
        for weight, frequency in zip(self._weights, tf, strict=True):
            if frequency is not seen:
                part = frequency * (scoring.K1 + 1) / (frequency + norm)
                seen = frequency
            total += weight * part
        return total


class PlacedArrays:
    """A spot: a phrase, or words near each other."""

    def __init__(self, index: Index, leaf: Placed) -> None:
        self._index = index
        self._spot = spot_arrays(index, leaf.spot)
        self.size = self._spot.size
        self._weight = leaf.weight * rarity(leaf.spot, index.idf)

    @cached_property
    def documents(self) -> Numbers:
        """Where the spot stands."""
        return self.counted[0]

    @cached_property
    def scores(self) -> Scores:
        """What it adds to the score of each document."""
        documents, tf = self.counted
        return self._weight * (tf * (scoring.K1 + 1) / (tf + self._index.norm(documents)))

    def at_hand(self, _: Numbers) -> bool:
        """They always are."""
        return True

    def has(self, wanted: Numbers) -> Flags:
        """In which of these documents the spot stands."""
        return places(wanted, self.documents)[1]

    def at(self, wanted: Numbers) -> Scores:
        """What it adds to the scores of these documents."""
        return looked_up(wanted, self.documents, self.scores)

    @cached_property
    def counted(self) -> tuple[Numbers, Numbers]:
        """The documents, and how often the spot stands in each."""
        return self._spot.counted(self._spot.documents())


def looked_up(wanted: Numbers, documents: Numbers, scores: Scores) -> Scores:
    """The scores of the documents wanted, 0 for those that are not among the documents."""
    at, there = places(wanted, documents)
    return np.where(there, scores[at], 0.0) if len(documents) else np.zeros(len(wanted))
