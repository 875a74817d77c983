"""Numbers in as few bits as will do: the numpy side of `search.engines.local.codec.bits`.

Runs are written and read many at a time, with a few array operations for all that have the same width.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engines.local.codec.bits import WIDTHS

Numbers = NDArray[Any]
"""Integers, mostly of 64 bits."""
Flags = NDArray[np.bool_]
Bytes = NDArray[np.uint8]

_WIDTHS = np.array(WIDTHS)
_LIMITS = np.array([(1 << width) - 1 for width in WIDTHS])


def width_class(values: Numbers) -> NDArray[np.intp]:
    """The place in `WIDTHS` of the least width that holds each number."""
    return np.searchsorted(_LIMITS, values)


def sizes(counts: Numbers, width: Numbers) -> Numbers:
    """How many bytes each run takes."""
    return (counts * width + 7) >> 3


def ranges(starts: Numbers, counts: Numbers) -> Numbers:
    """``start, start + 1 …`` for each start, so many of them as its count, all in a row."""
    ends = np.cumsum(counts)
    found: Numbers = np.arange(int(ends[-1]) if len(ends) else 0)
    found += np.repeat(starts - (ends - counts), counts)
    return found


def pack(values: Numbers, counts: Numbers, width: Numbers) -> tuple[Bytes, Numbers]:
    """Runs of so many of the values each, and so many bits a value: their bytes in a row, and the size of each.

    Bits above the width of a run are dropped.
    """
    size = sizes(counts, width)
    begins, places = np.cumsum(counts) - counts, np.cumsum(size) - size
    data = np.zeros(int(size.sum()), np.uint8)
    for bits in WIDTHS[1:]:
        runs = np.flatnonzero(width == bits)
        if len(runs):
            chosen = values[ranges(begins[runs], counts[runs])]
            data[ranges(places[runs], size[runs])] = _packed(chosen, counts[runs], bits)
    return data, size


def unpack_runs(data: Bytes, starts: Numbers, counts: Numbers, width: Numbers) -> Numbers:
    """The numbers of many runs, one after the other; `starts` are bytes of `data`."""
    begins, size = np.cumsum(counts) - counts, sizes(counts, width)
    values = np.zeros(int(counts.sum()), np.int64)
    for bits in WIDTHS[1:]:
        runs = np.flatnonzero(width == bits)
        if len(runs):
            whole = _unpacked(data[ranges(starts[runs], size[runs])], bits)
            if bits < 8:
                whole = whole[ranges(np.cumsum(size[runs]) * 8 // bits - size[runs] * 8 // bits, counts[runs])]
            values[ranges(begins[runs], counts[runs])] = whole
    return values


def unpack(data: Any, offset: int, count: int, width: int) -> NDArray[Any]:
    """The numbers of one run (unsigned, of the narrowest type); not to be written to."""
    if width == 0:
        return np.zeros(count, np.uint8)
    if width >= 8:
        return np.frombuffer(data, f"<u{width >> 3}", count, offset)
    return _unpacked(np.frombuffer(data, np.uint8, (count * width + 7) >> 3, offset), width)[:count]


def _packed(values: Numbers, counts: Numbers, bits: int) -> Bytes:
    """The bytes of runs of one width."""
    if bits >= 8:
        return values.astype(f"<u{bits >> 3}").view(np.uint8)
    per_byte = 8 // bits
    size = -(-counts // per_byte)
    padded = np.zeros(int(size.sum()) * per_byte, np.uint8)
    padded[ranges((np.cumsum(size) - size) * per_byte, counts)] = values & ((1 << bits) - 1)
    lanes = padded.reshape(-1, per_byte)
    data = lanes[:, 0].copy()
    for lane in range(1, per_byte):
        data |= lanes[:, lane] << np.uint8(lane * bits)
    return data


def _unpacked(data: Bytes, bits: int) -> NDArray[Any]:
    """The numbers in bytes of one width, those that only fill the last byte of a run among them."""
    if bits >= 8:
        return data.view(f"<u{bits >> 3}")
    if bits == 1:
        return np.unpackbits(data, bitorder="little")
    values = np.empty((len(data), 8 // bits), np.uint8)
    for lane in range(8 // bits):
        np.right_shift(data, lane * bits, out=values[:, lane])
    values &= (1 << bits) - 1
    return values.reshape(-1)
