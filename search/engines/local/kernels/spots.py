"""Spots (`search.engines.local.spots`) as arrays.

A place is two numbers, of its first and of its last word: each the document and, in the lower 32 bits, the position.
Places are in order, and each there once.
"""

from functools import reduce
from typing import Protocol

import numpy as np

from search.engines.local.codec.packing import Flags, Numbers, distinct, opens
from search.engines.local.kernels.lists import FormArrays, positions_together
from search.engines.local.kernels.sets import NONE, both, union
from search.engines.local.spots import Close, Either, Forms, Gapped, Row, Spot

_POSITION = 32

MANY = 16
"""The lists of so many forms are joined, where those of fewer are looked into."""

Places = tuple[Numbers, Numbers]


class Index(Protocol):
    """What spots ask of an index."""

    count: int

    def forms(self, forms: Forms) -> list[FormArrays]:
        """The lists of forms."""
        ...


class SpotArrays(Protocol):
    """A spot."""

    @property
    def size(self) -> int:
        """How many postings have to be read for it, at most."""
        ...

    def documents(self) -> Numbers:
        """The documents that have its words, somewhere."""
        ...

    def places(self, left: Numbers) -> Places:
        """The places in these documents."""
        ...

    def counted(self, left: Numbers) -> Places:
        """Those of the documents where it stands, and how often."""
        ...


def spot_arrays(index: Index, spot: Spot) -> SpotArrays:
    """The arrays of a spot."""
    match spot:
        case Row(slots):
            return RowArrays(index, slots)
        case Gapped(parts, gaps):
            return GappedArrays([RowArrays(index, part.slots) for part in parts], gaps)
        case Either(parts):
            return EitherArrays(index, [spot_arrays(index, part) for part in parts])
        case Close(left, right, distance, ordered):
            return CloseArrays(spot_arrays(index, left), spot_arrays(index, right), distance, ordered)


class RowArrays:
    """Words in a row. Positions are read only in documents that have every word."""

    def __init__(self, index: Index, slots: tuple[Forms, ...]) -> None:
        self._count = index.count
        self._slots = [index.forms(forms) for forms in slots]
        sizes = [sum(form.size for form in forms) for forms in self._slots]
        self._order = sorted(range(len(sizes)), key=sizes.__getitem__)
        self.size = sizes[self._order[0]]

    def documents(self) -> Numbers:
        """The documents that have every word: the rarest first."""
        rarest, *others = self._order
        left = union([form.documents for form in self._slots[rarest]], self._count)
        for slot in others:
            if not len(left):
                break
            forms = self._slots[slot]
            if len(forms) < MANY:
                left = left[reduce(np.logical_or, [form.has(left) for form in forms], left < 0)]
            else:
                left = both(left, union([form.documents for form in forms], self._count))
        return left

    def places(self, left: Numbers) -> Places:
        """The places in these documents."""
        starts = self._starts(self._order[0], left)
        for slot in self._order[1:]:
            if not len(starts):
                break
            starts = both(starts, self._starts(slot, distinct(starts >> _POSITION)))
        return starts, starts + (len(self._slots) - 1)

    def counted(self, left: Numbers) -> Places:
        """How often the row stands in each document."""
        return _counted(self.places(left)[0])

    def _starts(self, slot: int, among: Numbers) -> Numbers:
        """Where the row may begin that has one of the forms at a slot."""
        forms = self._slots[slot]
        documents, positions = forms[0].positions(among) if len(forms) == 1 else positions_together(forms, among)
        right = positions >= slot
        found = (documents[right] << _POSITION) | (positions[right] - slot)
        return found if len(forms) == 1 else distinct(found)


