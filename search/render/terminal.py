"""Hits and articles as people read them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from search.columns import width
from search.excerpts import excerpt
from search.hits import Hit, ParagraphHit, Span
from search.lazy import pattern
from search.render.style import Style, marked, safe, without_style

if TYPE_CHECKING:
    from search.article import Article

SHOWN = 3
"""How many matching paragraphs of an article are shown."""

LINES = 3
"""How many lines an excerpt takes, about."""

UNWRAPPED = 240
"""How long an excerpt is where lines are not wrapped (characters)."""

_WORD = pattern(r"[\S\u00a0\u2007\u202f]+\s*")
"""What stays on one line: French sets a no-break space before ``;``, ``:``, ``!``, ``?`` and within « »."""


def hit(one: Hit, style: Style, columns: int | None) -> Iterator[str]:
    """The lines for an article found: its title, where it is from, and its best paragraphs.

    With `columns` the lines are wrapped to that width; with ``None`` a paragraph is one line.
    """
    facts = (one.date, one.source, _others(one), one.article)
    yield from _heading(one.title, one.title_marks, facts, style, columns)
    shown = one.best(SHOWN)
    margin = max((len(str(paragraph.number)) for paragraph in shown), default=0) + 4
    for paragraph in shown:
        number = f"{paragraph.number:>{margin - 2}}  "
        yield from _hanging(number, _excerpt_lines(paragraph, style, columns, margin), style)
    more = sum(1 for paragraph in one.paragraphs if paragraph.number) - len(shown)
    if more > 0:
        yield " " * margin + style.faint(f"… and {more} more")


def _others(one: Hit) -> str:
    """How many other sources have nearly the same; or copies, where the source is one, or none is known."""
    if sources := len({other.source for other in one.variants} - {one.source, None}):
        return f"+{sources} source{'s' * (sources > 1)}"
    copies = len(one.variants)
    return f"+{copies} near-{'copies' if copies > 1 else 'copy'}" if copies else ""


def article(one: "Article", marks: Mapping[int, Sequence[Span]], style: Style, columns: int | None) -> Iterator[str]:
    """The lines of a whole article, its paragraphs numbered."""
    facts = (one.date, one.source, one.author, one.id)
    yield from _heading(one.title, marks.get(0, ()), facts, style, columns)
    if one.url:
        yield style.faint(safe(one.url))
    margin = len(str(len(one.paragraphs))) + 4
    for number, text in enumerate(one.paragraphs, 1):
        yield ""
        lines = wrapped(text, marks.get(number, ()), style, columns and max(columns - margin, 20))
        yield from _hanging(f"{number:>{margin - 2}}  ", lines, style)


def wrapped(text: str, marks: Sequence[Span], style: Style, columns: int | None) -> Iterator[str]:
    """A text in lines of at most so many columns, with its marks; longer words stand alone."""
    if columns is None:
        yield marked(text, marks, style)
        return
    start = end = 0
    for word in _WORD.finditer(text):
        bare = word.start() + len(word[0].rstrip())
        if end > start and _width(text, marks, style, start, bare) > columns:
            yield marked(text, marks, style, start, end)
            start = word.start()
        end = bare
    if end > start:
        yield marked(text, marks, style, start, end)


def _width(text: str, marks: Sequence[Span], style: Style, start: int, end: int) -> int:
    """The columns that a part of a text takes as it is printed: brackets count, colours do not."""
    return width(without_style(marked(text, marks, style, start, end)))


def _heading(
    title: str, marks: Sequence[Span], facts: tuple[str | None, ...], style: Style, columns: int | None
) -> Iterator[str]:
    if title:
        for line in wrapped(title, marks, style, columns):
            yield style.strong(line) if not marks else line
    for line in wrapped(" · ".join(fact for fact in facts if fact), (), style, columns):
        yield style.faint(line)


def _excerpt_lines(one: ParagraphHit, style: Style, columns: int | None, margin: int) -> Iterator[str]:
    room = None if columns is None else max(columns - margin, 20)
    part = excerpt(one.text, one.marks, UNWRAPPED if room is None else LINES * room - room // 6)
    before, after = "… " * part.cut_before, " …" * part.cut_after
    shift = len(before)
    marks = [Span(start + shift, end + shift) for start, end in part.marks]
    return wrapped(before + part.text + after, marks, style, room)


def _hanging(label: str, lines: Iterator[str], style: Style) -> Iterator[str]:
    """Lines with a label before the first and as much space before the others."""
    for place, line in enumerate(lines):
        yield (style.faint(label) if place == 0 else " " * len(label)) + line
