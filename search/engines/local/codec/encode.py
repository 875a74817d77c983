"""Many posting lists at once: from arrays to the bytes of `search.engines.local.codec.lists`, and back."""

from typing import NamedTuple

import numpy as np

from search.engines.local.codec.bits import WIDTHS
from search.engines.local.codec.lists import BLOCK, HEAD, LONG_HEAD
from search.engines.local.codec.packing import Bytes, Flags, Numbers, pack, ranges, sizes, unpack_runs, width_class

EXCEPTION = 8
"""Bytes of an exception: its place and its value."""

_WIDTHS = np.array(WIDTHS)


class Lists(NamedTuple):
    """Posting lists as arrays: the number of documents of each (`df`), all their documents, the frequency in each
    (`tf`), and all positions."""

    df: Numbers
    documents: Numbers
    tf: Numbers
    positions: Numbers


def encode(lists: Lists) -> tuple[Bytes, Numbers]:
    """The bytes of the lists in a row, and the size of each."""
    df, tf = lists.df, lists.tf
    cf = np.add.reduceat(tf, np.cumsum(df) - df) if len(df) else df
    runs = [
        _Run(_gaps(lists.documents, df), df, df),
        _Run(tf - 1, df, df),
        _Run(_gaps(lists.positions, tf), cf, df),
    ]
    long = df >= BLOCK
    heads = np.stack([run.width for run in runs], axis=1).astype(np.uint8).reshape(-1)
    numbers = np.stack([run.exceptions[long] for run in runs], axis=1).astype("<u4").view(np.uint8).reshape(-1)
    parts = [(heads, np.full(len(df), HEAD)), (numbers, np.where(long, LONG_HEAD - HEAD, 0)), _blocks(lists, long)]
    parts += [run.large() for run in runs]
    parts += [pack(run.values, run.counts, run.width) for run in runs]
    return _joined(parts)


