"""Documents that are zip files (EPUB, DOCX, ODT): their members, read by name, and no more than is decent.

==============  =================================================================================================
names           as they stand in the zip, or with other capitals or ``\\``; they name nothing outside of it
sizes           all members that are read may have `source.WHOLE` bytes together
members         there may be `MOST`
packed          not at all, or by "deflate": the formats know no other way
encrypted ones  are `Unreadable`, as is all that is broken: the message says what
==============  =================================================================================================
"""

import zipfile
from io import BytesIO
from posixpath import join, normpath
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from search.readers.packed import Unreadable
from search.readers.source import WHOLE
from search.readers.wire.xml import document

MOST = 100_000

_ENTRY = b"PK\1\2"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class Zipped:
    """A zip file in memory."""

    def __init__(self, data: bytes) -> None:
        if data.startswith(_OLE):
            raise Unreadable("is encrypted" if _OLE_ENCRYPTED in data else "is in the binary format of old versions")
        if data.count(_ENTRY) > MOST:  # each takes memory before any of them is read
            raise Unreadable(f"holds more than {MOST:,} files")
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except Exception as error:  # of many kinds, on broken data
            raise Unreadable(f"broken zip file ({_what(error)})") from None
        self._names = {_plain(info.filename): info for info in self._zip.infolist()}
        self._left = WHOLE

    def read(self, name: str) -> bytes | None:
        """The bytes of a member; ``None`` if there is none of this name."""
        info = self._names.get(_plain(name))
        if info is None:
            return None
        if info.flag_bits & 1:
            raise Unreadable(f'"{name}" in it is encrypted')
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            method = info.compress_type
            raise Unreadable(f'"{name}" in it is packed in a way that is not known here (method {method})')
        try:
            with self._zip.open(info) as member:
                data = member.read(self._left + 1)
        except Exception as error:  # of many kinds, on broken data
            raise Unreadable(f'"{name}" in it cannot be read ({_what(error)})') from None
        self._left -= len(data)
        if self._left < 0:
            raise Unreadable(f"unpacks to more than {WHOLE // 1_000_000} MB: such a file is not read")
        return data

    def xml(self, name: str) -> Element | None:
        """The tree of a member; ``None`` if there is none of this name."""
        data = self.read(name)
        if data is None:
            return None
        root, broken, _ = document(data)
        if root is None or broken:
            raise Unreadable(f'"{name}" in it: {broken or "holds nothing"}')
        return root

    def extra(self, name: str) -> Element | None:
        """As `xml`, of a member that one can do without: ``None`` if it cannot be read."""
        try:
            return self.xml(name)
        except Unreadable:
            return None


def beside(name: str, link: str) -> str:
    """The name of the member to which a link in this one leads."""
    path = unquote(link.partition("#")[0])
    return normpath(join("/", name, "..", path)).lstrip("/") if path else name


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _what(error: Exception) -> str:
    return str(error) or type(error).__name__
