"""Archives: zip and tar. Their files are read as if they stood in a folder. Nothing is written to the disk under
their names.

==================  ===============================================================================================
zip                 read by its directory at the end, which needs seeking: what comes as a stream is first put into
                    a temporary file. If the end is missing, the files are read one after the other as far as they go
tar                 ustar, pax and GNU, as a stream; compressed ones are unpacked before (`search.readers.packed`)
names               zip: UTF-8 where it says so; else that, or the one of code pages 437, 850 and 1252 in which the
                    name is French. tar: UTF-8, else code page 1252
left alone          folders, links, devices, pipes
named as problems   encrypted files, ways of packing that Python does not know, broken data
==================  ===============================================================================================
"""

import io
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, Self, cast

from search.readers import packed
from search.readers.packed import Unreadable
from search.readers.salvage import Salvaged, salvaged
from search.readers.source import Member, SourceFile

IN_MEMORY = 16_000_000
"""A zip of so many bytes that comes as a stream is kept in memory, a larger one on the disk."""

LONGEST_HEADER = 1_000_000
"""Bytes of a tar header for long names and the like."""

_FRENCH = frozenset("àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ’‘“”«»–—…€°\u00a0")
_HEADERS = (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE)
_LONG_NAMES = (tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)


def kind_of(head: bytes) -> str | None:
    """The kind of an archive that begins so."""
    if head.startswith((b"PK\3\4", b"PK\5\6")):
        return "zip"
    return "tar" if head[257:262] == b"ustar" else None


def members(source: SourceFile, raw: BinaryIO) -> Iterator[Member]:
    """The files of an archive, in the order in which they stand there."""
    return _of_zip(raw) if source.kind == "zip" else _of_tar(raw)


def _of_zip(raw: BinaryIO) -> Iterator[Member]:
    if raw.seekable():
        yield from _of_zip_file(raw)
        return
    with SpooledTemporaryFile(IN_MEMORY) as file:
        # What there is of a file that breaks off may be read yet.
        with suppress(Unreadable, *packed.broken()):
            while data := cast(io.BufferedReader, raw).read1(packed.CHUNK):
                file.write(data)
        file.seek(0)
        yield from _of_zip_file(cast(BinaryIO, file))


def _of_zip_file(file: BinaryIO) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError, OSError) as error:
        for part in salvaged(file):
            yield Member(_decoded(part.name), part.size, partial(_salvaged, part))
        raise Unreadable(f"broken archive, the rest is lost: {str(error) or type(error).__name__}") from None
    with archive:
        for info in archive.infolist():
            is_file = (info.external_attr >> 28) in (0, 8)  # by Unix's mode: a file, or not told
            if is_file and info.filename and not info.is_dir():
                yield Member(_zip_name(info), info.file_size, partial(_open, archive, info))


def _salvaged(part: Salvaged) -> BinaryIO:
    return _stream(part.open())


def _open(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    if info.flag_bits & 1:
        raise Unreadable("is encrypted: it is left out")
    try:
        return _stream(archive.open(info))
    except NotImplementedError as error:
        raise Unreadable(f"is packed in a way that is not known here ({error}): it is left out") from None
    except Exception as error:
        raise _broken(error) from None


def _broken(error: Exception) -> Unreadable:
    return Unreadable(f"broken in the archive: {str(error) or type(error).__name__}")


class _Stream:
    """A file in an archive. Whatever is wrong with it is `Unreadable`; `failed` says that something was."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self.failed = False

    def read(self, size: int) -> bytes:
        """At most so many bytes; none at the end."""
        try:
            return cast(bytes, self._raw.read(size))
        except packed.TooMuch:
            raise
        except Exception as error:
            self.failed = True
            raise _broken(error) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._raw.close()


def _stream(raw: Any) -> BinaryIO:
    return cast(BinaryIO, _Stream(raw))


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The name of a file. Python takes those that are not said to be UTF-8 for code page 437."""
    if info.flag_bits & 0x800 or info.orig_filename.isascii():
        return info.filename
    try:
        return _decoded(info.orig_filename.encode("cp437"))
    except UnicodeEncodeError:  # the name stood elsewhere, in Unicode
        return info.filename


def _decoded(name: bytes, otherwise: tuple[str, ...] = ("cp437", "cp850", "cp1252")) -> str:
    """The name in the encoding in which it is French; the first is taken if it is in none."""
    for encoding in ("utf-8", *otherwise):
        try:
            text = name.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or all(char.isascii() or char in _FRENCH for char in text):
            return text
    return name.decode(otherwise[0], "replace")


def _of_tar(raw: BinaryIO) -> Iterator[Member]:
    try:
        with tarfile.open(fileobj=raw, mode="r|", bufsize=packed.CHUNK, tarinfo=_Header) as archive:
            while info := archive.next():
                archive.members = []  # type: ignore[attr-defined]  # they would be kept in memory, all of them
                if not info.isreg():
                    continue
                stream = _Stream(archive.extractfile(info) if info.issparse() else _Part(archive.fileobj, info.size))
                yield Member(_tar_name(info), info.size, partial(cast, BinaryIO, stream))
                if stream.failed:  # it has been told
                    return
    except (tarfile.TarError, ValueError, OverflowError) as error:
        if isinstance(error, packed.TooMuch | Unreadable):
            raise
        raise Unreadable(f"broken archive, the rest is lost: {error}") from None


class _Part:
    """A file in a tar. Python's own way to read one drops all that it has when the tar breaks off."""

    def __init__(self, tar: Any, size: int) -> None:
        self._tar, self._left = tar, size

    def read(self, size: int) -> bytes:
        """At most so many bytes; none at the end."""
        data = cast(bytes, self._tar.read(min(size, self._left, 1 << 14)))
        if self._left and not data:
            raise EOFError("unexpected end of data")
        self._left -= len(data)
        return data

    def close(self) -> None:
        """Nothing is held open."""


def _tar_name(info: tarfile.TarInfo) -> str:
    try:
        return _decoded(info.name.encode("utf-8", "surrogateescape"), ("cp1252",))
    except UnicodeEncodeError:
        return info.name


class _Header(tarfile.TarInfo):
    """A header in a tar file. Python takes one that is broken for the end, and reads one of any length."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str | None, errors: str) -> Self:
        """The header in a block."""
        try:
            header = super().frombuf(buf, encoding, errors)  # type: ignore[arg-type]
        except tarfile.HeaderError as error:
            if len(buf) not in (0, tarfile.BLOCKSIZE) or any(buf):
                raise tarfile.ReadError(str(error)) from None
            raise
        if header.type in (*_HEADERS, *_LONG_NAMES) and header.size > LONGEST_HEADER:
            raise tarfile.ReadError("a header is too long")
        return header
