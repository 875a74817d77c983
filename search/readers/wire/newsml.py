"""NewsML-G2 and NewsML 1.2, in which news agencies send items, packages of items, and messages with many items.

==============  =============================================  ================================================
an article's   NewsML-G2, a ``newsItem``                      NewsML 1.2, a ``NewsItem``
==============  =============================================  ================================================
title           ``headline``                                   ``HeadLine``
paragraphs      ``inlineXML``, ``inlineData`` (the first with  ``DataContent`` of all components, of the first
                text), else ``description``                    only where they are equivalents
id              ``guid``                                       ``PublicIdentifier``
date            ``contentCreated``, ``contentModified``,       ``FirstCreated``, ``ThisRevisionCreated``,
                ``versionCreated``, ``firstCreated``           ``DateId``, ``DateAndTime`` of the envelope
author          ``creator``, ``by``                            ``ByLine``, ``Creator``
source          ``infoSource``, ``provider``                   ``Source``, ``Provider``
language        ``language``, ``xml:lang``                     ``Language``, ``xml:lang``
metadata        ``subject``, ``located``, ``genre``,           ``keyword``, ``dateline``, ``slugline``,
                ``keyword``, ``dateline``, ``slugline``        ``subtitle``
==============  =============================================  ================================================

Text in NITF is read as `search.readers.wire.nitf` does, and says what the item does not; other XML, and HTML, as
`search.readers.markup` does. An item of a message that has no id gets the file's, and its number. A package holds no
text: the items that it names do.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO
from xml.etree.ElementTree import Element

from search.article import Article
from search.readers.source import Problem, Record, SourceFile
from search.readers.wire import newsml1
from search.readers.wire.nitf import carried, without_by
from search.readers.wire.xml import child, children, dated, document, language_in, listed, name_of, text_of, texts_of


def split(source: SourceFile, raw: BinaryIO) -> Iterator[Record | Problem]:
    """The whole file."""
    return source.whole(raw)


def parse(record: Record) -> Iterator[Article | Problem]:
    """The articles of a file, and what is wrong with it."""
    source, place = record.source, record.place
    root, broken, unfinished = document(record.data)
    items = _items(root)
    for number, item in items:
        if not any(item is one for one in unfinished):
            yield from _article(source, number, item, root)
    if broken:
        yield Problem(place, f"{broken}: the rest is lost" if len(items) > 1 else f"{broken}: the file is skipped")
    elif not items:
        yield Problem(place, "holds no text")


def _items(root: Element | None) -> list[tuple[int, Element]]:
    """The items in the root, with their numbers; where the root itself is one, it is 0."""
    if root is not None and name_of(root) == "newsItem":
        return [(0, root)]
    path = ("NewsItem",) if root is not None and name_of(root) == "NewsML" else ("itemSet", "newsItem")
    return list(enumerate(children(root, *path), 1))


def _article(source: SourceFile, number: int, item: Element, root: Element | None) -> Iterator[Article | Problem]:
    if name_of(item) == "NewsItem":
        article, dates = newsml1.article(source, item), newsml1.dates(item, root)
    else:
        article, dates = _second_generation(source, item), _dates(item)
    if article.title or article.paragraphs:
        identity = article.id or (f"{source.id}:{number}" if number else source.id)
        yield from dated(replace(article, id=identity, line=number), *dates)
    elif number:
        yield Problem(f"{source.path}:{number}", "holds no text: the item is skipped")
    else:
        yield Problem(str(source.path), "holds no text")


def _second_generation(source: SourceFile, item: Element) -> Article:
    """The article of NewsML-G2, without its date; its id may be empty."""
    meta, about = child(item, "contentMeta"), child(item, "itemMeta")
    body = _body(source, item)
    tags = (one.get("tag") for one in children(meta, "language"))
    language = language_in(*tags, body.language, item.get("xml:lang"))
    own = {
        "subject": _names(meta, "subject", language),
        "located": _names(meta, "located", language),
        "genre": _names(meta, "genre", language),
        "keyword": texts_of(children(meta, "keyword")),
        "dateline": text_of(child(meta, "dateline")),
        "slugline": text_of(child(meta, "slugline")),
    }
    return replace(
        body,
        id=item.get("guid", "").strip(),
        title=next(filter(None, map(text_of, children(meta, "headline"))), "") or body.title,
        author=_names(meta, "creator", language) or without_by(text_of(child(meta, "by"))) or body.author,
        source=_names(meta, "infoSource", language) or _names(about, "provider", language) or body.source,
        language=language,
        path=str(source.path),
        metadata={**body.metadata, **{name: value for name, value in own.items() if value}},
    )


def _body(source: SourceFile, item: Element) -> Article:
    """What the first rendition with text says, else the descriptions (which are all the text of a picture)."""
    first = Article("", "", ())
    for content in (one for contents in children(item, "contentSet") for one in contents):
        if name_of(content) not in ("inlineXML", "inlineData") or content.get("encoding"):
            continue
        found = carried(source, content, content.get("contenttype", ""))
        if found.paragraphs:
            return found
        first = first if first.title else found
    descriptions = children(child(item, "contentMeta"), "description")
    return replace(first, paragraphs=tuple(filter(None, map(text_of, descriptions))))


def _dates(item: Element) -> Iterator[str]:
    """The dates that it may have, the best first."""
    for path in (
        ("contentMeta", "contentCreated"),
        ("contentMeta", "contentModified"),
        ("itemMeta", "versionCreated"),
        ("itemMeta", "firstCreated"),
    ):
        yield text_of(child(item, *path))


def _names(parent: Element | None, kind: str, language: str | None) -> str:
    return listed(_name(one, language) for one in children(parent, kind))


def _name(concept: Element, language: str | None) -> str:
    """The name of a person, place or subject, in this language if there is one; else what its code ends in, where the
    code is a word."""
    names = list(children(concept, "name"))
    names.sort(key=lambda one: language_in(one.get("xml:lang")) not in (None, language))
    if found := next(filter(None, map(text_of, names)), ""):
        return found
    code = concept.get("literal") or concept.get("qcode", "").rpartition(":")[2]
    return code if any(map(str.isalpha, code)) else ""
