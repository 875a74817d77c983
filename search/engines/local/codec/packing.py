"""Numbers in as few bits as will do: the numpy side of `search.engines.local.codec.bits`.

Runs are written and read many at a time, with a few array operations for all that have a plane of the same width.
"""

from contextlib import suppress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engines.local.codec.bits import OF_BYTE, PLANES
from search.engines.local.codec.bits import size as plane_size

Numbers = NDArray[Any]
"""Integers, mostly of 64 bits."""
Flags = NDArray[np.bool_]
Bytes = NDArray[np.uint8]

np.empty(32_000_000, np.uint8)
"""Freed at once: from then on glibc keeps memory that arrays of this size give back (mallopt(3), dynamic threshold),
and need not ask the kernel for every page of the next one. Merging takes an eighth less time."""


def give_back() -> None:
    """Give the kernel what memory is kept so (where there is glibc): after a merge, others need it."""
    import ctypes

    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def bit_length(values: Numbers) -> Numbers:
    """How many bits each number needs (numbers below 2⁵³)."""
    found: Numbers = (values.astype(np.float64).view(np.int64) >> 52) - 1022
    return np.maximum(found, 0, out=found)


def sizes(counts: Numbers, width: Numbers) -> Numbers:
    """How many bytes each run takes."""
    found: Numbers = counts * (width >> 3)
    found += (width >> 2 & 1) * ((counts + 1) >> 1)
    found += (width >> 1 & 1) * ((counts + 3) >> 2)
    found += (width & 1) * ((counts + 7) >> 3)
    return found


def ranges(starts: Numbers, counts: Numbers) -> Numbers:
    """``start, start + 1 …`` for each start, so many of them as its count, all in a row."""
    ends = np.cumsum(counts)
    found: Numbers = np.arange(int(ends[-1]) if len(ends) else 0)
    found += np.repeat(starts - (ends - counts), counts)
    return found


def distinct(numbers: Numbers) -> Numbers:
    """The numbers in order, each once; they are sorted where they are. (``np.unique`` makes a hash table, which takes
    longer, and imports ``numpy.ma``, which takes up to 20 ms in every process.)"""
    numbers.sort()
    return numbers[opens(numbers)] if len(numbers) else numbers


def opens(numbers: Numbers) -> Flags:
    """Which of the numbers differ from the one before, the first among them (there is one)."""
    found = np.empty(len(numbers), bool)
    found[0] = True
    np.not_equal(numbers[1:], numbers[:-1], out=found[1:])
    return found


def places(wanted: Numbers, numbers: Numbers) -> tuple[Numbers, Flags]:
    """The place of each number wanted in an ascending row, and whether it is there (else the place is some other)."""
    if not len(numbers):
        return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), bool)
    at = np.minimum(numbers.searchsorted(wanted), len(numbers) - 1)
    return at, numbers[at] == wanted


def pack(values: Numbers, counts: Numbers, width: Numbers) -> tuple[Bytes, Numbers]:
    """Runs of so many of the values each, and so many bits a value: their bytes in a row, and the size of each.

    Bits above the width of a run are dropped.
    """
    size = sizes(counts, width)
    begins, places = np.cumsum(counts) - counts, np.cumsum(size) - size
    data = np.empty(int(size.sum()), np.uint8)
    for one in np.flatnonzero(np.bincount(width)).tolist():
        runs = np.flatnonzero(width == one)
        count, at = counts[runs], places[runs]
        chosen = values[_spans(begins[runs], count)] if len(runs) < len(counts) else values
        for bits in PLANES:
            if one & bits:
                size_of_plane = (count * bits + 7) >> 3
                data[_spans(at, size_of_plane)] = _packed(chosen, count, bits)
                chosen, at = chosen >> bits, at + size_of_plane
    return data, size


def _spans(starts: Numbers, counts: Numbers) -> Numbers | slice:
    """The same places as `ranges` gives."""
    if len(starts) == 1:
        return slice(int(starts[0]), int(starts[0] + counts[0]))
    return ranges(starts, counts)


