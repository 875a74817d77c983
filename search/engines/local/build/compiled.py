"""The words of texts by the compiled kernel (`search.native`)."""

import os
from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from search.engines.local.build import sameness, sketch
from search.engines.local.build.compiled_forms import CompiledForms
from search.engines.local.build.printed import CLASSES, ELIDED, LONGEST, NEVER_CUT, OTHER
from search.engines.local.build.vocabulary import analysed, analysed_with_spaces
from search.engines.local.build.words import Inverted
from search.engines.local.codec.encode import Lists
from search.engines.local.codec.packing import Bytes, Flags, Numbers
from search.language import has_capital, is_shouted
from search.language.words import ends_sentence

if TYPE_CHECKING:
    from search.native._kernel import Words as Kernel

MOST_CHUNKS, MOST_FORMS = 500_000, 200_000
"""With more than these, it is time for another: a chunk takes some sixty bytes, a form, with what there is to say of
it, three hundred."""

DIGIT, BREAK, PLAIN = range(OTHER + 1, OTHER + 4)
"""What the kernel knows beside the classes of `printed`: digits; signs at which a sentence may end, and such at which
none may, that have no meaning within words or numbers."""

BREAKS, PLAINS = "[]{}|*+/", "%#@=$<>~^`\\€£§°"


def _kinds() -> bytes:
    """What each character is for the kernel, by its code point."""
    kinds = CLASSES[:0x3001].copy()
    for signs, kind in (("0123456789", DIGIT), (BREAKS, BREAK), (PLAINS, PLAIN)):
        kinds[list(map(ord, signs))] = kind
    return kinds.tobytes()


_KINDS = _kinds()
_UPPER = bytes(chr(code).isupper() for code in range(0x180))


class CompiledWords:
    """`search.engines.local.build.words.Words` in C."""

    def __init__(self, kernel: ModuleType) -> None:
        seed = int.from_bytes(os.urandom(8), "little")
        self._words: Kernel = kernel.Words(_analyse, _KINDS, _UPPER, sorted(ELIDED), sorted(NEVER_CUT), LONGEST, seed)
        self.described = CompiledForms(kernel, self._words)

    @property
    def is_full(self) -> bool:
        chunks, forms = self._words.known()
        return chunks > MOST_CHUNKS or forms > MOST_FORMS

    def clear(self) -> None:
        self._words.clear()

    def add(self, texts: list[str]) -> None:
        self._words.add(texts)

    def add_rows(self, titles: list[str], lines: list[bytes]) -> NDArray[np.int32]:
        return np.frombuffer(self._words.add_rows(tuple(titles), tuple(lines)), np.int32)

    def look(self) -> None:
        self.described.look()

    def lengths(self) -> Numbers:
        return np.frombuffer(self._words.lengths(), np.int32)

    def used(self) -> Flags:
        return np.frombuffer(self._words.used(), np.bool_)

    def invert(self, ranks: NDArray[np.int32], terms: int, counts: Flags, speech: NDArray[np.uint64]) -> Inverted:
        *columns, spoken = self._words.invert(ranks, terms, counts.view(np.uint8), speech)
        df, cf, documents, tf, positions, evidence = (np.frombuffer(column, np.int32) for column in columns)
        return Inverted(Lists(df, documents, tf, positions), cf, evidence, np.frombuffer(spoken, np.uint64))

    def compare(self, starts: NDArray[np.int64]) -> tuple[Bytes, list[int]]:
        sketches, keys = self._words.compare(self.described.hashes(), starts, sketch.SIZE, sameness.SHORTEST)
        return np.frombuffer(sketches, np.uint8).reshape(-1, sketch.SIZE), np.frombuffer(keys, np.uint64).tolist()

    def tally(self, flags: Flags, starts: NDArray[np.int64]) -> list[int]:
        found: list[int] = np.frombuffer(self._words.tally(flags.tobytes(), starts), np.int64).tolist()
        return found


_Found = tuple[list[tuple[str, bool, bool, bool]], bool, bool, bool]


def _analyse(chunk: str, has_spaces: int) -> _Found:
    """What a chunk holds, as the kernel wants it."""
    found = analysed_with_spaces(chunk) if has_spaces else analysed(chunk)
    words = [(form, breaks, has_capital(form), is_shouted(form)) for form, breaks in found.words]
    return words, found.tail, found.opens_number, found.ends_number


assert all(map(ends_sentence, BREAKS))
assert not any(ends_sentence(f"a{sign}a") for sign in PLAINS)
