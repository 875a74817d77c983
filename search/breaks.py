"""Where a text may be broken into lines or cut off, and where its sentences end."""

import unicodedata
from collections.abc import Iterator

from search.lazy import pattern

_GAP = pattern(
    r"(?<![«\s])[^\S\u00a0\u2007\u202f]+(?![\s»!?;:%€])"  # not within « mot », mot !, 10 %
    r"(?!(?<=\d[^\S\u00a0\u2007\u202f])\d{3}(?!\d))"  # nor within 10 000
)
"""A space at which a line may end. French sets a no-break space where this looks for signs; not everyone types it."""

_STOP = pattern(r"[.!?…]+(?:[ \u00a0\u202f]?[»”\"’')\]])*[^\S\u00a0\u2007\u202f]+|[。！？]+[」』]?")
_LETTER = pattern(r"[^\W_]")
_LAST_WORD = pattern(r"[^\s«»“”\"()\[\],;:]*\Z")

_TITLES = frozenset(
    "M MM Mr Mme Mmes Mlle Mlles Mgr Me Dr Drs Pr Prof St Ste Gal Cdt Mrs Ms Gen Lt Capt Sgt Rev Hon Gov Sen Rep "
    "vs cf av apr env ex".split()
)
"""What stands before a name, or a date, with a full stop that ends no sentence."""

_REFERENCES = frozenset(
    "art al p pp n no num vol t chap ch fig col éd tél par sect janv févr avr juil sept oct nov déc jan feb mar apr "
    "jun jul aug sep dec".split()
)
"""What ends no sentence before a number."""


def gaps(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """The spaces at which a text may be broken, between `start` and `end`."""
    for found in _GAP.finditer(text, start):
        if end is not None and found.end() > end:
            return
        if not _goes_with_space(text, found.end()):
            yield found.span()


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where a sentence ends, and where the next one begins, between `start` and `end`."""
    for found in _STOP.finditer(text, start):
        if found.end() > end:
            return
        after = found.end()
        if after < len(text) and _ends(text, found.start(), after) and not _goes_with_space(text, after):
            yield found.start() + len(found[0].rstrip(" \t\n\r")), after


def _goes_with_space(text: str, at: int) -> bool:
    """Whether what stands here makes one character of the space before it: an accent that has no letter, a joiner."""
    return not text[at : at + 1].isascii() and unicodedata.category(text[at]) in ("Mn", "Me", "Mc", "Cf")


def _ends(text: str, stop: int, after: int) -> bool:
    """Whether a sentence ends with the stop, where the text goes on at `after`."""
    following = _LETTER.search(text, after, after + 8)
    if following is None or following[0].islower():
        return False
    if text[stop : stop + 2].rstrip() != ".":
        return True
    found = _LAST_WORD.search(text, max(0, stop - 40), stop)
    word = found[0] if found else ""
    last = word.replace("-", ".").replace("’", ".").replace("'", ".").split(".")[-1]
    if len(last) == 1 and (last.isupper() or "." in word):
        return False  # J. Dupont, av. J.-C., U.S., a.m.
    return last not in _TITLES and not (following[0].isdecimal() and last.lower() in _REFERENCES)
