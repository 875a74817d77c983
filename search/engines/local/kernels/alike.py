"""The near-copies among the articles that match, with numpy."""

import numpy as np

from search.engines.local.codec.packing import Numbers
from search.engines.local.codec.variants import Variants


class Alike:
    """What `Variants.among` says, for many articles (ascending title documents) at a time."""

    def __init__(self, variants: Variants, articles: Numbers) -> None:
        self._articles = articles
        documents = np.asarray(variants.documents)
        at = np.minimum(documents.searchsorted(articles), len(documents) - 1)
        here = np.flatnonzero(documents[at] == articles)
        groups, places = np.asarray(variants.groups)[at[here]], np.asarray(variants.places)[at[here]]
        order = np.lexsort((places, groups))
        self._members, self._groups = here[order], groups[order]
        self._is_first = np.diff(self._groups.astype(np.int64), prepend=-1) != 0

    def firsts(self) -> Numbers:
        """The places of the articles without those that are variants of others among them."""
        left = np.ones(len(self._articles), bool)
        left[self._members[~self._is_first]] = False
        return np.flatnonzero(left)

    def others(self, place: int) -> list[int]:
        """The variants of the article at a place that `firsts` has."""
        at = np.flatnonzero((self._members == place) & self._is_first)
        if not len(at):
            return []
        start = int(at[0])
        end = int(self._groups.searchsorted(self._groups[start], side="right"))
        return [int(one) for one in self._articles[self._members[start + 1 : end]]]
