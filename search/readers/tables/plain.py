"""Plain objects: JSON of strings and whole numbers, with a text of long lines. Most archives have nothing else.

The compiled kernel reads them, and their text is never taken apart in Python: its paragraphs stay lines of UTF-8.
What comes out is just what `search.readers.tables.objects` makes of the same record. Whatever is otherwise is left
to that.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from search.article import Article
from search.dates import iso
from search.native import kernel
from search.readers.paragraphs import WIDEST
from search.readers.source import Record
from search.readers.tables.fields import Mapping, arranged
from search.readers.tables.objects import made

LONG = 500
"""Strings of more bytes come from the kernel as bytes."""


class Plain(NamedTuple):
    """An article without its paragraphs, and these: lines in UTF-8, parted by line ends."""

    article: Article
    lines: bytes


def plain(record: Record) -> Plain | None:
    """The article of a record, if that is a plain object."""
    found = kernel.flat(record.data, LONG) if kernel else None
    arrangement = _arrangement(found[0], record.source.columns) if found else None
    if not found or not arrangement:
        return None
    fields = arrangement.fields(*found[1:])
    lines = _lines(fields.pop("text", b"")) if fields else None
    if fields is None or lines is None or "paragraphs" in fields:
        return None
    given = str(fields.pop("date", ""))
    try:
        date = iso(given) if given.strip() else None
        return Plain(made(record.source, record.number, fields, date, ()), lines)
    except ValueError:  # whose message is not for us to give
        return None


def _lines(text: object) -> bytes | None:
    """The paragraphs of a text, if they are its lines."""
    assert kernel
    if isinstance(text, str):
        text = text.encode()
    if not isinstance(text, bytes) or b"<" in text or b"&" in text or b"\r" in text:
        return None  # it may hold markup, or lines that end otherwise
    lines: bytes | None = kernel.lines(text, WIDEST)
    return lines


class Arrangement(NamedTuple):
    """How the values of an object become the fields of an article: under which names, and which of the values; and
    which of them must be strings, since they stand under another name."""

    names: tuple[str, ...]
    places: tuple[int, ...]
    moved: tuple[int, ...]

    def fields(self, values: Sequence[object], long: int) -> dict[str, object] | None:
        """The fields; none if the arrangement does not suit the values, of which `long` are bytes."""
        for place in self.moved:
            if not isinstance(values[place], str | bytes):
                return None
        fields = dict(zip(self.names, map(values.__getitem__, self.places), strict=True))
        if long > isinstance(fields.get("text"), bytes):
            fields |= {
                name: value.decode() for name, value in fields.items() if isinstance(value, bytes) and name != "text"
            }
        return fields


@lru_cache(maxsize=1024)
def _arrangement(names: tuple[str, ...], columns: Mapping) -> Arrangement | None:
    """How to arrange objects with these names, as `arranged` does where all values are strings."""
    places = {name: place for place, name in enumerate(names)}
    if len(places) < len(names):
        return None  # a name that is there twice
    found = arranged(dict(zip(names, names, strict=True)), columns)
    moved = tuple(places[name] for part, name in found.items() if part != name)
    return Arrangement(tuple(found), tuple(places[name] for name in found.values()), moved)
