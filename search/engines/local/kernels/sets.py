"""Sets of documents as ascending arrays, each document once."""

import numpy as np

from search.engines.local.codec.packing import Flags, Numbers, distinct, places
from search.native import kernel

SPARSE = 16
"""Documents are joined by sorting them if less than one in so many is meant, else by marking them."""

MANY = 8
"""More lists than this are joined by numpy: the compiled kernel takes two at a time."""

NONE: Numbers = np.zeros(0, np.int64)


def union(lists: list[Numbers], count: int) -> Numbers:
    """The documents, of `count` that there are, that are in any of the lists."""
    lists = [one for one in lists if len(one)]
    if len(lists) <= 1:
        return lists[0] if lists else NONE
    if kernel and len(lists) <= MANY:
        return np.frombuffer(kernel.union(lists), np.int64)
    if sum(map(len, lists)) * SPARSE < count:
        return distinct(np.concatenate(lists))
    marked = np.zeros(count, bool)
    for one in lists:
        marked[one] = True
    return np.flatnonzero(marked)


def both(one: Numbers, two: Numbers) -> Numbers:
    """The documents that are in both lists."""
    if kernel:
        return np.frombuffer(kernel.common([one, two] if len(one) <= len(two) else [two, one]), np.int64)
    return one[among(one, two)] if len(one) <= len(two) else two[among(two, one)]


def among(wanted: Numbers, numbers: Numbers) -> Flags:
    """Which of the documents wanted are in a list."""
    return places(wanted, numbers)[1]
