"""Mail: newsletters and other messages (RFC 5322, MIME), one file, one article. `mbox` reads many.

==============  =================================================================================================
title           ``Subject``
paragraphs      of ``text/html`` or ``text/plain``: of alternatives, HTML, unless it says less than half as much;
                quoted lines lose their ``>``; a signature (after ``-- ``) is dropped
author          the name in ``From``, but for newsletters; never an address
source          of newsletters (``List-Id``, ``List-Unsubscribe``, no ``List-Post``) the name in ``From``, or its
                domain; of discussion lists the name in ``List-Id``
date            the day in ``Date``, else in the last ``Received``
id              ``Message-ID``
url, language   ``Archived-At``, ``Content-Language``
metadata        ``list-id``
left out        attachments, messages in the message if it has a text itself
==============  =================================================================================================

The parser is the old one of the standard library (``compat32``): it takes all headers as they come, where the newer
one raises on some.
"""

from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate
from typing import BinaryIO

from search.article import Article
from search.lazy import pattern
from search.readers.mail.text import Texts, texts_of, without_service
from search.readers.source import Problem, Record, SourceFile, clean
from search.readers.wire.xml import dated, language_in

LONGEST_HEADER = 10_000
"""Characters of a header; what is longer is cut off."""

DEEPEST = 50
"""So deep may parts stand in each other. Each line is held against the boundaries of all that are open."""

_HEADERS = ("from", "subject", "date", "message-id", "received", "mime-version", "return-path", "to")
_ENCRYPTED = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")
_IDENTIFIER = pattern(r"<([^<>]*)>")
_ADDRESS = pattern(r"<[^<>]*>?|\S+@\S+")
_VIA = pattern(r"(.+?) via (.+)")

_BEFORE = b"\xef\xbb\xbf\r\n"
"""What no mail begins with, but some saved ones do."""


def split(source: SourceFile, raw: BinaryIO) -> Iterator[Record | Problem]:
    """The whole file."""
    return source.whole(raw)


def parse(record: Record) -> Iterator[Article | Problem]:
    """The article of a message."""
    skipped = ": the message is skipped" if record.number else ""
    try:
        message = message_from_bytes(record.data.lstrip(_BEFORE), _class=_Message)
        headers = _Headers(message)
        if not any(headers.raw(name) for name in _HEADERS):
            yield Problem(record.place, f"is no mail: expected headers such as From and Subject{skipped}")
            return
        if message.get_content_type() in _ENCRYPTED:
            yield Problem(record.place, f"is encrypted{skipped}")
            return
        yield from _article(record, headers, texts_of(message))
    except (
        MessageError,
        RecursionError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        AssertionError,
    ) as error:
        # The parser and what it has made have bugs that odd mails bring out.
        reason = "nested too deeply" if isinstance(error, RecursionError) else f"broken ({error})"
        yield Problem(record.place, f"{reason}{skipped}")


class _Message(Message):
    """A message, or a part of one, within bounds."""

    depth = 0

    def set_raw(self, name: str, value: str) -> None:
        """Called by the parser for a header: it takes its time over long ones."""
        super().set_raw(name, value[:LONGEST_HEADER])

    def attach(self, payload: Message) -> None:  # type: ignore[override]
        """Called by the parser for a part that begins."""
        if isinstance(payload, _Message):
            payload.depth = self.depth + 1
            if payload.depth > DEEPEST:
                raise RecursionError
        super().attach(payload)


class _Headers:
    """The headers of a message, decoded."""

    def __init__(self, message: Message) -> None:
        self._found: dict[str, list[str]] = {}
        for name, value in message.raw_items():
            self._found.setdefault(name.lower(), []).append(str(value))

    def raw(self, name: str) -> str:
        """The first header of this name, as it stands there."""
        return self.all(name)[0] if name in self._found else ""

    def all(self, name: str) -> list[str]:
        """All headers of this name."""
        return self._found.get(name, [])

    def text(self, name: str) -> str:
        """The first header of this name, decoded."""
        return decoded(self.raw(name))


def decoded(header: str) -> str:
    """The text of a header: encoded words are decoded, and bytes that should not be there."""
    if not header.isascii():
        header = _guessed(header.encode("utf-8", "surrogateescape"))
    try:
        parts = decode_header(header) if "=?" in header else [(header, None)]
        text = "".join(one if isinstance(one, str) else _in_charset(one, charset) for one, charset in parts)
    except (MessageError, ValueError, LookupError):  # not what it says
        text = header
    return clean(" ".join(text.split()))


def _in_charset(data: bytes, charset: str | None) -> str:
    try:
        return data.decode(charset or "utf-8")
    except (LookupError, ValueError):
        return _guessed(data)


def _guessed(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _article(record: Record, headers: _Headers, texts: Texts) -> Iterator[Article | Problem]:
    source = record.source
    title = headers.text("subject")
    if not title and not texts.paragraphs:
        yield Problem(record.place, "holds no text" + (": the message is skipped" if record.number else ""))
        return
    author, paper = _people(headers)
    identity = _between(headers.raw("message-id"))
    listed = _between(headers.raw("list-id"))
    received = [one.rpartition(";")[2] for one in headers.all("received")]
    dates = [headers.raw("date"), *(one for one in received if parsedate(one))]
    yield from dated(
        Article(
            id=clean(identity) or (f"{source.id}:{record.number}" if record.number else source.id),
            title=title or source.name,
            paragraphs=without_service(texts.paragraphs) if _is_newsletter(headers) else texts.paragraphs,
            author=author or None,
            source=paper or None,
            language=language_in(*headers.raw("content-language").split(",")),
            url=clean(_between(headers.raw("archived-at"))) or None,
            path=str(source.path),
            line=record.number,
            metadata={"list-id": clean(listed)} if listed else {},
        ),
        *(clean(one) for one in dates),
    )


def _between(header: str) -> str:
    """What stands between ``<`` and ``>``."""
    found = _IDENTIFIER.search(header)
    return "".join((found[1] if found else "").split())


def _is_newsletter(headers: _Headers) -> bool:
    return any(headers.raw(one) for one in ("list-id", "list-unsubscribe"))


def _people(headers: _Headers) -> tuple[str, str]:
    """The author and the source."""
    name, address = _sender(headers.raw("from"))
    post = headers.raw("list-post").strip()
    if post and not post.upper().startswith("NO"):
        via = _VIA.fullmatch(name)
        return (via[1] if via else name), decoded(headers.raw("list-id").partition("<")[0]).strip(' "') or (
            via[2] if via else ""
        )
    if _is_newsletter(headers):
        return "", name or address.rpartition("@")[2]
    return name, ""


def _sender(header: str) -> tuple[str, str]:
    """The name and the address in a ``From``."""
    try:
        name, address = parseaddr(header)
    except (ValueError, IndexError, TypeError, RecursionError):
        name, address = "", ""
    if not name:
        name = header.partition("<")[0] if "<" in header else ""
    return _ADDRESS.sub("", decoded(name)).strip("\"' "), address
