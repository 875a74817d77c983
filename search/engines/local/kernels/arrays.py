"""The array kernel: whole posting lists at a time, with numpy."""

from collections.abc import Iterable
from functools import reduce
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.engines.local import scoring
from search.engines.local.codec.lists import PostingList
from search.engines.local.codec.packing import Flags, Numbers, ranges, unpack
from search.engines.local.kernels import Leaves, Ranking
from search.engines.local.plan import (
    AllOf,
    AnyOf,
    Dated,
    Forms,
    InMetadata,
    InTitle,
    Leaf,
    NoneOf,
    PhraseTerm,
    Plan,
    Term,
)
from search.engines.local.postings import SegmentPostings
from search.engines.protocol import Sort

Scores = NDArray[np.float64]

KEPT = 4_000_000
"""So many numbers of decoded lists are kept for the next searches."""

SPARSE = 16
"""Documents are joined by sorting them if less than one in so many is meant, else by marking them."""


class Listed(NamedTuple):
    """A form's documents, and its frequency in each."""

    documents: Numbers
    tf: Numbers


class ArrayKernel:
    """See `search.engines.local.kernels.Kernel`. Documents are ascending arrays, each once."""

    def __init__(self, postings: SegmentPostings) -> None:
        segments = postings.segments
        self.postings = postings
        self.count = postings.bases[-1]
        self.lengths = _joined([segment.lengths for segment in segments])
        self.numbers = _joined([segment.numbers for segment in segments])
        self.first = _joined([segment.first for segment in segments])
        self.last = _joined([segment.last for segment in segments])
        bases = zip(postings.bases, segments, strict=False)
        self.starts = _joined([np.array(segment.starts, np.int64) + base for base, segment in bases])
        self.deleted = np.array(
            [
                base + document
                for base, segment in zip(postings.bases, segments, strict=False)
                for document in sorted(segment.deletions.documents)
            ],
            np.int64,
        )
        self._kept: dict[str, Listed] = {}
        self._size = 0

    def rank(self, plan: Plan, leaves: Leaves, limit: int | None, sort: Sort) -> Ranking:
        """The best articles."""
        search = _Search(self)
        found = search.matching(plan)
        if not len(found):
            return Ranking([], 0, 0)
        numbers = self.numbers[found].astype(np.int64)
        titles = found - numbers
        first = np.flatnonzero(np.concatenate(([True], titles[1:] != titles[:-1])))
        articles = titles[first]
        if limit == 0:
            return Ranking([], len(articles), len(found))
        scored = _union([found, articles], self.count)
        scores = search.scores(scored, leaves)
        of_texts = scores[np.searchsorted(scored, found)]
        best = np.maximum.reduceat(np.where(numbers > 0, of_texts, 0.0), first)
        ranked = best + scoring.TITLE_SHARE * scores[np.searchsorted(scored, articles)]
        ends = np.append(first[1:], len(found))
        chosen = []
        for one in self._best(articles, ranked, limit, sort):
            here = slice(first[one], ends[one])
            texts = dict(zip(found[here].tolist(), of_texts[here].tolist(), strict=True))
            chosen.append((float(ranked[one]), int(articles[one]), texts))
        return Ranking(chosen, len(articles), len(found))

    def listed(self, form: str) -> Listed:
        """Where a form stands; the lists that were asked for last are kept."""
        if form not in self._kept:
            parts = [self._part(base, one) for base, one in self.postings.lists(form)]
            listed = Listed(*(_joined([part[column] for part in parts]) for column in (0, 1)))
            if len(self.deleted):
                alive = ~_among(listed.documents, self.deleted)
                listed = Listed(listed.documents[alive], listed.tf[alive])
            self._size += 2 * len(listed.tf)
            if self._size > KEPT:
                self._kept.clear()
                self._size = 2 * len(listed.tf)
            self._kept[form] = listed
        return self._kept[form]

    def places(self, form: str, among: Numbers) -> tuple[Numbers, Numbers]:
        """A form's positions in these documents: the documents, once for each position, and the positions."""
        documents, positions = [], []
        for base, one in self.postings.lists(form):
            listed = self._part(base, one)
            chosen = np.flatnonzero(_among(listed.documents, among))
            starts = np.cumsum(listed.tf) - listed.tf
            counts = listed.tf[chosen]
            moves = _run(one, 2, int(listed.tf.sum()))[ranges(starts[chosen], counts)] + 1
            sums = np.cumsum(moves)
            firsts = np.cumsum(counts) - counts
            before = np.repeat(sums[firsts] - moves[firsts], counts) if len(counts) else sums
            documents.append(np.repeat(listed.documents[chosen], counts))
            positions.append(sums - before - 1)
        return _joined(documents), _joined(positions)

    def texts(self) -> Numbers:
        """All documents that are texts."""
        alive = np.asarray(self.lengths) > 0
        alive[self.deleted] = False
        return np.flatnonzero(alive)

    def articles(self, titles: Numbers) -> Numbers:
        """All texts of the articles with these title documents."""
        place = np.searchsorted(self.starts, titles)
        ends = np.append(self.starts, self.count)[place + 1]
        documents = ranges(titles, ends - titles)
        documents = documents[self.lengths[documents] > 0]
        return documents[~_among(documents, self.deleted)] if len(self.deleted) else documents

    def _part(self, base: int, one: PostingList) -> Listed:
        documents = np.cumsum(_run(one, 0, one.df) + 1)
        return Listed(documents + (base - 1), _run(one, 1, one.df) + 1)

    def _best(self, articles: Numbers, ranked: Scores, limit: int | None, sort: Sort) -> list[int]:
        """The places of the first articles in the order asked for; those that tie, by id."""
        if sort == "relevance":
            keys: list[Any] = [-ranked]
        else:
            day = self.first[np.searchsorted(self.starts, articles)].astype(np.int64)
            keys = [(day == 0).astype(np.int64), -day if sort == "newest" else day, -ranked]
        places = np.lexsort(keys[::-1]) if len(keys) > 1 else _smallest(keys[0], limit)
        if limit is not None and limit < len(places):
            places = places[: _with_ties(keys, places, limit)]
        identity = self.postings.identity
        ordered = sorted(places.tolist(), key=lambda one: (*(key[one] for key in keys), identity(int(articles[one]))))
        return ordered[:limit]


