"""Strings in a section file: UTF-8 in a row, and the end of each."""

from collections.abc import Sequence
from itertools import accumulate

from search.engines.local.codec.files import SectionFile, SectionWriter
from search.engines.local.codec.records import LONE


def write_strings(file: SectionWriter, name: str, strings: Sequence[bytes]) -> None:
    """Write the sections ``name`` and ``name.ends``."""
    import numpy as np

    file.add(name, b"".join(strings))
    file.column(f"{name}.ends", np.fromiter(accumulate(map(len, strings)), np.int64, len(strings)))


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
