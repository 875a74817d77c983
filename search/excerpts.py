"""What to show of a paragraph."""

from collections.abc import Sequence
from typing import NamedTuple

from search.hits import Span
from search.lazy import pattern

SLACK = 30
"""How far an excerpt may reach beyond its width (characters), on either side, to hold whole words."""

_SENTENCE = pattern(r"(?<=[.!?…])[\s\u00a0\u202f»”\"]+(?=\S)")


class Excerpt(NamedTuple):
    """A part of a text with its marks, and whether something was left out before and after it."""

    text: str
    marks: tuple[Span, ...]
    cut_before: bool
    cut_after: bool


def excerpt(text: str, found: Sequence[Span], width: int) -> Excerpt:
    """At most about `width` characters of a text, where its marks are densest.

    It begins at a sentence where one begins near by, else at a word, and ends at a word.
    """
    if len(text) <= width:
        return Excerpt(text, tuple(found), False, False)
    first, last = _densest(found, width)
    start = _opening(text, first, last, width)
    end = _closing(text, start + width, last)
    inside = tuple(Span(a - start, b - start) for a, b in found if a >= start and b <= end)
    return Excerpt(text[start:end], inside, start > 0, end < len(text))


def _densest(found: Sequence[Span], width: int) -> tuple[int, int]:
    """The stretch from one mark to another, no longer than `width`, that holds most marks; the first of those."""
    best, chosen, left = 0, (0, 0), 0
    for right, span in enumerate(found):
        while span.end - found[left].start > width and left < right:
            left += 1
        if right - left + 1 > best:
            best, chosen = right - left + 1, (found[left].start, span.end)
    return chosen


def _opening(text: str, first: int, last: int, width: int) -> int:
    """Where to begin so that all from `first` to `last` fits: the start of the text if that is near enough, else
    the start of a sentence, else a word some way before the first mark."""
    earliest = max(0, last - width)
    if earliest == 0:
        return 0
    starts = [at for m in _SENTENCE.finditer(text, earliest, first + 1) if (at := m.end()) <= first]
    fits = len(text) - width  # from here on, the rest of the text fits
    if starts:
        return next((at for at in starts if at >= fits), starts[-1])
    blank = text.find(" ", max(earliest, min(first - width // 3, fits)), first)
    if blank < 0:
        blank = text.rfind(" ", max(0, first - SLACK), first)
    return blank + 1 if blank >= 0 else first


def _closing(text: str, wanted: int, last: int) -> int:
    """Where to end: after the last whole word that fits, but not before the end of the last mark's word."""
    if wanted >= len(text):
        return len(text)
    blank = text.rfind(" ", last, wanted + 1)
    if blank >= 0:
        return blank
    least = max(last, wanted)
    blank = text.find(" ", least, least + SLACK)
    if blank < 0 and len(text) <= least + SLACK:
        return len(text)
    return blank if blank >= 0 else least
