"""Concordances in lines that are aligned on the match."""

from collections.abc import Iterable, Iterator

from search.columns import clusters, is_plain, width
from search.concordance import Line
from search.render.style import Style, safe

NARROWEST = 12
"""So many columns of context there are at least on either side, however narrow the terminal is."""

UNWRAPPED = 40
"""So many there are where lines may be as long as they get."""


def lines(found: Iterable[Line], style: Style, columns: int | None, wanted: int | None) -> Iterator[str]:
    """A line for each place: `wanted` columns on either side of the match, or as many as leave room for where it is
    from, which is left out where that takes too many."""
    side = wanted or (UNWRAPPED if columns is None else max(NARROWEST, (columns - 28) // 2))
    for one in found:
        yield _line(one, style, columns, side, wanted or columns or side)


def heading(value: str, style: Style) -> str:
    """What stands before a group of lines."""
    return style.strong(safe(value or "unknown"))


def _line(one: Line, style: Style, columns: int | None, side: int, most: int) -> str:
    """A line with so many columns to the left of the match, and at `most` so many to its right."""
    left, match = tail(safe(one.left), side), safe(one.match)
    where = safe(f"{one.article}:{one.number}")
    before = " " * (side - width(left)) + left + style.mark(match)
    if columns is None:
        right = head(safe(one.right), side)
        return f"{before}{right}{' ' * (side - width(right))}  {where}"
    room = columns - side - width(match) - 2 * style.brackets
    left_over = room - width(where) - 2
    if left_over < min(most, NARROWEST):
        return before + head(safe(one.right), max(0, min(most, room)))
    right = head(safe(one.right), min(most, left_over))
    return before + right + " " * (left_over - width(right) + 2) + style.faint(where)


def tail(text: str, room: int) -> str:
    """The end of a text, as much as fits."""
    if is_plain(text):
        return text[max(0, len(text) - room) :]
    ends = list(clusters(text))
    starts = [0, *(end for end, _ in ends)]
    taken, at = 0, len(text)
    for start, (_, own) in zip(reversed(starts[:-1]), reversed(ends), strict=True):
        if taken + own > room:
            break
        taken, at = taken + own, start
    return text[at:]


def head(text: str, room: int) -> str:
    """The beginning of a text, as much as fits."""
    if is_plain(text):
        return text[:room]
    taken = at = 0
    for end, own in clusters(text):
        if taken + own > room:
            break
        taken, at = taken + own, end
    return text[:at]
