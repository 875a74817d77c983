"""Dates as French and English pages, feeds and mails print them.

`when` gives the day that is written, in the place where it was written: ``2019-05-03T23:30:00-05:00`` is the third of
May. Where several dates stand in a text, the first counts: it is when the text was published; unless the words say
that it was changed then, and published at another time.

====================  =============================================================================================
form                  such as
====================  =============================================================================================
ISO 8601              ``2016-10-24T08:00:00+02:00``, ``20161024T080000Z``, ``2016-10-24 08:00``, ``2016-10``
figures               ``24/10/2016``, ``24.10.2016``, ``2016/10/24``; day first, unless that is no date
French                ``lundi 24 octobre 2016 à 8h30``, ``1er mars 2019``, ``24 oct. 2016``, ``mars 2019``
English               ``24 October 2016``, ``October 24th, 2016``, ``Mon, 24 Oct 2016 08:00:00 +0200`` (RFC 2822)
Unix time             seconds or thousandths since 1970, in figures alone (the day in UTC)
fields alone          ``20161024080000``, ``24/10/16``, ``24 oct. 16``
====================  =============================================================================================
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.utils import parsedate

from search.dates import iso

_MONTHS = (
    "janvier janv jan january", "fevrier fevr fev february feb", "mars march mar", "avril avr april apr", "mai may",
    "juin june jun", "juillet juil july jul", "aout august aug", "septembre sept september sep",
    "octobre october oct", "novembre november nov", "decembre december dec",
)  # fmt: skip
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_NAME = "|".join(sorted(_MONTH, key=len, reverse=True))
_FORMS = tuple(
    re.compile(form, re.VERBOSE)
    for form in (
        r"""(?<!\d) (?P<y>\d{4}) (?: - (?P<m>\d\d?) (?: - (?P<d>\d\d?)(?!\d) )?
                                   | (?P<mm>\d\d) (?P<dd>\d\d) (?=T|\D|$)
                                   | [/.] (?P<mmm>\d\d?) [/.] (?P<ddd>\d\d?)(?!\d) )
            (?: [T ]\s* (?P<clock>\d\d:?\d\d(?::?\d\d(?:[.,]\d+)?)?) \s* (?P<zone>Z|[+-]\d\d:?\d\d)? )?""",
        r"(?<!\d) (?P<d>\d\d?) \s*(?P<figures>[/.])\s* (?P<m>\d\d?) \s*[/.]\s* (?P<y>\d{4}) (?!\d)",
        rf"""(?<!\d) (?P<d>\d\d?) \s* (?:er|st|nd|rd|th)? [\s.-]+ (?:of\s+)? (?P<m>{_NAME})\b
            \.? ,? [\s-]* (?P<y>\d{{4}}) (?!\d)""",
        rf"\b (?P<m>{_NAME})\b \.? \s+ (?P<d>\d\d?) (?:st|nd|rd|th)? ,? \s+ (?P<y>\d{{4}}) (?!\d)",
        rf"\b (?P<m>{_NAME})\b \.? ,? \s+ (?P<y>\d{{4}}) (?!\d)",
    )
)
_STAMP = re.compile(r"(\d{9,10}|\d{12,13})(?:\.\d*)?")
_DIGITS = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)\d{6}")
_SHORT_YEAR = re.compile(rf"(\d\d?)(?:(?P<figures>[/.-])(\d\d?)[/.-]|\s+({_NAME})\.?\s+)(\d\d)")
_PIVOT = 70
"""A year of two figures from here on is one of the last century."""
_RFC_TIME = re.compile(r"\s+(\d\d:\d\d(?::\d\d)?)\s*([+-]\d{4}|GMT|UT|UTC|Z)\b")
_PUBLISHED = re.compile(r"\b(?:publi|paru|poste|mis en ligne|mise en ligne|published|posted)")
_CHANGED = re.compile(r"\b(?:mise? a jour|modifi|actualise|updated|edited|changed)")
_LONGEST = 2000


def when(text: str) -> str | None:
    """The first date in a text, as ``2016-10-24``, ``2016-10`` or ``None``."""
    for day, _ in _dates(text):
        return day
    return None


def day_of(text: str) -> str | None:
    """The date that a field holds, in one of the forms of `search.dates.iso` or of `when`, or with a year of two
    figures, as old mails have it."""
    try:
        return iso(text)
    except ValueError:
        pass
    if digits := _DIGITS.fullmatch(text.strip()):
        return _day(*digits.groups(), is_open=False)
    if found := when(text):
        return found
    if short := _SHORT_YEAR.fullmatch(_plain(text.strip())):
        day, month, year = short[1], short[3] or short[4], int(short[5])
        return _day(str(year + (1900 if year >= _PIVOT else 2000)), month, day, is_open=bool(short["figures"]))
    mail = parsedate(text)
    return _day(str(mail[0]), str(mail[1]), str(mail[2]), is_open=False) if mail else None


def moment(text: str) -> str | None:
    """The first date in a text with the time and the zone that stand there, in ISO 8601; ``None`` without these."""
    for day, rest in _dates(text):
        return f"{day}T{rest}" if rest else None
    return None


def _dates(text: str) -> Iterator[tuple[str, str]]:
    """The dates of a text, each with its time and zone, ``""`` if these are not both there."""
    text = text.strip()[:_LONGEST]
    if stamp := _STAMP.fullmatch(text):
        seconds = int(stamp[1]) / (1000 if len(stamp[1]) > 10 else 1)
        yield datetime.fromtimestamp(seconds, UTC).date().isoformat(), ""
        return
    plain = _plain(text)
    found = [(match.start(), order, match) for order, form in enumerate(_FORMS) for match in form.finditer(plain)]
    after = _published_at(plain)
    for _, _, match in sorted(found, key=lambda one: (one[0] < after, one[:2])):
        parts = match.groupdict()
        if day := _day(*_written(parts), is_open=bool(parts.get("figures"))):
            yield day, _time(parts, plain[match.end() :])


def _published_at(plain: str) -> int:
    """Where a text begins to say when it was published, if it has said before when it was changed; else 0."""
    said = _PUBLISHED.search(plain)
    return said.start() if said and _CHANGED.search(plain, 0, said.start()) else 0


def _written(parts: dict[str, str | None]) -> tuple[str, str, str | None]:
    """Year, month and day as they stand in a text."""
    month = parts["m"] or parts.get("mm") or parts.get("mmm") or ""
    return parts["y"] or "", month, parts.get("d") or parts.get("dd") or parts.get("ddd")


def _plain(text: str) -> str:
    """The text in small letters without accents (but ``T`` and ``Z``, which ISO 8601 writes large)."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return re.sub(r"(?<=\d)t(?=\d)", "T", bare.lower()).replace("z", "Z") if bare else ""


def _day(year: str, month: str, day: str | None, *, is_open: bool) -> str | None:
    number = int(month) if month.isdigit() else _MONTH[month.replace("Z", "z")]
    if day is None:
        return f"{year}-{number:02}" if 1 <= number <= 12 else None
    for month_number, day_number in ((number, int(day)), (int(day), number))[: 1 + is_open]:
        try:
            return date(int(year), month_number, day_number).isoformat()
        except ValueError:
            continue
    return None


def _time(parts: dict[str, str | None], rest: str) -> str:
    clock, zone = parts.get("clock"), parts.get("zone")
    if not clock and (found := _RFC_TIME.match(rest.upper())):
        clock, zone = found[1], found[2] if found[2][0] in "+-" else "Z"
    if not clock or not zone:
        return ""
    digits = re.sub(r"[.,]\d+$", "", clock).replace(":", "").ljust(6, "0")
    offset = zone if zone == "Z" or ":" in zone else f"{zone[:3]}:{zone[3:]}"
    return f"{digits[:2]}:{digits[2:4]}:{digits[4:6]}{'+00:00' if offset == 'Z' else offset}"
