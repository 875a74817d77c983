"""What the readers share: a file to read, a problem found in it, and text without broken characters."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from search.article import Article
from search.dates import iso
from search.lazy import pattern
from search.readers.kinds import stem_of

_SURROGATES = pattern("[\ud800-\udfff]")
_UNSEEN = pattern("[\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_DRIVE = pattern(r"^[A-Za-z]:")


STDIN = Path("-")
"""Names the standard input."""

INSIDE = "!/"
"""Stands between an archive and a file in it: ``press.zip!/2019/calais.html``."""

WHOLE = 256_000_000
"""Files that are read as a whole may have so many bytes (unpacked)."""

_PART = 1 << 16
"""They are read in parts of so many bytes: who asks for more at once gets memory of its own from the kernel, of which
there are only so many pieces."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read, on the disk or in another file.

    `id` is its path below the folder that was asked for, without suffix; `size` in bytes; `changed` the time of its
    last change (ns since 1970, 0 if that is not known). `kind` says what reads it
    (`search.readers.kinds`), ``""`` before anyone looked into it. `columns` are pairs of a field of articles and the
    name that it has in tables and JSON. What a crawl tells of a page: `url`, where it was, `fetched`, when (ISO
    8601), and `charset`, the encoding that the server named; ``""`` where nothing is told.
    """

    path: Path
    id: str
    size: int
    kind: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    url: str = ""
    fetched: str = ""
    charset: str = ""
    changed: int = 0

    @property
    def name(self) -> str:
        """What the file is called, without folders and suffix."""
        return self.id.rpartition("/")[2]

    def own_id(self, number: int) -> str:
        """The id of an article in it that has none: by the number of its record, or 0."""
        return f"{self.id}:{number}" if number else self.id

    def inside(self, name: str, size: int = 0) -> "SourceFile":
        """A file in this one, which is an archive."""
        name = harmless(name)
        folder, _, last = name.rpartition("/")
        identity = "/".join(filter(None, (self.id, folder, stem_of(last))))
        return replace(self, path=Path(f"{self.path}{INSIDE}{name}"), id=identity, size=size, kind="")

    def whole(self, raw: BinaryIO) -> "Iterator[Record | Problem]":
        """All of the file as one record."""
        parts, size = [], 0
        while size <= WHOLE and (part := raw.read(_PART)):
            parts.append(part)
            size += len(part)
        if size > WHOLE:
            yield Problem(str(self.path), f"is larger than {WHOLE // 1_000_000} MB: such a file is not read")
        else:
            yield Record(self, 0, b"".join(parts))


class Record(NamedTuple):
    """What a file is cut into before it is understood: a line of it (`number`, from 1), or all of it (0)."""

    source: SourceFile
    number: int
    data: bytes

    @property
    def place(self) -> str:
        """Where it stands: ``path`` or ``path:line``."""
        return f"{self.source.path}:{self.number}" if self.number else str(self.source.path)


class Member(NamedTuple):
    """A file in an archive: its name there, its size in bytes as the archive tells it, and how to open it, which must
    happen before the next member is asked for (`search.readers.packed.Unreadable` if it cannot be)."""

    name: str
    size: int
    open: Callable[[], BinaryIO]


class Container(Protocol):
    """The module that reads a kind of archive: it has this instead of `split` and `parse` (see
    `search.readers.kinds.Reader`), and knows nothing of what the files in the archive are."""

    def members(self, source: SourceFile, raw: BinaryIO) -> Iterator[Member]:
        """The files of an archive, in the order in which they stand there."""
        ...


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was left out, or taken otherwise than it stood: where, and why."""

    place: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


def harmless(name: str) -> str:
    """The name of a file in an archive without what leads elsewhere (``..``, a drive, a root) or cannot be seen."""
    name = _UNSEEN.sub("\ufffd", clean(name)).replace("\\", "/")
    parts = [part for part in _DRIVE.sub("", name).split("/") if part.strip() not in ("", ".", "..")]
    return "/".join(parts) or "unnamed"


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
        from search.readers.when import day_of  # slower, and rarely needed

        if day := day_of(text):
            return day, None
        return None, Problem(place, f"date: {error}; the article is kept without a date")
