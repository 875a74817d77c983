"""Measures as people read them, and as records for other programs."""

from collections.abc import Iterator, Sequence
from typing import Any

from search.columns import width
from search.measures import Measured
from search.render.concordance import head
from search.render.style import Style, safe

ALL = "all"
"""What stands in the place of a topic before the means over all, as in the output of ``trec_eval``."""

NAME = 8
"""So many columns are left for the names of topics at least."""


def lines(one: Measured) -> Iterator[str]:
    """A line for each measure: its name, and the mean over all topics."""
    room = max(width(safe(name)) for name in one.means)
    for name, value in one.means.items():
        yield f"{safe(name)}{' ' * (room - width(safe(name)))}  {value:.4f}"


def by_topic(one: Measured, style: Style, columns: int | None) -> Iterator[str]:
    """A line for each topic, then one for all; no more measures than there is room for."""
    names = fitting(tuple(one.means), columns)
    widths = [max(width(safe(name)), 6) for name in names]
    room = max(NAME, columns - sum(widths) - 2 * len(widths)) if columns else None
    heading = (" " * (size - width(safe(name))) + safe(name) for name, size in zip(names, widths, strict=True))
    yield style.strong("  ".join([*heading, "topic"]))
    for topic, values in [*one.topics.items(), (ALL, one.means)]:
        cells = (f"{values[name]:>{size}.4f}" for name, size in zip(names, widths, strict=True))
        yield "  ".join([*cells, safe(topic) if room is None else head(safe(topic), room)])


def fitting(names: Sequence[str], columns: int | None) -> Sequence[str]:
    """The first of the measures, as many as there is room for beside the names of topics."""
    while columns and len(names) > 1 and sum(max(width(safe(name)), 6) + 2 for name in names) + NAME > columns:
        names = names[:-1]
    return names


def records(one: Measured, *, topics: bool) -> Iterator[dict[str, Any]]:
    """A record for each topic, if they are asked for, and one for all."""
    if topics:
        yield from ({"topic": topic, **values} for topic, values in one.topics.items())
    yield {"topic": ALL, **one.means}
