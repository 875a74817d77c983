"""Section files: named sections of bytes, then a table of them. Every file of an index but ``index.json`` is one.

=========  =====================================================================================================
bytes      what
=========  =====================================================================================================
8          the magic ``NEWSIDX`` and the format's version, one byte
…          sections, one after the other, each from a multiple of 8 bytes on
…          the table, JSON: ``{"sections": {name: [offset, bytes, width, CRC-32]}, …}`` and what else its writer
           had to say
24         the table's offset (u64), its bytes (u32), its CRC-32 (u32), and the magic again
=========  =====================================================================================================

A section of width 1, 2, 4 or 8 is a column of unsigned little-endian numbers, each of so many bytes, as few as
its largest number needs. Readers map the file into memory and touch only what they need. The table is checked
at opening; `check` reads everything.
"""

import json
import mmap
import os
from binascii import crc32
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from struct import Struct
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO, Self

from search.engines.local.codec.bits import TYPES

if TYPE_CHECKING:
    AnyPath = str | os.PathLike[str]

VERSION = 5
"""The version of the format that this program writes, and the only one it reads; it stands in ``index.json`` too."""

_MAGIC = b"NEWSIDX" + bytes([VERSION])
_END = Struct("<QII8s")


class Damaged(Exception):
    """A file that is not as it was written; the message says how."""


class Sections:
    """Some sections, made one after the other in memory; with checksums, unless they are to be read only once."""

    def __init__(self, *, checked: bool = True) -> None:
        self._checked = checked
        self._file: BinaryIO = BytesIO()
        self._at = 0
        self._crc = 0
        self._sections: dict[str, list[int]] = {}

    def add(self, name: str, *parts: Any, width: int = 0) -> None:
        """Write a section of these parts (bytes, or arrays of them)."""
        self._begin(name)
        for part in parts:
            self.write(part)
        self._end(width)

    def column(self, name: str, numbers: Any) -> None:
        """Write a section of numbers (an integer array, none below 0)."""
        width = width_for(int(numbers.max()) if len(numbers) else 0)
        self.add(name, numbers.astype(f"<u{width}"), width=width)

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """A section that is written bit by bit with `write`, until the ``with`` block ends."""
        self._begin(name)
        yield
        self._end(0)

    def write(self, part: Any) -> None:
        """Write some bytes."""
        data = memoryview(part).cast("B")
        self._put(data)
        if self._checked:
            self._crc = crc32(data, self._crc)
        self._size += len(data)

    def extend(self, other: "Sections") -> None:
        """Write the sections of another, which is at its end."""
        self._put(bytes(-self._at % 8))
        base = self._at
        other._file.seek(0)
        while data := other._file.read(_COPY):
            self._put(data)
        for name, (offset, *others) in other._sections.items():
            self._sections[name] = [base + offset, *others]

    def _begin(self, name: str) -> None:
        self._name, self._size, self._crc = name, 0, 0
        self._put(bytes(-self._at % 8))
        self._offset = self._at

    def _end(self, width: int) -> None:
        self._sections[self._name] = [self._offset, self._size, width, self._crc]

    def _put(self, data: bytes | memoryview) -> None:
        self._file.write(data)
        self._at += len(data)


_COPY = 1 << 20


class SectionWriter(Sections):
    """Writes a section file, one section after the other; before `close` it is no such file.

    A file that is not `durable` may be lost when the machine's power goes.
    """

    def __init__(self, path: "AnyPath", *, durable: bool = True, checked: bool = True) -> None:
        super().__init__(checked=checked)
        self._durable = durable
        self._file = open(path, "wb")  # noqa: SIM115 (closed by `close`)
        self._begin("")
        self.write(_MAGIC)

    def close(self, **about: object) -> None:
        """Write the table with what there is to say about the file, and make all of it durable."""
        table = json.dumps({"sections": self._sections, **about}, ensure_ascii=False).encode()
        offset = self._at
        self._file.write(table)
        self._file.write(_END.pack(offset, len(table), crc32(table), _MAGIC))
        self._file.flush()
        if self._durable:
            os.fsync(self._file.fileno())
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


def make_durable(path: "AnyPath") -> None:
    """See that a file that was written as not durable is."""
    with open(path, "r+b") as file:
        os.fsync(file.fileno())


class SectionFile:
    """Reads a section file through a memory map; `OSError` or `Damaged` where that is not possible."""

    def __init__(self, path: "AnyPath") -> None:
        self.path = path
        self.name = os.path.basename(path)
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""
        self.data = memoryview(self._map)
        try:
            self.about: dict[str, Any] = self._table()
            self._sections: Mapping[str, Sequence[int]] = self.about.pop("sections")
        except (ValueError, KeyError) as error:
            raise Damaged(f"{self.name}: {error}") from None

    def __contains__(self, name: str) -> bool:
        return name in self._sections

    def section(self, name: str) -> memoryview:
        """The bytes of a section."""
        offset, size, *_ = self._sections[name]
        return self.data[offset : offset + size]

    def column(self, name: str) -> memoryview:
        """The numbers of a section."""
        return self.section(name).cast(TYPES[self._sections[name][2] << 3])

    def span(self, name: str) -> tuple[int, int, int]:
        """Where a section lies in the file: its offset and its size; and the width of its numbers."""
        offset, size, width, _ = self._sections[name]
        return offset, size, width

    def check(self, start: str = "") -> None:
        """Read the sections whose names begin so (or all); `Damaged` where one is not what was written."""
        for name, (offset, size, _, crc) in self._sections.items():
            if name.startswith(start) and crc32(self.data[offset : offset + size]) != crc:
                raise Damaged(f"{self.name}: the checksum of {name} is wrong")

    def close(self) -> None:
        """Let go of the file, at the latest when the last section that was handed out is gone."""
        self.data = memoryview(b"")
        if isinstance(self._map, mmap.mmap):
            try:
                self._map.close()
            except BufferError:
                self._map = b""

    def _table(self) -> dict[str, Any]:
        size = len(self.data)
        if size < len(_MAGIC) + _END.size or bytes(self.data[:8]) != _MAGIC:
            raise ValueError("not a file of this format")
        offset, length, crc, magic = _END.unpack_from(self.data, size - _END.size)
        if magic != _MAGIC or offset + length + _END.size != size:
            raise ValueError("it was cut off or overwritten")
        table = bytes(self.data[offset : offset + length])
        if crc32(table) != crc:
            raise ValueError("the checksum of its table is wrong")
        found: dict[str, Any] = json.loads(table)
        return found


def width_for(largest: int) -> int:
    """The bytes that the numbers of a column take."""
    return next(width for width in (1, 2, 4, 8) if largest < 1 << 8 * width)
