"""The forms of a dictionary, in order, compressed some at a time.

====================  =======================================================================================
section               what it is
====================  =======================================================================================
``name``              frames of zstd, one after the other; in each 128 forms (fewer in the last), in UTF-8, with
                      a line end between two
``name.ends``         column: the end of each frame
``name.firsts``       strings: the first form of each frame, by which a form is found
====================  =======================================================================================
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from search.engines.local.codec.columns import LONE, Lines, Strings, write_strings
from search.engines.local.codec.files import SectionFile, Sections
from search.engines.local.codec.records import codec

TOGETHER = 128
"""So many forms make a frame."""

LEVEL = 1
"""Of compression."""

_KEPT = 500
_Data = bytes


class Forms(Sequence[str]):
    """The forms of a section, unpacked a frame at a time when they are asked for; the last frames are kept."""

    def __init__(self, file: SectionFile, name: str, count: int) -> None:
        self._data = file.section(name)
        self._ends = file.column(f"{name}.ends")
        self._firsts = Strings(file, f"{name}.firsts")
        self._count = count
        self._blocks: dict[int, list[str]] = {}
        self._decompress = codec(b"")[1]

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, place: int) -> str:  # type: ignore[override]  # no slices
        block, within = divmod(place, TOGETHER)
        return self._block(block)[within]

    def __iter__(self) -> Iterator[str]:
        for number in range(len(self._ends)):
            yield from self._read(number)

    def bytes(self, place: int) -> bytes:
        """One of them, in UTF-8."""
        return self[place].encode("utf-8", LONE)

    def place(self, wanted: Any, key: Callable[[str], Any]) -> int:
        """The first place whose key is not less than what is wanted; keys ascend."""
        block = bisect_left(self._firsts, wanted, key=key)
        if not block:
            return 0
        return (block - 1) * TOGETHER + bisect_left(self._block(block - 1), wanted, key=key)

    def places(self, wanted: Iterable[str], key: Callable[[str], Any]) -> Iterator[int]:
        """The places of forms that are there, one after the other in the order of their keys, no two of which are the
        same. (They are looked for in a frame as it is, which is not taken apart for the one or two that it has.)"""
        block, blocks, numbers = 0, len(self._ends), range(len(self._ends))
        first = cache(lambda number: key(self._firsts[number]))
        unpacked, lines = -1, b""
        for form in wanted:
            own, step = key(form), 1
            while block + step < blocks and first(block + step) <= own:
                block, step = block + step, 2 * step
            block = bisect_right(numbers, own, lo=block + 1, hi=min(block + step, blocks), key=first) - 1
            if block != unpacked:
                unpacked, lines = block, b"\n%b\n" % self._lines(block)
            start = lines.index(b"\n%b\n" % form.encode("utf-8", LONE))
            yield block * TOGETHER + lines.count(b"\n", 0, start)

    def _block(self, number: int) -> list[str]:
        found = self._blocks.get(number)
        if found is None:
            if len(self._blocks) >= _KEPT:
                del self._blocks[next(iter(self._blocks))]
            found = self._blocks[number] = self._read(number)
        return found

    def _read(self, number: int) -> list[str]:
        return str(self._lines(number), "utf-8", LONE).split("\n")

    def _lines(self, number: int) -> _Data:
        return self._decompress(bytes(self._data[self._ends[number - 1] if number else 0 : self._ends[number]]))


class Frames:
    """Parts lines so that so many are together, however many come at a time."""

    def __init__(self, together: int) -> None:
        self._together = together
        self._rest = Lines.of([])

    def add(self, lines: Lines) -> Iterator[bytes]:
        """Take some lines; those that are together."""
        data, ends = Lines.joined([self._rest, lines])
        whole = len(ends) // self._together * self._together
        start = 0
        for stop in ends[self._together - 1 : whole : self._together].tolist():
            yield data[start:stop]
            start = stop
        self._rest = Lines(data[start:], ends[whole:] - start)

    def rest(self) -> Iterator[bytes]:
        """The lines that are left, if there are some."""
        if self._rest.data:
            yield self._rest.data


class FormsWriter:
    """Takes forms in order, and writes their sections when it has them all."""

    def __init__(self) -> None:
        self._compress = codec(b"", LEVEL)[0]
        self._parts = Frames(TOGETHER)
        self._frames: list[bytes] = []
        self._firsts: list[bytes] = []

    def add(self, forms: Lines) -> None:
        """Take some forms."""
        for lines in self._parts.add(forms):
            self._end(lines)

    def write(self, file: Sections, name: str) -> None:
        """Write the sections of all forms."""
        import numpy as np

        for lines in self._parts.rest():
            self._end(lines)
        file.add(name, *self._frames)
        file.column(f"{name}.ends", np.cumsum([len(frame) for frame in self._frames], dtype=np.int64))
        write_strings(file, f"{name}.firsts", self._firsts)

    def _end(self, lines: bytes) -> None:
        self._firsts.append(lines[: lines.index(b"\n")])
        self._frames.append(self._compress(lines[:-1]))
