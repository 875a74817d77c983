"""Feeds: RSS 0.9x, 1.0 and 2.0, and Atom. One file, many items; each is an article.

==============  =========================================================================================
title           ``title``
paragraphs      the first with text of ``content:encoded``, ``content``, ``description``, ``summary``
url             ``link`` (Atom's with ``rel="alternate"`` or none), else a ``guid`` that is a link
id              ``guid``, Atom's ``id``, ``rdf:about``, else the url, else the file's name and the item
date            ``pubDate``, ``published``, ``issued``, ``dc:date``, ``created``, ``updated``, ``modified``
author          ``dc:creator``, ``author`` (Atom: its ``name``), else that of an Atom feed
source          the title of the item's ``source``, else of the feed
language        the item's (``xml:lang``, ``dc:language``), else the feed's (``language`` too)
``category``    metadata: ``category``, ``dc:subject``
==============  =========================================================================================

Text that holds HTML is parted into its paragraphs (`search.readers.markup`). Of a feed that is broken, the items
before the break are read.
"""

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple
from xml.etree.ElementTree import Element

from search.article import Article
from search.lazy import pattern
from search.readers.markup import paragraphs_in, paragraphs_of, plain
from search.readers.source import Problem, Record, SourceFile
from search.readers.wire.xml import dated, document, language_in, listed, name_of, text_of

_ATOM = ("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#")
_PREFIXES = {
    "http://purl.org/rss/1.0": "",
    "http://my.netscape.com/rdf/simple/0.9": "",
    "http://channel.netscape.com/rdf/simple/0.9": "",
    **dict.fromkeys([*_ATOM, "atom"], ""),
    **dict.fromkeys(("http://purl.org/rss/1.0/modules/content", "content"), "content:"),
    **dict.fromkeys(("http://purl.org/dc/elements/1.1", "http://purl.org/dc/terms", "dc", "dcterms"), "dc:"),
}
"""By namespace (or by a prefix that nobody declared), what stands before the names of elements in this module."""

_DATES = ("pubDate", "published", "issued", "dc:date", "dc:issued", "dc:created", "created", "updated", "modified")
_TEXTS = ("content:encoded", "content", "description", "summary", "dc:description")
_MAIL_AND_NAME = pattern(r"\S+@\S+\s+\((.+)\)")


class _Feed(NamedTuple):
    """What an item does not say itself, and the namespace of the feed's own elements."""

    source: SourceFile
    space: str
    title: str
    author: str
    language: str | None


class _Fields(dict[str, list[Element]]):
    """The elements in another one, by their names."""

    def all(self, *names: str) -> Iterator[Element]:
        """The elements with these names."""
        return (element for name in names for element in self.get(name, ()))

    def first(self, *names: str) -> str:
        """The text of the first of them that has any."""
        return next(filter(None, map(text_of, self.all(*names))), "")


def split(source: SourceFile, raw: BinaryIO) -> Iterator[Record | Problem]:
    """The whole file."""
    return source.whole(raw)


def parse(record: Record) -> Iterator[Article | Problem]:
    """The articles of a feed, and what is wrong with it."""
    source, place = record.source, record.place
    root, broken, unfinished = document(record.data)
    items: list[Element] = []
    if root is not None:
        feed, items = _feed(source, root)
        for number, item in enumerate(items, 1):
            if not any(item is one for one in unfinished):
                yield from _article(feed, number, item)
    if broken:
        yield Problem(place, f"{broken}: the rest is lost" if items else broken)
    elif not items:
        yield Problem(place, 'holds no items: expected "item" or "entry"')


