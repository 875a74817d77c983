"""What may come next on the command line: fields and their values, words of the index, operators, ids."""

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

import click
from click.shell_completion import CompletionItem

from search.archive import Archive
from search.archive import open as open_archive
from search.errors import SearchError
from search.language import fold
from search.lazy import pattern
from search.query import field_name
from search.render.style import safe

MOST = 30
"""So many completions are offered."""

SHORTEST = 2
"""From so many letters on words are offered."""

OPERATORS = (
    "AND", "OR", "NOT", "NEAR/5", "BEFORE/5", "ATLEAST/2", "ET", "OU", "SAUF", "PROCHE/5", "AVANT/5", "AUMOINS/2"
)  # fmt: skip
FIELDS = ("title", "text", "date", "since", "until", "depuis", "jusque", "article", "lang")
"""What may stand before a colon in any archive."""

DATES = frozenset(("date", "since", "until", "depuis", "jusque"))

_HEAD = pattern(r"(?s:.*[\s(\"«“”'’-])?=?")
_FIELD = pattern(r"(\w+):([\"«“]?)([^\"«“:]*)$")
_PLAIN = pattern(r"[\w.]+")
_WORDS = pattern(r"[\w.]+(?:[ -][\w.]+)*")

Offer = Callable[[Archive], Iterable[str]]


class _Offering(click.types.StringParamType):
    """A parameter whose values an index knows."""

    name = "text"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem[Any]]:
        """What may come next, in the order in which it is offered."""
        folder = str(ctx.params.get("index") or os.environ.get("SEARCH_INDEX") or "index")
        try:
            with open_archive(folder) as archive:
                found = list(islice(dict.fromkeys(self.offered(archive, incomplete)), MOST))
        except SearchError:
            return []
        return [CompletionItem(one) for one in found if safe(one) == one]

    def offered(self, archive: Archive, start: str) -> Iterable[str]:
        """All that begins so."""
        raise NotImplementedError


class QueryType(_Offering):
    """A query."""

    def offered(self, archive: Archive, start: str) -> Iterator[str]:
        """The query as far as it goes, with each of what may come next."""
        if field := _FIELD.search(start):
            before = start[: field.start(2)]
            yield from (before + one for one in _values(archive, *field.groups()))
            return
        head = _HEAD.match(start)
        assert head
        last = start[head.end() :]
        yield from (head[0] + one for one in _next(archive, last, exact=head[0].endswith("=")))


class IdType(_Offering):
    """The id of an article."""

    def offered(self, archive: Archive, start: str) -> Iterable[str]:
        """The ids that begin so."""
        return archive.ids(start, MOST)


class WordType(_Offering):
    """A word of the index."""

    def offered(self, archive: Archive, start: str) -> Iterable[str]:
        """The words that begin so."""
        return _words(archive, start)


class AlertType(click.types.StringParamType):
    """The name of an alert."""

    name = "text"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem[Any]]:
        """The names that begin so."""
        from search import alertfile  # few complete alerts

        index = ctx.params.get("index") or os.environ.get("SEARCH_INDEX") or "index"
        path = ctx.params.get("file") or os.environ.get("SEARCH_ALERTS") or alertfile.beside(str(index))
        try:
            return [CompletionItem(one) for one in alertfile.read(str(path)) if one.startswith(incomplete)]
        except SearchError:
            return []


def _next(archive: Archive, last: str, *, exact: bool) -> Iterator[str]:
    """Operators, fields and words that begin so."""
    if not exact:
        if last.isupper():
            yield from (one for one in OPERATORS if one.startswith(last))
        fields = dict.fromkeys([*FIELDS, *archive.fields()])
        yield from (f"{one}:" for one in fields if last and one.startswith(last.lower()))
    yield from _words(archive, last)


def _values(archive: Archive, field: str, quote: str, start: str) -> Iterator[str]:
    """The values of a field that begin so. Several words are joined by hyphens: that means the same and needs no
    quotation marks."""
    if field.lower() in DATES:
        found = _years(archive, start)
    elif field_name(field) in ("title", "text", "article"):
        found = _words(archive, start)
    else:
        found = iter(archive.values(field, start if quote else start.replace("-", " ")))
    closing = {"«": "»", "“": "”"}.get(quote, '"')
    for one in found:
        if not quote and _WORDS.fullmatch(one):
            yield one.replace(" ", "-")
        elif '"' not in one and closing not in one:
            yield f"{quote or closing}{one}{closing}"


def _years(archive: Archive, start: str) -> Iterator[str]:
    """The years of the archive that begin so."""
    stats = archive.stats()
    if stats.first and stats.last:
        every = map(str, range(int(stats.first[:4]), int(stats.last[:4]) + 1))
        yield from (one for one in every if one.startswith(start))


def _words(archive: Archive, start: str) -> Iterator[str]:
    """The words that begin so, the most frequent first: of those that differ in case and accents only the first."""
    if len(start) < SHORTEST or not _PLAIN.fullmatch(start):
        return
    known: set[str] = set()
    for word, _ in archive.words(f"{start}*"):
        if fold(word) not in known:
            known.add(fold(word))
            yield word
