"""The near-copies among the articles that match, with numpy."""

from typing import NamedTuple

import numpy as np

from search.engines.local.codec.packing import Numbers
from search.engines.local.codec.variants import Variants
from search.engines.local.kernels.sets import NONE


class Groups(NamedTuple):
    """The articles that have near-copies (title documents): `titles` ascending, with the place of each in `members`,
    where the same stand group by group, the first of a group first; `groups` are the groups of these."""

    titles: Numbers
    places: Numbers
    members: Numbers
    groups: Numbers


def grouped(variants: Variants) -> Groups:
    """The groups of an index."""
    columns = variants.documents, variants.groups, variants.places
    titles, groups, places = (np.asarray(column).astype(np.int64) for column in columns)
    order = np.lexsort((places, groups))
    return Groups(titles, order.argsort(), titles[order], groups[order])


class Alike:
    """What `Variants.among` says of the articles of the documents found; `numbers` are those of all documents in
    their articles. `skipped` are the title documents of those that are variants of others among them, ascending."""

    def __init__(self, known: Groups, found: Numbers, numbers: Numbers) -> None:
        near = found[np.minimum(found.searchsorted(known.titles), len(found) - 1)]
        here = np.sort(known.places[near - numbers[near] == known.titles])
        self._titles, self._groups = known.members[here], known.groups[here]
        is_copy = self._groups[1:] == self._groups[:-1]
        self.skipped: Numbers = np.sort(self._titles[1:][is_copy]) if is_copy.any() else NONE
        self._firsts: frozenset[int] = frozenset(self._titles[:-1][is_copy].tolist())

    def others(self, title: int) -> list[int]:
        """The variants of an article that is not skipped."""
        if title not in self._firsts:
            return []
        at = int((self._titles == title).nonzero()[0][0])
        end = int(self._groups.searchsorted(self._groups[at], side="right"))
        others: list[int] = self._titles[at + 1 : end].tolist()
        return others