def unpack_runs(data: Bytes, starts: Numbers, counts: Numbers, width: Numbers) -> Numbers:
    """The numbers of many runs, one after the other; `starts` are bytes of `data`."""
    begins = np.cumsum(counts) - counts
    values = np.zeros(int(counts.sum()), np.int64)
    for bits in PLANES:
        runs = np.flatnonzero(width & bits)
        if len(runs):
            done, count = width[runs] & -2 * bits, counts[runs]
            size = (count * bits + 7) >> 3
            whole = _unpacked(data[ranges(starts[runs] + sizes(count, done), size)], bits)
            if bits < 8:
                whole = whole[ranges(np.cumsum(size) * 8 // bits - size * 8 // bits, count)]
            values[ranges(begins[runs], count)] |= whole.astype(np.int64) << np.repeat(done, count)
    return values


def unpack(data: Any, offset: int, count: int, width: int) -> Numbers:
    """The numbers of one run (unsigned, of a type that holds them); not to be written to."""
    found: Numbers | None = None
    done = 0
    for bits in PLANES:
        if width & bits:
            size = (count * bits + 7) >> 3
            plane = _unpacked(np.frombuffer(data, np.uint8, size, offset + plane_size(count, done)), bits)
            found = _added(found, plane[:count], done, width)
            done += bits
    return np.zeros(count, np.uint8) if found is None else found


def unpack_blocks(data: Any, offset: int, count: int, width: int, blocks: Numbers, block: int) -> Numbers:
    """Some blocks of a run, as rows: of so many numbers each, a multiple of 8. What is behind the end of the run is
    anything."""
    found: Numbers | None = None
    done = 0
    every = np.frombuffer(data, np.uint8)
    for bits in PLANES:
        if width & bits:
            step = block * bits >> 3
            at = (offset + plane_size(count, done) + blocks * step)[:, None] + np.arange(step)
            plane = _unpacked(every[np.minimum(at, len(every) - 1).reshape(-1)], bits)
            found = _added(found, plane, done, width)
            done += bits
    if found is None:
        found = np.zeros(len(blocks) * block, np.uint8)
    return found.reshape(len(blocks), block)


def pick(data: Any, offset: int, count: int, width: int, places: Numbers) -> Numbers:
    """The numbers at some places of a run."""
    found = np.zeros(len(places), np.int64)
    done = 0
    every = np.frombuffer(data, np.uint8)
    for bits in PLANES:
        if width & bits:
            first = places * bits
            at = (first >> 3) + (offset + plane_size(count, done))
            plane = every[at].astype(np.int64)
            for more in range(1, bits >> 3):
                plane |= every[at + more].astype(np.int64) << 8 * more
            found |= (plane >> (first & 7) & ((1 << bits) - 1)) << done
            done += bits
    return found


def _added(found: Numbers | None, plane: Numbers, done: int, width: int) -> Numbers:
    """The numbers with one plane more, which comes after so many bits."""
    kind = np.uint8 if width <= 8 else np.uint16 if width <= 16 else np.uint32
    if found is None:
        return plane if plane.dtype == kind else plane.astype(kind)
    joined: Numbers = np.left_shift(plane, done, dtype=kind)
    joined |= found
    return joined


def _packed(values: Numbers, counts: Numbers, bits: int) -> Bytes:
    """The bytes of planes of one width."""
    if bits >= 8:
        return values.astype(f"<u{bits >> 3}").view(np.uint8)
    low = values.astype(np.uint8)
    low &= (1 << bits) - 1
    per_byte = 8 // bits
    size = -(-counts // per_byte)
    padded = np.zeros(int(size.sum()) * per_byte, np.uint8)
    if len(counts) == 1:
        padded[: len(low)] = low
    else:
        padded[ranges((np.cumsum(size) - size) * per_byte, counts)] = low
    if bits == 1:
        return np.packbits(padded, bitorder="little")
    together = padded.view(f"<u{per_byte}")
    together |= together >> (8 - bits)  # so that the lowest byte has two numbers, and so has every other
    if bits == 2:
        together |= together >> 12
    return together.astype(np.uint8)


def _unpacked(data: Bytes, bits: int) -> NDArray[Any]:
    """The numbers in bytes of one width, those that only fill the last byte of a plane among them."""
    if bits >= 8:
        return data.view(f"<u{bits >> 3}")
    if bits == 1:
        return np.unpackbits(data, bitorder="little")
    return _OF_BYTE[bits].take(data).view(np.uint8)


_OF_BYTE = {bits: np.frombuffer(b"".join(OF_BYTE[bits]), np.uint8).view(f"<u{8 // bits}") for bits in (2, 4)}
"""The numbers of so many bits in each byte, as one number of as many bytes."""
