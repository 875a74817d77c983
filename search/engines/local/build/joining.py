"""Joining: the posting lists of several sources, those of one term as one list, as bytes."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from search.engines.local.codec.encode import Lists, encode
from search.engines.local.codec.packing import Bytes, Numbers, ranges
from search.native import kernel

POSTINGS_AT_ONCE = 150_000
"""About so many postings are encoded at a time: few enough to stay in the processor's caches."""


class Encoded(NamedTuple):
    """Posting lists as bytes in a row; the size of each, and its number of documents."""

    data: Bytes
    sizes: Numbers
    df: Numbers


class Joining:
    """Joins the lists of sources. Of each source, `bases` has what is added to its documents; they ascend."""

    def __init__(self, bases: Sequence[int]) -> None:
        self._bases = bases

    def join(self, lists: list[Lists], terms: list[Numbers], count: int) -> Iterator[Encoded]:
        """The lists of so many terms, some at a time. For each source there are its lists, and the term of each,
        ascending."""
        return self._compiled(lists, terms, count) if kernel else self._with_arrays(lists, terms, count)

    def _compiled(self, lists: list[Lists], terms: list[Numbers], count: int) -> Iterator[Encoded]:
        assert kernel
        columns = [tuple(np.ascontiguousarray(column, np.int32) for column in one) for one in lists]
        of_terms = [np.ascontiguousarray(one, np.int32) for one in terms]
        data, sizes, df = kernel.encode(columns, of_terms, list(self._bases), count)
        yield Encoded(np.frombuffer(data, np.uint8), np.frombuffer(sizes, np.uint32), np.frombuffer(df, np.int32))

    def _with_arrays(self, lists: list[Lists], terms: list[Numbers], count: int) -> Iterator[Encoded]:
        for part in _in_parts(self._joined(lists, np.concatenate(terms), count)):
            yield Encoded(*encode(part), part.df)

    def _joined(self, lists: list[Lists], terms: Numbers, count: int) -> Lists:
        df = np.concatenate([one.df for one in lists])
        documents = np.concatenate(
            [one.documents + one.documents.dtype.type(base) for one, base in zip(lists, self._bases, strict=True)]
        )
        tf = np.concatenate([one.tf for one in lists])
        positions = np.concatenate([one.positions for one in lists])
        total = np.bincount(terms, weights=df, minlength=count).astype(np.int64)
        if len(lists) == 1:
            return Lists(total, documents, tf, positions)
        order = np.argsort(terms, kind="stable")
        at = ranges((np.cumsum(df) - df)[order], df[order])
        tf_in_order = tf[at]
        return Lists(total, documents[at], tf_in_order, positions[ranges((np.cumsum(tf) - tf)[at], tf_in_order)])


def _in_parts(lists: Lists) -> Iterator[Lists]:
    """The lists, so many at a time as have about `POSTINGS_AT_ONCE` postings."""
    ends = np.cumsum(lists.df)
    tf_ends = np.cumsum(lists.tf)
    start = one = three = 0
    while start < len(ends):
        stop = max(start + 1, int(np.searchsorted(ends, one + POSTINGS_AT_ONCE)))
        two = int(ends[stop - 1])
        four = int(tf_ends[two - 1]) if two else 0
        yield Lists(lists.df[start:stop], lists.documents[one:two], lists.tf[one:two], lists.positions[three:four])
        start, one, three = stop, two, four
