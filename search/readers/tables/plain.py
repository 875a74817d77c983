"""Plain objects: JSON of strings and whole numbers, with a text of long lines. Most archives have nothing else.

The compiled kernel reads them, as many at a time as have the same names, into columns: no article is made of them in
Python, and their texts are never taken apart there. What comes out is just what `search.readers.tables.objects` makes
of the same records. Whatever is otherwise is left to that.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple, Self

from search.dates import iso
from search.native import kernel
from search.readers.languages import code
from search.readers.paragraphs import WIDEST
from search.readers.source import Record, SourceFile
from search.readers.tables.fields import NAMES, Mapping, arranged

TEXT, LINE, IDENTITY, DATE, OTHER = range(5)
STRING = 8
"""What values are, for the kernel; and what is added if they must be strings."""

_ROLES = dict.fromkeys(NAMES, LINE) | {"id": IDENTITY, "text": TEXT, "date": DATE}


class Plain(NamedTuple):
    """Some articles of a file, by column: their numbers there; their fields, ``""`` where there is none; their texts
    as `lines` in UTF-8, parted by line ends; and what else came with them, under its name."""

    source: SourceFile
    numbers: list[int]
    ids: list[str]
    titles: list[str]
    lines: list[bytes]
    dates: list[str]
    authors: list[str]
    sources: list[str]
    languages: list[str]
    urls: list[str]
    metadata: dict[str, list[str]]

    def part(self, start: int, stop: int) -> Self:
        """Some of them."""
        columns: dict[str, Any] = {name: getattr(self, name)[start:stop] for name in self._fields[1:-1]}
        others = {name: column[start:stop] for name, column in self.metadata.items()}
        return self._replace(**columns, metadata=others)


def plain(records: Sequence[Record]) -> Plain | None:
    """The articles of the first of some records of a file, as many as are plain and have the same names; none if
    the first one has not."""
    names = kernel.names(records[0].data) if kernel else None
    arrangement = _arrangement(names, records[0].source.columns) if names else None
    if not kernel or not arrangement:
        return None
    found = kernel.rows(tuple([one.data for one in records]), arrangement.names, arrangement.roles, WIDEST)
    return arrangement.plain(records, found)


class Arrangement(NamedTuple):
    """How objects with the same names become articles: the names, in UTF-8; what the values are for the kernel; the
    field that each becomes; and which fields are none of an article's own, in the order in which it keeps them."""

    names: tuple[bytes, ...]
    roles: bytes
    fields: tuple[str, ...]
    others: tuple[str, ...]

    def plain(self, records: Sequence[Record], columns: Sequence[list[Any]]) -> Plain | None:
        """The articles that are in the columns, of these records and perhaps fewer; none if there is none."""
        fields = dict(zip(self.fields, columns, strict=True))
        lines = fields["text"]
        nothing = [""] * len(lines)
        ids, dates, languages = (fields.get(name, nothing) for name in ("id", "date", "language"))
        titles, authors, sources, urls = (fields.get(name, nothing) for name in ("title", "author", "source", "url"))
        source, numbers = records[0].source, [record.number for record in records[: len(lines)]]
        dates = _dates(dates)
        found = Plain(
            source,
            numbers,
            [one or source.own_id(number) for one, number in zip(ids, numbers, strict=True)],
            titles,
            lines,
            dates,
            authors,
            sources,
            list(map(_code, languages)),
            urls,
            {name: fields[name] for name in self.others},
        )
        return (found if len(dates) == len(lines) else found.part(0, len(dates))) if dates else None


@lru_cache(maxsize=1024)
def _arrangement(names: tuple[str, ...], columns: Mapping) -> Arrangement | None:
    """How to arrange objects with these names, as `arranged` does; none where not all of them would be plain."""
    found = arranged(dict(zip(names, names, strict=True)), columns)
    if sorted(found.values()) != sorted(names) or "text" not in found or "paragraphs" in found:
        return None
    others = tuple(part for part in found if part not in NAMES)
    if "\n" in "".join(others):
        return None
    part_of = {name: part for part, name in found.items()}
    parts = tuple(part_of[name] for name in names)
    roles = bytes(_ROLES.get(part, OTHER) + (part != name) * STRING for name, part in zip(names, parts, strict=True))
    return Arrangement(tuple(name.encode() for name in names), roles, parts, others)


def _dates(given: list[str]) -> list[str]:
    """The dates in ISO 8601, up to the first that is none: its message is not for us to give."""
    found = []
    try:
        for one in given:
            found.append(iso(one) if one.strip() else "")
    except ValueError:
        pass
    return found


_code = lru_cache(maxsize=256)(code)
