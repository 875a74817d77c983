"""The folded forms of a dictionary as one text, a line each, in order: what patterns are looked for in.

The section is frames of zstd; in each are 65,536 folded forms (fewer in the last), in UTF-8, with a line end after
each. ``name.ends`` is a column, the end of each frame.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any

from search.engines.local.codec.columns import LONE, Lines
from search.engines.local.codec.files import SectionFile, Sections
from search.engines.local.codec.forms import LEVEL, Frames
from search.engines.local.codec.records import codec

TOGETHER = 65_536
"""So many forms make a frame."""


class Folded:
    """The folded forms that `read` gives, in UTF-8, each before a line end."""

    def __init__(self, read: Callable[[], bytes]) -> None:
        self._read = read
        self.arrays: Any = None
        """What the search for similar words keeps."""

    @cached_property
    def text(self) -> str:
        """The folded forms, each between two line ends."""
        return str(self.data, "utf-8", LONE)

    @cached_property
    def data(self) -> bytes:
        """The same in UTF-8."""
        return b"\n" + self._read()

    def places(self, ends: Iterable[int], *, in_data: bool = False) -> Iterator[int]:
        """The places in the dictionary of the forms after some line ends of the text (or the data), which ascend."""
        number = done = 0
        for end in ends:
            number += self.data.count(b"\n", done, end) if in_data else self.text.count("\n", done, end)
            done = end
            yield number


def folded_of(file: SectionFile, name: str) -> Folded:
    """The folded forms of a section; it is read when they are asked for."""

    def read() -> bytes:
        data, ends = file.section(name), file.column(f"{name}.ends")
        decompress = codec(b"")[1]
        return b"".join(decompress(bytes(data[begin:end])) for begin, end in zip([0, *ends], ends, strict=False))

    return Folded(read)


class FoldedWriter:
    """Takes folded forms in order, and writes their sections when it has them all."""

    def __init__(self) -> None:
        self._compress = codec(b"", LEVEL)[0]
        self._parts = Frames(TOGETHER)
        self._frames: list[bytes] = []

    def add(self, folded: Lines) -> None:
        """Take some folded forms."""
        self._frames += map(self._compress, self._parts.add(folded))

    def write(self, file: Sections, name: str) -> None:
        """Write the sections of all forms."""
        import numpy as np

        self._frames += map(self._compress, self._parts.rest())
        file.add(name, *self._frames)
        file.column(f"{name}.ends", np.cumsum([len(frame) for frame in self._frames], dtype=np.int64))
