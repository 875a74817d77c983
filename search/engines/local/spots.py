"""Spots: what stands at places of a text, such as a phrase, or words near each other.

=============  ======================================================================================================
spot           places, each from its first word's position to its last one's
=============  ======================================================================================================
`Row`          words in a row: one form of each slot, at successive positions
`Gapped`       rows one after the other, with from `low` to `high` words between each and the next
`Either`       the places of any of the parts
`Close`        the places of each side that have a place of the other not farther away than the distance, before or
               after them and not overlapping; if `ordered`, the left one before the right one. Words side by side
               have the distance 1
=============  ======================================================================================================

A spot stands as often in a text as it has places there; rows that begin together count once, and what is close counts
as often as the rarer of its sides is close to the other. That takes time in proportion to the places, however many
pairs of them there are, and what is close to something can be close to something else again.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator

from search.value import Value

Forms = tuple[str, ...]
"""Printed forms, sorted."""

Place = tuple[int, int]
Positions = Callable[[Forms], set[int]]
"""Where any of some forms stands in a text."""


class Row(Value):
    """Words in a row."""

    slots: tuple[Forms, ...]


class Gapped(Value):
    """Rows with gaps between them."""

    rows: tuple[Row, ...]
    gaps: tuple[tuple[int, int], ...]


class Either(Value):
    """Any of the parts."""

    parts: "tuple[Spot, ...]"


class Close(Value):
    """Two parts near each other."""

    left: "Spot"
    right: "Spot"
    distance: int
    ordered: bool


Spot = Row | Gapped | Either | Close


def rows(spot: Spot) -> Iterator[Row]:
    """All rows of a spot."""
    match spot:
        case Row():
            yield spot
        case Gapped(parts) | Either(parts):
            for part in parts:
                yield from rows(part)
        case Close(left, right):
            yield from rows(left)
            yield from rows(right)


def rarity(spot: Spot, idf: Callable[[Forms], float]) -> float:
    """How much it says that a text has the spot: its words' together; of several parts, the commonest one's."""
    match spot:
        case Row(slots):
            total = 0.0
            for slot in slots:
                total += idf(slot)
            return total
        case Gapped(parts):
            total = 0.0
            for part in parts:
                total += rarity(part, idf)
            return total
        case Either(parts):
            return min(rarity(part, idf) for part in parts)
        case Close(left, right):
            return rarity(left, idf) + rarity(right, idf)


def frequency(spot: Spot, at: Positions) -> int:
    """How often a spot stands in a text."""
    if isinstance(spot, Close):
        return min(map(len, _kept(spot, at)))
    found = places(spot, at)
    return len({start for start, _ in found}) if isinstance(spot, Gapped) else len(found)


def places(spot: Spot, at: Positions) -> list[Place]:
    """The places of a spot in a text, in order."""
    match spot:
        case Row(slots):
            starts = at(slots[0])
            for number, slot in enumerate(slots[1:], 1):
                starts = starts & {position - number for position in at(slot)}
            return sorted((start, start + len(slots) - 1) for start in starts)
        case Gapped(parts, gaps):
            return _in_turn([places(part, at) for part in parts], gaps)
        case Either(parts):
            return sorted({place for part in parts for place in places(part, at)})
        case Close():
            left, right = _kept(spot, at)
            return sorted({*left, *right})


def _in_turn(found: list[list[Place]], gaps: tuple[tuple[int, int], ...]) -> list[Place]:
    whole = set(found[0])
    for (low, high), after in zip(gaps, found[1:], strict=True):
        ends = dict(after)
        steps = range(low + 1, high + 2)
        whole = {(start, ends[end + step]) for start, end in whole for step in steps if end + step in ends}
    return sorted(whole)


def _kept(spot: Close, at: Positions) -> tuple[list[Place], list[Place]]:
    """The places of either side that are close to one of the other."""
    left = places(spot.left, at)
    right = places(spot.right, at) if left else []
    far, either = spot.distance, not spot.ordered
    ends = [sorted(side, key=_end) for side in (left, right)]
    return (
        [one for one in left if _after(one, right, far) or (either and _before(one, ends[1], far))],
        [one for one in right if _before(one, ends[0], far) or (either and _after(one, left, far))],
    )


def _after(one: Place, others: list[Place], far: int) -> bool:
    """Whether one of the others (by their starts) begins within so many words after the end."""
    place = bisect_left(others, (one[1] + 1, 0))
    return place < len(others) and others[place][0] <= one[1] + far


def _before(one: Place, others: list[Place], far: int) -> bool:
    """Whether one of the others (by their ends) ends within so many words before the start."""
    place = bisect_left(others, one[0] - far, key=_end)
    return place < len(others) and others[place][1] < one[0]


def _end(place: Place) -> int:
    return place[1]
