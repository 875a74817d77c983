"""Many posting lists at once: from arrays to the bytes of `search.engines.local.codec.lists`, and back."""

from typing import NamedTuple

import numpy as np

from search.engines.local.codec.lists import BLOCK, COUNTS, COUNTS_BITS, GAPS, GAPS_BITS, LONG_HEAD, MOVES, WIDTHS
from search.engines.local.codec.packing import Bytes, Flags, Numbers, bit_length, pack, ranges, sizes, unpack_runs

LARGE_BITS = 20
"""About so many bits it takes to keep the high bits of a large number apart."""


class Lists(NamedTuple):
    """Posting lists as arrays: the number of documents of each (`df`), all their documents, the frequency in each
    (`tf`), and all positions."""

    df: Numbers
    documents: Numbers
    tf: Numbers
    positions: Numbers


Part = tuple[Bytes, Numbers]
"""Bytes in a row, and how many of them belong to each list."""


def encode(lists: Lists) -> Part:
    """The bytes of the lists in a row, and the size of each."""
    df, tf = lists.df, lists.tf
    if not len(df):
        return np.zeros(0, np.uint8), df
    long = df >= BLOCK
    starts = np.cumsum(df) - df
    cf = np.add.reduceat(tf, starts)
    runs = [
        _Run(_gaps(lists.documents, df), df, long),
        _Run(tf - 1, df, long),
        _Run(_gaps(lists.positions, tf), cf, long),
    ]
    blocks = _blocks(lists, starts, cf, long)
    parts = [_heads(runs, blocks, long), *(block.packed for block in blocks)]
    for run in runs:
        parts += [run.places.packed, run.high.packed]
    parts += [run.main for run in runs]
    return _joined([part for part in parts if len(part[0])])


def decode(data: Bytes, starts: Numbers, df: Numbers) -> Lists:
    """The lists of so many documents that begin at these bytes."""
    runs = _Decoder(data, starts, df)
    documents, tf = _sums(runs.read(GAPS, df), df), runs.read(COUNTS, df) + 1
    cf = np.add.reduceat(tf, np.cumsum(df) - df) if len(df) else df
    return Lists(df, documents, tf, _sums(runs.read(MOVES, cf), tf))


def decode_documents(data: Bytes, starts: Numbers, df: Numbers) -> tuple[Numbers, Numbers]:
    """The same without positions: all documents, and the frequency in each."""
    runs = _Decoder(data, starts, df)
    return _sums(runs.read(GAPS, df), df), runs.read(COUNTS, df) + 1


def decode_only_documents(data: Bytes, starts: Numbers, df: Numbers) -> Numbers:
    """The same without frequencies: all documents."""
    return _sums(_Decoder(data, starts, df).read(GAPS, df), df)


class _Decoder:
    """Reads the runs of lists, in their order."""

    def __init__(self, data: Bytes, starts: Numbers, df: Numbers) -> None:
        self._data = data
        width, large, at = _read_heads(data, starts, df, df >= BLOCK)
        self._widths = [width[:, place] for place in (2, 5, 8)]
        self._apart: list[_Large] = []
        for number in range(3):
            run = _Large(data, at, large[:, number], width[:, 3 + 3 * number], width[:, 4 + 3 * number])
            at = run.end
            self._apart.append(run)
        self._at = at

    def read(self, number: int, counts: Numbers) -> Numbers:
        """The next run, of so many numbers in each list."""
        width = self._widths[number]
        found = unpack_runs(self._data, self._at, counts, width)
        self._apart[number].add_to(found, counts, width)
        self._at = self._at + sizes(counts, width)
        return found


class _Column:
    """A run for each of some lists, as wide as it must be."""

    def __init__(self, values: Numbers, counts: Numbers) -> None:
        self.width = np.zeros(len(counts), np.int64)
        some = np.flatnonzero(counts)
        if len(some):
            starts = (np.cumsum(counts) - counts)[some]
            self.width[some] = bit_length(np.bitwise_or.reduceat(values, starts))
        self.packed = pack(values, counts, self.width)


class _Run:
    """One of the three runs of each list: the widths that cost the least, and what is too large for them."""

    def __init__(self, values: Numbers, counts: Numbers, long: Flags) -> None:
        starts = np.cumsum(counts) - counts
        self.width = bit_length(np.bitwise_or.reduceat(values, starts))
        self.large = np.zeros(len(counts), np.int64)
        places: Numbers = np.zeros(0, np.int64)
        high = places
        of_long = np.flatnonzero(long)
        if len(of_long):
            at = ranges(starts[of_long], counts[of_long]) if len(of_long) < len(counts) else slice(None)
            here = values[at]
            kind = bit_length(here)
            width, exceeds = _cheapest(kind, counts[of_long])
            self.width[of_long] = width
            which = np.flatnonzero(exceeds)
            of_list = np.searchsorted(np.cumsum(counts[of_long]), which, side="right")
            self.large[of_long] = np.bincount(of_list, minlength=len(of_long))
            places = which - (np.cumsum(counts[of_long]) - counts[of_long])[of_list]
            high = here[which] >> width[of_list]
        self.places = _Column(_gaps(places, self.large), self.large)
        self.high = _Column(high, self.large)
        self.main = pack(values, counts, self.width)


