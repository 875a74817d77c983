"""What many queries find, counted by one thing: a row for each query, a column for each source (author, year …)."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from search.counts import Counted, Facet
from search.engines.protocol import Engine
from search.periods import UNITS, Unit
from search.query import Node
from search.timeline import DATE, by_period

Reading = Callable[[str], AbstractContextManager[Node]]
"""Gives the tree of a query while it is asked."""


class CrossTable:
    """Counts what queries find, by the values of a field or by periods, or just all if `by` is nothing; `span` is the
    time that they are looked for in.

    `of` has the values that the archive has, with the number of paragraphs of each: periods in their order, others by
    this number.
    """

    def __init__(self, engine: Engine, reading: Reading, span: Node | None, by: str | None) -> None:
        self._engine, self._reading, self.by = engine, reading, by
        self._unit: Unit | None = next((unit for unit in UNITS if unit == by), None)
        self.of: dict[str, int] = {}
        if self._unit:
            periods, _ = by_period(engine.tally(span, DATE), self._unit)
            self.of = {value: periods[value].paragraphs for value in sorted(periods)}
        elif by:
            self.of = {one.value: one.paragraphs for one in engine.tally(span, by)}

    @property
    def is_periods(self) -> bool:
        """Whether what is counted by are periods."""
        return self._unit is not None

    def row(self, query: str) -> Counted:
        """What a query finds."""
        with self._reading(query) as tree:
            return self._by_value(tree, self.by) if self.by else self._all(tree)

    def _all(self, tree: Node) -> Counted:
        found = self._engine.search(tree, limit=0)
        return Counted(found.articles, found.paragraphs, {})

    def _by_value(self, tree: Node, by: str) -> Counted:
        counts = self._engine.tally(tree, DATE if self._unit else by)
        known = by_period(counts, self._unit)[0] if self._unit else {one.value: one for one in counts}
        facets = {one: Facet(one, had.articles, had.paragraphs, self.of.get(one, 0)) for one, had in known.items()}
        return Counted(sum(one.articles for one in counts), sum(one.paragraphs for one in counts), facets)
