"""How what is found is spread over time, and over the values of fields: as a part of all that there is."""

from collections.abc import Iterable, Mapping

from search.counts import Count, Facet, Period, Timeline
from search.engines.protocol import Engine
from search.errors import SearchError
from search.periods import UNITS, Unit, every, fitting, period
from search.query import Node

FITTING = 40
"""Where no unit is asked for, a timeline has so many periods at most, if it can."""

DATE = "date"


def facets(engine: Engine, tree: Node, span: Node | None, by: str) -> tuple[Facet, ...]:
    """What a tree finds, by the values of a field or by periods; `span` is the time that it is looked for in."""
    for unit in UNITS:
        if by == unit:
            periods = timeline(engine, {"": tree}, span, unit).periods
            return tuple(one for period in periods for one in period.found if one.articles)
    of = {one.value: one.paragraphs for one in engine.tally(span, by)}
    return tuple(Facet(*_three(one), of.get(one.value, 0)) for one in engine.tally(tree, by))


def timeline(engine: Engine, trees: Mapping[str, Node], span: Node | None, unit: Unit | None) -> Timeline:
    """What some queries find over time; `span` is the time that they are looked for in."""
    if unit not in (None, *UNITS):
        raise SearchError(f'expected a period ({", ".join(UNITS)}), found "{unit}"')
    totals = engine.tally(span, DATE)
    unit = unit or fitting([one.value for one in totals], FITTING)
    of, _ = by_period(totals, unit)
    found = [by_period(engine.tally(tree, DATE), unit) for tree in trees.values()]
    periods = [_period(one, of, [by for by, _ in found]) for one in every(min(of), max(of), unit)] if of else []
    return Timeline(unit, tuple(trees), tuple(periods), tuple(undated for _, undated in found))


def _period(value: str, of: Mapping[str, Count], found: Iterable[Mapping[str, Count]]) -> Period:
    none = Count(value, 0, 0)
    total = of.get(value, none).paragraphs
    return Period(value, total, tuple(Facet(*_three(one.get(value, none)), total) for one in found))


def by_period(counts: Iterable[Count], unit: Unit) -> tuple[dict[str, Count], int]:
    """The counts of each period, and how many paragraphs belong to none."""
    found: dict[str, list[int]] = {}
    undated = 0
    for one in counts:
        here = period(one.value, unit)
        if here is None:
            undated += one.paragraphs
            continue
        sums = found.setdefault(here, [0, 0])
        sums[0] += one.articles
        sums[1] += one.paragraphs
    return {here: Count(here, *sums) for here, sums in found.items()}, undated


def _three(one: Count) -> tuple[str, int, int]:
    return one.value, one.articles, one.paragraphs