def _feed(source: SourceFile, root: Element) -> tuple[_Feed, list[Element]]:
    """What holds for all items, and the items: they stand in the root, or in its channel."""
    space = root.tag.rpartition("}")[0].removeprefix("{")
    outer = _fields(root, space)
    inner = _Fields()
    for channel in outer.all("channel"):
        for name, elements in _fields(channel, space).items():
            inner.setdefault(name, []).extend(elements)
    own = inner or outer
    title = next(filter(None, map(_line, own.all("title", "dc:title"))), "")
    language = language_in(own.first("language", "dc:language"), root.get("xml:lang"))
    feed = _Feed(source, space, title, _author(outer), language)
    return feed, [*inner.all("item", "entry"), *outer.all("item", "entry")]


def _fields(element: Element, space: str) -> _Fields:
    fields = _Fields()
    for child in element:
        uri = child.tag.rpartition("}")[0].removeprefix("{")
        prefix = "" if uri in ("", space) else _PREFIXES.get(uri.rstrip("/"))
        if prefix is not None:
            fields.setdefault(prefix + name_of(child), []).append(child)
    return fields


def _article(feed: _Feed, number: int, item: Element) -> Iterator[Article | Problem]:
    fields = _fields(item, feed.space)
    title = next(filter(None, map(_line, fields.all("title", "dc:title"))), "")
    paragraphs = next(filter(None, map(_paragraphs, fields.all(*_TEXTS))), ())
    if not title and not paragraphs:
        yield Problem(f"{feed.source.path}:{number}", "holds no text: the item is skipped")
        return
    url = _url(fields)
    category = listed(_label(one) for one in fields.all("category", "dc:subject"))
    article = Article(
        id=fields.first("guid", "id") or _about(item) or url or f"{feed.source.id}:{number}",
        title=title,
        paragraphs=paragraphs,
        author=_author(fields) or feed.author or None,
        source=_origin(fields, feed) or feed.title or None,
        language=language_in(item.get("xml:lang"), fields.first("dc:language")) or feed.language,
        url=url or None,
        path=str(feed.source.path),
        line=number,
        metadata={"category": category} if category else {},
    )
    yield from dated(article, fields.first(*_DATES))


def _paragraphs(element: Element) -> tuple[str, ...]:
    """The paragraphs of an element whose type, if it has one, says what is in it."""
    kind = element.get("type", "").lower()
    text = element.text or ""
    if len(element):
        return paragraphs_in(element)
    if "/" in kind and not kind.startswith("text/") and not kind.endswith("xml"):
        return ()  # a picture, for example
    return plain(text) if kind in ("text", "text/plain") else paragraphs_of(text)


def _line(element: Element) -> str:
    return " ".join(_paragraphs(element))


def _author(fields: _Fields) -> str:
    """The authors: names, of Atom's elements and of ``mail@paper.example (Name)`` as RSS writes them."""
    people = (_fields(one, one.tag.rpartition("}")[0].removeprefix("{")) for one in fields.all("author"))
    named = [listed(map(text_of, fields.all("dc:creator"))), listed(one.first("name") for one in people)]
    if names := next(filter(None, named), ""):
        return names
    written = (text_of(one) for one in fields.all("author") if not len(one))
    return listed(found[1] if (found := _MAIL_AND_NAME.fullmatch(one)) else one for one in written)


def _url(fields: _Fields) -> str:
    for link in fields.all("link"):
        where = text_of(link) or (link.get("href", "") if link.get("rel", "alternate") == "alternate" else "")
        if where:
            return where
    permanent = (text_of(one) for one in fields.all("guid") if one.get("isPermaLink", "true") == "true")
    return next((one for one in permanent if one.startswith(("http://", "https://"))), "")


def _about(item: Element) -> str:
    return next((value for name, value in item.items() if name.endswith(":about")), "")


def _origin(fields: _Fields, feed: _Feed) -> str:
    """The source that an item was taken from, where the feed gathers items of several."""
    sources = list(fields.all("source"))
    inside = (_line(title) for one in sources for title in _fields(one, feed.space).all("title"))
    return next(filter(None, [*inside, *(text_of(one) for one in sources if not len(one))]), "")


def _label(category: Element) -> str:
    return text_of(category) or category.get("label") or category.get("term") or ""
