"""What to show of a paragraph, and what to mark in it."""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from search.hits import Span
from search.language import words

Pattern = Sequence[Collection[str]]
"""Printed forms that a query asks for: one set for a word, several in a row for a phrase."""

SLACK = 30
"""How far an excerpt may reach beyond its width (characters), on either side, to hold whole words."""

_SENTENCE = re.compile(r"(?<=[.!?…])[\s\u00a0\u202f»”\"]+(?=\S)")


class Excerpt(NamedTuple):
    """A part of a text with its marks, and whether something was left out before and after it."""

    text: str
    marks: tuple[Span, ...]
    cut_before: bool
    cut_after: bool


def marks(text: str, patterns: Iterable[Pattern]) -> tuple[Span, ...]:
    """Where the patterns stand in a text: spans in order, those that overlap joined."""
    starting: dict[str, list[Pattern]] = {}
    for pattern in patterns:
        for form in pattern[0] if pattern else ():
            starting.setdefault(form, []).append(pattern)
    found = words(text)
    spans = []
    for place, word in enumerate(found):
        for pattern in starting.get(word.form, ()):
            run = found[place : place + len(pattern)]
            if len(run) == len(pattern) and all(w.form in forms for w, forms in zip(run, pattern, strict=True)):
                spans.append(Span(word.start, run[-1].end))
    return _joined(spans)


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


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


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
