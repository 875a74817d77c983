"""Dates, as precise as they are given."""

import pytest

from search.dates import days, iso


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019", "2019"), ("2019-05", "2019-05"), ("2019-05-03", "2019-05-03"), ("2019-5-3", "2019-05-03"),
        (" 2019/05/03 ", "2019-05-03"), ("20190503", "2019-05-03"),
        ("03/05/2019", "2019-05-03"), ("3.5.2019", "2019-05-03"),
        ("2019-05-03T21:05:00+02:00", "2019-05-03"),
        ("2019-05-03 21:05", "2019-05-03"), ("2019-05-03 21h05", "2019-05-03"),
        ("1802-10-10", "1802-10-10"), ("2020-02-29", "2020-02-29"),
    ],
)  # fmt: skip
def test_dates_in_iso_8601(text: str, expected: str) -> None:
    assert iso(text) == expected


@pytest.mark.parametrize(
    "text", ["", "hier", "19", "2019-05-03-04", "2020-W01-1", "2019-05-3x", "mai 2019", "2019-", "٢٠١٩x", "1/2/3"]
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match="expected a date such as") as refused:
        iso(text)
    assert str(refused.value) == (
        f'expected a date such as 2019, 2019-05, 2019-05-03 or 03/05/2019, found "{text.strip()}"'
    )


@pytest.mark.parametrize("text", ["2019-13", "2019-02-29", "31/04/2019", "0000", "2019-00-10"])
def test_days_that_never_were(text: str) -> None:
    with pytest.raises(ValueError, match="there is no such day") as refused:
        iso(text)
    assert str(refused.value) == f'there is no such day as "{text}"'


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [("2019", 20190101, 20191231), ("2020-02", 20200201, 20200229), ("1900-02", 19000201, 19000228),
     ("2019-05-03", 20190503, 20190503)],
)  # fmt: skip
def test_a_date_is_all_the_days_it_may_mean(text: str, first: int, last: int) -> None:
    assert days(text) == (first, last)
