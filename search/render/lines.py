"""Texts in lines of a terminal's width."""

from collections.abc import Iterator, Sequence

from search.breaks import gaps
from search.columns import clusters, width
from search.hits import Span
from search.render.style import Style, marked, safe

_TIES = "\u00a0\u2007\u202f"
"""No-break spaces: where a group of words that is wider than a line may yet be broken."""


def wrapped(
    text: str, marks: Sequence[Span], style: Style, columns: int | None, *, whole: bool = False
) -> Iterator[str]:
    """A text in lines of at most so many columns, with its marks. A wider word is broken; or with `whole` it is left
    to the terminal, so that an address can be copied."""
    for start, end in broken(text, marks, style, columns, whole=whole):
        yield marked(text, marks, style, start, end)


def broken(
    text: str, marks: Sequence[Span], style: Style, columns: int | None, *, whole: bool = False
) -> Iterator[tuple[int, int]]:
    """Where these lines begin and end."""
    if columns is None:
        yield 0, len(text)
        return
    page = _Page(safe(text), marks if style.brackets and not style.colour else (), columns)
    yield from page.lines(whole)


def hanging(label: str, lines: Iterator[str], style: Style) -> Iterator[str]:
    """Lines with a label before the first and as much space before the others."""
    for place, line in enumerate(lines):
        yield (style.faint(label) if place == 0 else " " * len(label)) + line


class _Page:
    """A text to be broken into lines: `bracketed` is what takes two columns more."""

    def __init__(self, text: str, bracketed: Sequence[Span], columns: int) -> None:
        self._text, self._bracketed, self._columns = text, bracketed, columns

    def lines(self, whole: bool) -> Iterator[tuple[int, int]]:
        """Where each line begins and ends."""
        start = end = -1
        for left, right in self._words():
            is_wide = not whole and self._width(left, right) > self._columns
            for first, last in self._broken(left, right) if is_wide else [(left, right)]:
                if end >= 0 and self._width(start, last) > self._columns:
                    yield start, end
                    start = -1
                start, end = first if start < 0 else start, last
        if end >= 0:
            yield start, end

    def _words(self) -> Iterator[tuple[int, int]]:
        at = len(self._text) - len(self._text.lstrip())
        stop = len(self._text.rstrip())
        for start, end in gaps(self._text, at, stop):
            yield at, start
            at = end
        if at < stop:
            yield at, stop

    def _broken(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The parts of a word that is wider than a line: to a no-break space if it has one, else as much as fits."""
        room = max(1, self._columns - 2 * self._brackets(start, end))
        at = before = tie = start
        taken = tied = 0  # columns, up to here and up to the tie
        for length, own in clusters(self._text[start:end]):
            while before > at and taken + own > room:
                cut, taken = (tie, taken - tied) if tie > at else (before, 0)
                yield at, cut
                at = cut
            before, taken = start + length, taken + own
            if self._text[before - 1] in _TIES:
                tie, tied = before, taken
        yield at, end

    def _width(self, start: int, end: int) -> int:
        return width(self._text[start:end]) + 2 * self._brackets(start, end)

    def _brackets(self, start: int, end: int) -> int:
        return sum(one.start < end and one.end > start for one in self._bracketed)
