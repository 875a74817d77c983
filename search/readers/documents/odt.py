"""ODT: a text of LibreOffice and others (OpenDocument, ISO/IEC 26300), one file, one article.

==============  =================================================================================================
title           a paragraph in the style Title; ``dc:title``; the first heading; the file's name
paragraphs      in order, headings, lists and text boxes among them; a row of a table is one, its cells parted by
                ``|``; footnotes and endnotes come last
author          ``meta:initial-creator`` of ``meta.xml``, else ``dc:creator``
date            ``meta:creation-date``, else ``dc:date``
language        ``dc:language``; that of the styles is the program's more often than the text's
metadata        ``subject``, ``keyword``, ``description``
left out        what is deleted or hidden, annotations, headers and footers, tables of contents, indexes
==============  =================================================================================================
"""

from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from search.article import Article
from search.readers.documents import office
from search.readers.documents.office import HEADING, TEXT, TITLE, Block, Contents
from search.readers.documents.zipped import Zipped
from search.readers.packed import Unreadable
from search.readers.source import Problem, Record, SourceFile
from search.readers.wire.xml import child, children, descendants, name_of, text_of, texts_of

_LEFT_OUT = frozenset(
    "tracked-changes annotation annotation-end ruby-text hidden-text hidden-paragraph forms sequence-decls "
    "table-of-content illustration-index table-index object-index user-index alphabetical-index bibliography "
    "title desc binary-data event-listeners object".split()
)
_BREAKS = {"s": " ", "tab": " ", "line-break": "\n"}
_SHAPES = frozenset("frame text-box custom-shape rect g a".split())


def split(source: SourceFile, raw: BinaryIO) -> Iterator[Record | Problem]:
    """The whole file."""
    return source.whole(raw)


def parse(record: Record) -> Iterator[Article | Problem]:
    """The article of a text."""
    return office.article(record, _contents)


def _contents(file: Zipped) -> Contents:
    if any(True for _ in descendants(file.extra("META-INF/manifest.xml"), "encryption-data")):
        raise Unreadable("is encrypted")
    root = file.xml("content.xml")
    body = child(root, "body", "text")
    if body is None:
        raise Unreadable('is no ODT file: expected "content.xml" with a text in it')
    styles = file.extra("styles.xml")
    meta = child(file.extra("meta.xml"), "meta")
    text = _Text([*children(root, "automatic-styles", "style"), *children(styles, "styles", "style")])
    found = list(text.blocks(body))
    notes = [block for note in text.notes for block in text.blocks(note)]
    return Contents(
        found + notes,
        text_of(child(meta, "title")),
        text_of(child(meta, "initial-creator")) or text_of(child(meta, "creator")),
        (text_of(child(meta, "creation-date")), text_of(child(meta, "date"))),
        (text_of(child(meta, "language")),),
        {name: texts_of(children(meta, name)) for name in ("subject", "keyword", "description")},
    )


def _value(element: Element | None, name: str) -> str:
    """An attribute, by its name without the prefix."""
    found = (value for key, value in element.items() if key.rpartition(":")[2] == name) if element is not None else ()
    return next(iter(found), "")


class _Text:
    """Makes paragraphs of elements. `notes` are those that were met."""

    def __init__(self, styles: list[Element]) -> None:
        self._parents = {_value(one, "name"): _value(one, "parent-style-name") for one in styles}
        self._hidden = {_value(one, "name") for one in styles if _is_hidden(one)}
        self.notes: list[Element] = []

    def blocks(self, parent: Element) -> Iterator[Block]:
        """The paragraphs in an element."""
        for one in parent:
            name = name_of(one)
            if name == "table-row":
                yield from office.row([list(self.blocks(cell)) for cell in children(one, "table-cell")])
            elif name in ("p", "h"):
                yield from self._paragraph(one, HEADING if name == "h" else TEXT)
            elif name not in _LEFT_OUT and _value(one, "display") != "none":
                yield from self.blocks(one)

    def _paragraph(self, paragraph: Element, kind: str) -> Iterator[Block]:
        if self._is(paragraph, "Title"):
            kind = TITLE
        boxes: list[Element] = []
        yield from office.blocks(kind, "".join(self._pieces(paragraph, boxes)))
        for box in boxes:
            yield from self.blocks(box)

    def _is(self, paragraph: Element, name: str) -> bool:
        """Whether a paragraph has this style, or one that is made from it."""
        style = _value(paragraph, "style-name")
        for _ in range(10):
            if style == name:
                return True
            style = self._parents.get(style, "")
        return False

    def _pieces(self, element: Element, boxes: list[Element]) -> Iterator[str]:
        """The pieces of text in a paragraph; text boxes and notes on the way are gathered."""
        if _value(element, "style-name") in self._hidden:
            return
        yield " ".join((element.text or "").split("\n"))
        for one in element:
            name = name_of(one)
            if name in _BREAKS:
                yield _BREAKS[name]
            elif name == "note":
                self.notes += children(one, "note-body")
            elif name in _SHAPES and any(True for _ in descendants(one, "p")):
                boxes.append(one)
            elif name not in _LEFT_OUT:
                yield from self._pieces(one, boxes)
            yield " ".join((one.tail or "").split("\n"))


def _is_hidden(style: Element) -> bool:
    return _value(child(style, "text-properties"), "display") == "none"
