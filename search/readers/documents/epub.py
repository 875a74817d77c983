"""EPUB (2 and 3): a book or a magazine, one article a chapter.

==============  =================================================================================================
an article      a file of the spine that holds text; `number` is its place there
title           its first heading; its name in the table of contents; that of the file before, which it goes on; the
                book's
paragraphs      see `search.readers.markup`
source          the book's ``dc:title``
author, date    ``dc:creator``; ``dc:date``, but for the year 101, which Calibre writes if it knows none
language        ``dc:language``
metadata        ``publisher``, ``subject``, ``identifier``
left out        the table of contents; chapters that are encrypted (a `Problem` says so)
==============  =================================================================================================
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import BinaryIO, NamedTuple
from xml.etree.ElementTree import Element

from search.article import Article
from search.lazy import pattern
from search.readers.charsets import decoded
from search.readers.documents.zipped import Zipped, beside
from search.readers.markup import paragraphs_of
from search.readers.packed import Unreadable
from search.readers.source import Problem, Record, SourceFile, clean
from search.readers.wire.xml import child, children, dated, descendants, document, language_in, text_of, texts_of

LONGEST_HEADING = 2000
"""Characters between the tags of a heading."""

_CHAPTERS = ("application/xhtml+xml", "text/html", "text/x-oeb1-document")
_ENCODING = pattern(r"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.-]+)["']""")
_HEADING = pattern(r"(?i)<h[1-6](?:\s[^<>]*)?>")
_HEADING_END = pattern(r"(?i)</h[1-6]")
_DIGITS = pattern(r"[\W\d_]*")


class _Book(NamedTuple):
    """A book: what holds for all chapters, the files of its spine, their names in the table of contents, and which
    are encrypted."""

    about: Article
    spine: list[str]
    names: dict[str, str]
    encrypted: set[str]


def split(source: SourceFile, raw: BinaryIO) -> Iterator[Record | Problem]:
    """The whole file."""
    return source.whole(raw)


def parse(record: Record) -> Iterator[Article | Problem]:
    """The chapters of a book."""
    try:
        file = Zipped(record.data)
        book, problems = _book(record, file)
        yield from problems
        yield from _chapters(record, file, book)
    except Unreadable as error:
        yield Problem(record.place, str(error))


def _chapters(record: Record, file: Zipped, book: _Book) -> Iterator[Article | Problem]:
    source, last, found = record.source, book.about.title, False
    if book.spine and book.encrypted.issuperset(book.spine):
        yield Problem(record.place, "is encrypted (DRM): it cannot be read here")
        return
    for number, name in enumerate(book.spine, 1):
        place = f"{source.path}:{number}"
        if name in book.encrypted:
            found = True
            yield Problem(place, "is encrypted: the chapter is left out")
            continue
        try:
            title, paragraphs = _chapter(file.read(name))
        except Unreadable as error:
            if "unpacks to more" in str(error):
                raise
            yield Problem(place, f"{error}: the chapter is left out")
            continue
        if not paragraphs:
            continue
        found, last = True, title or book.names.get(name) or last
        yield replace(book.about, id=f"{source.id}:{number}", title=last, paragraphs=paragraphs, line=number)
    if not found:
        yield Problem(record.place, "holds no text")


def _chapter(data: bytes | None) -> tuple[str, tuple[str, ...]]:
    """The heading of a chapter, and its other paragraphs."""
    if data is None:
        return "", ()
    try:
        told = _ENCODING.search(data[:200].decode("latin-1"))
        html = clean(decoded(data, told[1] if told else ""))
    except ValueError as error:
        raise Unreadable(str(error)) from None
    paragraphs = paragraphs_of(html)
    heading = next((line for line in _headings(html) if line in paragraphs[:5]), "")
    if heading and paragraphs != (heading,):
        at = paragraphs.index(heading)
        paragraphs = paragraphs[:at] + paragraphs[at + 1 :]
    return heading, paragraphs


