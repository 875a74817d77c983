"""What alerts tell, as people read it, and as records for other programs."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from search.alerts import Alert, Told
from search.render import terminal
from search.render.jsonl import hit_record
from search.render.lines import wrapped
from search.render.style import Style

FIELDS = ("name", "query", "any", "in", "since", "until", "known", "created", "ran")


def lines(alert: Alert, told: Iterable[Told], style: Style, columns: int | None) -> Iterator[str]:
    """The name and query of an alert, and what it tells; period by period, where it is told for periods."""
    yield from _heading(alert, style, columns)
    for period, some in groupby(told, key=lambda one: one.period):
        if period:
            yield ""
            yield style.strong(period)
        for one in some:
            yield ""
            yield from terminal.hit(one.hit, style, columns)
            if one.changed:
                yield style.faint("  (told before, with another text)")


def records(alert: Alert, told: Iterable[Told]) -> Iterator[dict[str, Any]]:
    """A record for each article that is told."""
    for one in told:
        record = {"alert": alert.name, **hit_record(one.hit)}
        yield {**record, "period": one.period} if one.period else {**record, "changed": one.changed}


def listed(alert: Alert, style: Style, columns: int | None) -> Iterator[str]:
    """An alert in two lines: its name and query; its options, how much it knows, and when it ran."""
    yield from _heading(alert, style, columns)
    ran = f"ran {alert.ran}" if alert.ran else "has not run"
    facts = [*_options(alert), f"{len(alert.known):,} known", ran]
    yield from (style.faint(line) for line in wrapped(" · ".join(facts), (), style, columns, whole=True))


def alert_records(alerts: Sequence[Alert]) -> Iterator[dict[str, Any]]:
    """A record for each alert."""
    for one in alerts:
        values = (one.name, one.query, one.any_word, one.within, one.since, one.until, len(one.known))
        yield dict(zip(FIELDS, (*values, one.created, one.ran), strict=True))


def _heading(alert: Alert, style: Style, columns: int | None) -> Iterator[str]:
    return (style.strong(line) for line in wrapped(f"{alert.name}: {alert.query}", (), style, columns))


def _options(alert: Alert) -> Iterator[str]:
    if alert.any_word:
        yield "--any"
    if alert.within != "paragraph":
        yield f"--in {alert.within}"
    if alert.since:
        yield f"--since {alert.since}"
    if alert.until:
        yield f"--until {alert.until}"
