"""Kinds: which formats there are readers for, and of which a file is, by its name and by how it begins.

What a file is called comes first; a beginning that leaves no doubt (``%PDF-``, ``<!doctype html>`` …) goes before the
name. Where the name says nothing, or only "XML" or "JSON", the beginning decides.
"""

from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search.article import Article
    from search.readers.source import Problem, Record, SourceFile

HEAD = 4096
"""So many bytes of a file are looked at."""

COMPRESSED = (".gz", ".bz2", ".xz", ".zst")
"""Suffixes that stand behind another: what is inside has that kind."""


class Kind(NamedTuple):
    """A format: what it is called, the module with its reader, the suffixes it has, and the extra of the package that
    its reader needs (``""``: none)."""

    title: str
    module: str
    suffixes: tuple[str, ...]
    extra: str = ""


KINDS = {
    "text": Kind("plain text", "text", (".txt", ".text", ".md", ".markdown")),
    "jsonl": Kind("JSON Lines", "jsonl", (".jsonl", ".ndjson")),
}


class Reader(Protocol):
    """The module that reads a kind: two steps from a file to its articles, of which the first is quick."""

    def split(self, source: "SourceFile", raw: BinaryIO) -> "Iterator[Record | Problem]":
        """What the file is cut into. `raw` is unpacked if it was compressed, and can be read once, from the start."""
        ...

    def parse(self, record: "Record") -> "Iterator[Article | Problem]":
        """The articles of a record."""
        ...


def reader(kind: str) -> Reader:
    """The reader of a kind, imported when it is first needed."""
    return cast(Reader, import_module(f"search.readers.{KINDS[kind].module}"))


def inner_name(name: str) -> str:
    """The name of a file without the suffix of its compression."""
    path = PurePath(name)
    short = {".tgz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}.get(path.suffix.lower())
    if short:
        return str(path.with_suffix(short))
    return str(path.with_suffix("")) if path.suffix.lower() in COMPRESSED else name


def stem_of(name: str) -> str:
    """The name of a file without its suffixes: ``press.jsonl.gz`` is ``press``."""
    return PurePath(inner_name(name)).stem


def by_name(name: str) -> str | None:
    """The kind that a name tells."""
    return _BY_SUFFIX.get(PurePath(inner_name(name)).suffix.lower())


def by_content(head: bytes) -> str | None:
    """The kind that a beginning tells without doubt."""
    for start, kind in _SIGNATURES:
        if head.startswith(start):
            return kind if kind in KINDS else None
    return None


def kind_of(name: str, head: bytes) -> str | None:
    """The kind of a file of this name that begins so (unpacked)."""
    return by_content(head) or by_name(name)


_BY_SUFFIX = {suffix: kind for kind, one in KINDS.items() for suffix in one.suffixes}
_SIGNATURES: tuple[tuple[bytes, str], ...] = ()
