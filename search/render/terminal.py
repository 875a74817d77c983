"""Hits as people read them."""

from collections.abc import Iterator, Sequence

from search.excerpts import excerpt
from search.hits import Hit, ParagraphHit, Span
from search.render.lines import hanging, wrapped
from search.render.links import address
from search.render.style import PLAIN, Style

SHOWN = 3
"""How many matching paragraphs of an article are shown."""

LINES = 3
"""How many lines an excerpt takes, at most."""

LEAD_LINES = 2
"""How many lines the beginning of an article takes of which only the title matches."""

NARROWEST = 20
"""Texts get so many columns even on a terminal that is narrower still."""

UNWRAPPED = 240
"""How long an excerpt is where lines are not wrapped (characters)."""


def hit(one: Hit, style: Style, columns: int | None) -> Iterator[str]:
    """The lines for an article found: its title, where it is from, and its best paragraphs.

    With `columns` the lines are wrapped to that width; with ``None`` a paragraph is one line.
    """
    facts = (one.date, one.source, _others(one), one.article)
    target = address(one.url, one.path) if style.links else ""
    yield from heading(one.title, one.title_marks, facts, style, columns, target)
    shown = one.best(SHOWN)
    margin = max((len(str(paragraph.number)) for paragraph in shown), default=0) + 4
    for paragraph in shown:
        number = f"{paragraph.number:>{margin - 2}}  "
        yield from hanging(number, _excerpt_lines(paragraph, style, columns, margin), style)
    if not shown and columns is not None:
        yield from _lead(one.lead, style, columns)
    more = sum(1 for paragraph in one.paragraphs if paragraph.number) - len(shown)
    if more > 0:
        yield " " * margin + style.faint(f"… and {more} more")


def _others(one: Hit) -> str:
    """How many other sources have nearly the same; or copies, where the source is one, or none is known."""
    if sources := len({other.source for other in one.variants} - {one.source, None}):
        return f"+{sources} source{'s' * (sources > 1)}"
    copies = len(one.variants)
    return f"+{copies} near-{'copies' if copies > 1 else 'copy'}" if copies else ""


def heading(
    title: str,
    marks: Sequence[Span],
    facts: tuple[str | None, ...],
    style: Style,
    columns: int | None,
    target: str,
) -> Iterator[str]:
    """The lines of a title (that leads to `target`, if it is an address), and what is known of the article."""
    if title:
        for line in wrapped(title, marks, style, columns):
            yield style.link(line if marks else style.strong(line), target)
    known = " · ".join(fact for fact in facts if fact)
    for line in wrapped(known, (), style, columns, whole=True):
        yield style.faint(line) if title else style.link(style.faint(line), target)


def _excerpt_lines(one: ParagraphHit, style: Style, columns: int | None, margin: int) -> Iterator[str]:
    if columns is None:
        text, marks = _excerpt(one.text, one.marks, UNWRAPPED)
        return wrapped(text, marks, style, None)
    return iter(_fitting(one.text, one.marks, style, max(columns - margin, NARROWEST), LINES))


def _lead(text: str, style: Style, columns: int) -> Iterator[str]:
    """The beginning of an article whose title alone matches: it has no number, for it was not found."""
    for line in _fitting(text, (), PLAIN, max(columns - 5, NARROWEST), LEAD_LINES):
        yield " " * 5 + style.faint(line)


def _fitting(text: str, marks: Sequence[Span], style: Style, room: int, most: int) -> list[str]:
    """The longest excerpt in no more lines than `most`. Only where one mark takes more, it is cut."""
    for length in range(most * room, room // 2, -max(1, room // 8)):
        part, inside = _excerpt(text, marks, length)
        lines = list(wrapped(part, inside, style, room))
        if len(lines) <= most:
            return lines
    lines = list(wrapped(part, inside, style, room - 2))[:most]
    return [*lines[:-1], f"{lines[-1]} …"]


def _excerpt(text: str, marks: Sequence[Span], length: int) -> tuple[str, Sequence[Span]]:
    """An excerpt with signs where something was left out, and its marks."""
    part = excerpt(text, marks, length)
    before, after = "… " * part.cut_before, " …" * part.cut_after
    shift = len(before)
    return before + part.text + after, [Span(start + shift, end + shift) for start, end in part.marks]
