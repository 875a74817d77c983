"""Posting lists: in which documents a term stands, how often, and at which positions. The plain Python reader.

A list is three runs (`search.engines.local.codec.bits`) after a head; all numbers are little-endian:

========  ========  ============================================================================================
run       numbers   what they are
========  ========  ============================================================================================
gaps      `df`      documents: how many lie between one and the one before (from -1)
counts    `df`      positions in the document, less one (the term's frequency, tf)
moves     Σ tf      positions: how many lie between one and the one before in the document (from -1)
========  ========  ============================================================================================

The head of a list of less than 128 documents is a u16: the widths of the gaps in its 6 lowest bits, then of the
counts in 5, and of the moves in 5. The runs are as wide as they must be.

A longer list has narrower runs, and keeps the high bits of the few numbers that are too large for them apart:

==========  =============  =====================================================================================
part        bytes          what it is
==========  =============  =====================================================================================
widths      11 × u8        of two runs that tell of blocks; then of each run in turn: its own width, that of the
                           places of its large numbers, and that of their high bits
large       3 × u32        how many numbers of each run are too large
blocks      two runs       for every 128 documents: the last of them (as a gap from the last one of the block
                           before), and how many positions they have
places      three times    of the large numbers of each run: their places (as gaps, from -1), and their high bits,
            two runs       which are above the width of the run
runs                       gaps, counts, moves, as above
==========  =============  =====================================================================================
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate
from struct import unpack_from
from typing import NamedTuple

from search.engines.local.codec import bits

BLOCK = 128
"""Documents in a block, and the length from which a list has blocks and narrower runs."""

GAPS_BITS, COUNTS_BITS, MOVES_BITS = 6, 5, 5
"""Of a short list's head."""

PART = 4
"""All positions are read at once if those of more than one document in so many are wanted."""

WIDTHS, LONG_HEAD = 11, 23
"""Bytes of the widths of a long list, and of all its head."""

GAPS, COUNTS, MOVES = range(3)


class Run(NamedTuple):
    """Where a run lies: its first byte, how many numbers it has (-1: that is not known yet), and their width."""

    offset: int
    length: int
    width: int


class PostingList:
    """Reads one list of `df` documents that begins at a byte of `data`."""

    def __init__(self, data: memoryview, offset: int, df: int) -> None:
        self.data = data
        self.begin = offset
        self.df = df

    @cached_property
    def _parts(self) -> tuple[tuple[Run, Run, Run], list[tuple[Run, Run]], list[Run]]:
        data, at, df = self.data, self.begin, self.df
        if df < BLOCK:
            head = data[at] | data[at + 1] << 8
            return _three(at + 2, df, (head & 63, head >> 6 & 31, head >> 11)), [], []
        widths = data[at : at + WIDTHS]
        blocks, at = _two(at + LONG_HEAD, -(-df // BLOCK), widths[0], widths[1])
        large = []
        for number, count in enumerate(unpack_from("<3I", data, self.begin + WIDTHS)):
            (places, high), at = _two(at, count, widths[3 + 3 * number], widths[4 + 3 * number])
            large.append((places, high))
        return _three(at, df, widths[2::3]), large, list(blocks)

    @property
    def runs(self) -> tuple[Run, Run, Run]:
        """The gaps, counts and moves."""
        return self._parts[0]

    @property
    def large(self) -> list[tuple[Run, Run]]:
        """Of each of them, the places and high bits of the large numbers; nothing for a short list."""
        return self._parts[1]

    @property
    def blocks(self) -> list[Run]:
        """The two runs that tell of blocks; none for a short list."""
        return self._parts[2]

    def documents(self) -> list[int]:
        """All documents, ascending."""
        return [at - 1 for at in accumulate([gap + 1 for gap in self._run(GAPS, 0, self.df)])]

    def frequencies(self) -> Sequence[int]:
        """How often the term stands in each of the documents, less one."""
        return self._run(COUNTS, 0, self.df)

    def positions(self, wanted: Iterable[int]) -> dict[int, list[int]]:
        """The positions in those of the documents that are in the list."""
        documents = self.documents()
        found: dict[int, list[int]] = {}
        wanted = list(wanted)
        if len(wanted) * PART > self.df:
            return self._all_positions(documents, set(wanted))
        for document in wanted:
            place = bisect_left(documents, document)
            if place < self.df and documents[place] == document:
                found[document] = self.positions_at(place)
        return found

    def _all_positions(self, documents: Iterable[int], wanted: set[int]) -> dict[int, list[int]]:
        """The same, where so many are wanted that all are read at once."""
        moves, before = self._run(MOVES, 0, self._before[-1]), self._before
        return {
            document: [at - 1 for at in accumulate([move + 1 for move in moves[start:end]])]
            for document, start, end in zip(documents, before, before[1:], strict=False)
            if document in wanted
        }

    def positions_at(self, place: int) -> list[int]:
        """The positions in the document at a place of the list."""
        moves = self._run(MOVES, self._before[place], self._before[place + 1])
        return [at - 1 for at in accumulate([move + 1 for move in moves])]

    @cached_property
    def _before(self) -> list[int]:
        """The positions in all documents before each, and in all."""
        return [0, *accumulate([count + 1 for count in self.frequencies()])]

    def _run(self, number: int, start: int, stop: int) -> Sequence[int]:
        offset, count, width = self.runs[number]
        if count < 0:
            count = self._before[-1]
        values = bits.read(self.data, offset, count, width, start, stop)
        if self.large and self.large[number][0].length:
            places, high = self.large[number]
            values = list(values)
            at = -1
            for gap, bits_above in zip(self._whole(places), self._whole(high), strict=True):
                at += gap + 1
                if start <= at < stop:
                    values[at - start] |= bits_above << width
        return values

    def _whole(self, run: Run) -> Sequence[int]:
        return bits.read(self.data, *run, 0, run.length)


def _two(at: int, count: int, one: int, two: int) -> tuple[tuple[Run, Run], int]:
    """Two runs of so many numbers and such widths that begin at a byte, and the byte behind them."""
    second = at + bits.size(count, one)
    return (Run(at, count, one), Run(second, count, two)), second + bits.size(count, two)


def _three(at: int, df: int, widths: Sequence[int]) -> tuple[Run, Run, Run]:
    """The gaps, counts and moves that begin at a byte."""
    (gaps, counts), end = _two(at, df, widths[0], widths[1])
    return gaps, counts, Run(end, -1, widths[2])
