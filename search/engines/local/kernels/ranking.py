"""From the documents that match to the best articles (see `scoring`), with arrays or by the compiled kernel."""

from collections.abc import Sequence
from sys import maxsize

import numpy as np

from search.engines.local import scoring
from search.engines.local.codec.packing import Numbers, opens, places
from search.engines.local.kernels import Ranking
from search.engines.local.kernels.alike import Groups
from search.engines.local.kernels.leaves import LeafArrays, Scores
from search.native import kernel

Leaves = Sequence[tuple[LeafArrays, bool]]


Best = tuple[float, int, dict[int, float]]
"""An article: how it is ranked, its title document, and the scores of its documents that match."""


def compiled(
    found: Numbers | None, leaves: Leaves, numbers: Numbers, alike: Groups | None, limit: int | None
) -> Ranking:
    """The best articles by relevance, in the order of the archive, with all that tie with the last of them, by the
    compiled kernel. Without `found`, what any of the leaves has matches; without `alike`, nothing is a near-copy."""
    assert kernel
    given = [(leaf.documents, leaf.scores, in_title) for leaf, in_title in leaves]
    most = maxsize if limit is None else limit
    articles, texts, copies, best = kernel.rank(found, given, numbers, alike, scoring.TITLE_SHARE, most)
    return Ranking(best, articles, texts, copies)


class Scored:
    """The articles of the documents found, all scored with arrays. `totals` has room for each document that there is,
    or for none."""

    def __init__(self, found: Numbers, leaves: Leaves, numbers: Numbers, totals: Scores) -> None:
        titles = found - numbers[found]
        self._found, self._numbers, self._totals = found, numbers, totals
        self._first = np.flatnonzero(opens(titles))
        self.titles: Numbers = titles[self._first]
        self._scores, of_titles = self._of(leaves)
        best = np.maximum.reduceat(np.where(found > titles, self._scores, 0.0), self._first)
        self.ranked: Scores = best + scoring.TITLE_SHARE * of_titles

    def without(self, skipped: Numbers) -> Numbers:
        """The places of the articles but those skipped."""
        if not len(skipped):
            return np.arange(len(self.titles))
        return np.flatnonzero(~places(self.titles, skipped)[1])

    def best(self, chosen: Numbers) -> list[Best]:
        """These articles (places)."""
        ends = np.append(self._first, len(self._found))[chosen + 1]
        columns = self.ranked[chosen], self.titles[chosen], self._first[chosen], ends
        best: list[Best] = []
        for ranked, title, first, end in zip(*(column.tolist() for column in columns), strict=True):
            documents, scores = self._found[first:end].tolist(), self._scores[first:end].tolist()
            best.append((ranked, title, dict(zip(documents, scores, strict=True))))
        return best

    def _of(self, leaves: Leaves) -> tuple[Scores, Scores]:
        """The scores of the texts found, and those of the titles."""
        found, titles = self._found, self.titles
        if len(leaves) == 1 and leaves[0][0].documents is found:
            scores = leaves[0][0].scores
            return scores, np.where(found[self._first] == titles, scores[self._first], 0.0)
        if len(self._totals) and sum(leaf.size for leaf, _ in leaves) < _COSTS * len(found) * len(leaves):
            return self._added_up(leaves)
        documents = np.concatenate((found, titles))
        total: Scores = np.zeros(len(documents))
        for leaf, in_title in leaves:
            part = leaf.at(documents)
            if in_title:
                part[self._numbers[documents] > 0] = 0.0
            total += part
        return total[: len(found)], total[len(found) :]

    def _added_up(self, leaves: Leaves) -> tuple[Scores, Scores]:
        """The same, with a place for each document that there is."""
        totals = self._totals
        try:
            for leaf, in_title in leaves:
                documents, scores = leaf.documents, leaf.scores
                if in_title:
                    titles = self._numbers[documents] == 0
                    documents, scores = documents[titles], scores[titles]
                totals[documents] += scores
            return totals[self._found], totals[self.titles]
        finally:
            for leaf, _ in leaves:
                totals[leaf.documents] = 0.0


_COSTS = 4
"""To look up a leaf's score in a document takes so many times as long as to add up one of its own."""
