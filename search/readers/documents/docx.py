"""DOCX: a document of Word (Office Open XML, ECMA-376), one file, one article.

==============  =================================================================================================
title           a paragraph in the style Title; ``dc:title``; the first heading; the file's name
paragraphs      in order, headings and text boxes among them; a row of a table is one, its cells parted by ``|``;
                footnotes and endnotes come last
author          ``dc:creator`` of ``docProps/core.xml``
date            ``dcterms:created``, else ``dcterms:modified``
language        ``dc:language``; that of the styles is the program's more often than the text's
metadata        ``subject``, ``keywords``, ``category``, ``description``
left out        what is deleted or hidden, comments, headers and footers, tables of contents, field codes
==============  =================================================================================================
"""

from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from search.article import Article
from search.readers.documents import office
from search.readers.documents.office import HEADING, TEXT, TITLE, Block, Contents
from search.readers.documents.zipped import Zipped, beside
from search.readers.packed import Unreadable
from search.readers.source import Problem, Record, SourceFile
from search.readers.wire.xml import child, children, descendants, name_of, text_of, texts_of

_MAIN = "word/document.xml"
_LEFT_OUT = frozenset(
    "del moveFrom instrText delText Fallback rPr pPr sectPr drawing pict object txbxContent".split()
)
_TEMPLATE = "python-docx"
"""Says that who made the document has told nothing: author, date and description are those of a template of 2013."""

_BREAKS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def split(source: SourceFile, raw: BinaryIO) -> Iterator[Record | Problem]:
    """The whole file."""
    return source.whole(raw)


def parse(record: Record) -> Iterator[Article | Problem]:
    """The article of a document."""
    return office.article(record, _contents)


def _contents(file: Zipped) -> Contents:
    links = {kind: beside("/x", target) for kind, target in _links(file, "_rels/.rels")}
    main = links.get("officeDocument", _MAIN)
    root = file.xml(main)
    if root is None:
        raise Unreadable(f'is no DOCX file: expected "{main}" in it')
    if name_of(root) != "document":
        raise Unreadable(f'is no DOCX file: expected a document in "{main}", found "{name_of(root)}"')
    folder, _, last = main.rpartition("/")
    parts = {kind: beside(main, target) for kind, target in _links(file, f"{folder}/_rels/{last}.rels")}
    styles = file.extra(parts.get("styles", "word/styles.xml"))
    text = _Text(styles)
    found = list(text.blocks(child(root, "body")))
    for kind, note in (("footnotes", "footnote"), ("endnotes", "endnote")):
        notes = file.extra(parts.get(kind, f"word/{kind}.xml"))
        for one in children(notes, note):
            if _value(one, "type") in ("", "normal"):
                found += text.blocks(one)
    core = file.extra(links.get("core-properties", "docProps/core.xml"))
    if text_of(child(core, "creator")) == _TEMPLATE:
        core = None
    return Contents(
        found,
        text_of(child(core, "title")),
        texts_of(children(core, "creator")),
        (text_of(child(core, "created")), text_of(child(core, "modified"))),
        (text_of(child(core, "language")),),
        {name: text_of(child(core, name)) for name in ("subject", "keywords", "category", "description")},
    )


def _links(file: Zipped, name: str) -> Iterator[tuple[str, str]]:
    """What a list of relationships names: pairs of what it is, and where."""
    for one in children(file.extra(name), "Relationship"):
        if one.get("TargetMode", "Internal") == "Internal":
            yield one.get("Type", "").rpartition("/")[2], one.get("Target", "")


def _value(element: Element | None, name: str = "val") -> str:
    """An attribute, which has a prefix or has none."""
    found = (value for key, value in element.items() if key.rpartition(":")[2] == name) if element is not None else ()
    return next(iter(found), "")


class _Text:
    """Makes paragraphs of elements; knows the styles by their names, which are English in every language's Word."""

    def __init__(self, styles: Element | None) -> None:
        names = {_value(one, "styleId"): _value(child(one, "name")).lower() for one in children(styles, "style")}
        self._kinds = {style: _kind(name) for style, name in names.items()}

    def blocks(self, parent: Element | None) -> Iterator[Block]:
        """The paragraphs in an element."""
        for one in parent if parent is not None else ():
            name = name_of(one)
            if name == "p":
                yield from self._paragraph(one)
            elif name == "tbl":
                for line in _outermost(one, "tr", "tbl"):
                    cells = _outermost(line, "tc", "tbl")
                    yield from office.row([list(self.blocks(cell)) for cell in cells])
            elif name not in _LEFT_OUT and not _is_contents(one):
                yield from self.blocks(one)

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        style = _value(child(paragraph, "pPr", "pStyle"))
        kind = self._kinds[style] if style in self._kinds else _kind(style.lower())
        if kind is None:
            return
        boxes: list[Element] = []
        yield from office.blocks(kind, "".join(_pieces(paragraph, boxes)))
        for box in boxes:
            yield from self.blocks(box)


def _is_contents(part: Element) -> bool:
    """Whether a part that Word fills by itself is a table of contents."""
    return "Table of Contents" in map(_value, descendants(child(part, "sdtPr"), "docPartGallery"))


def _kind(style: str) -> str | None:
    """What a style of this name makes of a paragraph; ``None``: a line of a table of contents."""
    if style == "title":
        return TITLE
    if style.startswith("toc ") and style[4:].isdigit():
        return None
    return HEADING if style.startswith("heading") else TEXT


def _outermost(element: Element, name: str, barrier: str) -> Iterator[Element]:
    """The elements of this name in this one, but for those in elements of the name `barrier`."""
    for one in element:
        if name_of(one) == name:
            yield one
        elif name_of(one) != barrier and name_of(one) not in _LEFT_OUT:
            yield from _outermost(one, name, barrier)


def _pieces(element: Element, boxes: list[Element]) -> Iterator[str]:
    """The pieces of text in a paragraph; text boxes on the way are gathered."""
    for one in element:
        name = name_of(one)
        if name == "t":
            yield one.text or ""
        elif name in _BREAKS:
            yield _BREAKS[name]
        elif name in ("drawing", "pict", "object"):
            boxes += _outermost(one, "txbxContent", "Fallback")
        elif name not in _LEFT_OUT and not (name == "r" and _is_hidden(one)):
            yield from _pieces(one, boxes)


def _is_hidden(run: Element) -> bool:
    hidden = child(run, "rPr", "vanish")
    return hidden is not None and _value(hidden) not in ("0", "false", "off")
