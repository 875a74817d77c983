"""Articles that are like one, as people read them, and as records for other programs."""

from collections.abc import Iterator
from typing import Any

from search.likeness import Alike, Likeness
from search.render import terminal
from search.render.bars import percent
from search.render.lines import hanging, wrapped
from search.render.style import PLAIN, Style

SHOWN = 12
"""So many shared words are shown."""

MARGIN = 2

FIELDS = (
    "rank", "article", "title", "date", "source", "language", "url", "path", "line", "score", "share", "copy",
    "shared", "variants",
)  # fmt: skip


def lines(found: Likeness, style: Style, columns: int | None) -> Iterator[str]:
    """For each article its title and where it is from, then how much it shares, and which words."""
    for one in found.found:
        if one.hit.rank > 1:
            yield ""
        yield from terminal.hit(one.hit, style, columns)
        room = columns and max(columns - MARGIN, terminal.NARROWEST)
        yield from hanging(" " * MARGIN, wrapped(_shared(one), (), PLAIN, room), style)


def records(found: Likeness, *, nested: bool) -> Iterator[dict[str, Any]]:
    """A record for each article; in a table (not `nested`), what is several stands in one cell."""
    for one in found.found:
        record = {name: getattr(one.hit, name) for name in FIELDS[:10]}
        others = [other.article for other in one.hit.variants]
        yield {
            **record,
            "share": round(one.share, 4),
            "copy": one.is_copy if nested else int(one.is_copy),
            "shared": list(one.shared) if nested else " | ".join(one.shared),
            "variants": others if nested else " | ".join(others),
        }


def _shared(one: Alike) -> str:
    more = len(one.shared) - SHOWN
    words = ", ".join(one.shared[:SHOWN]) + (f" … and {more} more" if more > 0 else "")
    return f"{percent(one.share)}{', a near-copy' * one.is_copy}: {words}"
