"""Zip files without their end, as a download that broke off leaves them: the files in them, one after the other.

Before the data of each file stands a header of 30 bytes, its name and its extra field:

==========  ==========================================================================
``4s``      ``PK\\3\\4``
``5H``      version, flags (1: encrypted, 8: sizes follow the data), method, time, date
``3I``      CRC-32, size in the zip, size
``2H``      length of the name, of the extra field
==========  ==========================================================================
"""

import zlib
from collections.abc import Callable, Iterator
from struct import Struct
from typing import BinaryIO, NamedTuple, cast

from search.readers.packed import CHUNK, Unreadable

_HEADER = Struct("<4s5H3I2H")
_START = b"PK\3\4"
_UNKNOWN = 0xFFFFFFFF
_STORED, _DEFLATED = 0, 8


class Salvaged(NamedTuple):
    """A file: its name, its size as far as it is known, and how to open it."""

    name: bytes
    size: int
    open: Callable[[], BinaryIO]


def salvaged(file: BinaryIO) -> Iterator[Salvaged]:
    """The files before the place where a zip file breaks off."""
    position = 0
    while True:
        file.seek(position)
        header = file.read(_HEADER.size)
        if len(header) < _HEADER.size or not header.startswith(_START):
            return
        _, _, flags, method, _, _, _, packed, size, name_length, extra_length = _HEADER.unpack(header)
        name = file.read(name_length)
        position += _HEADER.size + name_length + extra_length
        is_told = not flags & 8 and packed != _UNKNOWN
        part = _Part(file, position, packed if is_told else None, method)
        if not is_told and method != _DEFLATED:
            return
        if not name.endswith(b"/"):
            yield Salvaged(name, size if is_told else 0, part.refuse if flags & 1 else part.open)
        position = position + packed if is_told else _after(file, part)


def _after(file: BinaryIO, part: "_Part") -> int:
    """Where the next header stands, behind data whose length is not told and what describes it."""
    try:
        while part.read(CHUNK):
            pass
    except (EOFError, zlib.error):
        return part.position
    file.seek(part.position)
    return part.position + max(file.read(28).find(_START), 0)


class _Part:
    """The data of a file. `position` is where reading has come in the zip."""

    def __init__(self, file: BinaryIO, position: int, left: int | None, method: int) -> None:
        self._file, self.position, self._left, self._method = file, position, left, method
        self._inflating = zlib.decompressobj(-15)
        self._packed = b""

    def open(self) -> BinaryIO:
        """The data, to be read."""
        if self._method not in (_STORED, _DEFLATED):
            raise Unreadable(f"is packed in a way that is not known here (method {self._method}): it is left out")
        return cast(BinaryIO, self)

    def refuse(self) -> BinaryIO:
        """Of an encrypted file there is nothing to read."""
        raise Unreadable("is encrypted: it is left out")

    def read(self, size: int) -> bytes:
        """At most so many bytes; none at the end."""
        if self._method == _STORED:
            return self._take(size) if self._left else b""
        while not self._inflating.eof:
            packed = self._packed or self._take(CHUNK)
            data = self._inflating.decompress(packed, size)
            self._packed = self._inflating.unconsumed_tail
            if self._inflating.eof:
                self.position -= len(self._inflating.unused_data)
            if data:
                return data
        return b""

    def _take(self, size: int) -> bytes:
        self._file.seek(self.position)
        data = self._file.read(size if self._left is None else min(size, self._left))
        if not data:
            raise EOFError("it breaks off")
        self.position += len(data)
        if self._left is not None:
            self._left -= len(data)
        return data

    def close(self) -> None:
        """Nothing is held open."""
