"""Periods: the days, weeks, months, quarters and years in which things were published.

A day is ``2019-05-03``, a week ``2019-W18`` (ISO 8601: from Monday; it belongs to the year of its Thursday), a month
``2019-05``, a quarter ``2019-Q2``, a year ``2019``.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Literal

Unit = Literal["day", "week", "month", "quarter", "year"]

UNITS: tuple[Unit, ...] = ("day", "week", "month", "quarter", "year")

_PRECISION = {"day": 10, "week": 10, "month": 7, "quarter": 7, "year": 4}
_DAYS = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}


def period(when: str, unit: Unit) -> str | None:
    """The period in which a date (``2019``, ``2019-05`` or ``2019-05-03``) lies; ``None`` where the date is not
    precise enough to tell, or is empty."""
    if len(when) < _PRECISION[unit]:
        return None
    if unit == "week":
        year, week, _ = date.fromisoformat(when).isocalendar()
        return f"{year:04}-W{week:02}"
    if unit == "quarter":
        return f"{when[:4]}-Q{(int(when[5:7]) + 2) // 3}"
    return when[: _PRECISION[unit]]


def first_day(one: str) -> date:
    """The first day of a period."""
    year, _, rest = one.partition("-")
    if rest.startswith("W"):
        return date.fromisocalendar(int(year), int(rest[1:]), 1)
    if rest.startswith("Q"):
        return date(int(year), 3 * int(rest[1:]) - 2, 1)
    month, _, day = rest.partition("-")
    return date(int(year), int(month or 1), int(day or 1))


def every(first: str, last: str, unit: Unit) -> Iterator[str]:
    """All periods from one to another, both included."""
    here = first
    while here <= last:
        yield here
        try:
            after = first_day(here) + timedelta(_DAYS[unit])
        except OverflowError:  # the end of the year 9999
            return
        found = period(after.isoformat(), unit)
        assert found
        here = found


def fitting(dates: Iterable[str], most: int) -> Unit:
    """The shortest unit by which these dates lie in no more than so many periods, from the first to the last; years
    if there is none. At most a fifth of the dates may not be precise enough for it."""
    known = [when for when in dates if when]
    for unit in UNITS:
        found = {one for when in known if (one := period(when, unit))}
        precise = sum(1 for when in known if period(when, unit))
        if found and precise * 5 >= len(known) * 4:
            days = (first_day(max(found)) - first_day(min(found))).days
            if days // _DAYS[unit] + 1 <= most:
                return unit
    return "year"
