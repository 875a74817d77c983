"""A page as a tree: parsed as browsers do, and small questions about its elements."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from search.readers.charsets import usable
from search.readers.text import nearly_utf8

MOST_ATTRIBUTES = 500
"""Of one element, about."""

Element = Any
"""An element of lxml, which has no type hints of its own."""

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_INLINE = re.compile(r"</?(?:font|b|i|u|em|strong|span|big|small|tt)(?=[\s>])[^<>]*>", re.IGNORECASE)
_LONG_TAG = re.compile(r"<([A-Za-z][\w:-]{0,30})\s[^<>]{4000,}>")
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def decode(data: bytes, charset: str = "") -> str:
    """The text of a page, in the encoding that its byte order mark, the server or the page itself names."""
    named = _CHARSET.search(data[:4096])
    own = named[1].decode().lower() if named else ""
    names = [name for bom, name in _BOMS if data.startswith(bom)] or _wide(data)
    names += [charset, "utf-8" if own.startswith("utf-16") else own]  # it was read as ASCII
    for name in [*filter(None, map(usable, filter(None, names))), "utf-8"]:
        try:
            return data.decode(_western(name)).removeprefix("\ufeff")
        except UnicodeDecodeError:
            if name == "utf-8" and (text := nearly_utf8(data)):
                return text.removeprefix("\ufeff")
    return data.decode("cp1252", "replace")


def _wide(data: bytes) -> list[str]:
    """UTF-16 without a byte order mark is told by its zero bytes."""
    start = data[:400]
    for place, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(start) > 20 and start[place::2].count(0) > 0.8 * len(start[place::2]):
            return [name]
    return []


def parsed(text: str) -> tuple[Element | None, bool]:
    """The root element of a page, ``None`` if there is nothing in it, and whether all of the page is below it."""
    root, is_whole = _tree(text)
    return (root, is_whole) if is_whole else _tree(_INLINE.sub("", text))  # a <font> without end opens one more level


def _tree(text: str) -> tuple[Element | None, bool]:
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )  # of 2048 levels; it would be 256
    text = _LONG_TAG.sub(_without_attributes, _NOT_TEXT.sub(" ", text))
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.ParseError:
        return None, True
    return root, not any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def _without_attributes(found: re.Match[str]) -> str:
    """A tag without its attributes if they are so many that reading them would take long."""
    return f"<{found[1]}>" if len(found[0].split(None, MOST_ATTRIBUTES)) > MOST_ATTRIBUTES else found[0]


def tag(element: Element) -> str:
    """The name of an element, in small letters."""
    name = element.tag
    return name if isinstance(name, str) else ""


def words_of(element: Element | None) -> str:
    """The text of an element in one line."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def start_of(element: Element, most: int) -> str:
    """The text of an element in one line if it has so many characters at most, else the beginning and more of it."""
    parts, size = [], 0
    for part in element.itertext():
        parts.append(part)
        size += len(part.strip())
        if size > most:
            break
    return " ".join("".join(parts).split())


def attribute(element: Element, *names: str) -> str:
    """The first of some attributes that an element has, in one line."""
    for name in names:
        if value := element.get(name):
            return " ".join(value.split())
    return ""


def marked(element: Element) -> str:
    """What an author says of an element: its class and its id, in small letters."""
    return f"{element.get('class') or ''} {element.get('id') or ''}".lower()


def with_property(root: Element, *names: str) -> Iterator[Element]:
    """The elements with one of these as ``itemprop``, in the order of the page."""
    for element in root.iter():
        if (own := element.get("itemprop")) and not names_apart(own).isdisjoint(names):
            yield element


def names_apart(text: str) -> set[str]:
    """The names in an attribute that holds several."""
    return set(text.lower().split())


def _western(name: str) -> str:
    """The encoding that browsers take where a page names this one (WHATWG Encoding Standard)."""
    return "cp1252" if name in ("iso8859-1", "ascii") else name
