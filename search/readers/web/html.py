"""Saved web pages: the article in it, and what the page says of it.

How the text is found says `search.readers.web.body`, how title, date and so on are `search.readers.web.meta`. Where
the page shows less than half of the text that its JSON-LD holds, that is the text. When the page says at what time it
was published, the metadata has that as ``published`` (ISO 8601).
"""

from collections.abc import Iterator
from typing import BinaryIO

from search.article import Article
from search.readers import markup
from search.readers.source import Problem, Record, SourceFile, clean
from search.readers.web import page
from search.readers.web.body import paragraphs_of
from search.readers.web.meta import meta_of

LONGEST = 20_000_000
"""Bytes of a page; one with more is no article, and would take long."""


def split(source: SourceFile, raw: BinaryIO) -> Iterator[Record | Problem]:
    """The whole file."""
    return source.whole(raw)


def parse(record: Record) -> Iterator[Article | Problem]:
    """The article of a page."""
    if len(record.data) > LONGEST:
        yield Problem(record.place, f"is larger than {LONGEST // 1_000_000} MB: such a page is not read")
        return
    root, is_whole = page.parsed(page.decode(record.data, record.source.charset))
    if root is None:
        yield Problem(record.place, "holds nothing")
        return
    if not is_whole:
        yield Problem(record.place, "nests its elements more than 2,000 deep: what stands deeper is left out")
    meta = meta_of(root, record.source.url)
    title = clean(meta.title)
    paragraphs = tuple(map(clean, _longer(paragraphs_of(root, meta.heading, meta.title), meta.body)))
    if not paragraphs:
        yield Problem(record.place, "holds no article text")
        return
    source = record.source
    yield Article(
        id=source.id,
        title=title or source.name,
        paragraphs=paragraphs,
        date=meta.date or None,
        author=clean(meta.author) or None,
        source=clean(meta.source) or None,
        language=meta.language or None,
        url=clean(meta.url) or None,
        path=str(source.path),
        line=record.number,
        metadata={"published": meta.published} if meta.published else {},
    )


def _longer(paragraphs: tuple[str, ...], body: str) -> tuple[str, ...]:
    """The paragraphs, or those of the text in the page's JSON-LD if the page shows less than half of it."""
    if 2 * sum(map(len, paragraphs)) >= len(body):
        return paragraphs
    if "<p" in body or "<br" in body:
        return markup.paragraphs_of(body)
    return tuple(filter(None, (" ".join(line.split()) for line in body.splitlines())))
