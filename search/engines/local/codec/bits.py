"""Numbers in as few bits as will do: the plain Python side (`search.engines.local.codec.packing` is numpy's).

A *run* is a row of unsigned numbers of one width: 0, 1, 2, 4, 8, 16 or 32 bits, little-endian, the first number
in the lowest bits; zeros fill its last byte. So whole bytes are read as they are, by both numpy and ``memoryview``.
"""

from collections.abc import Sequence
from typing import Literal

WIDTHS = (0, 1, 2, 4, 8, 16, 32)
Type = Literal["B", "H", "I", "Q"]
TYPES: dict[int, Type] = {8: "B", 16: "H", 32: "I", 64: "Q"}
"""The widths of whole bytes, as ``memoryview.cast`` names them (on the little-endian machines that there are)."""


def size(count: int, width: int) -> int:
    """How many bytes a run takes."""
    return (count * width + 7) >> 3


def read(data: memoryview, offset: int, width: int, start: int, stop: int) -> Sequence[int]:
    """The numbers from `start` up to `stop` of the run that begins at a byte."""
    if width == 0:
        return bytes(stop - start)
    if width >= 8:
        step = width >> 3
        return data[offset + start * step : offset + stop * step].cast(TYPES[width])
    per_byte = 8 // width
    first, skipped = divmod(start, per_byte)
    table = _SMALL[width]
    found = b"".join([table[byte] for byte in data[offset + first : offset + size(stop, width)]])
    return found[skipped : skipped + stop - start]


def _parts(width: int) -> list[bytes]:
    """The numbers of this width in each of the 256 bytes."""
    mask = (1 << width) - 1
    return [bytes(byte >> shift & mask for shift in range(0, 8, width)) for byte in range(256)]


class _Tables(dict[int, list[bytes]]):
    def __missing__(self, width: int) -> list[bytes]:
        self[width] = _parts(width)
        return self[width]


_SMALL = _Tables()
