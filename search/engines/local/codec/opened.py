"""The files of one state of an index, opened."""

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from search.engines.local.codec.deletions import Deletions
from search.engines.local.codec.files import Damaged, SectionFile
from search.engines.local.codec.records import codec
from search.engines.local.codec.segment import Segment
from search.errors import DamagedIndex

if TYPE_CHECKING:
    from search.engines.local.codec.files import AnyPath


class Opened:
    """Segments with their deletions, by the names of their files; `path` says where a file is."""

    def __init__(self, path: "Callable[[str], AnyPath]", names: Iterable[Iterable[str]], dictionary: str) -> None:
        self.dictionary = read_dictionary(path(dictionary)) if dictionary else b""
        _, decompress = codec(self.dictionary)
        self.segments: list[Segment] = []
        try:
            for name, deletions in names:
                left = Deletions.read(path(deletions)) if deletions else None
                self.segments.append(Segment(path(name), decompress, left))
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the files."""
        for segment in self.segments:
            segment.close()


def open_index(folder: "AnyPath", names: Iterable[Iterable[str]], dictionary: str) -> Opened:
    """The files of an index folder; `DamagedIndex` where one is not as it was written."""
    try:
        return Opened(lambda name: os.path.join(folder, name), names, dictionary)
    except (Damaged, OSError, ValueError, LookupError) as error:
        raise DamagedIndex(
            f'the index at "{os.fspath(folder)}" is damaged ({error}): build it again with: search build'
        ) from None


def read_dictionary(path: "AnyPath") -> bytes:
    """The dictionary with which texts are compressed."""
    file = SectionFile(path)
    try:
        return bytes(file.section("dictionary"))
    finally:
        file.close()
