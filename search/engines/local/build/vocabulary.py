"""The vocabulary: numbers for printed forms, and what each distinct chunk holds that is not simple, found out once.

The rules are those of `search.language.words`.
"""

import re
from array import array
from itertools import islice
from typing import NamedTuple

from search.engines.local.build.described import Listed
from search.engines.local.build.printed import AROUND, NO_END
from search.engines.local.build.printed import LONGEST as LONGEST_SIMPLE
from search.engines.local.build.table import Table
from search.language import has_capital, is_shouted
from search.language.normal import normalise
from search.language.words import LONGEST, chunk_words, chunks, ends_sentence

MOST = 160_000
"""With more chunks and forms than this, a vocabulary is full: begin a new one."""

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

    Of the forms, by number, there is what is `described`, and whether they have a `capital` and are `shouted`
    (`search.language.names`); `describe` brings these up to date.
    """

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, int] = {}
        self.tables = Table(1), Table(LONGEST_SIMPLE // 8)
        self.words = array("i")
        self.ends = array("i")
        self.tails = bytearray()
        self.opens_number = bytearray()
        self.ends_number = bytearray()
        self.described = Listed()
        self.capital = bytearray()
        self.shouted = bytearray()

    @property
    def is_full(self) -> bool:
        """Whether it is time for a new one."""
        return len(self) + len(self.forms) > MOST

    def __missing__(self, chunk: str) -> int:
        return self._entry(chunk, analysed(chunk))

    def with_spaces(self, text: str) -> int:
        """The number of some chunks in a row in which numbers may hold spaces."""
        return self[text] if text in self else self._entry(text, analysed_with_spaces(text))

    def describe(self) -> None:
        """Say what there is to say of the forms that are new."""
        new = list(islice(self.forms, len(self.described), None))
        self.described.add(new)
        self.capital += bytes(map(has_capital, new))
        self.shouted += bytes(map(is_shouted, new))

    def _entry(self, chunk: str, found: "Analysis") -> int:
        forms = self.forms
        self.words.extend([forms.setdefault(form, len(forms)) << 1 | breaks for form, breaks in found.words])
        self.ends.append(len(self.words))
        self.tails.append(found.tail)
        self.opens_number.append(found.opens_number)
        self.ends_number.append(found.ends_number)
        self[chunk] = number = len(self.ends) - 1
        return number


class Analysis(NamedTuple):
    """What a chunk holds: its words, each with whether a sentence may end before it; whether one may end after them;
    and whether it may be the first, or a later, part of a number whose thousands are parted by spaces."""

    words: list[tuple[str, bool]]
    tail: bool
    opens_number: bool = False
    ends_number: bool = False


def analysed(chunk: str) -> Analysis:
    """What a chunk holds."""
    return _hyphenated(chunk) or _normalised(chunk)


def analysed_with_spaces(text: str) -> Analysis:
    """What some chunks in a row hold, in which numbers may hold spaces."""
    every: list[tuple[str, bool]] = []
    ended = False
    for chunk in chunks(normalise(text).text):
        parts, tail = chunk_words(chunk)
        for form, _, _, breaks in parts:
            every.append((form, breaks or ended))
            ended = False
        ended = ended or tail
    return Analysis(every, ended)


def _hyphenated(chunk: str) -> Analysis | None:
    """The words of a chunk that is Latin words joined by hyphens, with common signs around them."""
    core = chunk.strip(AROUND)
    parts = core.split("-")
    if not ("".join(parts).isalpha() and all(parts) and max(core) < _LATIN_END and len(core) <= LONGEST):
        return None
    before, _, after = chunk.partition(core)
    first = before.strip(NO_END) != ""
    return Analysis([(form, first and not place) for place, form in enumerate(parts)], after.strip(NO_END) != "")


def _normalised(chunk: str) -> Analysis:
    """The words of any chunk."""
    clean = normalise(chunk).text
    parts, tail = chunk_words(clean)
    words = [(form, breaks) for form, _, _, breaks in parts]
    return Analysis(words, tail, _THOUSANDS.search(clean) is not None, _HUNDREDS.match(clean) is not None)


assert not any(map(ends_sentence, NO_END))
assert all(ends_sentence(sign) for sign in set(AROUND) - set(NO_END))
