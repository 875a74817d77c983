"""The forms of a dictionary, in order: of each only what differs from the one before.

In the section ``name`` stands, for every form: how many of its first bytes are those of the form before (u8), how
many follow (u8; for 255 and more 255 and a u16), and these, in UTF-8. Every sixteenth form is whole; the column
``name.begins`` has the bytes where these begin.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from search.engines.local.codec.columns import EVERY, LONE
from search.engines.local.codec.files import SectionFile, SectionWriter

if TYPE_CHECKING:
    from search.engines.local.codec.packing import Bytes, Numbers

_LONG = 255
_KEPT = 4_000
_AT_ONCE = 4096 * EVERY


class Forms(Sequence[str]):
    """The forms of a section, read in blocks of sixteen when they are asked for; the last blocks are kept."""

    def __init__(self, file: SectionFile, name: str, count: int) -> None:
        self._data = file.section(name)
        self._begins = file.column(f"{name}.begins")
        self._count = count
        self._blocks: dict[int, list[str]] = {}
        self._firsts: dict[int, str] = {}

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, place: int) -> str:  # type: ignore[override]  # no slices
        block, within = divmod(place, EVERY)
        return self._block(block)[within]

    def __iter__(self) -> Iterator[str]:
        for block, begin in enumerate(self._begins):
            end = self._begins[block + 1] if block + 1 < len(self._begins) else len(self._data)
            yield from _read(bytes(self._data[begin:end]))

    def all_bytes(self) -> list[bytes]:
        """All of them, in UTF-8."""
        data = bytes(self._data)
        found = []
        before, at, end = b"", 0, len(data)
        while at < end:
            shared, size = data[at], data[at + 1]
            at += 2
            if size == _LONG:
                size = data[at] | data[at + 1] << 8
                at += 2
            before = before[:shared] + data[at : at + size]
            at += size
            found.append(before)
        return found

    def bytes(self, place: int) -> bytes:
        """One of them, in UTF-8."""
        return self[place].encode("utf-8", LONE)

    def place(self, wanted: Any, key: Callable[[str], Any]) -> int:
        """The first place whose key is not less than what is wanted; keys ascend."""
        block = bisect_left(range(len(self._begins)), wanted, key=lambda number: key(self._first(number)))
        if not block:
            return 0
        return (block - 1) * EVERY + bisect_left(self._block(block - 1), wanted, key=key)

    def _first(self, block: int) -> str:
        found = self._firsts.get(block)
        if found is None:
            begin = self._begins[block]
            size = self._data[begin + 1]
            long = size == _LONG
            found = self._block(block)[0] if long else str(self._data[begin + 2 : begin + 2 + size], "utf-8", LONE)
            if len(self._firsts) >= _KEPT:
                self._firsts.clear()
            self._firsts[block] = found
        return found

    def _block(self, number: int) -> list[str]:
        found = self._blocks.get(number)
        if found is None:
            if len(self._blocks) >= _KEPT:
                self._blocks.clear()
            end = self._begins[number + 1] if number + 1 < len(self._begins) else len(self._data)
            found = self._blocks[number] = _read(bytes(self._data[self._begins[number] : end]))
        return found


def _read(data: bytes) -> list[str]:
    """The forms of a block."""
    found = []
    before, at = b"", 0
    while at < len(data):
        shared, size = data[at], data[at + 1]
        at += 2
        if size == _LONG:
            size = data[at] | data[at + 1] << 8
            at += 2
        before = before[:shared] + data[at : at + size]
        at += size
        found.append(str(before, "utf-8", LONE))
    return found


def write_forms(file: SectionWriter, name: str, forms: bytearray, sizes: "Numbers") -> None:
    """Write forms that lie one after the other, of these sizes in bytes."""
    import numpy as np

    begins: list[Numbers] = [np.zeros(0, np.int64)]
    done = 0
    ends = np.cumsum(sizes)
    with file.section(name):
        for first in range(0, len(sizes), _AT_ONCE):
            here = sizes[first : first + _AT_ONCE]
            begin, end = int(ends[first] - sizes[first]), int(ends[first + len(here) - 1])
            data, size = _front_coded(np.frombuffer(memoryview(forms)[begin:end], np.uint8), here)
            file.write(data)
            begins.append((np.cumsum(size) - size)[::EVERY] + done)
            done += len(data)
    file.column(f"{name}.begins", np.concatenate(begins))


def _front_coded(forms: "Bytes", sizes: "Numbers") -> tuple["Bytes", "Numbers"]:
    """The entries of forms, and the size of each."""
    import numpy as np

    from search.engines.local.codec.packing import ranges

    starts = np.cumsum(sizes) - sizes
    shared = _shared(forms, starts, sizes)
    left = sizes - shared
    long = left >= _LONG
    head = np.where(long, 4, 2)
    total = head + left
    at = np.cumsum(total) - total
    data = np.empty(int(total.sum()), np.uint8)
    data[at], data[at + 1] = shared, np.minimum(left, _LONG)
    data[at[long] + 2], data[at[long] + 3] = left[long] & 255, left[long] >> 8
    data[ranges(at + head, left)] = forms[ranges(starts + shared, left)]
    return data, total


def _shared(forms: "Bytes", starts: "Numbers", sizes: "Numbers") -> "Numbers":
    """How many of its first bytes each form has in common with the one before; 0 for every sixteenth."""
    import numpy as np

    shared = np.zeros(len(sizes), np.int64)
    most = np.minimum(sizes[1:], sizes[:-1])
    alive = np.flatnonzero(np.arange(1, len(sizes)) % EVERY) + 1
    for nth in range(_LONG):
        alive = alive[most[alive - 1] > nth]
        alive = alive[forms[starts[alive] + nth] == forms[starts[alive - 1] + nth]]
        if not len(alive):
            break
        shared[alive] += 1
    return shared
