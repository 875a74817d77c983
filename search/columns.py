"""How wide a text is on a terminal, and where it may not be cut in two.

A *cluster* is what is read as one character: a letter with its accents, a flag, an emoji with its skin tone, or
several that a zero-width joiner makes one. It is measured as most terminals show it (`tests/test_columns.py` compares
with the library ``wcwidth``); a terminal that knows less of Unicode shows some emoji wider.
"""

import unicodedata
from collections.abc import Iterator

from search.lazy import pattern

_PLAIN = pattern("[ -\u02ff\u2010-\u2027\u202f-\u205e\u20a0-\u20bf]*")
"""Texts in which each character stands alone and takes one column: nearly all that is printed in Latin letters."""

_JOINER, _AS_EMOJI = "\u200d", "\ufe0f"
_TONES = range(0x1F3FB, 0x1F400)
_FLAGS = range(0x1F1E6, 0x1F200)
_FILLERS = (range(0x1160, 0x1200), range(0xD7B0, 0xD7FC))
"""The later parts of a Hangul syllable that is spelled in parts: they stand in the columns of its first."""

_BEFORE = frozenset("\u00ad\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
"""Signs that Unicode counts among those that are not seen, but that are: the soft hyphen, and signs over numbers."""

_SIGNS = frozenset("#*0123456789ℹ")
"""What is an emoji with the sign U+FE0F only, and no symbol without it."""


def width(text: str) -> int:
    """The columns that a text without control characters takes."""
    if is_plain(text):
        return len(text)
    return sum(columns for _, columns in clusters(text))


def is_plain(text: str) -> bool:
    """Whether every character is known at once to take a column by itself, so that a text can be cut anywhere."""
    return text.isascii() or _PLAIN.fullmatch(text) is not None


def char_width(char: str) -> int:
    """The columns that a character takes by itself: 0 if it belongs to the one before, 2 if it is wide, else 1."""
    if char.isascii():
        return 1
    if unicodedata.category(char) in ("Mn", "Me", "Mc", "Cf"):
        return int(char in _BEFORE)
    if any(ord(char) in part for part in _FILLERS):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" or ord(char) in _FLAGS else 1


def clusters(text: str) -> Iterator[tuple[int, int]]:
    """The clusters of a text: where each ends, and the columns it takes."""
    columns, before, base = 0, "", ""
    for at, char in enumerate(text):
        own = char_width(char)
        if before and (own == 0 or _joins(base, before, char)):
            if char == _AS_EMOJI and columns == 1 and before == base and _is_sign(base):
                columns = 2
            elif unicodedata.category(char) == "Mc":
                columns = 2  # a vowel beside its letter
            elif ord(char) in _FLAGS:
                base = ""  # a third letter begins another flag
            before = char
            continue
        if before:
            yield at, columns
        columns, before, base = own, char, char
    if before:
        yield len(text), columns


def _joins(base: str, before: str, char: str) -> bool:
    """Whether a character that takes columns of its own goes with the cluster before it."""
    if not base:
        return False
    if before == _JOINER or ord(char) in _TONES:
        return _is_symbol(base) and _is_symbol(char)
    return ord(char) in _FLAGS and ord(before) in _FLAGS


def _is_symbol(char: str) -> bool:
    return unicodedata.category(char) in ("So", "Sk", "Sm")


def _is_sign(char: str) -> bool:
    return char in _SIGNS or (not char.isascii() and not char.isalpha())
