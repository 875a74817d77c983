"""Times as queries say them."""

from datetime import date, timedelta

import pytest

from search.times import LONGEST, span


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019", 20190101, 20191231),
        (" 2019-02 ", 20190201, 20190228),
        ("15/03/2020", 20200315, 20200315),
        ("mai 2019", 20190501, 20190531),
        ("Mai 2019", 20190501, 20190531),
        ("1er mars 2020", 20200301, 20200301),
        ("March 2020", 20200301, 20200331),
        ("depuis mai 2019", 20190501, 20190531),
        ("en 2019", 20190101, 20191231),
        ("since 2019-05-03", 20190503, 20190503),
        ("3 octobre 1944", 19441003, 19441003),
    ],
)
def test_what_does_not_depend_on_today(text: str, first: int, last: int) -> None:
    assert span(text) == (first, last)


def number(day: date) -> int:
    return int(day.strftime("%Y%m%d"))


def test_what_is_counted_back_is_a_day() -> None:
    today = date.today()
    day = number(today - timedelta(3))
    assert {span(text) for text in ("3 days ago", "3 jours", "il y a 3 jours", "trois jours")} == {(day, day)}
    assert span("hier") == span("yesterday") == (number(today - timedelta(1)),) * 2
    assert (
        number(today - timedelta(95)) < span("3 months ago")[0] == span("3 mois")[1] < number(today - timedelta(85))
    )


def test_what_is_named_is_as_long_as_it_says() -> None:
    today = date.today()
    last = today.year - 1
    assert span("last year") == span("l'année dernière") == (last * 10000 + 101, last * 10000 + 1231)
    before = today.replace(day=1) - timedelta(1)
    assert span("last month") == span("le mois dernier") == (number(before.replace(day=1)), number(before))
    monday = today - timedelta(today.weekday() + 7)
    assert span("last week") == span("la semaine dernière") == (number(monday), number(monday + timedelta(6)))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2019-13", 'there is no such day as "2019-13"'),
        ("31/02/2019", 'there is no such day as "31/02/2019"'),
        ("12", 'expected a date such as 2019, 2019-05, 2019-05-03 or 03/05/2019, found "12"'),
        ("soon", 'expected a date such as 2019, 2019-05-03, 03/05/2019, "mai 2019" or "3 months ago", found "soon"'),
        ("3 " * LONGEST, 'expected a date such as 2019, 2019-05-03, 03/05/2019, "mai 2019" or "3 months ago", found'),
        ("", 'expected a date such as 2019, 2019-05, 2019-05-03 or 03/05/2019, found ""'),
    ],
)
def test_what_is_no_time(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=r"^expected|^there") as refused:
        span(text)
    assert str(refused.value).startswith(message)
