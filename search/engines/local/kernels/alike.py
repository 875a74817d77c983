"""The near-copies among the articles that match, with numpy."""

import numpy as np

from search.engines.local.codec.packing import Numbers
from search.engines.local.kernels.sets import NONE
from search.native import kernel

Groups = tuple[Numbers, Numbers, Numbers]
"""The columns of `search.engines.local.codec.variants`, as arrays."""


class Alike:
    """What `Variants.among` says of the articles of the documents found; `numbers` are those of all documents in
    their articles. `skipped` are the title documents of those that are variants of others among them, ascending."""

    def __init__(self, groups: Groups, found: Numbers, numbers: Numbers) -> None:
        documents, of_group, places = groups
        here = _matched(documents, found, numbers)
        self.skipped: Numbers = NONE
        self._firsts: frozenset[int] = frozenset()
        if len(here) < 2:
            return
        order = np.lexsort((places[here], of_group[here]))
        self._titles, self._groups = documents[here][order], of_group[here][order]
        is_copy = self._groups[1:] == self._groups[:-1]
        if is_copy.any():
            self.skipped = np.sort(self._titles[1:][is_copy])
            self._firsts = frozenset(self._titles[:-1][is_copy].tolist())

    def others(self, title: int) -> list[int]:
        """The variants of an article that is not skipped."""
        if title not in self._firsts:
            return []
        at = int((self._titles == title).nonzero()[0][0])
        end = int(self._groups.searchsorted(self._groups[at], side="right"))
        others: list[int] = self._titles[at + 1 : end].tolist()
        return others


def _matched(titles: Numbers, found: Numbers, numbers: Numbers) -> Numbers:
    """The places of those of the articles of which a document is among those found."""
    if kernel:
        return np.frombuffer(kernel.matched(titles, found, numbers), np.int64)
    near = found[np.minimum(found.searchsorted(titles), len(found) - 1)]
    places: Numbers = (near - numbers[near] == titles).nonzero()[0]
    return places
