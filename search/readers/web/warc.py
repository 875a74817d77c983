"""Crawls: WARC (1.0, 1.1 and the drafts) and ARC (1 and 2), plain or compressed record by record.

Each HTTP response with status 200 whose content type is ``text/html`` or ``application/xhtml+xml`` becomes an
article, which `search.readers.web.html` makes of it. All other records are passed over: requests, metadata, DNS,
revisits.

==============  ================================================================================================
WARC            ``WARC/1.0``, lines of ``Name: value``, an empty line, ``Content-Length`` bytes, two empty lines
ARC             a line ``URL address YYYYMMDDhhmmss type length`` (in version 2 there are more fields between type
                and length), ``length`` bytes, an empty line
number          the byte offset of the record: in the file if records are compressed one by one, as they should
                be, or not at all; otherwise in the data that it unpacks to
``url``         ``WARC-Target-URI``, or the first field
``fetched``     ``WARC-Date``, or the third field, as ISO 8601
==============  ================================================================================================
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, NamedTuple

from search.article import Article
from search.lazy import pattern
from search.readers import kinds, packed
from search.readers.source import Problem, Record, SourceFile, clean
from search.readers.web import http

LARGEST = 20_000_000
"""Bytes of a page; a larger one is none."""

LONGEST = 1 << 16
"""Bytes of a line, and of what is looked at to see what a response is."""

_DAY = pattern(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)")


class Header(NamedTuple):
    """What stands before a record: whether it is an HTTP response, how many bytes follow, its URL and time."""

    is_response: bool
    length: int
    url: str
    fetched: str


class _Lost(Exception):
    """Where the next record begins cannot be told."""


class _Reader:
    """A stream that knows how far it was read."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self.position = 0

    def line(self) -> bytes:
        """The next line; `_Lost` if it has no end."""
        line = self._raw.readline(LONGEST)
        self.position += len(line)
        if len(line) == LONGEST:
            raise _Lost(f"found a line of more than {LONGEST:,} bytes")
        return line

    def read(self, size: int) -> bytes:
        """The next bytes, fewer only at the end."""
        data = self._raw.read(size)
        self.position += len(data)
        return data

    def skip(self, size: int) -> int:
        """Pass over bytes; how many there were."""
        left = size
        while left and (data := self.read(min(left, packed.CHUNK))):
            left -= len(data)
        return size - left

    def offset(self) -> int:
        """Where in the file that is."""
        return self._raw.offset(self.position) if isinstance(self._raw, packed.Unpacked) else self.position


def split(source: SourceFile, raw: BinaryIO) -> Iterator[Record | Problem]:
    """The responses with pages."""
    reader, offset = _Reader(raw), 0
    try:
        while True:
            offset = reader.offset()
            line = reader.line()
            if not line:
                return
            if line.strip():
                yield from _record(source, reader, _header(line, reader), offset)
    except _Lost as error:
        yield Problem(f"{source.path}:{offset}", f"{error}: the rest is lost")
    except packed.broken() as error:
        reason = f"broken compressed data, the rest is lost: {error or type(error).__name__}"
        yield Problem(f"{source.path}:{offset}", reason)


def _record(source: SourceFile, reader: _Reader, header: Header, offset: int) -> Iterator[Record | Problem]:
    """The page of a record, if it holds one."""
    data = reader.read(min(header.length, LONGEST)) if header.is_response else b""
    left = header.length - len(data)
    if data and http.is_page(data):
        if header.length > LARGEST:
            place = f"{source.path}:{offset}"
            yield Problem(place, f"a page of more than {LARGEST // 1_000_000} MB: the record is skipped")
        else:
            data += reader.read(left)
            left = header.length - len(data)
            if not left:
                page = replace(source, url=clean(header.url), fetched=header.fetched)
                yield Record(page, offset, data)
    if left > reader.skip(left):
        raise _Lost(f"the file ends within a record of {header.length:,} bytes")


def parse(record: Record) -> Iterator[Article | Problem]:
    """The article of a page."""
    source, place = record.source, record.place
    try:
        page = http.page(record.data, LARGEST)
    except http.NoPage as error:
        yield Problem(place, f"{error}: the page is skipped")
        return
    identity = f"{source.id}:{record.number}"
    inner = replace(source, kind="html", id=identity, size=len(page.data), charset=page.charset)
    for item in kinds.reader("html").parse(Record(inner, record.number, page.data)):
        if isinstance(item, Article):
            item = replace(item, id=identity, url=item.url or source.url or None, line=record.number)
        yield item


def _header(line: bytes, reader: _Reader) -> Header:
    """The header that begins with this line."""
    if line.startswith(b"WARC/"):
        return _of_warc(reader)
    fields = line.split()
    if len(fields) >= 5 and b":" in fields[0] and fields[-1].isdigit():
        return _of_arc(fields)
    found = clean(line[:40].decode("utf-8", "replace").strip())
    raise _Lost(f'expected "WARC/1.0" or "URL address date type length", found "{found}"')


def _of_warc(reader: _Reader) -> Header:
    fields: dict[bytes, str] = {}
    start = reader.position
    while (line := reader.line()).strip():
        name, _, value = line.partition(b":")
        fields[name.strip().lower()] = value.strip().decode("utf-8", "replace")
        if reader.position - start > LONGEST:
            raise _Lost(f"found a header of more than {LONGEST:,} bytes")
    if not line:
        raise _Lost("the file ends within the header of a record")
    length = fields.get(b"content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) < 19):
        raise _Lost("a record without Content-Length")
    url = fields.get(b"warc-target-uri", "").strip("<>")  # WARC 1.0 shows it in brackets
    is_response = fields.get(b"warc-type") == "response" and url[:4].lower() == "http"
    return Header(is_response, int(length), url, fields.get(b"warc-date", ""))


def _of_arc(fields: list[bytes]) -> Header:
    if len(fields[-1]) > 18:
        raise _Lost("a record without length")
    found = _DAY.match(fields[2].decode("ascii", "replace"))
    fetched = "{}-{}-{}T{}:{}:{}Z".format(*found.groups()) if found else ""
    url = fields[0].decode("utf-8", "replace")
    return Header(url[:4].lower() == "http", int(fields[-1]), url, fetched)
