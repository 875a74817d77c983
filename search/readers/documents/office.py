"""What DOCX and ODT share: paragraphs, rows of tables, and a document that becomes an article."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from search.article import Article
from search.lazy import pattern
from search.readers.documents.zipped import Zipped
from search.readers.packed import Unreadable
from search.readers.source import Problem, Record, clean
from search.readers.wire.xml import dated, language_in

TITLE, HEADING, TEXT = "title", "heading", "text"
"""What a paragraph is, as its style says."""

_BLANK_LINE = pattern(r"\n\s*\n")
_UNSEEN = str.maketrans("", "", "\u00ad\u200b\ufeff")


class Block(NamedTuple):
    """A paragraph: what it is, and its text, in one line."""

    kind: str
    text: str


class Contents(NamedTuple):
    """What a document holds: its paragraphs, and what is known about it (``""``: not known)."""

    blocks: list[Block]
    title: str
    author: str
    dates: tuple[str, ...]
    languages: tuple[str, ...]
    metadata: dict[str, str]


def blocks(kind: str, text: str) -> Iterator[Block]:
    """The paragraphs of a text in which line breaks are kept: two on end part paragraphs."""
    for part in _BLANK_LINE.split(text.translate(_UNSEEN)):
        if line := clean(" ".join(part.split())):
            yield Block(kind, line)


def row(cells: list[list[Block]]) -> Iterator[Block]:
    """The paragraphs of a row of a table: one if it has several cells of one line each. A cell that holds more is
    there for the layout: its paragraphs are those of the text."""
    cells = [cell for cell in cells if cell]
    if len(cells) > 1 and all(len(cell) == 1 for cell in cells):
        yield Block(TEXT, " | ".join(cell[0].text for cell in cells))
    else:
        yield from (block for cell in cells for block in cell)


def article(record: Record, contents: Callable[[Zipped], Contents]) -> Iterator[Article | Problem]:
    """The article of a document."""
    source = record.source
    try:
        found = contents(Zipped(record.data))
    except Unreadable as error:
        yield Problem(record.place, str(error))
        return
    if not found.blocks:
        yield Problem(record.place, "holds no text")
        return
    title, paragraphs = _titled(found)
    yield from dated(
        Article(
            id=source.id,
            title=title or source.name,
            paragraphs=paragraphs,
            author=clean(found.author) or None,
            language=language_in(*found.languages),
            path=str(source.path),
            metadata={name: clean(text) for name, text in found.metadata.items() if text},
        ),
        *found.dates,
    )


def _titled(found: Contents) -> tuple[str, tuple[str, ...]]:
    """The title, and the paragraphs without it: what the text calls so, what is known, or the first heading."""
    title = next((one for one in found.blocks if one.kind == TITLE), None)
    heading = next((one for one in found.blocks if one.kind == HEADING), None)
    known = "" if title else clean(" ".join(found.title.split()))
    same = next((one for one in found.blocks[:3] if one.text == known), None)
    title = same if known else title or heading
    paragraphs = tuple(one.text for one in found.blocks if one is not title)
    return known or (title.text if title else ""), paragraphs
