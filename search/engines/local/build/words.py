"""What a draft asks of the words of its texts, whoever finds them: `compiled` in C, `arrays` with numpy."""

from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from search.engines.local.build.described import Described
from search.engines.local.codec.encode import Lists
from search.engines.local.codec.packing import Bytes, Flags, Numbers


class Inverted(NamedTuple):
    """Posting lists; the number of positions in each (`cf`); how many of them are evidence of what is a name; and the
    languages of the texts in which each term stands, a bit each."""

    lists: Lists
    cf: Numbers
    evidence: Numbers
    speech: Numbers


class Words(Protocol):
    """The words of texts, as numbers of their printed forms. What is known of forms stays when the words go."""

    @property
    def described(self) -> Described:
        """The forms; those of all texts after `look`."""

    @property
    def is_full(self) -> bool:
        """Whether so many forms are known that it is time for another."""

    def clear(self) -> None:
        """Forget the words, for other texts."""

    def add(self, texts: list[str]) -> None:
        """Take some texts more."""

    def add_rows(self, titles: list[str], lines: list[bytes]) -> NDArray[np.int32]:
        """Take titles, each with the lines of a text in UTF-8 behind it, all as texts more; how many texts these are
        each. What fails leaves nothing behind."""

    def look(self) -> None:
        """Look at the words of all texts so far."""

    def lengths(self) -> Numbers:
        """How many words each text has."""

    def used(self) -> Flags:
        """Which forms stand in a text."""

    def invert(self, ranks: NDArray[np.int32], terms: int, counts: Flags, speech: NDArray[np.uint64]) -> Inverted:
        """The posting lists of so many terms; `ranks` has the term of each form, `counts` which texts have words that
        are evidence, if their case is telling, and `speech` the bit of the language of each text."""

    def compare(self, starts: NDArray[np.int64]) -> tuple[Bytes, list[int]]:
        """Of articles, which begin at these texts with their titles: their sketches, a row each, and the keys of
        their texts (`sketch`, `sameness`)."""

    def tally(self, flags: Flags, starts: NDArray[np.int64]) -> list[int]:
        """How many words of each article have a form with a flag."""
