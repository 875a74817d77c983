"""Periods: in which one a date lies, and which one follows."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.periods import UNITS, Unit, every, first_day, fitting, period

days = st.dates(date(1000, 1, 1), date(9990, 1, 1))


@pytest.mark.parametrize(
    ("when", "unit", "expected"),
    [
        ("2019-05-03", "day", "2019-05-03"),
        ("2019-05-03", "week", "2019-W18"),
        ("2021-01-03", "week", "2020-W53"),
        ("2018-12-31", "week", "2019-W01"),
        ("2019-05", "week", None),
        ("2019-05", "month", "2019-05"),
        ("2019-05", "quarter", "2019-Q2"),
        ("2019-12-31", "quarter", "2019-Q4"),
        ("2019", "month", None),
        ("2019", "year", "2019"),
        ("", "year", None),
    ],
)
def test_the_period_of_a_date(when: str, unit: Unit, expected: str | None) -> None:
    assert period(when, unit) == expected


@given(days, st.integers(0, 900), st.sampled_from(UNITS))
def test_every_period_from_one_to_another(first: date, more: int, unit: Unit) -> None:
    """They are those of all days between, each once, in order."""
    between = [first + timedelta(one) for one in range(more + 1)]
    expected = list(dict.fromkeys(period(one.isoformat(), unit) for one in between))
    assert expected[0]
    assert expected[-1]
    assert list(every(expected[0], expected[-1], unit)) == expected


@given(days, st.sampled_from(UNITS))
def test_a_period_begins_with_its_first_day(day: date, unit: Unit) -> None:
    one = period(day.isoformat(), unit)
    assert one
    first = first_day(one)
    assert first <= day
    assert period(first.isoformat(), unit) == one
    assert period((first - timedelta(1)).isoformat(), unit) != one


def test_the_end_of_time() -> None:
    assert list(every("9999-11", "9999-12", "month")) == ["9999-11", "9999-12"]
    assert list(every("9998", "9999", "year")) == ["9998", "9999"]


@pytest.mark.parametrize(
    ("dates", "unit"),
    [
        (["2019-05-03", "2019-05-20"], "day"),
        (["2019-05-03", "2019-12-20"], "week"),
        (["2017-05-03", "2019-12-20"], "month"),
        (["2012-05-03", "2019-12-20"], "quarter"),
        (["1885-05-03", "2019-12-20"], "year"),
        (["2019", "2019-05-03", "2019-05-04"], "year"),
        (["2019-05", *("2019-05-03",) * 9], "day"),
        ([], "year"),
        (["", ""], "year"),
    ],
)
def test_the_unit_that_fits(dates: list[str], unit: Unit) -> None:
    assert fitting(dates, 40) == unit
