"""The array kernel: whole posting lists at a time, with numpy."""

from collections.abc import Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Any

import numpy as np

from search.engines.local import kernels, scoring
from search.engines.local.codec.packing import Flags, Numbers, distinct, opens, places, ranges
from search.engines.local.kernels import Ranking, ranking
from search.engines.local.kernels.alike import Alike, Groups, grouped
from search.engines.local.kernels.leaves import LeafArrays, PlacedArrays, Scores, TermArrays
from search.engines.local.kernels.lists import FormArrays, read_together
from search.engines.local.kernels.sets import NONE, both, union
from search.engines.local.plan import (
    AllOf,
    AnyOf,
    Dated,
    InArticle,
    InMetadata,
    InTitle,
    Leaf,
    Listed,
    NoneOf,
    Often,
    Placed,
    Plan,
    Term,
)
from search.engines.local.postings import SegmentPostings
from search.engines.local.spots import Forms
from search.engines.protocol import Sort
from search.native import kernel

KEPT, KEPT_LISTS = 4_000_000, 1_000_000
"""For the next searches: so many postings of words, with their scores, and so many of lists (16 bytes each)."""

WIDE = 1 << 22
"""With no more documents than this, scores are added up in a place for each document."""


class ArrayKernel:
    """See `search.engines.local.kernels.Kernel`. Documents are ascending arrays, each once."""

    def __init__(self, postings: SegmentPostings) -> None:
        segments = postings.segments
        bases = list(zip(postings.bases, segments, strict=False))
        self.postings = postings
        self.count = postings.bases[-1]
        self.lengths = _joined([segment.lengths for segment in segments])
        self.numbers = _joined([segment.numbers for segment in segments])
        self.first = _joined([segment.first for segment in segments])
        self.last = _joined([segment.last for segment in segments])
        self.starts = _joined([np.asarray(segment.starts).astype(np.int64) + base for base, segment in bases])
        self.deleted = _joined(
            [np.array(sorted(segment.deletions.documents), np.int64) + base for base, segment in bases]
        )
        average = postings.words / max(postings.count, 1) or 1.0
        lengths = np.maximum(np.arange(int(self.lengths.max(initial=0)) + 1) - 1, 0)
        self._norms = scoring.K1 * (1 - scoring.B + scoring.B * lengths / average)
        self._forms: dict[str, FormArrays] = {}
        self._leaves: dict[Leaf, LeafArrays] = {}
        self._size = self._lists_size = 0
        self.queries = 0
        """How many there were."""
        known = postings.variants
        self._alike = grouped(known) if known else None
        self._totals: Scores = np.zeros(self.count if self.count <= WIDE else 0)

    def rank(
        self, plan: Plan, leaves: kernels.Leaves, limit: int | None, sort: Sort, *, variants: bool = True
    ) -> Ranking:
        """The best articles."""
        self._begin()
        arrays = [(self._leaf(leaf), in_title) for leaf, in_title in leaves]
        alike = None if variants else self._alike
        if kernel and sort == "relevance" and limit != 0 and _is_any(plan):
            return self._compiled(None, arrays, alike, limit)
        found = self.found(plan)
        if not len(found):
            return Ranking([], 0, 0)
        if limit == 0:
            return Ranking([], int(np.count_nonzero(opens(self._titles(found)))), len(found))
        if kernel and arrays and sort == "relevance" and all(leaf.at_hand(found) for leaf, _ in arrays):
            return self._compiled(found, arrays, alike, limit)
        scored = ranking.Scored(found, arrays, self.numbers, self._totals)
        among = Alike(alike, found, self.numbers) if alike else None
        left = scored.without(among.skipped if among else NONE)
        best = scored.best(left[self._best(scored.titles[left], scored.ranked[left], limit, sort)])
        ranked = [(score, title, texts, among.others(title) if among else []) for score, title, texts in best]
        return Ranking(ranked, len(scored.titles), len(found), len(among.skipped) if among else 0)

    def _compiled(
        self, found: Numbers | None, leaves: ranking.Leaves, alike: Groups | None, limit: int | None
    ) -> Ranking:
        """The best articles by relevance, those that tie by id."""
        ranked = ranking.compiled(found, leaves, self.numbers, alike, limit)
        best = ranked.best
        best.sort(key=_SCORE, reverse=True)
        if len(set(map(_SCORE, best))) < len(best):
            best.sort(key=lambda one: (-one[0], self.postings.identity(one[1])))
        if limit is not None:
            del best[limit:]
        return ranked

    def matching(self, plan: Plan) -> Sequence[int]:
        """The documents that match: the memory of the array, from which they are read one by one as plain numbers."""
        self._begin()
        return self.found(plan).data

    def articles(self, plan: Plan) -> tuple[list[int], list[int]]:
        """The articles that match, with how many texts."""
        self._begin()
        titles = self._titles(self.found(plan))
        first = np.flatnonzero(opens(titles)) if len(titles) else titles
        return titles[first].tolist(), np.diff(np.append(first, len(titles))).tolist()

    def in_articles(self, leaves: Sequence[Leaf]) -> list[dict[int, int]]:
        """How often each leaf stands in each article."""
        self._begin()
        return [dict(zip(*self._by_article(leaf), strict=True)) for leaf in leaves]

    def _by_article(self, leaf: Leaf) -> tuple[list[int], list[int]]:
        documents, times = self._leaf(leaf).counted
        titles = self._titles(documents)
        if not len(titles):
            return [], []
        first = np.flatnonzero(opens(titles))
        return titles[first].tolist(), np.add.reduceat(times, first).tolist()

    def found(self, plan: Plan) -> Numbers:
        """The documents that match."""
        match plan:
            case Term() | Placed():
                return self._leaf(plan).documents
            case Often(count, leaf, in_article):
                return self._often(leaf, count, in_article)
            case Listed(part):
                return self.found(part)
            case InArticle() | InTitle() | InMetadata() | Dated():
                return self._texts_of(self._chosen(plan))
            case AllOf(parts):
                return self._all_of(parts)
            case AnyOf(parts):
                return union([self.found(part) for part in parts], self.count)
            case NoneOf(part):
                texts = self._texts()
                return texts[~self._among(texts, part)]

    def _chosen(self, plan: InArticle | InTitle | InMetadata | Dated) -> Numbers:
        """The title documents of the articles that match as wholes."""
        match plan:
            case InArticle(part):
                return distinct(self._titles(self.found(part)))
            case InTitle(part):
                found = self.found(part)
                titles: Numbers = found[self.numbers[found] == 0]
                return titles
            case InMetadata(words):
                return np.array(sorted(self.postings.with_metadata(words)), np.int64)
            case Dated(first, last):
                dated: Flags = (self.first > 0) & (self.first <= last) & (self.last >= first)
                return self.starts[np.flatnonzero(dated)]

    def forms(self, forms: Forms) -> list[FormArrays]:
        """The lists of forms; those that were asked for last are kept."""
        missing = [form for form in forms if form not in self._forms]
        if missing:
            self._read(missing)
        return [self._forms[form] for form in forms]

    def _read(self, forms: list[str]) -> None:
        """Find the lists of forms, and read them together if they are many and short."""
        found = {form: FormArrays(self.deleted) for form in forms}
        places = [(form, self.postings.terms(form)) for form in forms]
        for number, (base, segment) in enumerate(zip(self.postings.bases, self.postings.segments, strict=False)):
            here = [(form, terms[number]) for form, terms in places]
            lists = [(found[form], segment.text.list(term)) for form, term in here if term is not None]
            read_together([form.add(base, one) for form, one in lists])
        self._forms.update(found)
        self._lists_size += sum(form.size for form in found.values())

    def norm(self, documents: Numbers) -> Scores:
        """How much the length of each document counts."""
        found: Scores = self._norms[self.lengths[documents]]
        return found

    def idf(self, forms: Forms) -> float:
        """How much it says that a text has one of these forms."""
        return scoring.idf(sum(map(self.postings.frequency, forms)), self.postings.count)

    def _begin(self) -> None:
        """Begin a query: make room."""
        self.queries += 1
        if self._size > KEPT:
            self._leaves.clear()
            self._size = 0
        if self._lists_size > KEPT_LISTS:
            self._forms.clear()
            self._lists_size = 0

    def _leaf(self, leaf: Leaf) -> LeafArrays:
        found = self._leaves.get(leaf)
        if found is None:
            found = TermArrays(self, leaf) if isinstance(leaf, Term) else PlacedArrays(self, leaf)
            self._leaves[leaf] = found
            self._size += found.size + _LEAF
        return found

    def _often(self, leaf: Leaf, count: int, in_article: bool) -> Numbers:
        """The documents that have a leaf so many times; or all of the articles that do."""
        documents, times = self._leaf(leaf).counted
        if not in_article:
            return documents[times >= count]
        titles = self._titles(documents)
        first = np.flatnonzero(opens(titles)) if len(titles) else titles
        return self._texts_of(titles[first][np.add.reduceat(times, first) >= count] if len(titles) else titles)

    def _titles(self, documents: Numbers) -> Numbers:
        """The title documents of the articles of documents, once for each of these."""
        return documents - self.numbers[documents]

    def _all_of(self, parts: tuple[Plan, ...]) -> Numbers:
        """The rarest first: the others are looked up in what is left."""
        wanted = sorted((part for part in parts if not isinstance(part, NoneOf)), key=self._size_of)
        left = self.found(wanted[0]) if wanted else self._texts()
        for part in wanted[1:]:
            left = self._within(left, part)
        for excluded in parts:
            if isinstance(excluded, NoneOf):
                left = left[~self._among(left, excluded.part)]
        return left

    def _within(self, wanted: Numbers, plan: Plan) -> Numbers:
        """Those of these documents that match."""
        if not isinstance(plan, Leaf):
            return both(wanted, self.found(plan))
        leaf = self._leaf(plan)
        return both(wanted, leaf.documents) if leaf.at_hand(wanted) else wanted[leaf.has(wanted)]

    def _among(self, wanted: Numbers, plan: Plan) -> Flags:
        """Which of these documents match."""
        return self._leaf(plan).has(wanted) if isinstance(plan, Leaf) else places(wanted, self.found(plan))[1]

    def _size_of(self, plan: Plan) -> int:
        return self._leaf(plan).size if isinstance(plan, Leaf) else self.count

    def _texts(self) -> Numbers:
        """All documents that are texts."""
        alive = np.asarray(self.lengths) > 0
        alive[self.deleted] = False
        return np.flatnonzero(alive)

    def _texts_of(self, titles: Numbers) -> Numbers:
        """All texts of the articles with these title documents."""
        place = self.starts.searchsorted(titles)
        ends = np.append(self.starts, self.count)[place + 1]
        documents = ranges(titles, ends - titles)
        documents = documents[self.lengths[documents] > 0]
        return documents[~places(documents, self.deleted)[1]] if len(self.deleted) else documents

    def _best(self, articles: Numbers, ranked: Scores, limit: int | None, sort: Sort) -> list[int]:
        """The places of the first articles in the order asked for; those that tie, by id."""
        if sort == "relevance":
            keys: list[Any] = [-ranked]
        else:
            day = self.first[self.starts.searchsorted(articles)].astype(np.int64)
            keys = [(day == 0).astype(np.int64), -day if sort == "newest" else day, -ranked]
        among = np.lexsort(keys[::-1]) if len(keys) > 1 else _smallest(keys[0], limit)
        if limit is not None and limit < len(among):
            among = among[: _with_ties(keys, among, limit)]
        return self._in_order(articles, among, [key[among].tolist() for key in keys])[:limit]

    def _in_order(self, articles: Numbers, among: Numbers, keys: list[list[float]]) -> list[int]:
        """Some places in the order of the keys, those that tie by id."""
        rows = sorted(zip(*keys, among.tolist(), strict=True))
        identity = self.postings.identity
        ties = {row[:-1] for row, after in pairwise(rows) if row[:-1] == after[:-1]}
        if ties:
            rows.sort(key=lambda row: (*row[:-1], identity(int(articles[row[-1]])) if row[:-1] in ties else ""))
        return [int(row[-1]) for row in rows]


