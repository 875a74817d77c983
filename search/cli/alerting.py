"""What ``search alert run`` does, once it is known which alerts are meant."""

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TypeVar

from search import alerts
from search.alerts import Alert, Told
from search.archive import Archive
from search.cli.output import columns, counted, emit, note, style
from search.errors import QueryError
from search.periods import Unit
from search.render import alerts as rendering
from search.render.jsonl import record_line

Found = TypeVar("Found")


class Telling:
    """Prints what alerts tell, and keeps in mind how it went."""

    def __init__(self, as_json: bool, colour: str, quiet: bool, variants: bool) -> None:
        self._as_json, self._look, self._quiet, self._variants = as_json, style(colour), quiet, variants
        self._told = self._failed = False

    @property
    def status(self) -> int:
        """The exit status."""
        return 2 if self._failed else 0 if self._told else 1

    def tell(self, archive: Archive, alert: Alert) -> Alert | None:
        """Tell what is new; the alert as it is once that is printed, or ``None`` if it cannot be asked."""

        def find() -> tuple[list[Told], alerts.Known]:
            told, known = alerts.news(archive, alert)
            return self._shown(archive, alert, told), known

        if (found := self._tried(alert, find)) is None:
            return None
        told, known = found
        several = self._print(alert, told)
        if several or not self._quiet:
            note(f"{alert.name}: {counted(several, 'new article') if several else 'nothing new'}")
        return alert.__replace__(known=known, ran=now())

    def would_tell(self, archive: Archive, alert: Alert, times: str, unit: Unit) -> None:
        """Tell what would have been new in each period."""

        def find() -> tuple[list[Told], int]:
            told, unplaced = alerts.backtest(archive, alert, times, unit)
            return self._shown(archive, alert, told), unplaced

        if (found := self._tried(alert, find)) is None:
            return
        told, unplaced = found
        runs = len({one.period for one in told})
        several = self._print(alert, told)
        if several or unplaced or not self._quiet:
            also = f"; {unplaced:,} without a date by the {unit}" if unplaced else ""
            note(f"{alert.name}: {counted(several, 'article')} in {counted(runs, unit)}{also}")

    def _shown(self, archive: Archive, alert: Alert, told: list[Told]) -> list[Told]:
        return told if self._variants else alerts.together(archive, alert, told)

    def _tried(self, alert: Alert, find: Callable[[], Found]) -> Found | None:
        try:
            return find()
        except QueryError as error:
            note(f'alert "{alert.name}": {error.pointed()}')
            self._failed = True
            return None

    def _print(self, alert: Alert, told: list[Told]) -> int:
        """Print, and see to it that it is out before anything is kept; how many articles it was."""
        several = sum(1 + len(one.hit.variants) for one in told)
        emit(self._lines(alert, told), no_pager=True)
        sys.stdout.flush()
        self._told = self._told or several > 0
        return several

    def _lines(self, alert: Alert, told: list[Told]) -> Iterator[str]:
        if self._as_json:
            yield from map(record_line, rendering.records(alert, alerts.numbered(told)))
            return
        if not told:
            return
        if self._told:
            yield ""
        yield from rendering.lines(alert, alerts.numbered(told), self._look, columns())


def now() -> str:
    """The time, in ISO 8601 (UTC)."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
