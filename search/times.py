"""Times as queries say them: ``2019-05``, ``15/03/2020``, ``mai 2019``, ``3 months ago``, ``depuis hier`` …

What `search.dates` and `search.readers.when` know is taken as they take it. All else is read by the library
dateparser, in French and English, against today. A time that is counted back (``3 mois``, ``two weeks ago``) is a
day; any other is as long as it says (``last year``: January to December; weeks begin on Monday).
"""

from re import IGNORECASE

from search.dates import days
from search.lazy import pattern

LONGEST = 100
"""Characters of a time."""

_NUMBERS = pattern(r"[\d/.:-]*|\d{4}-.*")
_PRECISE = {"year": 4, "month": 7}
_COUNTED = pattern(
    r"\d|\bago\b|\bil y a\b|\b(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente)\b"
    r"|\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty)\b",
    IGNORECASE,
)
_BEFORE = pattern(r"^(?:since|depuis|en|in)\s+", IGNORECASE)


def span(text: str) -> tuple[int, int]:
    """The first and the last day that a time may mean, as `search.dates.days` gives them; `ValueError` where it is
    none."""
    bare = _BEFORE.sub("", text.strip())
    try:
        return days(bare)
    except ValueError:
        if _NUMBERS.fullmatch(bare):
            raise  # a date that there is not
    from search.readers.when import when

    said = when(bare)
    return days(said) if said else _natural(bare)


def _natural(text: str) -> tuple[int, int]:
    from datetime import timedelta

    from dateparser.date import DateDataParser  # takes half a second, and is rarely asked

    parser = DateDataParser(languages=["fr", "en"], settings={"PREFER_DATES_FROM": "past"})
    found = parser.get_date_data(text) if len(text) <= LONGEST else None
    if found is None or found.date_obj is None:
        raise ValueError(
            f'expected a date such as 2019, 2019-05-03, 03/05/2019, "mai 2019" or "3 months ago", found "{text}"'
        )
    day = found.date_obj.date()
    if _COUNTED.search(text):
        return days(day.isoformat())
    if found.period == "week":
        monday = day - timedelta(day.weekday())
        return days(monday.isoformat())[0], days((monday + timedelta(6)).isoformat())[1]
    return days(day.isoformat()[: _PRECISE.get(found.period, 10)])
