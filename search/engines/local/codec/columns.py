"""Columns and strings in a section file that take less room than one number of bytes for all.

====================  =======================================================================================
what                  sections
====================  =======================================================================================
*strings*             ``name``: UTF-8 in a row; ``name.ends``: column, the end of each
*narrow column*       ``name``: a byte for each number, 255 for those that are larger than 254; ``name.places``,
                      ``name.large``: columns, the places of these, and the numbers
*sizes*               ``name.sizes``: narrow column; ``name.begins``: column, the sum of all sizes before every
                      sixteenth
====================  =======================================================================================
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from search.engines.local.codec.files import SectionFile, Sections

LONE = "surrogatepass"
"""Surrogates without a partner, which only Python programs can bring in, are kept."""

EVERY = 16
"""So many sizes have one sum before them."""

_LARGE = 255
_LINE_END = ord("\n")


class Lines(NamedTuple):
    """Strings in a row, in UTF-8, a line end after each; and the end of each (an array of 64 bits)."""

    data: bytes
    ends: Any

    @classmethod
    def of(cls, strings: Sequence[str]) -> "Lines":
        """These strings, in which there are no line ends."""
        import numpy as np

        data = "\n".join([*strings, ""]).encode("utf-8", LONE)
        return cls(data, np.flatnonzero(np.frombuffer(data, np.uint8) == _LINE_END) + 1)

    @classmethod
    def joined(cls, parts: "Sequence[Lines]") -> "Lines":
        """The strings of all parts."""
        import numpy as np

        data = b"".join([one.data for one in parts])
        starts = accumulate((len(one.data) for one in parts), initial=0)
        ends = [one.ends + start for one, start in zip(parts, starts, strict=False)]
        return cls(data, np.concatenate((np.zeros(0, np.int64), *ends)))

    def strings(self) -> list[str]:
        """The strings."""
        return str(self.data, "utf-8", LONE).split("\n")[:-1]


def write_strings(file: Sections, name: str, strings: Sequence[bytes]) -> None:
    """Write the sections ``name`` and ``name.ends``."""
    import numpy as np

    file.add(name, b"".join(strings))
    file.column(f"{name}.ends", np.fromiter(accumulate(map(len, strings)), np.int64, len(strings)))


def write_narrow(file: Sections, name: str, numbers: Any) -> None:
    """Write a narrow column (an integer array, none below 0)."""
    import numpy as np

    places = np.flatnonzero(numbers >= _LARGE)
    file.add(name, np.minimum(numbers, _LARGE).astype(np.uint8), width=1)
    file.column(f"{name}.places", places)
    file.column(f"{name}.large", numbers[places])


def write_sizes(file: Sections, name: str, sizes: Any) -> None:
    """Write the sections of some sizes (an integer array)."""
    import numpy as np

    write_narrow(file, f"{name}.sizes", sizes)
    file.column(f"{name}.begins", (np.cumsum(sizes) - sizes)[::EVERY])


class Strings(Sequence[str]):
    """The strings of a section, each read when it is asked for."""

    def __init__(self, file: SectionFile, name: str) -> None:
        self.data = file.section(name)
        self.ends = file.column(f"{name}.ends")

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, place: int) -> str:  # type: ignore[override]  # no slices
        return str(self.data[self.ends[place - 1] if place else 0 : self.ends[place]], "utf-8", LONE)

    def bytes(self, place: int) -> bytes:
        """One of them, in UTF-8."""
        return bytes(self.data[self.ends[place - 1] if place else 0 : self.ends[place]])


class Narrow(Sequence[int]):
    """The numbers of a narrow column."""

    def __init__(self, file: SectionFile, name: str) -> None:
        self._data = file.column(name)
        self._places, self._large = file.column(f"{name}.places"), file.column(f"{name}.large")

    def __len__(self) -> int:
        return len(self._data)

    def __getitem__(self, place: int) -> int:  # type: ignore[override]  # no slices
        number = self._data[place]
        return number if number < _LARGE else self._large[bisect_left(self._places, place)]

    def array(self) -> Any:
        """All of them, as an array."""
        import numpy as np

        found = np.asarray(self._data).astype(np.int64)
        found[np.asarray(self._places).astype(np.int64)] = self._large
        return found


class Sizes:
    """Where things begin that lie one after the other, from their sizes."""

    def __init__(self, file: SectionFile, name: str) -> None:
        self.sizes = Narrow(file, f"{name}.sizes")
        self._begins = file.column(f"{name}.begins")

    def begin(self, place: int) -> int:
        """The first byte of the thing at a place."""
        block = place // EVERY
        begin: int = self._begins[block]
        for before in range(block * EVERY, place):
            begin += self.sizes[before]
        return begin
