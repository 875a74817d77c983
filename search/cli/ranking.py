"""What ``search run`` and ``search eval`` share: topics of a file, and the ranking that each gets."""

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click

from search.archive import Archive, Limits
from search.cli.options import Decorator
from search.cli.output import counted, note
from search.engines.protocol import Place, RankedUnit
from search.errors import QueryError, SearchError
from search.queries import Fault
from search.render.trec import column, falling
from search.topics import PARTS, Topic, topics

STDIN = "-"
UNITS = ("article", "paragraph")
DEPTH = 1000
"""So many hits a topic gets, as is the custom."""

T = TypeVar("T")

Ranking = list[tuple[str, float]]
"""The names of what is found, best first, with scores that fall from each to the next (`search.render.trec`)."""


class Asking(NamedTuple):
    """How topics are asked, and how many hits each gets."""

    depth: int
    unit: RankedUnit
    limits: Limits


def topic_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say how topics are read and asked, beside those of asking."""
    for option in _OPTIONS:
        command = option(command)
    return command


class PartsType(click.ParamType[tuple[str, ...]]):
    """Parts of topics."""

    name = "parts"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """The parts, if they are some."""
        if isinstance(value, tuple):
            return value
        parts = tuple(one.strip() for one in value.split(","))
        if not set(parts) <= set(PARTS):
            self.fail(f'expected some of {", ".join(PARTS)}, found "{value}"', param, ctx)
        return parts


_OPTIONS: tuple[Decorator, ...] = (
    click.option(
        "--parts",
        metavar="NAME,…",
        type=PartsType(),
        default=("title",),
        help="What is asked of topics that are marked up: title, desc, narr.  [default: title]",
    ),
    click.option(
        "--queries", "as_queries", is_flag=True, help="Topics are queries, with operators, not plain words."
    ),
    click.option(
        "--unit", type=click.Choice(UNITS), default="article", show_default=True, help="What is found and ranked."
    ),
    click.option(
        "-n",
        "depth",
        metavar="N",
        type=click.IntRange(1),
        default=DEPTH,
        show_default=True,
        help="How many hits a topic.",
    ),
)


class Asker:
    """Asks the topics of a file, names what has to be left out, and keeps count."""

    def __init__(self, file: str, asking: Asking) -> None:
        self._file, self._asking = file, asking
        self.faults = self.found = self.silent = 0

    @property
    def status(self) -> int:
        """The exit status."""
        return 2 if self.faults else 0 if self.found else 1

    def topics(self, parts: tuple[str, ...]) -> list[Topic]:
        """The topics of the file."""
        found = list(self.without(self._file, topics(text_of(self._file), parts)))
        if not found and not self.faults:
            raise SearchError(f"{self._file}: expected topics, found none")
        return found

    def rankings(self, archive: Archive, asked: Iterable[Topic]) -> Iterator[tuple[Topic, Ranking]]:
        """The topics with what each finds, but for those that cannot be asked."""
        depth, unit, limits = self._asking
        for topic in asked:
            try:
                found = archive.rank(topic.text, unit, limit=depth, **limits)
            except QueryError as error:
                self._fault(self._file, Fault(topic.line, f'topic "{topic.id}": {error}'))
                continue
            self.found += bool(found)
            self.silent += not found
            yield topic, list(zip(map(_name, found), falling(one.score for one in found), strict=True))

    def without(self, file: str, found: Iterable[T | Fault]) -> Iterator[T]:
        """What was found in a file but for faults, which are named."""
        for one in found:
            if isinstance(one, Fault):
                self._fault(file, one)
            else:
                yield one

    def say_silent(self) -> None:
        """Say how many topics found nothing, and what would help."""
        if self.silent:
            hint = "" if self._asking.limits.get("any_word") else " (with --any, any of their words is enough)"
            note(f"{counted(self.silent, 'topic')} found nothing{hint}")

    def _fault(self, file: str, fault: Fault) -> None:
        self.faults += 1
        note(f"{file}:{fault.line}: {fault.reason}")


def text_of(file: str) -> str:
    """The text of a file (- for what comes in by a pipe)."""
    from search.readers.text import decode

    try:
        return decode(sys.stdin.buffer.read() if file == STDIN else Path(file).read_bytes())
    except ValueError as error:
        raise SearchError(f"{file}: {error}") from None


def _name(one: Place) -> str:
    """What a run calls an article or a paragraph."""
    return column(one.article if one.number is None else f"{one.article}:{one.number}")
