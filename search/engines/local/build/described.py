"""What there is to say of printed forms, found out once for each: how they fold, their order, their stems."""

from array import array
from binascii import crc32
from bisect import bisect
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from search.engines.local.codec.columns import LONE
from search.engines.local.codec.stems import entries
from search.language import language
from search.language.normal import fold_all

_UNKNOWN = -1


class Described:
    """Forms by number: their `names`, these in small letters, their `folded` form and a hash of it."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.folded: list[str] = []
        self._lowered: list[str] = []
        self.hashes = array("Q")
        self._stems: dict[tuple[str, int], NDArray[np.int64]] = {}
        self._keys: list[str] = []
        self._order = np.zeros(0, np.int64)

    def add(self, new: Iterable[str]) -> None:
        """Take some forms more."""
        before = len(self.names)
        self.names += new
        self.folded += fold_all(self.names[before:])
        self._lowered += map(str.lower, self.names[before:])
        self.hashes.extend(crc32(one.encode("utf-8", LONE)) for one in self.folded[before:])

    def in_order(self) -> NDArray[np.int64]:
        """The numbers of the forms, in the order of the forms (folded, then as printed)."""
        done = len(self._order)
        keys = [f"{folded}\0{name}" for folded, name in zip(self.folded[done:], self.names[done:], strict=True)]
        order = sorted(range(len(keys)), key=keys.__getitem__)
        keys = list(map(keys.__getitem__, order))
        places = [bisect(self._keys, key) for key in keys]
        self._order = np.insert(self._order, places, np.array(order, np.int64) + done)
        self._keys += keys
        self._keys.sort()  # two rows in order, which Python sees
        return self._order

    def stems(self, code: str, grade: int, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """The entries of some forms among the stems of a language (`search.engines.local.codec.stems`)."""
        known = self._stems.get((code, grade), np.zeros(0, np.int64))
        known = np.concatenate((known, np.full(len(self.folded) - len(known), _UNKNOWN)))
        new = numbers[known[numbers] == _UNKNOWN]
        lowered, folded = (list(map(table.__getitem__, new.tolist())) for table in (self._lowered, self.folded))
        known[new] = entries(language(code), grade, lowered, folded)
        self._stems[code, grade] = known
        return known[numbers]
