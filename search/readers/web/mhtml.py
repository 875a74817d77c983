"""Web pages saved as one file (MHTML, RFC 2557): the page itself; pictures and styles are left alone."""

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from typing import BinaryIO

from search.article import Article
from search.readers.source import Problem, Record, SourceFile
from search.readers.web import html


def split(source: SourceFile, raw: BinaryIO) -> Iterator[Record | Problem]:
    """The whole file."""
    return source.whole(raw)


def parse(record: Record) -> Iterator[Article | Problem]:
    """The article of the first page in it."""
    try:
        yield from _first_page(record, message_from_bytes(record.data, policy=compat32))
    except RecursionError:
        yield Problem(record.place, "nests its parts too deep: it is not read")


def _first_page(record: Record, message: Message) -> Iterator[Article | Problem]:
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            data = part.get_payload(decode=True)
            if isinstance(data, bytes) and data:
                url = str(part.get("Content-Location") or message.get("Snapshot-Content-Location") or "")
                charset = _charset(part)
                own = replace(record.source, charset=record.source.charset or charset, url=record.source.url or url)
                yield from html.parse(record._replace(source=own, data=data))
                return
    yield Problem(record.place, "holds no page: expected a part that is text/html")


def _charset(part: Message) -> str:
    try:
        return str(part.get_content_charset() or "")
    except ValueError:  # what stands there is no name of anything
        return ""