class _Search:
    """One search: what is looked up for the matching is there for the scores."""

    def __init__(self, kernel: ArrayKernel) -> None:
        self._kernel = kernel
        self._phrases: dict[PhraseTerm, Listed] = {}

    def matching(self, plan: Plan) -> Numbers:
        """The documents that match."""
        kernel = self._kernel
        match plan:
            case Term(grades):
                return self._union([kernel.listed(form).documents for form in grades[-1].forms])
            case PhraseTerm():
                return self._phrase(plan).documents
            case InTitle(part):
                found = self.matching(part)
                return kernel.articles(found[kernel.numbers[found] == 0])
            case InMetadata(words, prefix):
                titles = kernel.postings.with_metadata(list(words), prefix=prefix)
                return kernel.articles(np.array(sorted(titles), np.int64))
            case Dated(first, last):
                dated = (kernel.first > 0) & (kernel.first <= last) & (kernel.last >= first)
                return kernel.articles(kernel.starts[dated])
            case AllOf(parts):
                return self._all_of(parts)
            case AnyOf(parts):
                return self._union([self.matching(part) for part in parts])
            case NoneOf(part):
                texts = kernel.texts()
                return texts[~_among(texts, self.matching(part))]

    def scores(self, documents: Numbers, leaves: Leaves) -> Scores:
        """The scores of documents (see `search.engines.local.scoring`)."""
        kernel = self._kernel
        average = kernel.postings.words / max(kernel.postings.count, 1) or 1.0
        scores = np.zeros(len(documents))
        for leaf, titles_only in leaves:
            here, parts = self._frequencies(leaf, documents)
            if titles_only:
                titles = kernel.numbers[documents[here]] == 0
                here, parts = here[titles], [(weight, tf[titles]) for weight, tf in parts]
            lengths = np.maximum(kernel.lengths[documents[here]].astype(np.int64) - 1, 0)
            norm = scoring.K1 * (1 - scoring.B + scoring.B * lengths / average)
            total = scores[here]
            for weight, tf in parts:
                total += weight * (tf * (scoring.K1 + 1) / (tf + norm))
            scores[here] = total
        return scores

    def _frequencies(self, leaf: Leaf, among: Numbers) -> tuple[Numbers, list[tuple[float, Numbers]]]:
        """The places in `among` of the documents where a leaf stands; and for each term that it counts as, the
        weight with the idf, and the frequency there."""
        kernel = self._kernel
        df = kernel.postings.frequency
        count = kernel.postings.count
        if isinstance(leaf, PhraseTerm):
            listed = self._phrase(leaf)
            places, inside = _places(listed.documents, among)
            rarity = 0.0
            for forms in leaf.slots:
                rarity += scoring.idf(sum(map(df, forms)), count)
            return places, [(leaf.weight * rarity, listed.tf[inside])]
        lists = [kernel.listed(form) for form in leaf.grades[-1].forms]
        documents = np.concatenate([np.zeros(0, np.int64), *(one.documents for one in lists)])
        frequencies = np.concatenate([np.zeros(0, np.int64), *(one.tf for one in lists)])
        of_form = np.repeat(np.arange(len(lists)), [len(one.tf) for one in lists])
        inside = np.flatnonzero(_among(documents, among))
        at, of_form, frequencies = np.searchsorted(among, documents[inside]), of_form[inside], frequencies[inside]
        here = _distinct(at.copy())
        at = np.searchsorted(here, at)
        parts = []
        for grade in leaf.grades:
            meant = set(grade.forms)
            counted = np.array([form in meant for form in leaf.grades[-1].forms], bool)[of_form]
            tf = np.bincount(at[counted], weights=frequencies[counted], minlength=len(here))
            parts.append((grade.weight * scoring.idf(sum(map(df, grade.forms)), count), tf))
        return here, parts

    def _phrase(self, phrase: PhraseTerm) -> Listed:
        """Where a phrase stands. Positions are read only in documents that have every word of it."""
        if phrase not in self._phrases:
            kernel = self._kernel
            unions = [self._union([kernel.listed(form).documents for form in forms]) for forms in phrase.slots]
            left = reduce(_both, sorted(unions, key=len))
            starts: Numbers | None = None
            for place, forms in enumerate(phrase.slots):
                here = self._starts(forms, left, place)
                starts = here if starts is None else _both(starts, here)
                left = _distinct(starts >> _POSITION)
            assert starts is not None
            documents = _distinct(starts >> _POSITION)
            ends = np.searchsorted(starts, (documents + 1) << _POSITION)
            self._phrases[phrase] = Listed(documents, np.diff(ends, prepend=0))
        return self._phrases[phrase]

    def _starts(self, forms: Forms, among: Numbers, place: int) -> Numbers:
        """Where a phrase may begin whose word at a place is one of the forms: document and position in one number."""
        found = [np.zeros(0, np.int64)]
        for form in forms:
            documents, positions = self._kernel.places(form, among)
            right = positions >= place
            found.append((documents[right] << _POSITION) | (positions[right] - place))
        return _distinct(np.concatenate(found))

    def _all_of(self, parts: tuple[Plan, ...]) -> Numbers:
        wanted = [self.matching(part) for part in parts if not isinstance(part, NoneOf)]
        left = reduce(_both, sorted(wanted, key=len)) if wanted else self._kernel.texts()
        for part in parts:
            if isinstance(part, NoneOf) and len(left):
                left = left[~_among(left, self.matching(part.part))]
        return left

    def _union(self, lists: Iterable[Numbers]) -> Numbers:
        return _union([one for one in lists if len(one)], self._kernel.count)