def decode(data: Bytes, starts: Numbers, df: Numbers) -> Lists:
    """The lists of so many documents that begin at these bytes."""
    long = np.flatnonzero(df >= BLOCK)
    exceptions = np.zeros((len(df), 3), np.int64)
    at = starts + HEAD
    exceptions[long] = _u32(data, at[long, None] + 4 * np.arange(3))
    at[long] = starts[long] + LONG_HEAD + 8 * -(-df[long] // BLOCK)
    large = []
    for number in range(3):
        large.append(at.copy())
        at += EXCEPTION * exceptions[:, number]
    values: list[Numbers] = []
    for number in range(3):
        width = data[starts + number].astype(np.int64)
        counts = df if number < 2 else np.add.reduceat(values[1] + 1, np.cumsum(df) - df) if len(df) else df
        found = unpack_runs(data, at, counts, width)
        _patch(found, data, large[number], exceptions[:, number], np.cumsum(counts) - counts)
        values.append(found)
        at += sizes(counts, width)
    tf = values[1] + 1
    return Lists(df, _sums(values[0], df), tf, _sums(values[2], tf))


class _Run:
    """One of the three runs of each list: its values, and the widths that cost the least."""

    def __init__(self, values: Numbers, counts: Numbers, df: Numbers) -> None:
        self.values = values
        self.counts = counts
        kind = width_class(values)
        starts = np.cumsum(counts) - counts
        chosen = np.maximum.reduceat(kind, starts) if len(counts) else kind
        self.exceptions = np.zeros(len(df), np.int64)
        self._places = self._large = np.zeros(0, np.int64)
        self._long = np.flatnonzero(df >= BLOCK)
        if len(self._long):
            at = ranges(starts[self._long], counts[self._long])
            of_list = np.repeat(np.arange(len(self._long)), counts[self._long])
            chosen[self._long] = best = _cheapest(kind[at], of_list, counts[self._long])
            too_large = np.flatnonzero(kind[at] > best[of_list])
            self.exceptions[self._long] = np.bincount(of_list[too_large], minlength=len(self._long))
            self._places = at[too_large] - starts[self._long][of_list[too_large]]
            self._large = values[at[too_large]]
        self.width = _WIDTHS[chosen]

    def large(self) -> tuple[Bytes, Numbers]:
        """The exceptions: of each list the places, then the values."""
        count = self.exceptions
        pairs = np.empty(2 * len(self._large), "<u4")
        begins = np.cumsum(count) - count
        pairs[ranges(2 * begins, count)] = self._places
        pairs[ranges(2 * begins + count, count)] = self._large
        return pairs.view(np.uint8), count * EXCEPTION


def _cheapest(kind: Numbers, of_list: Numbers, counts: Numbers) -> Numbers:
    """The width (its place in `WIDTHS`) at which each list's run and exceptions take the fewest bytes."""
    histogram = np.bincount(of_list * len(WIDTHS) + kind, minlength=len(counts) * len(WIDTHS))
    up_to = np.cumsum(histogram.reshape(len(counts), len(WIDTHS)), axis=1)
    cost = sizes(counts[:, None], _WIDTHS) + (counts[:, None] - up_to) * EXCEPTION
    cheapest: Numbers = cost.argmin(axis=1)
    return cheapest


def _gaps(numbers: Numbers, counts: Numbers) -> Numbers:
    """How many numbers lie between each and the one before, in rows of so many; before the first, from 0 on."""
    gaps = numbers.copy()
    gaps[1:] -= numbers[:-1] + 1
    starts = np.cumsum(counts) - counts
    gaps[starts] = numbers[starts]
    return gaps


def _sums(gaps: Numbers, counts: Numbers) -> Numbers:
    """The numbers of which these are the gaps."""
    sums = np.cumsum(gaps + 1)
    starts = np.cumsum(counts) - counts
    before = sums[starts] - gaps[starts] if len(starts) else sums
    sums -= np.repeat(before, counts)
    return sums


def _blocks(lists: Lists, long: Flags) -> tuple[Bytes, Numbers]:
    """What is known of each block of the long lists: all their documents before, then all their positions before."""
    df = lists.df
    count = np.where(long, -(-df // BLOCK), 0)
    starts = np.cumsum(df) - df
    within = ranges(np.zeros(len(df), np.int64), count) * BLOCK
    firsts = np.repeat(starts, count) + within
    before = np.where(within > 0, lists.documents[firsts - 1] + 1, 0)
    ends = np.cumsum(lists.tf)
    positions = ends - lists.tf
    pairs = np.empty(2 * int(count.sum()), "<u4")
    begins = np.cumsum(count) - count
    pairs[ranges(2 * begins, count)] = before
    pairs[ranges(2 * begins + count, count)] = positions[firsts] - np.repeat(positions[starts], count)
    return pairs.view(np.uint8), count * 8


def _joined(parts: list[tuple[Bytes, Numbers]]) -> tuple[Bytes, Numbers]:
    """The parts of each list one after the other, the lists in a row; and the size of each list."""
    total = sum(size for _, size in parts[1:]) + parts[0][1]
    at = np.cumsum(total) - total
    data = np.empty(int(total.sum()), np.uint8)
    for part, size in parts:
        data[ranges(at, size)] = part
        at = at + size
    return data, total


def _u32(data: Bytes, at: Numbers) -> Numbers:
    """The 32-bit numbers at these bytes."""
    quads = data[at[..., None] + np.arange(4)].astype(np.int64)
    found: Numbers = (quads << np.array([0, 8, 16, 24])).sum(axis=-1)
    return found


def _patch(values: Numbers, data: Bytes, at: Numbers, count: Numbers, starts: Numbers) -> None:
    """Put the exceptions in their places."""
    which = np.flatnonzero(count)
    if len(which):
        at, count, starts = at[which], count[which], starts[which]
        nth = 4 * ranges(np.zeros_like(count), count)
        places = _u32(data, np.repeat(at, count) + nth)
        large = _u32(data, np.repeat(at + 4 * count, count) + nth)
        values[np.repeat(starts, count) + places] = large
