"""A whole article, or paragraphs of it, as people read it: paragraphs are numbered, and so are hits.

A hit is a place where the words of a query stand. Its number is in the margin, at the line in which it begins, so
that the text stays as it is: ``#3``, or ``#3-5`` where a line has several.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from search.hits import Span
from search.render.lines import broken
from search.render.links import address
from search.render.style import Style, marked, safe
from search.render.terminal import NARROWEST, heading

if TYPE_CHECKING:
    from search.article import Article

Marks = Mapping[int, Sequence[Span]]
"""Where the words of a query stand, by the number of the paragraph (0: the title)."""


def article(
    one: "Article", marks: Marks | None, style: Style, columns: int | None, shown: Collection[int] | None = None
) -> Iterator[str]:
    """The lines of an article: its heading, and the paragraphs whose numbers are `shown` (all). `marks` are the hits,
    ``None`` if no query was asked."""
    hits = marks or {}
    facts = (
        one.date,
        one.source,
        one.author,
        one.id,
        _part(one, shown),
        "" if marks is None else _counted(hits, columns),
    )
    target = address(one.url, one.path) if style.links else ""
    yield from heading(one.title, hits.get(0, ()), facts, style, columns, target)
    if one.url:
        yield style.faint(safe(one.url))
    numbers = [number for number, _ in enumerate(one.paragraphs, 1) if shown is None or number in shown]
    margin = _Margin(hits, len(one.paragraphs))
    before = 0
    for place, number in enumerate(numbers):
        yield ""
        if place and number > before + 1:
            yield style.faint(" " * (margin.width - 3) + "…")
            yield ""
        yield from _paragraph(one.paragraphs[number - 1], number, hits.get(number, ()), margin, style, columns)
        before = number


def near(places: Collection[int], around: int, count: int) -> set[int]:
    """The numbers of paragraphs that are at most `around` from these places, of so many."""
    return {
        number for place in places for number in range(max(1, place - around), min(count, place + around) + 1)
    }  # fmt: skip


class _Margin:
    """What stands to the left of the lines: the numbers of hits, and that of the paragraph."""

    def __init__(self, hits: Marks, count: int) -> None:
        self._paragraph = len(str(count)) + 2
        numbers = sorted(hits)
        before = accumulate((len(hits[number]) for number in numbers), initial=0)
        self.first = dict(zip(numbers, (one + 1 for one in before), strict=False))
        total = sum(map(len, hits.values()))
        several = any(len(marks) > 1 for number, marks in hits.items() if number)
        self._hits = (len(_range(total - 1, total) if several else _range(total, total)) + 1) if total else 0
        self.width = self._hits + self._paragraph + 2

    def label(self, number: int | None, first: int, last: int) -> str:
        """The margin of a line: with the paragraph's number if it is its first, and the hits that begin in it."""
        hits = _range(first, last) if first <= last else ""
        return f"{hits:<{self._hits}}{number or '':>{self._paragraph}}  "


def _paragraph(
    text: str, number: int, marks: Sequence[Span], margin: _Margin, style: Style, columns: int | None
) -> Iterator[str]:
    room = columns and max(columns - margin.width, NARROWEST)
    first, done = margin.first.get(number, 1), 0
    for place, (start, end) in enumerate(broken(text, marks, style, room)):
        begun = sum(mark.start < end for mark in marks)
        label = margin.label(None if place else number, first + done, first + begun - 1)
        yield (style.faint(label) if label.strip() else label) + marked(text, marks, style, start, end)
        done = begun


def _range(first: int, last: int) -> str:
    return f"#{first}" if first == last else f"#{first}-{last}"


def _counted(hits: Marks, columns: int | None) -> str:
    """How many hits there are, and which are in the title."""
    count, in_title = sum(map(len, hits.values())), len(hits.get(0, ()))
    tie = "\u00a0" if columns else " "  # a number and what it counts stay on one line
    said = f"{count}{tie}hit{'s' * (count != 1)}"
    return f"{said}, {_range(1, in_title)} in the title" if in_title else said


def _part(one: "Article", shown: Collection[int] | None) -> str:
    """Which paragraphs are shown, where not all are."""
    count = len(one.paragraphs)
    if shown is None or len(shown) == count:
        return ""
    if not shown:
        return "the title alone"
    first, last = min(shown), max(shown)
    if last - first + 1 > len(shown):
        return f"{len(shown)} of {count} paragraphs"
    return f"paragraph {first} of {count}" if first == last else f"paragraphs {first}-{last} of {count}"
