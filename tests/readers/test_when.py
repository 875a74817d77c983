"""Tests of dates as pages print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.dates import iso
from search.readers.when import day_of, moment, when


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2016-10-24T08:00:00+02:00", "2016-10-24"),
        ("20161024T080000Z", "2016-10-24"),
        ("2016-10-24 08:00", "2016-10-24"),
        ("2016-10", "2016-10"),
        ("2016/10/24", "2016-10-24"),
        ("24/10/2016", "2016-10-24"),
        ("10/24/2016", "2016-10-24"),
        ("24.10.2016", "2016-10-24"),
        ("lundi 24 octobre 2016 à 8h30", "2016-10-24"),
        ("Publié le 1er mars 2019 à 07h00", "2019-03-01"),
        ("24 oct. 2016", "2016-10-24"),
        ("15 août 2017", "2017-08-15"),
        ("15 AOUT 2017", "2017-08-15"),
        ("le 3 févr. 2020", "2020-02-03"),
        ("mars 2019", "2019-03"),
        ("October 24th, 2016", "2016-10-24"),
        ("Oct 24 2016", "2016-10-24"),
        ("the 3rd of May 2019", "2019-05-03"),
        ("Mon, 24 Oct 2016 08:00:00 +0200", "2016-10-24"),
        ("03-May-2019", "2019-05-03"),
        ("1477296000", "2016-10-24"),
        ("1477296000000", "2016-10-24"),
        ("Publié le 12/06/2020 à 10h, mis à jour le 13/06/2020", "2020-06-12"),
        ("Mis à jour le 13/06/2020 à 10h, publié le 12/06/2020", "2020-06-12"),
        ("Updated 4 June 2021 | Posted 3 May 2020", "2020-05-03"),
        ("Modifié le 13/06/2020", "2020-06-13"),
        ("1477296000.0", "2016-10-24"),
        ("1477296000123.5", "2016-10-24"),
        ("2019-05-03T23:30:00-05:00", "2019-05-03"),
        ("31/02/2019", None),
        ("2016-13-45", None),
        ("12345", None),
        ("hier", None),
        ("", None),
    ],
)
def test_days(text: str, day: str | None) -> None:
    assert when(text) == day


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2019-05-03T23:30:00-05:00", "2019-05-03T23:30:00-05:00"),
        ("20161024T080000Z", "2016-10-24T08:00:00+00:00"),
        ("2016-10-24T08:00:00.123+0200", "2016-10-24T08:00:00+02:00"),
        ("Mon, 24 Oct 2016 08:00:00 +0200", "2016-10-24T08:00:00+02:00"),
        ("Mon, 24 Oct 2016 08:00 GMT", "2016-10-24T08:00:00+00:00"),
        ("2016-10-24T08:00:00", None),
        ("24 octobre 2016 à 8h30", None),
        ("jamais", None),
    ],
)
def test_moments(text: str, time: str | None) -> None:
    assert moment(text) == time


@given(st.text() | st.from_regex(r"[0-9]{1,5}[-/. ][0-9a-zé]{1,9}[-/. ][0-9]{1,5}"))
def test_any_text(text: str) -> None:
    day = when(text)
    assert day is None or iso(day) == day
    assert moment(text) is None or str(moment(text)).startswith(str(day))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20161024080000", "2016-10-24"),
        ("20161324080000", None),
        ("24/10/16", "2016-10-24"),
        ("24.10.16", "2016-10-24"),
        ("05-03-19", "2019-03-05"),
        ("10/24/99", "1999-10-24"),
        ("3 mai 19", "2019-05-03"),
        ("1 déc. 71", "1971-12-01"),
        ("31/02/19", None),
        ("le port 24/10/16", None),
    ],
)
def test_days_that_a_field_holds(text: str, day: str | None) -> None:
    assert day_of(text) == day
