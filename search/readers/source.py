"""What the readers share: a file to read, a problem found in it, and text without broken characters."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, NamedTuple

from search.article import Article
from search.dates import iso
from search.lazy import pattern
from search.readers.kinds import stem_of

_SURROGATES = pattern("[\ud800-\udfff]")


STDIN = Path("-")
"""Names the standard input."""

INSIDE = "!/"
"""Stands between an archive and a file in it: ``press.zip!/2019/calais.html``."""

WHOLE = 256_000_000
"""Files that are read as a whole may have so many bytes (unpacked)."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read, on the disk or in another file.

    `id` is its path below the folder that was asked for, without suffix; `size` in bytes. `kind` says what reads it
    (`search.readers.kinds`), ``""`` before anyone looked into it. `columns` are pairs of a field of articles and the
    name that it has in tables and JSON.
    """

    path: Path
    id: str
    size: int
    kind: str = ""
    columns: tuple[tuple[str, str], ...] = ()

    def inside(self, name: str, size: int = 0) -> "SourceFile":
        """A file in this one, which is an archive."""
        folder, _, last = name.rpartition("/")
        identity = "/".join(filter(None, (self.id, folder, stem_of(last))))
        return replace(self, path=Path(f"{self.path}{INSIDE}{name}"), id=identity, size=size, kind="")

    def whole(self, raw: BinaryIO) -> "Iterator[Record | Problem]":
        """All of the file as one record."""
        data = raw.read(WHOLE + 1)
        if len(data) > WHOLE:
            yield Problem(str(self.path), f"is larger than {WHOLE // 1_000_000} MB: such a file is not read")
        else:
            yield Record(self, 0, data)


class Record(NamedTuple):
    """What a file is cut into before it is understood: a line of it (`number`, from 1), or all of it (0)."""

    source: SourceFile
    number: int
    data: bytes

    @property
    def place(self) -> str:
        """Where it stands: ``path`` or ``path:line``."""
        return f"{self.source.path}:{self.number}" if self.number else str(self.source.path)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was left out, or taken otherwise than it stood: where, and why."""

    place: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


def clean(text: str) -> str:
    """The text with � for surrogates that stand alone (JSON can smuggle them in; no file can hold them)."""
    try:
        text.encode()  # many times faster than looking for them
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", text)
    return text


def dated(article: Article, text: str) -> Iterator[Article | Problem]:
    """The article with this date; if it is none, a problem, and the article without a date."""
    date, problem = date_of(article.place, text)
    if problem:
        yield problem
    yield replace(article, date=date) if date else article


def date_of(place: str, text: str) -> tuple[str | None, Problem | None]:
    """The date, or ``None`` and, where there should have been one, a problem."""
    try:
        return (iso(text) if text.strip() else None), None
    except ValueError as error:
        return None, Problem(place, f"date: {error}; the article is kept without a date")
