"""HTTP responses as crawls keep them: what they are, and the page in them.

A response is a status line, lines of ``Name: value``, an empty line and a body. The body may be sent in chunks
(``Transfer-Encoding: chunked``) and compressed (``Content-Encoding: gzip``, ``deflate``, ``br``, ``zstd``). Many
crawlers undo both and leave the headers as they were: a body that is not what they say is taken as it stands.
"""

import re
import zlib
from collections.abc import Callable
from typing import NamedTuple

from search.lazy import pattern

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+200\b")
_TYPE = re.compile(rb"^content-type[ \t]*:[ \t]*(?:text/html|application/xhtml\+xml)[ \t]*(?:[;,\r]|$)", re.I | re.M)
_END = re.compile(rb"\r?\n\r?\n")
_SIZE = re.compile(rb"[ \t]*([0-9a-fA-F]{1,15})[ \t]*(?:;[^\r\n]*)?\r?\n")
_CHARSET = pattern(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9][\w.:+-]*)", re.ASCII | re.IGNORECASE)


class NoPage(ValueError):
    """A response cannot be undone: the message says why."""


class Page(NamedTuple):
    """The body of a response, and the encoding that the server named (or ``""``)."""

    data: bytes
    charset: str


def is_page(start: bytes) -> bool:
    """Whether a response that begins so was successful and is HTML."""
    if not _STATUS.match(start):
        return False
    end = _END.search(start)
    return bool(_TYPE.search(start, 0, end.start() + 1 if end else len(start)))


def page(response: bytes, most: int) -> Page:
    """The page in a response, which may have so many bytes; `NoPage` if it cannot be had."""
    end = _END.search(response)
    if not end:
        raise NoPage("the headers of the response have no end")
    headers = _headers(response[: end.start()])
    body = response[end.end() :]
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _joined(body)
    for name in reversed(headers.get("content-encoding", "").lower().replace(",", " ").split()[:4]):
        body = _decoded(name, body, most)
    charset = _CHARSET.search(headers.get("content-type", ""))
    return Page(body, charset[1].lower() if charset else "")


def _headers(head: bytes) -> dict[str, str]:
    pairs = (line.partition(":") for line in head.decode("latin-1").split("\n")[1:])
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _joined(body: bytes) -> bytes:
    """The chunks of a body, put together; those that are there, if it breaks off."""
    parts: list[bytes] = []
    position = 0
    while found := _SIZE.match(body, position):
        size = int(found[1], 16)
        parts.append(body[found.end() : found.end() + size])
        position = found.end() + size
        position += 2 if body.startswith(b"\r\n", position) else body.startswith(b"\n", position)
        if not size:
            break
    return b"".join(parts) if parts else body


def _decoded(name: str, body: bytes, most: int) -> bytes:
    """A body without its compression."""
    decoder = _DECODERS.get(name)
    if decoder is None:
        return body  # "identity", "utf-8", "none": what some servers take for one
    try:
        data = decoder(body, most + 1)
    except ImportError:
        raise NoPage("it is compressed with Brotli: pip install 'news-search[crawl]'") from None
    except Exception as error:
        if body.lstrip().startswith(b"<"):  # it was undone before
            return body
        raise NoPage(f"it is no {name} data ({error or type(error).__name__})") from None
    if len(data) > most:
        raise NoPage(f"it unpacks to more than {most // 1_000_000} MB")
    return data


def _inflated(body: bytes, most: int, wbits: int) -> bytes:
    inflating = zlib.decompressobj(wbits)
    data = inflating.decompress(body, most)
    if not inflating.eof and len(data) < most:
        raise EOFError("it ends too soon")
    return data


def _gzip(body: bytes, most: int) -> bytes:
    return _inflated(body, most, 31)


def _deflate(body: bytes, most: int) -> bytes:
    """With the header of zlib, as the standard has it, or without, as some servers do."""
    try:
        return _inflated(body, most, 15)
    except zlib.error:
        return _inflated(body, most, -15)


def _brotli(body: bytes, most: int) -> bytes:
    import brotli  # optional

    brotli_decoder = brotli.Decompressor()
    data: bytes = brotli_decoder.process(body, output_buffer_limit=most)
    if not brotli_decoder.is_finished() and len(data) < most:
        raise EOFError("it ends too soon")
    return data


def _zstd(body: bytes, most: int) -> bytes:
    from search.zstd import ZstdDecompressor  # a C extension: rarely needed

    frame = ZstdDecompressor()
    data = frame.decompress(body, most)
    if not frame.eof and len(data) < most:
        raise EOFError("it ends too soon")
    return data


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
