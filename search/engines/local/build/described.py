"""What there is to say of printed forms, found out once for each: how they fold, their order, their stems."""

from abc import ABC, abstractmethod
from array import array
from binascii import crc32
from bisect import bisect
from collections.abc import Iterable, Set

import numpy as np
from numpy.typing import NDArray

from search.engines.local.build.uniting import Dictionary
from search.engines.local.codec.columns import LONE, Lines
from search.engines.local.codec.packing import Flags
from search.engines.local.codec.stems import entries
from search.language import Language, language
from search.language.normal import fold_all

_UNKNOWN = -1


class Described(ABC):
    """Forms by number."""

    def __init__(self) -> None:
        self._stems: dict[tuple[str, int], NDArray[np.int64]] = {}

    @abstractmethod
    def __len__(self) -> int:
        """How many forms there are."""

    @abstractmethod
    def in_order(self) -> NDArray[np.int64]:
        """The numbers of the forms, in the order of the forms (folded, then as printed)."""

    @abstractmethod
    def lines(self, numbers: NDArray[np.int64]) -> Dictionary:
        """Some forms, and the same folded."""

    @abstractmethod
    def terms(self, numbers: NDArray[np.int64], before: str) -> tuple[Lines, NDArray[np.int32]]:
        """What some forms, in order, are when folded, each once, as lines that begin with something; and of each form
        which of these it is (0 of others)."""

    @abstractmethod
    def among(self, words: Set[str]) -> Flags:
        """Which forms are, in small letters, one of these words."""

    def stems(self, code: str, grade: int, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """The entries of some forms among the stems of a language (`search.engines.local.codec.stems`)."""
        known = self._stems.get((code, grade), np.zeros(0, np.int64))
        known = np.concatenate((known, np.full(len(self) - len(known), _UNKNOWN)))
        new = numbers[known[numbers] == _UNKNOWN]
        known[new] = self._entries(language(code), grade, new)
        self._stems[code, grade] = known
        return known[numbers]

    @abstractmethod
    def _entries(self, tongue: Language, grade: int, numbers: NDArray[np.int64]) -> NDArray[np.int64]: ...


class Listed(Described):
    """Forms in lists: their `names`, and a hash of each folded form."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self._folded: list[str] = []
        self._lowered: list[str] = []
        self.hashes = array("Q")
        self._keys: list[tuple[str, str]] = []
        self._order = np.zeros(0, np.int64)

    def add(self, new: Iterable[str]) -> None:
        """Take some forms more."""
        before = len(self.names)
        self.names += new
        self._folded += fold_all(self.names[before:])
        self._lowered += map(str.lower, self.names[before:])
        self.hashes.extend(crc32(one.encode("utf-8", LONE)) for one in self._folded[before:])

    def __len__(self) -> int:
        return len(self.names)

    def in_order(self) -> NDArray[np.int64]:
        done = len(self._order)
        keys = list(zip(self._folded[done:], self.names[done:], strict=True))
        order = sorted(range(len(keys)), key=keys.__getitem__)
        keys = list(map(keys.__getitem__, order))
        places = [bisect(self._keys, key) for key in keys]
        self._order = np.insert(self._order, places, np.array(order, np.int64) + done)
        self._keys += keys
        self._keys.sort()  # two rows in order, which Python sees
        return self._order

    def lines(self, numbers: NDArray[np.int64]) -> Dictionary:
        return Dictionary(*(Lines.of(_some(strings, numbers)) for strings in (self.names, self._folded)))

    def terms(self, numbers: NDArray[np.int64], before: str) -> tuple[Lines, NDArray[np.int32]]:
        folded = _some(self._folded, numbers)
        place = {term: place for place, term in enumerate(dict.fromkeys(folded))}
        ranks = np.zeros(len(self), np.int32)
        ranks[numbers] = list(map(place.__getitem__, folded))
        return Lines.of([before + term for term in place]), ranks

    def among(self, words: Set[str]) -> Flags:
        return np.fromiter((one in words for one in self._lowered), np.bool_, len(self._lowered))

    def _entries(self, tongue: Language, grade: int, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        lowered, folded = _some(self._lowered, numbers), _some(self._folded, numbers)
        return np.array(entries(tongue, grade, lowered, folded), np.int64)


def _some(strings: list[str], numbers: NDArray[np.int64]) -> list[str]:
    return list(map(strings.__getitem__, numbers.tolist()))
