"""Posting lists: in which documents a term stands, how often, and at which positions. The plain Python reader.

A list of `df` documents is, one part after the other (all numbers little-endian):

==========  =========================  ==================================================================
part        bytes                      what it is
==========  =========================  ==================================================================
widths      3                          of the three runs (`search.engines.local.codec.bits`)
exceptions  3 × u32, if `df` ≥ 128     how many numbers are too large for the width of each run
blocks      2 × u32 a block, likewise  of every 128 documents, the document before the block's first, plus
                                       one, and the positions in the list before it: all documents' first
large       2 × u32 an exception       of each run in turn, the places of its exceptions, then their values
gaps        run of `df`                documents: how many lie between one and the one before (from -1)
counts      run of `df`                positions in the document, less one (the term's frequency, tf)
moves       run of Σ tf                positions: how many lie between one and the one before in the document
==========  =========================  ==================================================================

Lists of less than 128 documents have neither blocks nor exceptions: their runs are as wide as they must be.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate
from struct import unpack_from

from search.engines.local.codec import bits

BLOCK = 128
"""Documents in a block, and the length from which a list has blocks and exceptions."""

HEAD, LONG_HEAD = 3, 15
"""Bytes of widths, and of widths and numbers of exceptions."""


class PostingList:
    """Reads one list of `df` documents that begins at a byte of `data`.

    `runs` has the offset and the width of the gaps, the counts and the moves, `large` the exceptions of each.
    """

    __slots__ = ("_before", "_blocks", "data", "df", "large", "runs")

    def __init__(self, data: memoryview, offset: int, df: int) -> None:
        self.df = df
        self.data = data
        widths = data[offset : offset + HEAD]
        exceptions, blocks, at = (0, 0, 0), 0, offset + HEAD
        if df >= BLOCK:
            exceptions = unpack_from("<3I", data, at)
            blocks, at = -(-df // BLOCK), offset + LONG_HEAD
        self._blocks = data[at : at + 8 * blocks].cast("I")
        at += 8 * blocks
        self.large: list[tuple[Sequence[int], Sequence[int]]] = []
        for count in exceptions:
            self.large.append((data[at : at + 4 * count].cast("I"), data[at + 4 * count : at + 8 * count].cast("I")))
            at += 8 * count
        gaps = (at, widths[0])
        counts = (at + bits.size(df, widths[0]), widths[1])
        self.runs = (gaps, counts, (counts[0] + bits.size(df, widths[1]), widths[2]))
        self._before: list[int] | None = None

    def documents(self) -> list[int]:
        """All documents, ascending."""
        return [at - 1 for at in accumulate([gap + 1 for gap in self._run(0, 0, self.df)])]

    def frequencies(self) -> Sequence[int]:
        """How often the term stands in each of the documents, less one."""
        return self._run(1, 0, self.df)

    def positions(self, wanted: Iterable[int]) -> dict[int, list[int]]:
        """The positions in those of the documents that are in the list."""
        documents = self.documents()
        found: dict[int, list[int]] = {}
        for document in wanted:
            place = bisect_left(documents, document)
            if place < self.df and documents[place] == document:
                found[document] = self.positions_at(place)
        return found

    def positions_at(self, place: int) -> list[int]:
        """The positions in the document at a place of the list."""
        if self._before is None:
            self._before = [0, *accumulate([count + 1 for count in self.frequencies()])]
        moves = self._run(2, self._before[place], self._before[place + 1])
        return [at - 1 for at in accumulate([move + 1 for move in moves])]

    def _run(self, number: int, start: int, stop: int) -> Sequence[int]:
        values = bits.read(self.data, *self.runs[number], start, stop)
        places, large = self.large[number] if self.large else ((), ())
        if places:
            values = list(values)
            for place, value in zip(places, large, strict=True):
                if start <= place < stop:
                    values[place - start] = value
        return values