def _headings(html: str) -> Iterator[str]:
    """The headings of HTML that say more than a number."""
    for found in islice(_HEADING.finditer(html), 10):
        end = _HEADING_END.search(html, found.end(), found.end() + LONGEST_HEADING)
        line = " ".join(paragraphs_of(html[found.start() : end.start()])) if end else ""
        if not _DIGITS.fullmatch(line):
            yield line


def _book(record: Record, file: Zipped) -> tuple[_Book, list[Problem]]:
    """What stands in the package document, and what is wrong with its date."""
    container = file.extra("META-INF/container.xml")
    name = next((one.get("full-path", "") for one in descendants(container, "rootfile")), "")
    package = file.xml(name) if name else None
    if package is None:
        raise Unreadable('is no EPUB file: expected "META-INF/container.xml" with the name of its package')
    manifest = {one.get("id", ""): one for one in children(package, "manifest", "item")}
    items = [manifest[one] for one in _references(package) if one in manifest]
    chapters = [one for one in items if one.get("media-type") in _CHAPTERS and not _is_contents(one)]
    about, problems = _about(record, package)
    spine = list(dict.fromkeys(beside(name, one.get("href", "")) for one in chapters))
    return _Book(about, spine, _names(file, package, name, manifest), _encrypted(file)), problems


def _references(package: Element) -> Iterator[str]:
    return (one.get("idref", "") for one in children(package, "spine", "itemref"))


def _is_contents(item: Element) -> bool:
    return "nav" in item.get("properties", "").split()


def _about(record: Record, package: Element) -> tuple[Article, list[Problem]]:
    """An article without text that has all that a chapter takes from the book."""
    meta = child(package, "metadata")
    inner = child(meta, "dc-metadata")  # of EPUB's forerunner, and some old books
    meta = meta if inner is None else inner
    book = Article(
        id=record.source.id,
        title=clean(text_of(child(meta, "title"))) or record.source.name,
        paragraphs=(),
        author=clean(texts_of(children(meta, "creator"))) or None,
        source=clean(text_of(child(meta, "title"))) or None,
        language=language_in(*map(text_of, children(meta, "language"))),
        path=str(record.source.path),
        metadata={
            name: clean(found)
            for name in ("publisher", "subject", "identifier")
            if (found := texts_of(children(meta, name)))
        },
    )
    given = sorted(children(meta, "date"), key=lambda one: "publication" not in one.attrib.values())
    problems, kept = [], book
    for one in dated(book, *(_date(text_of(one)) for one in given)):
        if isinstance(one, Problem):
            problems.append(one)
        else:
            kept = one
    return kept, problems


def _date(text: str) -> str:
    return "" if text.startswith("0101-") else text


def _names(file: Zipped, package: Element, name: str, manifest: dict[str, Element]) -> dict[str, str]:
    """The names that the table of contents gives to files: the first of each."""
    found: dict[str, str] = {}
    spine = child(package, "spine")
    old = manifest.get(spine.get("toc", "") if spine is not None else "")
    for item in [*filter(_is_contents, manifest.values()), *([] if old is None else [old])]:
        place = beside(name, item.get("href", ""))
        data = _optional(file, place)
        root = document(data).root if data else None
        links = [(one.get("href", ""), text_of(one)) for one in descendants(root, "a")]
        points = descendants(root, "navPoint")
        links += [(_source(one), text_of(child(one, "navLabel"))) for one in points]
        for link, label in links:
            if link and label:
                found.setdefault(beside(place, link), clean(label))
    return found


def _source(point: Element) -> str:
    content = child(point, "content")
    return "" if content is None else content.get("src", "")


def _optional(file: Zipped, name: str) -> bytes | None:
    try:
        return file.read(name)
    except Unreadable:
        return None


def _encrypted(file: Zipped) -> set[str]:
    """The files that are encrypted: often fonts only."""
    root = file.extra("META-INF/encryption.xml")
    return {beside("x", one.get("URI", "")) for one in descendants(root, "CipherReference")}
