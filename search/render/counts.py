"""Timelines and facets as people read them, and as records for other programs."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from search.columns import width
from search.counts import Facet, Period, Timeline
from search.render.bars import bar, percent
from search.render.concordance import head
from search.render.style import Style, safe

UNWRAPPED = 80
"""The columns of a line in a pipe."""

COUNT, SHARE = 8, 8
"""The columns that numbers take."""

NARROWEST = 6
"""So many columns a bar has at least."""

NONE = "(none)"


def timeline(one: Timeline, style: Style, columns: int | None) -> Iterator[str]:
    """A line for each period, with how many paragraphs match and what part of its paragraphs that is; the bars of all
    queries are to one scale. A time of which the archive has nothing is one line, whatever its length."""
    columns = columns or UNWRAPPED
    label = max((len(period.value) for period in one.periods), default=0)
    room = max(NARROWEST, (columns - label) // max(len(one.queries), 1) - COUNT - SHARE - 3)
    most = max((found.share for period in one.periods for found in period.found), default=0.0)
    if len(one.queries) > 1:
        names = (_padded(head(safe(query), COUNT + SHARE + room), COUNT + SHARE + room + 1) for query in one.queries)
        yield (" " * (label + 2) + style.strong("  ".join(names))).rstrip()
    for is_known, periods in groupby(one.periods, key=lambda period: period.of > 0):
        if is_known:
            yield from (_period(period, label, room, most, style) for period in periods)
        else:
            yield style.faint(_nothing(list(periods), label))


def _period(one: Period, label: int, room: int, most: float, style: Style) -> str:
    parts = []
    for found in one.found:
        numbers = f"{found.paragraphs:>{COUNT},}{percent(found.share) if found.paragraphs else '':>{SHARE}} "
        parts.append(numbers + _padded(bar(found.share / most if most else 0.0, room), room))
    return f"{one.value:<{label}}{' '.join(parts)}".rstrip()


def _nothing(periods: Sequence[Period], label: int) -> str:
    first, last = periods[0].value, periods[-1].value
    span = first if first == last else f"{first} … {last}"
    return f"{span:<{label}}  nothing in the archive"


def timeline_records(one: Timeline) -> Iterator[dict[str, Any]]:
    """A record for each period and query."""
    for period in one.periods:
        for query, found in zip(one.queries, period.found, strict=True):
            yield {"query": query, "period": period.value, **_record(found)}


TIMELINE_FIELDS = ("query", "period", "articles", "paragraphs", "of", "share")


def facets(
    found: Mapping[str, Sequence[Facet]], some: Mapping[str, Sequence[Facet]], style: Style, columns: int | None
) -> Iterator[str]:
    """For each field a heading and some of its values: how many articles and paragraphs match, and what part of the
    value's paragraphs that is; then how many more there are."""
    columns = columns or UNWRAPPED
    for number, (field, values) in enumerate(found.items()):
        yield from [""] * (number > 0)
        yield style.strong(safe(field))
        shown = some[field]
        label = min(max((width(safe(one.value) or NONE) for one in shown), default=0), max(12, columns - 40))
        room = max(NARROWEST, columns - label - 2 * COUNT - SHARE - 3)
        most = max((one.share for one in shown), default=0.0)
        for one in shown:
            name = _padded(head(safe(one.value) or NONE, label), label)
            numbers = f"{one.articles:>{COUNT},}{one.paragraphs:>{COUNT},}{percent(one.share):>{SHARE}}"
            yield f"  {name}{numbers} {bar(one.share / most if most else 0.0, room - 2)}"
        if len(values) > len(shown):
            yield style.faint(f"  … and {len(values) - len(shown):,} more")


def facet_records(found: Mapping[str, Sequence[Facet]]) -> Iterator[dict[str, Any]]:
    """A record for each value of each field."""
    for field, values in found.items():
        for one in values:
            yield {"field": field, "value": one.value, **_record(one)}


FACET_FIELDS = ("field", "value", "articles", "paragraphs", "of", "share")


def _record(one: Facet) -> dict[str, Any]:
    return {"articles": one.articles, "paragraphs": one.paragraphs, "of": one.of, "share": round(one.share, 8)}


def _padded(text: str, columns: int) -> str:
    return text + " " * (columns - width(text))