class GappedArrays:
    """Rows with gaps between them."""

    def __init__(self, parts: list[RowArrays], gaps: tuple[tuple[int, int], ...]) -> None:
        self._parts, self._gaps = parts, gaps
        self.size = min(part.size for part in parts)

    def documents(self) -> Numbers:
        """The documents that have the words of all rows."""
        return reduce(both, [part.documents() for part in self._parts])

    def places(self, left: Numbers) -> Places:
        """The places in these documents."""
        starts, ends = self._parts[0].places(left)
        for (low, high), part in zip(self._gaps, self._parts[1:], strict=True):
            after, until = part.places(distinct(starts >> _POSITION))
            found = [(NONE, NONE)]
            for step in range(low + 1, high + 2):
                at = after.searchsorted(ends + step)
                there = _is_at(after, at, ends + step)
                found.append((starts[there], until[at[there]]))
            starts, ends = _in_order(*map(np.concatenate, zip(*found, strict=True)))
        return starts, ends

    def counted(self, left: Numbers) -> Places:
        """How often the rows stand in each document; those that begin together count once."""
        return _counted(distinct(self.places(left)[0].copy()))


class EitherArrays:
    """Any of the parts."""

    def __init__(self, index: Index, parts: list[SpotArrays]) -> None:
        self._count, self._parts = index.count, parts
        self.size = sum(part.size for part in parts)

    def documents(self) -> Numbers:
        """The documents of any part."""
        return union([part.documents() for part in self._parts], self._count)

    def places(self, left: Numbers) -> Places:
        """The places in these documents."""
        return _union([part.places(left) for part in self._parts])

    def counted(self, left: Numbers) -> Places:
        """How often any of the parts stands in each document."""
        return _counted(self.places(left)[0])


class CloseArrays:
    """Two parts near each other."""

    def __init__(self, left: SpotArrays, right: SpotArrays, distance: int, ordered: bool) -> None:
        self._left, self._right = left, right
        self._distance, self._ordered = distance, ordered
        self.size = min(left.size, right.size)

    def documents(self) -> Numbers:
        """The documents that have the words of both parts."""
        return both(self._left.documents(), self._right.documents())

    def places(self, left: Numbers) -> Places:
        """The places of either that are close to one of the other."""
        return _union(list(self._kept(left)))

    def counted(self, left: Numbers) -> Places:
        """How often the rarer one is close to the other in each document."""
        (documents, one), (_, two) = (_counted(starts) for starts, _ in self._kept(left))
        return documents, np.minimum(one, two)

    def _kept(self, documents: Numbers) -> tuple[Places, Places]:
        left = self._left.places(documents)
        right = self._right.places(documents)
        ends = np.sort(left[1]), np.sort(right[1])
        first = _after(left, right[0], self._distance)
        last = _before(right, ends[0], self._distance)
        if not self._ordered:
            first |= _before(left, ends[1], self._distance)
            last |= _after(right, left[0], self._distance)
        return (left[0][first], left[1][first]), (right[0][last], right[1][last])


def _after(ones: Places, starts: Numbers, distance: int) -> Flags:
    """Which places have one of the starts (in order) within a distance after their ends."""
    at = starts.searchsorted(ones[1] + 1)
    return _is_at(starts, at, ones[1] + 1, ones[1] + distance)


def _before(ones: Places, ends: Numbers, distance: int) -> Flags:
    """Which places have one of the ends (in order) within a distance before their starts."""
    at = ends.searchsorted(ones[0] - distance)
    return _is_at(ends, at, ones[0] - distance, ones[0] - 1)


def _is_at(numbers: Numbers, at: Numbers, low: Numbers, high: Numbers | None = None) -> Flags:
    """Whether the numbers at some places lie from low to high (or are low)."""
    if not len(numbers):
        return np.zeros(len(at), bool)
    found = numbers[np.minimum(at, len(numbers) - 1)]
    inside: Flags = (at < len(numbers)) & (found >= low) & (found <= (low if high is None else high))
    return inside


def _counted(starts: Numbers) -> Places:
    """The documents in which places begin, and how many do."""
    documents = starts >> _POSITION
    if not len(documents):
        return documents, documents
    first = np.flatnonzero(opens(documents))
    return documents[first], np.diff(np.append(first, len(documents)))


def _union(every: list[Places]) -> Places:
    if len(every) == 1:
        return every[0]
    return _in_order(*map(np.concatenate, zip(*every, strict=True)))


def _in_order(starts: Numbers, ends: Numbers) -> Places:
    """The places in order, each once."""
    order = np.lexsort((ends, starts))
    starts, ends = starts[order], ends[order]
    if not len(starts):
        return starts, ends
    first = opens(starts) | opens(ends)
    return starts[first], ends[first]
