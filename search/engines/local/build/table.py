"""A hash table of numbers that is asked for many at a time.

Open addressing with linear probing (Knuth, The Art of Computer Programming, vol. 3, § 6.4), all look-ups of a call
side by side: each goes on to the next slot for as long as it finds another key.
"""

import numpy as np
from numpy.typing import NDArray

Keys = list[NDArray[np.uint64]]
"""Keys, as columns: the first numbers of all, the second numbers of all …"""

_FREE = -1
_SMALLEST = 12
"""The logarithm of the size of an empty table."""

_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)
"""Odd numbers without a pattern in their bits."""


class Table:
    """Numbers (from 0 on) under keys, each of which is `width` numbers of 64 bits."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._count = 0
        self._clear(_SMALLEST)

    def find(self, keys: Keys) -> NDArray[np.int32]:
        """The numbers under some keys, -1 where there is none."""
        slots = self._slots(keys)
        found, is_other = self._look(keys, slots)
        places = np.flatnonzero(is_other)
        while len(places):
            slots[places] = self._next(slots[places])
            found[places], is_other = self._look([key[places] for key in keys], slots[places])
            places = places[is_other]
        return found

    def add(self, keys: Keys, numbers: NDArray[np.int32]) -> None:
        """Put numbers under keys that are not there yet; all keys are distinct, and so are the numbers."""
        self._count += len(numbers)
        if 2 * self._count > len(self._numbers):
            taken = np.flatnonzero(self._numbers != _FREE)
            old = [column[taken] for column in self._keys], self._numbers[taken]
            self._clear((2 * self._count).bit_length() + 1)
            self._put(*old)
        self._put(keys, numbers)

    def _put(self, keys: Keys, numbers: NDArray[np.int32]) -> None:
        slots = self._slots(keys)
        while len(numbers):
            free = self._numbers[slots] == _FREE
            self._numbers[slots[free]] = numbers[free]
            left = self._numbers[slots] != numbers
            for column, key in zip(self._keys, keys, strict=True):
                column[slots[~left]] = key[~left]
            keys, numbers, slots = [key[left] for key in keys], numbers[left], self._next(slots[left])

    def _clear(self, bits: int) -> None:
        self._bits = bits
        self._keys = [np.zeros(1 << bits, np.uint64) for _ in range(self.width)]
        self._numbers = np.full(1 << bits, _FREE, np.int32)

    def _look(self, keys: Keys, slots: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
        """What is in some slots if it has these keys, else -1; and whether another key is there."""
        numbers = self._numbers.take(slots)
        unlike = self._keys[0].take(slots) != keys[0]
        for column, key in zip(self._keys[1:], keys[1:], strict=True):
            unlike |= column.take(slots) != key
        is_other = unlike & (numbers != _FREE)
        numbers[unlike] = _FREE
        return numbers, is_other

    def _slots(self, keys: Keys) -> NDArray[np.int64]:
        mixed = keys[0] * _FACTORS[0]
        for key, factor in zip(keys[1:], _FACTORS[1:], strict=False):
            mixed ^= key * factor
        mixed ^= mixed >> np.uint64(32)
        mixed *= _FACTORS[0]
        slots: NDArray[np.int64] = (mixed >> np.uint64(64 - self._bits)).view(np.int64)
        return slots

    def _next(self, slots: NDArray[np.int64]) -> NDArray[np.int64]:
        following: NDArray[np.int64] = (slots + 1) & (len(self._numbers) - 1)
        return following