_POSITION = 32
"""Bits of a position, below the document, in one number."""


def array_kernel(postings: SegmentPostings) -> ArrayKernel:
    """The array kernel of these postings, made once."""
    if postings.arrays is None:
        postings.arrays = ArrayKernel(postings)
    kernel: ArrayKernel = postings.arrays
    return kernel


def _run(one: PostingList, number: int, count: int) -> Numbers:
    """All numbers of one of the three runs of a list."""
    offset, width = one.runs[number]
    values = unpack(one.data, offset, count, width).astype(np.int64)
    if one.large:
        places, large = one.large[number]
        if len(places):
            values[np.array(places)] = np.array(large)
    return values


def _joined(parts: Iterable[Any]) -> Numbers:
    arrays = [np.asarray(part) for part in parts]
    return arrays[0] if len(arrays) == 1 else np.concatenate([np.zeros(0, np.int64), *arrays])


def _union(lists: list[Numbers], count: int) -> Numbers:
    """The numbers, all below `count`, that are in any of the lists."""
    if len(lists) <= 1:
        return lists[0] if lists else np.zeros(0, np.int64)
    if sum(map(len, lists)) * SPARSE < count:
        return _distinct(np.concatenate(lists))
    marked = np.zeros(count, bool)
    for one in lists:
        marked[one] = True
    return np.flatnonzero(marked)


def _distinct(numbers: Numbers) -> Numbers:
    """The numbers in order, each once. (With ``np.unique`` numpy makes a hash table, which takes longer.)"""
    numbers.sort()
    return numbers[np.concatenate(([True], numbers[1:] != numbers[:-1]))] if len(numbers) else numbers


def _both(one: Numbers, two: Numbers) -> Numbers:
    """The numbers that are in both lists."""
    return one[_among(one, two)] if len(one) <= len(two) else two[_among(two, one)]


def _among(wanted: Numbers, numbers: Numbers) -> Flags:
    """Which of the numbers wanted are in an ascending list."""
    if not len(numbers):
        return np.zeros(len(wanted), bool)
    found: Flags = numbers[np.minimum(np.searchsorted(numbers, wanted), len(numbers) - 1)] == wanted
    return found


def _places(documents: Numbers, among: Numbers) -> tuple[Numbers, Numbers]:
    """Of those of the documents that are among others: their places there, and their places here."""
    if len(documents) <= len(among):
        at = np.searchsorted(among, documents)
        inside = np.flatnonzero(among[np.minimum(at, len(among) - 1)] == documents) if len(among) else at[:0]
        return at[inside], inside
    at = np.searchsorted(documents, among)
    places = np.flatnonzero(documents[np.minimum(at, len(documents) - 1)] == among)
    return places, at[places]


def _smallest(key: Scores, limit: int | None) -> Numbers:
    """The places of the smallest keys, and of all that tie with the last of them."""
    if limit is None or limit >= len(key):
        return np.arange(len(key))
    if not limit:
        return np.zeros(0, np.int64)
    return np.flatnonzero(key <= np.partition(key, limit - 1)[limit - 1])


def _with_ties(keys: list[Any], places: Numbers, limit: int) -> int:
    """How many of the sorted places are wanted for the first `limit`: those that tie with the last as well."""
    if not limit or len(keys) == 1:
        return len(places) if limit else 0
    last = places[limit - 1]
    tied = np.logical_and.reduce([key[places] == key[last] for key in keys])
    return max(limit, int(np.flatnonzero(tied)[-1]) + 1)
