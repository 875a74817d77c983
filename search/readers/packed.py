"""Files that are compressed: unpacked as a stream, and no further than is decent."""

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CHUNK = 1 << 17

RATIO, AT_LEAST = 1000, 1 << 30
"""A file may unpack to so many times its size, or to so many bytes if that is more."""


class TooMuch(ValueError):
    """A file unpacks to more than is decent."""


class Budget:
    """How many bytes may still come out of a file of so many bytes, however deep its parts are packed."""

    def __init__(self, size: int) -> None:
        self.left = max(RATIO * size, AT_LEAST)

    def spend(self, count: int) -> None:
        """Count bytes that came out; `TooMuch` if they are too many."""
        self.left -= count
        if self.left < 0:
            raise TooMuch(f"unpacks to more than {RATIO:,} times its size: the rest is left out")


class _Counted(io.RawIOBase):
    """A stream whose bytes are counted."""

    def __init__(self, raw: BinaryIO, budget: Budget) -> None:
        self._raw, self._budget = raw, budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer).cast("B")
        data = self._raw.read(len(view))
        self._budget.spend(len(data))
        view[: len(data)] = data
        return len(data)


def counted(raw: BinaryIO, budget: Budget) -> io.BufferedReader:
    """A stream of what is unpacked, which may be no more than the budget has."""
    return io.BufferedReader(_Counted(raw, budget), CHUNK)


def unpacked(name: str, raw: BinaryIO, budget: Budget) -> BinaryIO:
    """What is in a stream that is compressed as the suffix of its name says; else the stream itself."""
    match PurePath(name).suffix.lower():
        case ".gz" | ".tgz":
            return counted(cast(BinaryIO, gzip.GzipFile(fileobj=raw)), budget)
        case ".bz2" | ".tbz2":
            return counted(cast(BinaryIO, bz2.BZ2File(raw)), budget)
        case ".xz" | ".txz":
            return counted(cast(BinaryIO, lzma.LZMAFile(raw)), budget)
        case ".zst":
            return counted(cast(BinaryIO, _Zstd(raw)), budget)
    return raw


def broken() -> tuple[type[BaseException], ...]:
    """What the decompressors raise on broken data."""
    import sys

    module = sys.modules.get("search.zstd")
    zstd_error = (module.ZstdError,) if module else ()
    return (EOFError, gzip.BadGzipFile, lzma.LZMAError, zlib.error, *zstd_error)


def failures() -> tuple[type[BaseException], ...]:
    """What opening and unpacking a file may raise."""
    return (OSError, *broken())


class _Zstd:
    """Reads zstd frames. Says so when the last one is cut off, which not every stream reader does."""

    def __init__(self, raw: BinaryIO) -> None:
        self._blocks = _frames(raw)
        self._data = b""

    def read(self, size: int) -> bytes:
        """At most so many bytes; none at the end."""
        while not self._data:
            block = next(self._blocks, None)
            if block is None:
                return b""
            self._data = block
        data, self._data = self._data[:size], self._data[size:]
        return data


def _frames(raw: BinaryIO) -> Iterator[bytes]:
    """The data of all frames."""
    from search.zstd import ZstdDecompressor  # a C extension: imported only for such files

    frame = ZstdDecompressor()
    begun = False
    while data := raw.read(CHUNK):
        while data:
            begun = True
            yield frame.decompress(data, CHUNK)
            while not frame.eof and not frame.needs_input:
                yield frame.decompress(b"", CHUNK)
            data = b""
            if frame.eof:
                data, frame, begun = frame.unused_data, ZstdDecompressor(), False
    if begun:
        raise EOFError("Compressed file ended before the end of the last frame")
