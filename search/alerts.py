"""Alerts: queries that are asked again and again, and tell what is new since the last time.

What an alert has told it knows by two hashes: of the text that matched (all matching paragraphs, white space aside),
and of the article's id. An article is new if its text is not known. So one that is added later is new however old its
date is; one that was edited is new if what matches is another text than before; whatever did not change is not,
however often the index is built, though the article got another id, because its file was moved or another one took
the id before it.

Different articles may have the same text. A text is told as often as there are articles with it, at the most at any
one time: of those that have it now, as many are new as are more than were known. What is known is never forgotten, so
that an article that goes and comes back is not told twice.
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import count
from typing import get_args

from search.archive import Archive, Limits, Within
from search.errors import SearchError
from search.hits import Hit, Variant
from search.lazy import pattern
from search.periods import Unit, period
from search.times import span
from search.value import Value

NAME = pattern(r"\w[\w.-]{0,63}")

WITHIN = get_args(Within)

TEXT, ID = 8, 4
"""Bytes of the hashes. That two of 100,000 texts have the same by chance is less likely than one in three thousand
million; the id only tells apart those that have the same text."""

Key = tuple[bytes, bytes]
"""The hash of a text, and that of an id."""

Known = frozenset[Key]


class Alert(Value):
    """An alert: its query, with what limits it; when it was made, and when it ran (ISO 8601, UTC); what it told."""

    name: str
    query: str
    any_word: bool
    within: Within
    since: str | None
    until: str | None
    created: str
    ran: str | None
    known: Known

    @property
    def limits(self) -> Limits:
        """What `search.archive.Archive.search` takes beside the query."""
        return {"any_word": self.any_word, "within": self.within, "since": self.since, "until": self.until}


class Told(Value):
    """An article that an alert tells; `changed`: it told the same id before, with another text. `period` is the one
    for which it is told, where an alert is asked what it would have said."""

    hit: Hit
    changed: bool = False
    period: str | None = None


def check_name(name: str) -> str:
    """The name, if an alert may have it."""
    if not NAME.fullmatch(name):
        raise SearchError(f'expected a name of up to 64 letters, digits, ".", "_" or "-", found "{name}"')
    return name


def matching(archive: Archive, alert: Alert) -> Known:
    """What matches an alert now."""
    return frozenset(_key(hit) for hit in archive.walk(alert.query, variants=True, **alert.limits))


def news(archive: Archive, alert: Alert) -> tuple[list[Told], Known]:
    """What is new, the newest first, and what is known once it is told."""
    known = alert.known
    current = set[Key]()
    pending: list[tuple[Key, Hit]] = []
    for hit in archive.walk(alert.query, variants=True, **alert.limits):
        current.add(key := _key(hit))
        if key not in known:
            pending.append((key, hit))
    gone = _by_text(known - current, {text for (text, _), _ in pending})
    ids = {one for _, one in known}
    told, moved = list[Told](), set[Key]()
    for key, hit in pending:
        if left := gone.get(key[0]):
            moved.add((key[0], left.pop()))  # the same text by another id
        else:
            told.append(Told(hit, key[1] in ids))
    return _newest_first(told), (known - moved) | current


def backtest(archive: Archive, alert: Alert, times: str, unit: Unit) -> tuple[list[Told], int]:
    """What an alert would have said in each period of some times (``2019..2020``), had every article come on its
    date; and of how many articles it is not known in which period they came."""
    first, last = _bounds(times)
    told, unplaced = list[Told](), 0
    for hit in archive.walk(alert.query, variants=True, **alert.limits):
        begin, end = span(hit.date) if hit.date else (first, last)
        if end < first or begin > last:
            continue
        place = period(hit.date or "", unit) if first <= begin and end <= last else None
        if place is None:
            unplaced += 1
        else:
            told.append(Told(hit, period=place))
    return sorted(told, key=lambda one: (one.period or "", one.hit.date or "")), unplaced


def together(archive: Archive, alert: Alert, told: Sequence[Told]) -> list[Told]:
    """What is told, with near-copies that are told at the same time beside the first of them."""
    if len(told) < 2:
        return list(told)
    first = {
        other.article: hit.article
        for hit in archive.walk(alert.query, **alert.limits)
        for other in hit.variants
    }  # fmt: skip
    groups: dict[tuple[str | None, str], list[Told]] = {}
    for one in told:
        groups.setdefault((one.period, first.get(one.hit.article, one.hit.article)), []).append(one)
    return [_with_others(*group) for group in groups.values()]


def numbered(told: list[Told]) -> Iterator[Told]:
    """What is told, with ranks. It is taken off the list, so that however much it is, what is printed is let go."""
    told.reverse()
    ranks = count(1)
    while told:
        one = told.pop()
        yield one.__replace__(hit=one.hit.__replace__(rank=next(ranks)))


def _with_others(one: Told, *others: Told) -> Told:
    variants = tuple(Variant(other.hit.article, other.hit.date, other.hit.source) for other in others)
    return one.__replace__(hit=one.hit.__replace__(variants=variants)) if others else one


def _key(hit: Hit) -> Key:
    """The hashes of an article's matching text and of its id."""
    text = "\n".join(" ".join(one.text.split()) for one in hit.paragraphs)
    return _hash(text, TEXT), _hash(hit.article, ID)


def _hash(text: str, size: int) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).digest()


def _by_text(keys: Iterable[Key], texts: set[bytes]) -> dict[bytes, list[bytes]]:
    """The ids of each of some texts."""
    found: dict[bytes, list[bytes]] = {}
    for text, one in sorted(keys):
        if text in texts:
            found.setdefault(text, []).append(one)
    return found


def _newest_first(told: list[Told]) -> list[Told]:
    return sorted(told, key=lambda one: one.hit.date or "", reverse=True)


def _bounds(times: str) -> tuple[int, int]:
    """The first and last day of some times, ``YYYYMMDD``."""
    low, is_range, high = times.partition("..")
    wrong = SearchError(f'--backtest: expected times such as 2019..2020 or 2019-05, found "{times}"')
    if not times.strip(". "):
        raise wrong
    try:
        first = span(low)[0] if low.strip() else 0
        last = span(high)[1] if high.strip() else 99999999 if is_range else span(low)[1]
    except ValueError as error:
        raise SearchError(f"--backtest: {error}") from None
    if first > last:
        raise wrong
    return first, last