_LEAF = 200
"""What a leaf takes at least, in postings."""

_SCORE = itemgetter(0)


def array_kernel(postings: SegmentPostings) -> ArrayKernel:
    """The array kernel of these postings, made once."""
    if postings.arrays is None:
        postings.arrays = ArrayKernel(postings)
    kernel: ArrayKernel = postings.arrays
    return kernel


def _is_any(plan: Plan) -> bool:
    """Whether all that any of some words or phrases has matches."""
    return isinstance(plan, AnyOf) and all(isinstance(part, Leaf) for part in plan.parts)


def _joined(parts: list[Any]) -> Numbers:
    arrays = [np.asarray(part) for part in parts]
    return arrays[0] if len(arrays) == 1 else np.concatenate([NONE, *arrays])


def _smallest(key: Scores, limit: int | None) -> Numbers:
    """The places of the smallest keys, and of all that tie with the last of them."""
    if limit is None or limit >= len(key):
        return np.arange(len(key))
    return np.flatnonzero(key <= np.partition(key, limit - 1)[limit - 1])


def _with_ties(keys: list[Any], among: Numbers, limit: int) -> int:
    """How many of the sorted places are wanted for the first `limit`: those that tie with the last as well."""
    if len(keys) == 1:
        return len(among)
    last = among[limit - 1]
    tied = np.logical_and.reduce([key[among] == key[last] for key in keys])
    return max(limit, int(np.flatnonzero(tied)[-1]) + 1)
