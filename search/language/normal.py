"""Normalisation and folding: when two spellings are the same text, and when they are the same word.

*Normalised* texts differ only in how the same print was encoded: Unicode NFC; one apostrophe, ``'``; one kind
of space; no soft hyphens or zero-width characters. *Folded* words differ in case, accents or ligatures as well.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from search.lazy import pattern

_APOSTROPHES = "’ʼ′‘‛＇"  # fmt: skip
_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_TRANSLATED = {**dict.fromkeys(map(ord, _APOSTROPHES), "'"), **dict.fromkeys(map(ord, _SPACES), " ")}
_INVISIBLE = pattern("[\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe0e\ufe0f\ufeff]")
_LIGATURES = {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
_PARTED = str.maketrans(_LIGATURES)
_MARKS = pattern("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")


class Normalised(NamedTuple):
    """A normalised text, and where its characters stand in the original.

    Character ``i`` of `text` comes from ``original[offsets[i]:offsets[i + 1]]``, roughly (what was left out goes
    to the character before it); `offsets` has one more entry than `text` has characters. It is ``None`` where
    both have the same characters at the same places.
    """

    text: str
    offsets: list[int] | None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text from which ``text[start:end]`` comes."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end]


def normalise(text: str) -> Normalised:
    """The text in NFC, with plain apostrophes and spaces and without invisible characters."""
    if text.isascii():
        return Normalised(text, None)
    text = text.translate(_TRANSLATED)
    if shows_all(text):
        return Normalised(text, None)
    return _with_offsets(text)


def shows_all(text: str) -> bool:
    """Whether a text is composed (NFC) and has no invisible characters."""
    return text.isascii() or (_INVISIBLE.search(text) is None and unicodedata.is_normalized("NFC", text))


@lru_cache(maxsize=1 << 13)
def fold(word: str) -> str:
    """The word without case, accents and ligatures: ``Élysée`` → ``elysee``, ``Œuvre`` → ``oeuvre``.

    The comma of a number becomes a point, so that ``27,5`` and ``27.5`` are one.
    """
    if word.isascii():
        return word.lower().replace(",", ".")
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", word.casefold()))
    return plain.translate(_PARTED).casefold().replace(",", ".")


def fold_all(words: Iterable[str]) -> list[str]:
    """Many words (without line breaks), each as `fold` gives it, in a fraction of the time."""
    every = list(words)
    folded = _MARKS.sub("", unicodedata.normalize("NFKD", "\n".join(every).casefold()))
    for ligature, letters in _LIGATURES.items():
        folded = folded.replace(ligature, letters)
    return folded.casefold().replace(",", ".").split("\n") if every else []


def _with_offsets(text: str) -> Normalised:
    """Normalise cluster by cluster (a character and what composes with it), keeping count."""
    out: list[str] = []
    offsets: list[int] = []
    cluster, start = "", 0
    for at, char in enumerate(text):
        if _INVISIBLE.match(char):
            continue
        if cluster and not _composes(cluster, char):
            _emit(cluster, start, out, offsets)
            cluster = ""
        if not cluster:
            start = at
        cluster += char
    _emit(cluster, start, out, offsets)
    offsets.append(len(text))
    return Normalised("".join(out), offsets)


def _emit(cluster: str, start: int, out: list[str], offsets: list[int]) -> None:
    composed = unicodedata.normalize("NFC", cluster)
    out.append(composed)
    offsets.extend([start] * len(composed))


def _composes(cluster: str, char: str) -> bool:
    """Whether `char` belongs to the cluster before it: a combining mark, or a Hangul or Indic part."""
    if char.isascii():
        return False
    if unicodedata.combining(char):
        return True
    last = unicodedata.normalize("NFC", cluster)[-1]
    return unicodedata.normalize("NFC", last + char) != last + unicodedata.normalize("NFC", char)
