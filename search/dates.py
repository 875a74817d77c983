"""Dates as articles and queries write them: ISO 8601, a year, a month or a day; also ``15/03/2020``.

A date may be no more precise than its source. It is kept as ``2019``, ``2019-05`` or ``2019-05-03``, and stands
for all the days it may mean: `days` gives the first and the last of them.
"""

from contextlib import suppress
from functools import lru_cache

from search.lazy import pattern

_ISO = pattern(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?:[T ]\d{1,2}[:h]\S*.*)?")
_COMPACT = pattern(r"(\d{4})(\d{2})(\d{2})")
_FRENCH = pattern(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")


@lru_cache(maxsize=4096)
def iso(text: str) -> str:
    """The date in ISO 8601, as precise as it was given; `ValueError` where it is none (or no such day)."""
    from datetime import date  # only for those who ask for dates

    text = text.strip()
    if len(text) == 10 and text[4] == text[7] == "-" and text.isascii():
        with suppress(ValueError):  # the commonest way, the soonest
            date.fromisoformat(text)
            return text
    if found := _FRENCH.fullmatch(text):
        year, month, day = found[3], found[2], found[1]
    elif found := _COMPACT.fullmatch(text) or _ISO.fullmatch(text):
        year, month, day = found[1], found[2], found[3]
    else:
        raise ValueError(f'expected a date such as 2019, 2019-05, 2019-05-03 or 03/05/2019, found "{text}"')
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise ValueError(f'there is no such day as "{text}"') from None
    return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])


@lru_cache(maxsize=4096)
def days(text: str) -> tuple[int, int]:
    """The first and the last day that a date may mean, each as the number ``YYYYMMDD``."""
    year, month, day = ([int(part) for part in iso(text).split("-")] + [0, 0])[:3]
    first = year * 10000 + (month or 1) * 100 + (day or 1)
    last_month = month or 12
    last = year * 10000 + last_month * 100 + (day or _length(year, last_month))
    return first, last


def _length(year: int, month: int) -> int:
    """The days of a month."""
    from calendar import monthrange

    return monthrange(year, month)[1]


def spanned(first: int, last: int) -> str:
    """The date that stands for the days from `first` to `last` (see `days`)."""
    year, month, day = first // 10000, first // 100 % 100, first % 100
    if first == last:
        return f"{year:04}-{month:02}-{day:02}"
    return f"{year:04}" if last % 10000 == 1231 and month == 1 else f"{year:04}-{month:02}"