def _cheapest(kind: Numbers, counts: Numbers) -> tuple[Numbers, Flags]:
    """The width at which each list's run and the numbers that are too large for it take the least; and which
    numbers these are. `kind` is how many bits each number needs."""
    of_list = np.repeat(np.arange(len(counts)), counts)
    histogram = np.bincount(of_list * 33 + kind, minlength=len(counts) * 33).reshape(len(counts), 33)
    up_to = np.cumsum(histogram, axis=1)
    cost = counts[:, None] * np.arange(33) + (counts[:, None] - up_to) * LARGE_BITS
    width: Numbers = cost.argmin(axis=1)
    return width, kind > width[of_list]


def _gaps(numbers: Numbers, counts: Numbers) -> Numbers:
    """How many numbers lie between each and the one before, in rows of so many; before the first, from 0 on."""
    gaps = numbers.copy()
    gaps[1:] -= numbers[:-1] + 1
    starts = (np.cumsum(counts) - counts)[counts > 0]
    gaps[starts] = numbers[starts]
    return gaps


def _sums(gaps: Numbers, counts: Numbers) -> Numbers:
    """The numbers of which these are the gaps."""
    sums = np.cumsum(gaps + 1)
    starts = np.cumsum(counts) - counts
    before = np.zeros(len(counts), np.int64)
    some = counts > 0
    before[some] = sums[starts[some]] - gaps[starts[some]]
    sums -= np.repeat(before, counts)
    return sums


def _blocks(lists: Lists, starts: Numbers, cf: Numbers, long: Flags) -> list[_Column]:
    """What is known of each block of the long lists: its last document, and how many positions it has."""
    df = lists.df
    count = np.where(long, -(-df // BLOCK), 0)
    nth = ranges(np.zeros(len(df), np.int64), count)
    firsts = np.repeat(starts, count) + nth * BLOCK
    ends = np.minimum(firsts + BLOCK, np.repeat(starts + df, count))
    last = _gaps(lists.documents[ends - 1], count)
    up_to = np.cumsum(lists.tf)
    positions: Numbers = up_to[ends - 1] - up_to[firsts] + lists.tf[firsts]
    return [_Column(last, count), _Column(positions, count)]


def _heads(runs: list[_Run], blocks: list[_Column], long: Flags) -> Part:
    size = np.where(long, LONG_HEAD, 2)
    at = np.cumsum(size) - size
    data = np.empty(int(size.sum()), np.uint8)
    short = ~long
    gaps, counts, moves = (run.width[short] for run in runs)
    head = gaps | counts << GAPS_BITS | moves << (GAPS_BITS + COUNTS_BITS)
    data[at[short]], data[at[short] + 1] = head & 255, head >> 8
    widths = [block.width for block in blocks]
    for run in runs:
        widths += [run.width, run.places.width, run.high.width]
    for place, width in enumerate(widths):
        data[at[long] + place] = width[long]
    large = np.stack([run.large[long] for run in runs], axis=1).astype("<u4").view(np.uint8).reshape(-1)
    data[ranges(at[long] + WIDTHS, np.full(int(long.sum()), LONG_HEAD - WIDTHS))] = large
    return data, size


def _read_heads(data: Bytes, starts: Numbers, df: Numbers, long: Flags) -> tuple[Numbers, Numbers, Numbers]:
    """Of each list: the widths, as a long list has them; how many numbers are too large; and where its parts begin
    that come after what tells of blocks."""
    width = np.zeros((len(df), WIDTHS), np.int64)
    large = np.zeros((len(df), 3), np.int64)
    short = starts[~long]
    head = data[short].astype(np.int64) | data[short + 1].astype(np.int64) << 8
    width[~long, 2] = head & ((1 << GAPS_BITS) - 1)
    width[~long, 5] = head >> GAPS_BITS & ((1 << COUNTS_BITS) - 1)
    width[~long, 8] = head >> (GAPS_BITS + COUNTS_BITS)
    width[long] = data[starts[long][:, None] + np.arange(WIDTHS)]
    quads = data[starts[long][:, None, None] + WIDTHS + np.arange(12).reshape(3, 4)].astype(np.int64)
    large[long] = (quads << np.array([0, 8, 16, 24])).sum(axis=-1)
    blocks = -(-df // BLOCK)
    behind = LONG_HEAD + sizes(blocks, width[:, 0]) + sizes(blocks, width[:, 1])
    return width, large, starts + np.where(long, behind, 2)


class _Large:
    """The large numbers of one run of each list."""

    def __init__(self, data: Bytes, at: Numbers, counts: Numbers, of_places: Numbers, of_high: Numbers) -> None:
        self.end = at
        self._lists = lists = np.flatnonzero(counts)
        if len(lists):
            size = sizes(counts, of_places)
            self._counts = counts[lists]
            self._places = _sums(unpack_runs(data, at[lists], self._counts, of_places[lists]), self._counts)
            self._high = unpack_runs(data, (at + size)[lists], self._counts, of_high[lists])
            self.end = at + size + sizes(counts, of_high)

    def add_to(self, values: Numbers, counts: Numbers, width: Numbers) -> None:
        """Put the high bits where they belong, in runs of so many numbers and such a width."""
        if len(self._lists):
            starts = (np.cumsum(counts) - counts)[self._lists]
            high = self._high << np.repeat(width[self._lists], self._counts)
            values[np.repeat(starts, self._counts) + self._places] |= high


def _joined(parts: list[Part]) -> Part:
    """The parts of each list one after the other, the lists in a row; and the size of each list."""
    total = sum(size for _, size in parts[1:]) + parts[0][1]
    at = np.cumsum(total) - total
    data = np.empty(int(total.sum()), np.uint8)
    for part, size in parts:
        data[ranges(at, size)] = part
        at = at + size
    return data, total
