"""Kinds: which formats there are readers for, and of which a file is, by its name and by how it begins.

What a file is called comes first; a beginning that leaves no doubt (``%PDF-``, ``<!doctype html>`` …) goes before the
name. Where the name says nothing, or only "XML" or "JSON", the beginning decides.
"""

from functools import cache
from importlib import import_module
from posixpath import splitext
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Protocol, cast

from search.lazy import pattern

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
    "jsonl": Kind("JSON Lines", "tables.jsonl", (".jsonl", ".ndjson")),
    "json": Kind("JSON", "tables.json_array", (".json",)),
    "csv": Kind("CSV", "tables.csv_table", (".csv", ".tsv", ".tab")),
    "sqlite": Kind("SQLite", "tables.sqlite_table", (".sqlite", ".sqlite3", ".db", ".db3")),
    "html": Kind("saved web pages", "web.html", (".html", ".htm", ".xhtml")),
    "mhtml": Kind("saved web pages in one file", "web.mhtml", (".mhtml", ".mht")),
    "feed": Kind("RSS and Atom", "wire.feed", (".rss", ".atom")),
    "nitf": Kind("NITF", "wire.nitf", (".nitf",)),
    "newsml": Kind("NewsML", "wire.newsml", (".newsml",)),
    "pdf": Kind("PDF", "documents.pdf", (".pdf",), "documents"),
    "epub": Kind("EPUB", "documents.epub", (".epub",)),
    "docx": Kind("Word", "documents.docx", (".docx", ".docm", ".dotx")),
    "odt": Kind("OpenDocument", "documents.odt", (".odt", ".ott")),
    "mail": Kind("mail", "mail.message", (".eml",)),
    "mbox": Kind("mbox", "mail.mbox", (".mbox",)),
    "zip": Kind("zip archives", "archives", (".zip",)),
    "tar": Kind("tar archives", "archives", (".tar",)),
    "warc": Kind("crawls", "web.warc", (".warc", ".arc")),
}


class Reader(Protocol):
    """The module that reads a kind: two steps from a file to its articles, of which the first is quick."""

    def split(self, source: "SourceFile", raw: BinaryIO) -> "Iterator[Record | Problem]":
        """What the file is cut into. `raw` is unpacked if it was compressed, and can be read once, from the start."""
        ...

    def parse(self, record: "Record") -> "Iterator[Article | Problem]":
        """The articles of a record."""
        ...


@cache
def reader(kind: str) -> Reader:
    """The reader of a kind, imported when it is first needed."""
    return cast(Reader, import_module(f"search.readers.{KINDS[kind].module}"))


def inner_name(name: str) -> str:
    """The name of a file without the suffix of its compression."""
    stem, suffix = splitext(name)
    short = _SHORT.get(suffix.lower())
    if short:
        return stem + short
    return stem if suffix.lower() in COMPRESSED else name


def stem_of(name: str) -> str:
    """The name of a file without its suffixes: ``press.jsonl.gz`` is ``press``."""
    return splitext(inner_name(name))[0]


def by_name(name: str) -> str | None:
    """The kind that a name tells."""
    return _BY_SUFFIX.get(splitext(inner_name(name))[1].lower())


def stem_and_kind(name: str) -> tuple[str, str | None]:
    """What `stem_of` and `by_name` say, sooner for the most common names."""
    stem, _, suffix = name.rpartition(".")
    kind = _PLAIN.get(suffix) if stem.strip(".") else None
    return (stem, kind) if kind else (stem_of(name), by_name(name))


def by_content(head: bytes) -> str | None:
    """The kind that a beginning tells without doubt."""
    for start, kind in _SIGNATURES:
        if head.startswith(start):
            return kind if kind in KINDS else None
    return _document(head) or _mailbox(head) or _ROOTS.get(root_name(head).lower())


def _document(head: bytes) -> str | None:
    """The kind of a document that is a zip file, by its first members."""
    if not head.startswith(b"PK\3\4"):
        return None
    for start, kind in _FIRST_MEMBERS:
        if head.startswith(start, 30):
            return kind
    return "docx" if _is_package(head) and _WORD.search(head.decode("latin-1")) else None


def _is_package(head: bytes) -> bool:
    """Whether a zip file that begins so is a document, of whichever kind: a sheet, slides, a text."""
    return head.startswith(b"PK\3\4") and head.startswith(_OF_PACKAGES, 30)


def _mailbox(head: bytes) -> str | None:
    """The kind of many mails in one file, which often has a name without suffix."""
    is_box = head.startswith(b"From ") and _FIRST_MAIL.match(head.decode("latin-1"))
    return "mbox" if is_box else None


def root_name(head: bytes) -> str:
    """The local name of the root element of XML that begins so, after declarations and comments; ``""`` if none."""
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else _WIDE.get(head[:2], "utf-8")
    text = head.decode(encoding, "replace").lstrip("\ufeff \t\r\n")
    found = _ROOT.match(text) if text.startswith("<") else None
    return found[1] if found else ""


def kind_of(name: str, head: bytes) -> str | None:
    """The kind of a file of this name that begins so (unpacked)."""
    kind = by_content(head) or by_name(name)
    return None if kind == "zip" and _is_package(head) else kind


_WIDE = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_ROOT = pattern(
    r"""(?s)(?>\s+|<\?.*?\?>|<!--.*?-->|<!(?i:doctype)(?:[^<>\["']|"[^"]*"|'[^']*')*+(?:\[.*?\]\s*)?>)*+"""
    r"<(?:[\w.-]+:)?([\w.-]+)[\s/>]"
)
_ROOTS = {
    **dict.fromkeys(("rss", "feed", "rdf"), "feed"),
    "nitf": "nitf",
    "html": "html",
    **dict.fromkeys(("newsitem", "newsmessage", "packageitem", "newsml"), "newsml"),
}
"""By the name of the root element, in small letters."""
_FIRST_MEMBERS = (
    (b"mimetypeapplication/epub+zip", "epub"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "odt"),
)
_OF_PACKAGES = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"mimetypeapplication/")
_WORD = pattern(r"(?s)PK\x03\x04.{26}word/")
_FIRST_MAIL = pattern(r"From \S+(?: at \S+)? +\w{3} \w{3} +\d\d? \d\d:\d\d.*\r?\n(?:[!-9;-~]+[ \t]*:|>From )")
_SHORT = {".tgz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}
_BY_SUFFIX = {suffix: kind for kind, one in KINDS.items() for suffix in one.suffixes}
_PLAIN = {suffix.removeprefix("."): kind for suffix, kind in _BY_SUFFIX.items()}
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"SQLite format 3\0", "sqlite"),
    (b"WARC/1.", "warc"),
    (b"WARC/0.", "warc"),
    (b"filedesc://", "warc"),
    *((start, "mail") for start in (b"Return-Path: <", b"Received: from ", b"Received: by ", b"Delivered-To: ")),
)
