"""The words of texts with numpy, where there is no compiled kernel."""

import numpy as np
from numpy.typing import NDArray

from search.engines.local.build import sameness
from search.engines.local.build.described import Listed
from search.engines.local.build.sketch import sketches
from search.engines.local.build.spill import inverted
from search.engines.local.build.tokens import AT_ONCE, Tokens
from search.engines.local.build.vocabulary import Vocabulary
from search.engines.local.build.words import Inverted
from search.engines.local.codec.packing import Bytes, Flags, Numbers, distinct


class ArrayWords:
    """`search.engines.local.build.words.Words` with arrays, many texts at a time."""

    def __init__(self) -> None:
        self._vocabulary = Vocabulary()
        self.clear()

    @property
    def described(self) -> Listed:
        return self._vocabulary.described

    @property
    def is_full(self) -> bool:
        return self._vocabulary.is_full

    def clear(self) -> None:
        self._parts: list[Tokens] = []
        self._texts: list[str] = []
        self._waiting = 0

    def add(self, texts: list[str]) -> None:
        self._texts += texts
        self._waiting += sum(map(len, texts))
        if self._waiting > AT_ONCE:
            self.look()

    def add_rows(self, titles: list[str], lines: list[bytes]) -> NDArray[np.int32]:
        every = [[title, *text.decode().split("\n")] for title, text in zip(titles, lines, strict=True)]
        self.add([text for texts in every for text in texts])
        return np.array(list(map(len, every)), np.int32)

    def look(self) -> None:
        if self._texts:
            self._parts.append(Tokens.of(self._texts, self._vocabulary))
            self._texts, self._waiting = [], 0

    def lengths(self) -> Numbers:
        return self._tokens.lengths

    def used(self) -> Flags:
        return np.bincount(self._tokens.forms, minlength=len(self.described)) > 0

    def invert(self, ranks: NDArray[np.int32], terms: int, counts: Flags, speech: NDArray[np.uint64]) -> Inverted:
        tokens = self._tokens
        here = ranks.take(tokens.forms)
        evidence = np.bincount(here[tokens.telling & counts[tokens.texts]], minlength=terms)
        spoken = np.zeros(terms, np.uint64)
        for bit in distinct(speech.copy()):
            spoken[np.bincount(here[(speech == bit)[tokens.texts]], minlength=terms) > 0] |= bit
        return Inverted(*inverted(here, tokens.texts, tokens.positions, terms), evidence, spoken)

    def compare(self, starts: NDArray[np.int64]) -> tuple[Bytes, list[int]]:
        tokens = self._tokens
        titles = np.zeros(len(tokens.lengths), bool)
        titles[starts] = True
        article = (np.cumsum(titles) - 1).take(tokens.texts)
        body = ~titles.take(tokens.texts)
        words = np.array(self.described.hashes, np.uint64), tokens.forms[body], article[body], len(starts)
        return sketches(*words), sameness.text_keys(*words)

    def tally(self, flags: Flags, starts: NDArray[np.int64]) -> list[int]:
        article = np.searchsorted(starts, self._tokens.texts, side="right") - 1
        found: list[int] = np.bincount(article[flags[self._tokens.forms]], minlength=len(starts)).tolist()
        return found

    @property
    def _tokens(self) -> Tokens:
        """The words of all texts, as one part."""
        if len(self._parts) != 1:
            self._parts = [Tokens.joined(self._parts)]
        return self._parts[0]
