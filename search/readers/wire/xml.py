"""XML, read with expat into a tree, within bounds and without a look at anything else.

====================  =====================================================================================
entities              what declares any is not read (`ENTITIES`); HTML's names (``&eacute;``) are known
a DTD                 may be named, is never fetched; what it gives attributes is ignored
namespaces            stand before names, ``{uri}name``; a prefix that is not declared stands for itself
encodings             UTF-8, UTF-16 and what else Python knows with one byte a character
`DEEPEST`, `MOST`     so deep may elements stand in each other, and so many may there be
`LONGEST`             so many characters may stand between two tags
====================  =====================================================================================

What is broken is read as far as it goes: a `Document` has what came before, and says where it broke.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import replace
from html.entities import html5
from sys import intern
from typing import NamedTuple
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from search.article import Article
from search.readers.languages import code
from search.readers.source import Problem
from search.readers.when import day_of

DEEPEST, MOST, LONGEST = 200, 2_000_000, 16_000_000
LONGEST_NAMESPACE = 200

ENTITIES = "declares entities, which are not read"

_LATIN = re.compile(rb"""\s*<\?xml[^>]{0,100}?encoding\s*=\s*["'](iso-8859-1|latin-?1|us-ascii)["']""", re.IGNORECASE)
_NOT_LATIN = re.compile(rb"[\x80-\x9f]")
_XML_SPACE = b" \t\r\n"
_CONTROL = bytes(code for code in range(32) if code not in _XML_SPACE)


class Document(NamedTuple):
    """The root of a tree, ``None`` if there is none; what broke it (``""``: nothing); and the elements that were open
    there, which lack their ends."""

    root: Element | None
    broken: str
    unfinished: list[Element]


class _Unread(ValueError):
    """XML that is not read any further."""


def document(data: bytes) -> Document:
    """The tree of an XML file, as far as it can be read."""
    if data[:3] == BOM_UTF8 and data[3:4].isspace():
        data = data[3:]
    data = _western(data)
    start = len(data) - len(data.lstrip(_XML_SPACE))
    line = data.count(b"\n", 0, start)  # blank lines before the declaration: wrong, and frequent
    tree, parser = _Tree(), expat.ParserCreate(intern={})
    _connect(parser, tree)
    broken = ""
    try:
        parser.Parse(_without_controls(data[start:]), True)
    except expat.ExpatError as error:
        broken = (
            f"broken XML at line {error.lineno + line}, column {error.offset + 1} ({expat.ErrorString(error.code)})"
        )
    except _Unread as error:
        broken = str(error)
    except (ValueError, LookupError) as error:
        broken = f"its encoding cannot be read ({error})"
    return tree.document(broken)


def _connect(parser: expat.XMLParserType, tree: "_Tree") -> None:
    parser.buffer_text = True
    parser.specified_attributes = True  # what a DTD would add to every element can be made to fill the memory
    parser.UseForeignDTD(True)  # names that nobody declared are then no errors, but "skipped"
    parser.StartElementHandler = tree.start
    parser.EndElementHandler = tree.end
    parser.CharacterDataHandler = tree.text
    parser.SkippedEntityHandler = tree.skipped
    parser.EntityDeclHandler = _refuse


def _refuse(*_declared: object) -> None:
    raise _Unread(ENTITIES)


def _western(data: bytes) -> bytes:
    """What says that it is ISO-8859-1 and has signs that are not in it is Windows-1252 (WHATWG Encoding Standard)."""
    told = _LATIN.match(data)
    if not told or not _NOT_LATIN.search(data):
        return data
    whole = data[: told.start(1)] + b"UTF-8" + data[told.end(1) :]
    return whole.decode("cp1252", "replace").encode()


def _without_controls(data: bytes) -> bytes:
    """Control characters are no XML, and no text either; some wires have them."""
    return data if b"\0" in data[:4] or data[:2] in (b"\xff\xfe", b"\xfe\xff") else data.translate(None, _CONTROL)


class _Tree:
    """Makes the tree of what the parser meets, and counts."""

    def __init__(self) -> None:
        self._builder = TreeBuilder()
        self._open: list[Element] = []
        self._scopes: list[dict[str, str]] = []  # of each open element, the namespaces that it declares
        self._count = self._length = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._count, self._length = self._count + 1, 0
        if self._count > MOST:
            raise _Unread(f"holds more than {MOST:,} elements")
        if len(self._open) == DEEPEST:
            raise _Unread(f"elements stand in each other more than {DEEPEST} deep")
        spaces = {key[6:]: uri for key, uri in attributes.items() if key == "xmlns" or key.startswith("xmlns:")}
        self._scopes.append(spaces)
        self._open.append(self._builder.start(self._qualified(name), attributes))

    def end(self, _name: str) -> None:
        """An element ends."""
        self._builder.end(self._open.pop().tag)
        self._scopes.pop()
        self._length = 0

    def text(self, text: str) -> None:
        """Some text."""
        self._length += len(text)
        if self._length > LONGEST:
            raise _Unread(f"a text is longer than {LONGEST // 1_000_000} million characters")
        self._builder.data(text)

    def skipped(self, name: str, is_parameter: bool) -> None:
        """A name stands for text that no one declared: one of HTML's, mostly; else it is kept as it stands."""
        if not is_parameter:
            self.text(html5.get(f"{name};", f"&{name};"))

    def _qualified(self, name: str) -> str:
        """The name with its namespace; kept once, so that a long namespace takes no more than its place."""
        prefix, _, local = name.rpartition(":")
        uri = next((scope[prefix] for scope in reversed(self._scopes) if prefix in scope), prefix)
        return intern(f"{{{uri[:LONGEST_NAMESPACE]}}}{local}" if uri else local)

    def document(self, broken: str) -> Document:
        """What came of it."""
        unfinished = self._open[:]
        for element in reversed(unfinished):
            self._builder.end(element.tag)
        return Document(self._builder.close() if self._count else None, broken, unfinished)


def name_of(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def children(element: Element | None, *path: str) -> Iterator[Element]:
    """The elements at the end of a path of names below this one."""
    if element is None:
        return
    if not path:
        yield element
        return
    for child in element:
        if name_of(child) == path[0]:
            yield from children(child, *path[1:])


def child(element: Element | None, *path: str) -> Element | None:
    """The first element at the end of a path of names below this one."""
    return next(children(element, *path), None)


def descendants(element: Element | None, name: str) -> Iterator[Element]:
    """All elements of this name in this one, which may be one of them."""
    return (one for one in (element.iter() if element is not None else ()) if name_of(one) == name)


def text_of(element: Element | None) -> str:
    """All text in an element, in one line."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def texts_of(elements: Iterator[Element]) -> str:
    """The texts of elements, each once, parted by commas."""
    return listed(map(text_of, elements))


def listed(texts: Iterator[str]) -> str:
    """Texts, each once, parted by commas."""
    return ", ".join(dict.fromkeys(filter(None, texts)))


def language_in(*codes: str | None) -> str | None:
    """The first language among these codes, without the country: ``fr`` of ``fr-FR``."""
    found = (code(one) for one in codes if one)
    return next((one for one in found if one.isalpha() and len(one) in (2, 3) and one != "und"), None)


def dated(article: Article, *texts: str | None) -> Iterator[Article | Problem]:
    """The article with the first of these dates that is given; if it is none, a problem, and the article without."""
    text = next((text.strip() for text in texts if text and text.strip()), "")
    date = day_of(text) if text else None
    if text and not date:
        yield Problem(
            article.place, f'date: expected a date, found "{text[:80]}"; the article is kept without a date'
        )
    yield replace(article, date=date)
