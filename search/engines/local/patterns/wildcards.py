"""Wildcards: ``?`` for any one character, ``*`` for any number of them."""

import re
from collections.abc import Callable, Iterator

from search.engines.local.codec.folded import Folded

ANY, ONE = "*", "?"


def matching(folded: Folded, pattern: str) -> Iterator[int]:
    """The forms that a folded pattern matches."""
    every = re.finditer(f"\n{_expression(pattern)}(?=\n)", folded.text)
    return folded.places(found.start() for found in every)


def test(pattern: str) -> Callable[[str], bool]:
    """Whether a folded word matches a pattern."""
    compiled = re.compile(_expression(pattern))
    return lambda word: compiled.fullmatch(word) is not None


def _expression(pattern: str) -> str:
    """The regular expression of a pattern. What stands between two stars is taken where it comes first, and for good
    (``(?>``), since what follows can only gain by that: so nothing is tried twice."""
    if ANY not in pattern:
        return _letters(pattern)
    first, *between, last = pattern.split(ANY)
    middle = "".join(f"(?>[^\n]*?{_letters(part)})" for part in between if part)
    return f"{_letters(first)}{middle}[^\n]*{_letters(last)}"


def _letters(part: str) -> str:
    return "".join("[^\n]" if char == ONE else re.escape(char) for char in part)
