"""What to show of a paragraph."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from search.breaks import gaps, sentences
from search.columns import clusters
from search.hits import Span
from search.language.normal import fold

SLACK = 30
"""How far an excerpt may reach beyond its width (characters), on either side, to hold whole words."""


class Excerpt(NamedTuple):
    """A part of a text with its marks, and whether something was left out before and after it."""

    text: str
    marks: tuple[Span, ...]
    cut_before: bool
    cut_after: bool


def excerpt(text: str, found: Sequence[Span], width: int) -> Excerpt:
    """At most about `width` characters of a text, where its marks are densest.

    It begins and ends with a sentence where one begins or ends near by, else with a word. Marks, and what French
    keeps together, are never cut.
    """
    if len(text) <= width:
        return Excerpt(text, tuple(found), False, False)
    first, last = _densest(text, found, width)
    place = _Place(text, found, first, last, width)
    start = place.opening()
    end = place.closing(start)
    inside = tuple(Span(a - start, b - start) for a, b in found if a >= start and b <= end)
    return Excerpt(text[start:end], inside, start > 0, end < len(text))


def _densest(text: str, found: Sequence[Span], width: int) -> tuple[int, int]:
    """The stretch from one mark to another, no longer than `width`, that holds most different words, then most
    marks; the first of those."""
    names = [_name(text[one.start : one.end]) for one in found]
    held: Counter[str] = Counter()
    best, chosen, left = (0, 0), (0, 0), 0
    for right, span in enumerate(found):
        held[names[right]] += 1
        while span.end - found[left].start > width and left < right:
            held[names[left]] -= 1
            held += Counter()  # forgets what is held no more
            left += 1
        if (score := (len(held), right - left + 1)) > best:
            best, chosen = score, (found[left].start, span.end)
    return chosen


def _name(mark: str) -> str:
    """What tells the words of a query apart by how they are printed: forms of one mostly begin alike."""
    folded = fold(mark)
    return folded if " " in folded else folded[:4]


class _Place:
    """The stretch of a text that is to be shown, from `first` to `last`, and what may be shown around it."""

    def __init__(self, text: str, found: Sequence[Span], first: int, last: int, width: int) -> None:
        self._text, self._found = text, found
        self._first, self._last, self._width = first, last, width
        self._starts = [one.start for one in found]

    def opening(self) -> int:
        """Where to begin so that the stretch fits: the start of the text if that is near enough, else the start of
        a sentence, else a word some way before the first mark."""
        text, first = self._text, self._first
        earliest = max(0, self._last - self._width)
        if earliest == 0:
            return 0
        fits = len(text) - self._width  # from here on, the rest of the text fits
        bounds = sentences(text, min(earliest, first), first)
        starts = [at for _, at in bounds if earliest <= at and self._is_free(at)]
        if starts:
            return next((at for at in starts if at >= fits), starts[-1])
        wanted = max(earliest, min(first - self._width // 3, fits))
        before = min(wanted, first) - SLACK
        words = [at for _, at in gaps(text, max(0, before), first) if self._is_free(at)]
        return next((at for at in words if at >= wanted), next(reversed(words), first))

    def closing(self, start: int) -> int:
        """Where to end: at the end of a sentence in the last part that fits, else after the last whole word that
        fits, but not before the end of the last mark's word."""
        text, last, wanted = self._text, self._last, start + self._width
        if wanted >= len(text):
            return len(text)
        late = max(last, wanted - self._width // 4)
        ends = [at for at, _ in sentences(text, late, wanted + 2) if at <= wanted and self._is_free(at)]
        if ends:
            return ends[-1]
        least = max(last, wanted)
        words = [at for at, _ in gaps(text, last, least + SLACK + 1) if self._is_free(at)]
        fitting = [at for at in words if at <= wanted]
        if fitting or words:
            return (fitting[-1:] or words)[0]
        return len(text) if len(text) <= least + SLACK else self._middle(start, least)

    def _middle(self, start: int, least: int) -> int:
        """Where to end within a word that is too long: not within a cluster."""
        ends = [start + end for end, _ in clusters(self._text[start : least + SLACK])]
        return next((at for at in reversed(ends) if self._last <= at <= least and self._is_free(at)), least)

    def _is_free(self, at: int) -> bool:
        """Whether no mark is cut in two here."""
        before = bisect_left(self._starts, at) - 1
        return before < 0 or self._found[before].end <= at
