"""What ``search read`` does, once it is known what is asked."""

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from search.archive import Archive
from search.archive import open as open_archive
from search.cli.output import columns, emit, note, style
from search.errors import NotFound, SearchError
from search.render import reading
from search.render.style import safe

if TYPE_CHECKING:
    from search.article import Article


def show(
    identity: str,
    query: str | None = None,
    around: int | None = None,
    colour: str = "auto",
    index: str = "index",
    no_pager: bool = False,
) -> int:
    """Print an article, or paragraphs of it; the exit status."""
    look = style(colour)
    with open_archive(index) as archive:
        article, paragraph = found(archive, identity)
        marks = None if query is None else archive.marks(query, article)
    places = [] if paragraph is None else [paragraph]
    if paragraph is None and around is not None:
        if marks is None:
            raise SearchError(f"--around {around}: around what? Name a paragraph ({article.id}:1) or a --query")
        places = [number for number, spans in marks.items() if spans]
        if not places:
            note(f'nothing in {article.id} is marked by "{query}"')
            return 1
    shown = reading.near(places, around or 0, len(article.paragraphs)) if places else None
    emit(reading.article(article, marks, look, columns(), shown), no_pager=no_pager)
    return 0


def cite(identity: str, form: str, index: str) -> int:
    """Print what a bibliography says of an article or a paragraph; the exit status."""
    from search.render import citations
    from search.render.citations.citation import of

    with open_archive(index) as archive:
        article, paragraph = found(archive, identity)
    emit(citations.lines(form, [of(article, paragraph, _text(article, paragraph))]), no_pager=True)
    return 0


def print_text(identity: str, index: str) -> int:
    """Print the text of an article or a paragraph as it is stored, without a line end after it; the exit status."""
    with open_archive(index) as archive:
        text = _text(*found(archive, identity))
    if sys.stdout.isatty():
        emit(map(safe, text.split("\n")), no_pager=True)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    return 0


def found(archive: Archive, identity: str) -> "tuple[Article, int | None]":
    """The article of an id, or of an id with the number of a paragraph (``ID:5``). An id may hold a colon itself: as
    a whole it comes first."""
    try:
        return archive.read(identity), None
    except NotFound:
        before, _, number = identity.rpartition(":")
        if not (before and number.isascii() and number.isdigit() and len(number) < 10):
            raise
        with suppress(NotFound):
            return _with_paragraph(archive.read(before), int(number))
        raise


def _with_paragraph(article: "Article", number: int) -> "tuple[Article, int]":
    count = len(article.paragraphs)
    if number > count or (number == 0 and not article.title):
        there = f"{'0 (the title)' if article.title else '1'} to {count}"
        raise SearchError(f'expected a paragraph of "{article.id}", {there}, found {number}')
    return article, number


def _text(article: "Article", paragraph: int | None) -> str:
    """The text of a paragraph; of an article all, with an empty line between title and paragraphs."""
    texts = dict(article.numbered())
    return "\n\n".join(texts.values()) if paragraph is None else texts[paragraph]
