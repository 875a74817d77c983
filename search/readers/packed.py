"""The lines of a file, compressed or not."""

import gzip
import lzma
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

CHUNK = 1 << 17


def lines(path: Path, raw: BinaryIO) -> Iterable[bytes]:
    """The lines of a file that is open, unpacked as its suffix says."""
    match path.suffix.lower():
        case ".gz":
            return gzip.open(raw)
        case ".xz":
            return lzma.open(raw)
        case ".zst":
            return _parted(_unpacked(raw))
    return raw


def broken() -> tuple[type[BaseException], ...]:
    """What the decompressors raise on broken data."""
    import sys

    module = sys.modules.get("search.zstd")
    zstd_error = (module.ZstdError,) if module else ()
    return (EOFError, gzip.BadGzipFile, lzma.LZMAError, zlib.error, *zstd_error)


def _unpacked(raw: BinaryIO) -> Iterator[bytes]:
    """The data of all zstd frames. Says so when the last one is cut off, which not every stream reader does."""
    from search.zstd import ZstdDecompressor  # a C extension: imported only for such files

    frame = ZstdDecompressor()
    begun = False
    while data := raw.read(CHUNK):
        while data:
            begun = True
            yield frame.decompress(data)
            data = b""
            if frame.eof:
                data, frame, begun = frame.unused_data, ZstdDecompressor(), False
    if begun:
        raise EOFError("Compressed file ended before the end of the last frame")


def _parted(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of a stream of blocks."""
    rest = b""
    for block in blocks:
        *whole, rest = (rest + block).split(b"\n")
        yield from whole
    if rest:
        yield rest
