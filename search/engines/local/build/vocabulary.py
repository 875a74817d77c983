"""The vocabulary: numbers for printed forms, and what each distinct chunk holds that is not simple, found out once.

The rules are those of `search.language.words`.
"""

import re
from array import array
from binascii import crc32
from bisect import bisect
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from search.engines.local.build.printed import AROUND, NO_END
from search.engines.local.build.printed import LONGEST as LONGEST_SIMPLE
from search.engines.local.build.table import Table
from search.engines.local.codec.columns import LONE
from search.engines.local.codec.stems import entries
from search.language import has_capital, language
from search.language.normal import fold_all, normalise
from search.language.words import LONGEST, chunk_words, chunks, ends_sentence

MOST = 160_000
"""With more chunks and forms than this, a vocabulary is full: begin a new one."""

_UNKNOWN = -1
_LATIN_END = "\u02b0"
"""From here on come signs that look like letters: the apostrophe ``ʼ`` among them."""
_THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}$")
_HUNDREDS = re.compile(r"\d{3}(?!\d)")


class Vocabulary(dict[str, int]):
    """Numbers of chunks; one that is looked up for the first time is analysed.

    Of the words of all chunks, in a row, `words` has ``form << 1 | breaks``: the form's number in `forms`, and
    whether a sentence may end before the word. `ends` is where each chunk's words end; `tails` whether a sentence
    may end after them; `opens_number` and `ends_number` whether a chunk may be the first and a later part of a
    number whose thousands are parted by spaces.

    Of the forms, by number, there are their `names`, their `folded` form and a hash of it, `capital` and `shouted`
    (`search.language.names`); `describe` brings these up to date.
    """

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, int] = {}
        self.tables = Table(1), Table(LONGEST_SIMPLE // 8)
        self._stems: dict[tuple[str, int], NDArray[np.int64]] = {}
        self.words = array("i")
        self.ends = array("i")
        self.tails = bytearray()
        self.opens_number = bytearray()
        self.ends_number = bytearray()
        self._keys: list[str] = []
        self._order = np.zeros(0, np.int64)
        self.names: list[str] = []
        self.folded: list[str] = []
        self.hashes = array("Q")
        self.capital = bytearray()
        self.shouted = bytearray()

    @property
    def is_full(self) -> bool:
        """Whether it is time for a new one."""
        return len(self) + len(self.forms) > MOST

    def __missing__(self, chunk: str) -> int:
        parts, tail, clean = _hyphenated(chunk) or _analysed(chunk)
        self.opens_number.append(clean != "" and _THOUSANDS.search(clean) is not None)
        self.ends_number.append(clean != "" and _HUNDREDS.match(clean) is not None)
        return self._entry(chunk, parts, tail)

    def with_spaces(self, text: str) -> int:
        """The number of some chunks in a row in which numbers may hold spaces."""
        if text in self:
            return self[text]
        every: _Parts = []
        ended = False
        for chunk in chunks(normalise(text).text):
            parts, tail = chunk_words(chunk)
            for form, _, _, breaks in parts:
                every.append((form, breaks or ended))
                ended = False
            ended = ended or tail
        self.opens_number.append(False)
        self.ends_number.append(False)
        return self._entry(text, every, ended)

    def describe(self) -> None:
        """Say what there is to say of the forms that are new."""
        new = list(islice(self.forms, len(self.names), None))
        self.names += new
        self.folded += fold_all(new)
        self.hashes.extend(crc32(one.encode("utf-8", LONE)) for one in self.folded[len(self.hashes) :])
        self.capital += bytes(map(has_capital, new))
        self.shouted += bytes([len(form) > 1 and form.isupper() for form in new])

    def in_order(self) -> NDArray[np.int64]:
        """The numbers of the forms, in the order of the forms (folded, then as printed)."""
        done = len(self._order)
        keys = [f"{folded}\0{name}" for folded, name in zip(self.folded[done:], self.names[done:], strict=True)]
        order = np.array(sorted(range(len(keys)), key=keys.__getitem__), np.int64)
        keys.sort()
        places = [bisect(self._keys, key) for key in keys]
        self._order = np.insert(self._order, places, order + done)
        self._keys += keys
        self._keys.sort()  # two rows in order, which Python sees
        return self._order

    def stems(self, code: str, grade: int, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """The entries of some forms among the stems of a language (`search.engines.local.codec.stems`)."""
        known = self._stems.get((code, grade), np.zeros(0, np.int64))
        known = np.concatenate((known, np.full(len(self.folded) - len(known), _UNKNOWN)))
        new = numbers[known[numbers] == _UNKNOWN]
        forms, folded = ([table[number] for number in new.tolist()] for table in (self.names, self.folded))
        known[new] = entries(language(code), grade, forms, folded)
        self._stems[code, grade] = known
        return known[numbers]

    def _entry(self, chunk: str, parts: "_Parts", tail: bool) -> int:
        self.words.extend([self.forms.setdefault(form, len(self.forms)) << 1 | breaks for form, breaks in parts])
        self.ends.append(len(self.words))
        self.tails.append(tail)
        self[chunk] = number = len(self.ends) - 1
        return number


_Parts = list[tuple[str, bool]]  # forms, and whether a sentence may end before each


def _hyphenated(chunk: str) -> tuple[_Parts, bool, str] | None:
    """The words of a chunk that is Latin words joined by hyphens, with common signs around them."""
    core = chunk.strip(AROUND)
    parts = core.split("-")
    if not ("".join(parts).isalpha() and all(parts) and max(core) < _LATIN_END and len(core) <= LONGEST):
        return None
    before, _, after = chunk.partition(core)
    first = before.strip(NO_END) != ""
    return [(form, first and not place) for place, form in enumerate(parts)], after.strip(NO_END) != "", ""


def _analysed(chunk: str) -> tuple[_Parts, bool, str]:
    """The words of any chunk, and the chunk as it is normalised."""
    clean = normalise(chunk).text
    parts, tail = chunk_words(clean)
    return [(form, breaks) for form, _, _, breaks in parts], tail, clean


assert not any(map(ends_sentence, NO_END))
assert all(ends_sentence(sign) for sign in set(AROUND) - set(NO_END))
