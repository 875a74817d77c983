"""Files that are compressed: unpacked as a stream, and no further than is decent.

What is compressed is told by the suffix of the name, else by how the data begins; it may be so several times over.

==========  ================================  ===============================
suffix      beginning                         unpacked by
==========  ================================  ===============================
``.gz``     ``1f 8b 08``                      `zlib`, member by member
``.bz2``    ``BZh``, a digit, ``pi``          `bz2`
``.xz``     ``fd 37 7a 58 5a 00``             `lzma`
``.zst``    ``28 b5 2f fd``                   `search.zstd`
==========  ================================  ===============================
"""

import bz2
import gzip
import io
import lzma
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, BinaryIO, cast

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CHUNK = 1 << 17

RATIO, AT_LEAST = 1000, 1 << 30
"""A file may unpack to so many times its size, or to so many bytes if that is more."""

LAYERS = 4
"""So often a file may be compressed over again."""

_SUFFIXES = {".gz": "gz", ".tgz": "gz", ".bz2": "bz2", ".tbz2": "bz2", ".xz": "xz", ".txz": "xz", ".zst": "zst"}
_STARTS = (
    (b"\x1f\x8b\x08", "gz"),
    *((b"BZh%d1AY&SY" % level, "bz2") for level in range(1, 10)),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x28\xb5\x2f\xfd", "zst"),
)


class TooMuch(ValueError):
    """A file unpacks to more than is decent."""


class Unreadable(ValueError):
    """An archive, or a file in it, cannot be read: the message says why."""


class Budget:
    """How many bytes may still come out of a file of so many bytes, however deep its parts are packed."""

    def __init__(self, size: int) -> None:
        self.left = max(RATIO * size, AT_LEAST)

    def spend(self, count: int) -> None:
        """Count bytes that came out; `TooMuch` if they are too many."""
        self.left -= count
        if self.left < 0:
            raise TooMuch(f"unpacks to more than {RATIO:,} times its size: the rest is left out")

    def earn(self, count: int) -> None:
        """Count bytes of a file whose size is not known before its end."""
        self.left += RATIO * count


class _Counted(io.RawIOBase):
    """A stream whose bytes are counted. It gives as many as are asked for, and an error only after what came before
    it: so one can look at the beginning of a stream that comes in small parts or breaks off."""

    def __init__(self, raw: Any, count: Callable[[int], None]) -> None:
        self._raw, self._count = raw, count
        self._error: BaseException | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer).cast("B")
        filled = 0
        while filled < len(view) and not self._error:
            try:
                data = self._raw.read(len(view) - filled)
                self._count(len(data))
            except Exception as error:
                self._error = error
                break
            if not data:
                break
            view[filled : filled + len(data)] = data
            filled += len(data)
        if self._error and not filled:
            raise self._error
        return filled


class Unpacked(io.BufferedReader):
    """A stream of what is unpacked."""

    def __init__(self, raw: Any, count: Callable[[int], None]) -> None:
        self._members: deque[tuple[int, int]] = raw.starts if isinstance(raw, _Gzip) else deque()
        super().__init__(_Counted(raw, count), CHUNK)

    def offset(self, position: int) -> int:
        """Where a part that begins at this position stands in the packed file, if the file is packed part by part
        (as crawls are); else the position itself. To be asked in rising order."""
        members = self._members
        while members and members[0][0] < position:
            members.popleft()
        return members[0][1] if members and members[0][0] == position else position


def counted(raw: BinaryIO, budget: Budget) -> io.BufferedReader:
    """A stream of what is unpacked, which may be no more than the budget has."""
    return Unpacked(raw, budget.spend)


def piped(raw: BinaryIO, budget: Budget) -> io.BufferedReader:
    """A stream that comes from a pipe: what comes in raises what may come out."""
    return Unpacked(raw, budget.earn)


def unpacked(name: str, raw: BinaryIO, budget: Budget) -> io.BufferedReader:
    """What is in a stream that is compressed, as the suffix of its name says or its beginning; else the stream."""
    packing = _SUFFIXES.get(PurePath(name).suffix.lower())
    for _ in range(LAYERS):
        if packing is None:
            raw = _buffered(raw)
            head = raw.peek(16)
            packing = next((one for start, one in _STARTS if head.startswith(start)), None)
        if packing is None:
            break
        raw = Unpacked(_unpacker(packing, raw), budget.spend)
        packing = None
    return _buffered(raw)


def _buffered(stream: BinaryIO) -> io.BufferedReader:
    """The stream, at whose beginning one can look."""
    return cast(io.BufferedReader, stream if hasattr(stream, "peek") else io.BufferedReader(cast(Any, stream)))


def _unpacker(packing: str, raw: BinaryIO) -> Any:
    match packing:
        case "gz":
            return _Gzip(raw)
        case "bz2":
            return bz2.BZ2File(raw)
        case "xz":
            return lzma.LZMAFile(_InLargeParts(raw))
    return _Zstd(raw)


def broken() -> tuple[type[BaseException], ...]:
    """What the decompressors raise on broken data."""
    import sys

    module = sys.modules.get("search.zstd")
    zstd_error = (module.ZstdError,) if module else ()
    return (EOFError, gzip.BadGzipFile, lzma.LZMAError, zlib.error, *zstd_error)


def failures() -> tuple[type[BaseException], ...]:
    """What opening and unpacking a file may raise."""
    return (OSError, TooMuch, *broken())


class _Gzip:
    """Reads the members of a gzip file. Knows where each begins, which Python's own reader does not tell.

    `starts` are pairs of a position in what is unpacked and an offset in the file, of the members last begun: as many
    as `Unpacked` can be ahead of those who read from it.
    """

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self._packed = b""
        self._taken = self._given = 0
        self._member: Any = None
        self.starts: deque[tuple[int, int]] = deque(maxlen=CHUNK + 1)

    def read(self, size: int) -> bytes:
        """At most so many bytes; none at the end."""
        while self._member or self._begin():
            packed = self._packed or self._more()
            data = self._member.decompress(packed, size)
            if self._member.eof:
                self._packed, self._member = self._member.unused_data, None
            else:
                self._packed = self._member.unconsumed_tail
                if not packed and not data:
                    raise EOFError("Compressed file ended before the end-of-stream marker was reached")
            if data:
                self._given += len(data)
                return cast(bytes, data)
        return b""

    def _more(self) -> bytes:
        data = self._raw.read(CHUNK // 4)
        self._taken += len(data)
        return data

    def _begin(self) -> bool:
        """Begin the next member, if there is one. Zero bytes may stand between two, or after the last."""
        padding = b"\0" if self.starts else b""
        self._packed = self._packed.lstrip(padding)
        while len(self._packed) < 2 and (more := self._more()):
            self._packed = (self._packed + more).lstrip(padding)
        if not self._packed:
            return False
        if not self._packed.startswith(b"\x1f\x8b"):
            raise gzip.BadGzipFile(f"Not a gzipped file ({self._packed[:2]!r})")
        if self.starts and self.starts[-1][0] == self._given:
            self.starts.pop()  # an empty member
        self.starts.append((self._given, self._taken - len(self._packed)))
        self._member = zlib.decompressobj(31)
        return True


class _InLargeParts:
    """A packed stream of which more is given at once than is asked for: so its reader lets go of Python's lock, and
    takes it up again, for a tenth as many parts."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw

    def read(self, size: int) -> bytes:
        """So many bytes or more."""
        return self._raw.read(max(size, CHUNK))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._raw, name)


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
