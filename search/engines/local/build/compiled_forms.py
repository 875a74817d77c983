"""What there is to say of printed forms, by the compiled kernel (`search.native`)."""

from collections.abc import Set
from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from search.engines.local.build.described import Described
from search.engines.local.build.uniting import Dictionary
from search.engines.local.codec.columns import LONE, Lines
from search.engines.local.codec.packing import Flags
from search.engines.local.codec.stems import LIGHT, entries
from search.language import Language
from search.language.normal import fold, fold_all
from search.language.suffixes import Suffixes

if TYPE_CHECKING:
    from search.native import _kernel

_LATIN = list(map(chr, range(0x180)))
"""The characters whose folding the kernel has in a table: each is folded, and made small, whatever is around it.
Forms with others are odd to it."""

_FOLDING, _LOWERING = list(map(fold, _LATIN)), list(map(str.lower, _LATIN))
_NONE = Suffixes()


class CompiledForms(Described):
    """The forms of words that the kernel knows."""

    def __init__(self, kernel: ModuleType, words: "_kernel.Words") -> None:
        super().__init__()
        self._forms: _kernel.Forms = kernel.Forms(words, _FOLDING, _LOWERING)

    def look(self) -> None:
        """Describe the forms that are new."""
        odd = self._forms.odd()
        self._forms.describe(fold_all(odd), list(map(str.lower, odd)))

    def hashes(self) -> NDArray[np.uint64]:
        """A hash of each folded form."""
        return np.frombuffer(self._forms.hashes(), np.uint64)

    def __len__(self) -> int:
        return len(self._forms)

    def in_order(self) -> NDArray[np.int64]:
        return np.frombuffer(self._forms.in_order(), np.int64)

    def lines(self, numbers: NDArray[np.int64]) -> Dictionary:
        forms, ends, folded, folded_ends = self._forms.lines(numbers)
        return Dictionary(_lines(forms, ends), _lines(folded, folded_ends))

    def terms(self, numbers: NDArray[np.int64], before: str) -> tuple[Lines, NDArray[np.int32]]:
        terms, ends, ranks = self._forms.terms(numbers, before.encode("utf-8", LONE))
        return _lines(terms, ends), np.frombuffer(ranks, np.int32)

    def among(self, words: Set[str]) -> Flags:
        return np.frombuffer(self._forms.among(list(words)), np.bool_)

    def _entries(self, tongue: Language, grade: int, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        found = np.frombuffer(self._by_kernel(tongue, grade, numbers), np.int64).copy()
        left = np.flatnonzero(found < 0)  # with odd stems
        if len(left):
            strings = self._forms.lowered(numbers[left]), self._forms.folded(numbers[left])
            found[left] = entries(tongue, grade, *([str(one, "utf-8", LONE) for one in some] for some in strings))
        return found

    def _by_kernel(self, tongue: Language, grade: int, numbers: NDArray[np.int64]) -> bytes:
        stop = list(tongue.stop)
        if grade == LIGHT:
            light = tongue.light or _NONE
            return self._forms.light(numbers, light.steps, tuple(light.own.items()), stop)
        return self._forms.stemmed(numbers, tongue.stemmed(self._forms.lowered(numbers)), stop)


def _lines(data: bytes, ends: bytes) -> Lines:
    return Lines(data, np.frombuffer(ends, np.int64))
