"""Edit distance: words that become another by one or two edits.

An edit inserts, deletes or replaces a character, or exchanges two that stand side by side; no part of a word is
edited twice (*optimal string alignment*; F. Damerau, A technique for computer detection and correction of spelling
errors, CACM 7, 1964).
"""

import sys
from collections.abc import Iterator

from search.engines.local.codec.folded import Folded

SHORT = 6
"""Two edits from a shorter word are so many others that importing numpy pays."""

LONG = 60
"""A longer word is not looked for with arrays, where it is a number of 64 bits."""

BEYOND = "\uffff"
"""Nor is a word with characters from here on, which arrays take for one."""


def matching(folded: Folded, word: str, most: int) -> Iterator[int]:
    """The forms that are at most so many (1 or 2) edits from a folded word."""
    if not word:
        return iter(())
    if len(word) <= LONG and max(word) < BEYOND and ("numpy" in sys.modules or (most > 1 and len(word) < SHORT)):
        from search.engines.local.patterns.edit_arrays import near

        return folded.places(near(folded, word, most))
    return folded.places(sorted(_near(folded.text, word, most)))


def distance(one: str, two: str, most: int) -> int:
    """How many edits are from one word to the other, ``most + 1`` if more than `most`."""
    if abs(len(one) - len(two)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(two) + 1))
    for place, char in enumerate(one):
        older, before, row = before, row, [place + 1]
        for at, other in enumerate(two):
            cost = min(before[at + 1] + 1, row[at] + 1, before[at] + (char != other))
            if place and at and char == two[at - 1] and other == one[place - 1]:
                cost = min(cost, older[at - 1] + 1)
            row.append(cost)
        if min(row) > most and min(before) > most:
            return most + 1
    return min(row[-1], most + 1)


def _near(text: str, word: str, most: int) -> set[int]:
    return {start for start in _candidates(text, word, most) if distance(_line(text, start), word, most) <= most}


def _candidates(text: str, word: str, most: int) -> Iterator[int]:
    """Lines among which all are that are near a word. Of ``most + 1`` pieces of the word an edit touches one, so that
    another is left as it was, not far from its place; unless it exchanges the characters where two pieces meet."""
    parts = most + 1
    bounds = [len(word) * number // parts for number in range(parts + 1)]
    for number in range(parts):
        yield from _lines_with(text, word, bounds[number], bounds[number + 1], most)
    for bound in bounds[1:-1] if most else []:
        if 0 < bound < len(word):
            swapped = word[: bound - 1] + word[bound] + word[bound - 1] + word[bound + 1 :]
            yield from _candidates(text, swapped, most - 1)


def _lines_with(text: str, word: str, begin: int, end: int, most: int) -> Iterator[int]:
    """The lines that have ``word[begin:end]`` about there, and about as many characters."""
    piece = "\n" * (begin == 0) + word[begin:end] + "\n" * (end == len(word))
    at = text.find(piece)
    while at >= 0:
        start = text.rfind("\n", 0, at + (begin == 0))
        stop = text.find("\n", start + 1)
        is_there = abs(at + (begin == 0) - start - 1 - begin) <= most
        if is_there and stop > 0 and abs(stop - start - 1 - len(word)) <= most:
            yield start
        at = text.find(piece, at + 1)


def _line(text: str, start: int) -> str:
    return text[start + 1 : text.find("\n", start + 1)]
