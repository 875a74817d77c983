"""Numbers in as few bits as will do: the plain Python side (`search.engines.local.codec.packing` is numpy's).

A *run* is a row of unsigned numbers of one width, 0 to 32 bits. The width is a sum of powers of two, and for each of
them, the largest first, the run has a *plane*: so many bits of every number, the lowest bits of the number in the
first plane. 11 bits are a plane of 8, one of 2 and one of 1. A plane is little-endian, its first number in the
lowest bits; zeros fill its last byte. So bytes, half bytes and so on are read as they are, by numpy and by Python.
"""

from collections.abc import Sequence
from typing import Literal

PLANES = (32, 16, 8, 4, 2, 1)
Type = Literal["B", "H", "I", "Q"]
TYPES: dict[int, Type] = {8: "B", 16: "H", 32: "I", 64: "Q"}
"""The widths of whole bytes, as ``memoryview.cast`` names them (on the little-endian machines that there are)."""


def size(count: int, width: int) -> int:
    """How many bytes a run takes."""
    return (
        count * (width >> 3)
        + (width >> 2 & 1) * ((count + 1) >> 1)
        + (width >> 1 & 1) * ((count + 3) >> 2)
        + (width & 1) * ((count + 7) >> 3)
    )


def read(data: memoryview, offset: int, count: int, width: int, start: int, stop: int) -> Sequence[int]:
    """The numbers from `start` up to `stop` of the run of `count` numbers that begins at a byte."""
    found: Sequence[int] | None = None
    done = 0
    for bits in PLANES:
        if width & bits:
            plane = _plane(data, offset + size(count, done), bits, start, stop)
            found = plane if found is None else [low | high << done for low, high in zip(found, plane, strict=True)]
            done += bits
    return bytes(stop - start) if found is None else found


def _plane(data: memoryview, offset: int, bits: int, start: int, stop: int) -> Sequence[int]:
    """The numbers from `start` up to `stop` of the plane that begins at a byte."""
    if bits >= 8:
        step = bits >> 3
        return data[offset + start * step : offset + stop * step].cast(TYPES[bits])
    per_byte = 8 // bits
    first, skipped = divmod(start, per_byte)
    table = OF_BYTE[bits]
    found = b"".join([table[byte] for byte in data[offset + first : offset + ((stop * bits + 7) >> 3)]])
    return found[skipped : skipped + stop - start]


def _parts(bits: int) -> list[bytes]:
    """The numbers of so many bits in each of the 256 bytes."""
    mask = (1 << bits) - 1
    return [bytes(byte >> shift & mask for shift in range(0, 8, bits)) for byte in range(256)]


class _Tables(dict[int, list[bytes]]):
    def __missing__(self, bits: int) -> list[bytes]:
        self[bits] = _parts(bits)
        return self[bits]


OF_BYTE = _Tables()
"""For planes of 1, 2 and 4 bits: the numbers in each of the 256 bytes."""
