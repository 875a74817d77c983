"""How wide a text is on a terminal."""

import unicodedata


def char_width(char: str) -> int:
    """The columns that a character takes: 0 if it combines with the one before, 2 if it is wide, else 1."""
    if char.isascii():
        return 1
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def width(text: str) -> int:
    """The columns that a text without control characters takes."""
    return len(text) if text.isascii() else sum(map(char_width, text))
