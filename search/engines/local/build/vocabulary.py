"""The vocabulary: what each distinct run of print without white space holds, found out once.

A text is looked up, not analysed: ``text.split()`` gives its chunks (``l'élection,``), a dictionary gives a number
for each, and that tells the words of the chunk. The rules are those of `search.language.words`; the commonest
kinds of chunk are taken apart here, by the same rules, and all others there.
"""

import re
from array import array

import numpy as np
from numpy.typing import NDArray

from search.engines.local.codec.stems import entries
from search.language import fold, has_capital, language
from search.language.normal import normalise
from search.language.words import LONGEST, chunk_words, chunks, ends_sentence

MOST = 300_000
"""With more chunks than this, a vocabulary is full: begin a new one."""

BREAKS, TAIL = 2, 1
"""Bits in a chunk's number: a sentence may end before its word, and after it."""

_UNKNOWN = -1
_AROUND = '.,;:!?…()«»"“”'
_NO_END = ","
_SIMPLE_BELOW = "\u02b0"
"""From here on come signs that look like letters: the apostrophe ``ʼ`` among them."""
_ELIDED = frozenset("l d j m t s n c qu L D J M T S N C Qu".split())
_THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}$")
_HUNDREDS = re.compile(r"\d{3}(?!\d)")


class Vocabulary(dict[str, int]):
    """Numbers of chunks; one that is looked up for the first time is analysed.

    ``number >> 2`` of a chunk that is one word is the form's number in `forms`, the two bits below are `BREAKS`
    and `TAIL`. A number below 0 stands for any other chunk: ``-1 - number`` is its place in the tables. Of the
    words of those, all in a row, `words` has ``form << 2 | BREAKS or 0``; `ends` is where each chunk's words end;
    `tails` whether a sentence may end after them; `opens_number` and `ends_number` whether a chunk may be the first
    and a later part of a number whose thousands are parted by spaces.

    Of the forms, by number, there are their `folded` form; `capital` and `shouted` (`search.language.names`); and
    `describe` brings these up to date.
    """

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, int] = {}
        self._stems: dict[tuple[str, int], NDArray[np.int64]] = {}
        self.words = array("i")
        self.ends = array("i")
        self.tails = bytearray()
        self.opens_number = bytearray()
        self.ends_number = bytearray()
        self.folded: list[str] = []
        self.capital = bytearray()
        self.shouted = bytearray()

    def __missing__(self, chunk: str) -> int:
        core = word = chunk.strip(_AROUND)
        if not word.isalpha():
            head, _, word = word.replace("’", "'").partition("'")
            if head not in _ELIDED or not word.isalpha() or word == "aucuns":
                return self._others(chunk)
        if not (word.isascii() or max(word) < _SIMPLE_BELOW) or len(core) > LONGEST:
            return self._others(chunk)
        number = self.forms.setdefault(word, len(self.forms)) << 2
        if len(core) < len(chunk):
            before, _, after = chunk.partition(core)
            number |= (before.strip(_NO_END) != "") * BREAKS | (after.strip(_NO_END) != "") * TAIL
        self[chunk] = number
        return number

    def exactly(self, text: str) -> list[int]:
        """The chunks of a text in which numbers may hold spaces."""
        return [self[chunk] for chunk in chunks(normalise(text).text)]

    def describe(self) -> list[str]:
        """All forms, after what there is to say of the new ones."""
        every = list(self.forms)
        for form in every[len(self.folded) :]:
            self.folded.append(fold(form))
            self.capital.append(has_capital(form))
            self.shouted.append(len(form) > 1 and form.isupper())
        return every

    def stems(self, code: str, grade: int, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """The entries of some forms among the stems of a language (`search.engines.local.codec.stems`)."""
        known = self._stems.get((code, grade), np.zeros(0, np.int64))
        known = np.concatenate((known, np.full(len(self.folded) - len(known), _UNKNOWN)))
        new = numbers[known[numbers] == _UNKNOWN]
        every = list(self.forms)
        forms, folded = ([table[number] for number in new.tolist()] for table in (every, self.folded))
        known[new] = entries(language(code), grade, forms, folded)
        self._stems[code, grade] = known
        return known[numbers]

    def _others(self, chunk: str) -> int:
        parts, tail, clean = _hyphenated(chunk) or _analysed(chunk)
        for form, breaks in parts:
            self.words.append(self.forms.setdefault(form, len(self.forms)) << 2 | breaks * BREAKS)
        self.ends.append(len(self.words))
        self.tails.append(tail)
        self.opens_number.append(clean != "" and _THOUSANDS.search(clean) is not None)
        self.ends_number.append(clean != "" and _HUNDREDS.match(clean) is not None)
        self[chunk] = number = -len(self.ends)
        return number


_Parts = list[tuple[str, bool]]  # forms, and whether a sentence may end before each


def _hyphenated(chunk: str) -> tuple[_Parts, bool, str] | None:
    """The words of a chunk that is Latin words joined by hyphens, with common signs around them."""
    core = chunk.strip(_AROUND)
    parts = core.split("-")
    if not ("".join(parts).isalpha() and all(parts) and max(core) < _SIMPLE_BELOW and len(core) <= LONGEST):
        return None
    before, _, after = chunk.partition(core)
    first = before.strip(_NO_END) != ""
    return [(form, first and not place) for place, form in enumerate(parts)], after.strip(_NO_END) != "", ""


def _analysed(chunk: str) -> tuple[_Parts, bool, str]:
    """The words of any chunk, and the chunk as it is normalised."""
    clean = normalise(chunk).text
    parts, tail = chunk_words(clean)
    return [(form, breaks) for form, _, _, breaks in parts], tail, clean


assert not any(map(ends_sentence, _NO_END))
assert all(ends_sentence(sign) for sign in set(_AROUND) - set(_NO_END))
