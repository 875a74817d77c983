"""Posting lists as arrays: one list of a segment, and a form's lists of all segments."""

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from search.engines.local.codec.encode import decode, decode_documents
from search.engines.local.codec.lists import BLOCK, COUNTS, GAPS, MOVES, PostingList
from search.engines.local.codec.packing import Bytes, Flags, Numbers, pick, places, ranges, unpack, unpack_blocks
from search.engines.local.kernels.sets import NONE

SHORT = 24
"""A list with less documents than this is read by plain Python."""

TOGETHER, LONG, AT_ONCE = 32, 5_000, 500_000
"""So many lists are read together, if each has less documents than this, with about so many in all."""

PART = 4
"""Only the blocks that are asked for are read if they are less than one in so many."""


class ListArrays:
    """Reads a list, as a whole or in blocks."""

    def __init__(self, one: PostingList) -> None:
        self.list = one

    def set(self, documents: Numbers, tf: Numbers) -> None:
        """Keep what was read of the list together with others."""
        self.documents, self.tf = documents, tf

    @cached_property
    def documents(self) -> Numbers:
        """All documents."""
        if self.list.df < SHORT:
            return np.array(self.list.documents(), np.int64)
        return _sums(self._whole(GAPS))

    @cached_property
    def tf(self) -> Numbers:
        """The frequency in each document."""
        if self.list.df < SHORT:
            return np.array(list(self.list.frequencies()), np.int64) + 1
        return self._whole(COUNTS).astype(np.int64) + 1

    def positions(self, wanted: Numbers) -> tuple[Numbers, Numbers]:
        """The positions in those of the documents (ascending) that the list has: the documents, once for each
        position, and the positions."""
        documents, starts, tf, total = self._in_blocks(wanted) if self._few(wanted) else self._in_all(wanted)
        if not len(documents):
            return NONE, NONE
        moves = self._moves(ranges(starts, tf), total) + 1
        sums = np.cumsum(moves)
        firsts = np.cumsum(tf) - tf
        return np.repeat(documents, tf), sums - np.repeat(sums[firsts] - moves[firsts], tf) - 1

    def has(self, wanted: Numbers) -> Flags:
        """Which of the documents (ascending) the list has."""
        if "documents" in self.__dict__ or not self._few(wanted):
            return places(wanted, self.documents)[1]
        _, found = self._blocks(wanted)
        return places(wanted, found.reshape(-1))[1]

    def _few(self, wanted: Numbers) -> bool:
        """Whether it takes less to read only the blocks of these documents."""
        return max(BLOCK, len(wanted) * BLOCK * PART) < self.list.df

    def _in_all(self, wanted: Numbers) -> tuple[Numbers, Numbers, Numbers, int]:
        if len(wanted) < len(self.documents):
            at, there = places(wanted, self.documents)
            at = at[there]
        else:
            at = np.flatnonzero(places(self.documents, wanted)[1])
        ends = np.cumsum(self.tf)
        tf = self.tf[at]
        return self.documents[at], ends[at] - tf, tf, int(ends[-1])

    def _in_blocks(self, wanted: Numbers) -> tuple[Numbers, Numbers, Numbers, int]:
        """Those of the documents that are here, where their moves begin, how many each has, and all there are."""
        blocks, documents = self._blocks(wanted)
        at, there = places(wanted, documents.reshape(-1))
        at = at[there]
        in_block = np.cumsum(unpack(self.list.data, *self.list.blocks[1]), dtype=np.int64)
        tf = self._rows(COUNTS, blocks) + 1
        starts = np.cumsum(tf, axis=1) - tf + np.where(blocks, in_block[blocks - 1], 0)[:, None]
        return wanted[there], starts.reshape(-1)[at], tf.reshape(-1)[at], int(in_block[-1])

    def _blocks(self, wanted: Numbers) -> tuple[Numbers, Numbers]:
        """The blocks where the documents wanted must stand, and all documents of each, as a row."""
        last = _sums(unpack(self.list.data, *self.list.blocks[0]))
        near = last.searchsorted(wanted)
        near = near[near < len(last)]
        blocks = near[np.diff(near, prepend=-1) > 0]
        before = np.where(blocks, last[blocks - 1], -1)
        rows = np.cumsum(self._rows(GAPS, blocks) + 1, axis=1) + before[:, None]
        if len(blocks) and blocks[-1] == len(last) - 1:
            rows[-1, self.list.df - int(blocks[-1]) * BLOCK :] = np.iinfo(np.int64).max  # behind the end
        return blocks, rows

    def _whole(self, number: int) -> Numbers:
        """All numbers of the gaps or counts."""
        run = self.list.runs[number]
        values = unpack(self.list.data, *run)
        if self.list.large and self.list.large[number][0].length:
            at, high = self._large(number)
            values = values.astype(np.int64)
            values[at] |= high << run.width
        return values

    def _rows(self, number: int, blocks: Numbers) -> Numbers:
        """Some blocks of the gaps or counts."""
        run = self.list.runs[number]
        rows = unpack_blocks(self.list.data, *run, blocks, BLOCK).astype(np.int64)
        if self.list.large[number][0].length:
            at, high = self._large(number)
            row, there = places(at // BLOCK, blocks)
            rows[row[there], at[there] % BLOCK] |= high[there] << run.width
        return rows

    def _moves(self, at: Numbers, total: int) -> Numbers:
        """The moves at some places (ascending), of so many in all."""
        run = self.list.runs[MOVES]
        values = pick(self.list.data, run.offset, total, run.width, at)
        if self.list.large and self.list.large[MOVES][0].length:
            which, there = places(at, (found := self._large(MOVES))[0])
            values[there] |= found[1][which[there]] << run.width
        return values

    def _large(self, number: int) -> tuple[Numbers, Numbers]:
        """The places of the large numbers of a run, and their high bits."""
        at, high = (unpack(self.list.data, *run) for run in self.list.large[number])
        return _sums(at), high.astype(np.int64)


class FormArrays:
    """A form's lists in all segments that have it, with the first document of each; `deleted` are left out."""

    def __init__(self, deleted: Numbers) -> None:
        self.parts: list[tuple[int, ListArrays]] = []
        self._deleted = deleted
        self.size = 0

    def add(self, base: int, one: PostingList) -> ListArrays:
        """Add the list of one more segment."""
        self.parts.append((base, part := ListArrays(one)))
        self.size += one.df
        return part

    @cached_property
    def documents(self) -> Numbers:
        """All documents."""
        found = _joined([part.documents + base if base else part.documents for base, part in self.parts])
        return found if self._alive is None else found[self._alive]

    @cached_property
    def tf(self) -> Numbers:
        """The frequency in each."""
        found = _joined([part.tf for _, part in self.parts])
        return found if self._alive is None else found[self._alive]

    def has(self, wanted: Numbers) -> Flags:
        """Which of the documents (none of them deleted) the form stands in."""
        if "documents" in self.__dict__:
            return places(wanted, self.documents)[1]
        found = np.zeros(len(wanted), bool)
        for base, part, here in self._by_part(wanted):
            found[here] = part.has(wanted[here] - base)
        return found

    def positions(self, wanted: Numbers) -> tuple[Numbers, Numbers]:
        """The positions in the documents (none of them deleted), as `ListArrays.positions` gives them."""
        found = []
        for base, part, here in self._by_part(wanted):
            documents, positions = part.positions(wanted[here] - base)
            found.append((documents + base, positions))
        return _joined([one for one, _ in found]), _joined([two for _, two in found])

    @cached_property
    def _alive(self) -> Flags | None:
        """Which of the documents are not deleted; ``None``: all."""
        if not len(self._deleted):
            return None
        return ~places(_joined([part.documents + base for base, part in self.parts]), self._deleted)[1]

    def _by_part(self, wanted: Numbers) -> list[tuple[int, ListArrays, slice]]:
        """The parts, and which of the documents may be in each."""
        if len(self.parts) < 2:
            return [(base, part, slice(None)) for base, part in self.parts]
        ends = [base for base, _ in self.parts[1:]] + [np.iinfo(np.int64).max]
        return [
            (base, part, slice(*np.searchsorted(wanted, [base, end]).tolist()))
            for (base, part), end in zip(self.parts, ends, strict=True)
        ]


def read_together(arrays: list[ListArrays]) -> None:
    """Read lists of one segment with fewer array operations than one by one, if they are many and short."""
    for batch in _batches(arrays):
        documents, tf = decode_documents(*_where(batch))
        end = 0
        for one in batch:
            start, end = end, end + one.list.df
            one.set(documents[start:end], tf[start:end])


def positions_together(forms: list[FormArrays], wanted: Numbers) -> tuple[Numbers, Numbers]:
    """The positions of forms in documents (ascending, none of them deleted): the documents, once for each position,
    and the positions, in no order."""
    found = [(NONE, NONE)]
    by_segment: dict[int, list[ListArrays]] = {}
    for form in forms:
        for base, part in form.parts:
            by_segment.setdefault(base, []).append(part)
    for base, parts in by_segment.items():
        here = wanted - base
        batches = list(_batches(parts))
        done = {id(part) for batch in batches for part in batch}
        every = [_positions(batch, here) for batch in batches]
        every += [part.positions(here) for part in parts if id(part) not in done]
        found += [(documents + base, positions) for documents, positions in every]
    return np.concatenate([one for one, _ in found]), np.concatenate([two for _, two in found])


def _positions(batch: list[ListArrays], wanted: Numbers) -> tuple[Numbers, Numbers]:
    lists = decode(*_where(batch))
    there = places(lists.documents, wanted)[1]
    return np.repeat(lists.documents[there], lists.tf[there]), lists.positions[np.repeat(there, lists.tf)]


def _batches(arrays: list[ListArrays]) -> Iterator[list[ListArrays]]:
    """Those of the lists that are short, so many at a time as are not too much."""
    short = [one for one in arrays if one.list.df < LONG]
    if len(short) < TOGETHER:
        return
    batch: list[ListArrays] = []
    size = 0
    for one in short:
        batch.append(one)
        size += one.list.df
        if size > AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _where(batch: list[ListArrays]) -> tuple[Bytes, Numbers, Numbers]:
    """The bytes of lists, where each begins, and how many documents it has."""
    data = np.frombuffer(batch[0].list.data, np.uint8)
    starts, df = (np.array([getattr(one.list, name) for one in batch], np.int64) for name in ("begin", "df"))
    return data, starts, df


def _sums(gaps: Numbers) -> Numbers:
    """The ascending numbers with so many between each and the one before, from -1."""
    sums: Numbers = gaps.cumsum(dtype=np.int64)
    sums += np.arange(len(sums))
    return sums


def _joined(parts: list[Numbers]) -> Numbers:
    return parts[0] if len(parts) == 1 else np.concatenate([NONE, *parts])
