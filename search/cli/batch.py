"""``search batch``: what many queries find, counted query by query."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Unpack

import click

from search.archive import Limits
from search.archive import open as open_archive
from search.cli.options import asking_options, colour_option, index_option, pager_option, table_options
from search.cli.output import columns, counted, emit, note, style
from search.crosstab import CrossTable
from search.errors import QueryError, SearchError
from search.queries import Asked, Fault, queries
from search.render import crosstab as rendering
from search.render.crosstab import SHOWN, Row
from search.render.tables import rows as table_rows
from search.render.tables import table

STDIN = "-"


@click.command("batch", short_help="Count what many queries find.")
@click.argument("file", type=click.Path(allow_dash=True))
@click.option(
    "--by",
    metavar="FIELD",
    help="A column for each source, author, section, language … or period (year, quarter, month, week, day).",
)
@click.option(
    "-n",
    "limit",
    metavar="N",
    type=click.IntRange(0),
    default=10,
    help="How many values of a field; 0 for all.  [default: 10]",
)
@click.option(
    "--show", type=click.Choice(SHOWN), default="paragraphs", show_default=True, help="What is counted by --by."
)
@asking_options
@table_options
@colour_option
@index_option
@pager_option
@click.pass_context
def command(
    ctx: click.Context,
    file: str,
    by: str | None,
    limit: int,
    show: str,
    form: str | None,
    colour: str,
    index: str,
    no_pager: bool,
    **limits: Unpack[Limits],
) -> None:
    """Count the articles and paragraphs that match each query of a list (a query a line; - for what comes in by a
    pipe); with --by, source by source or year by year. A line may begin with a name for its query, and a tab.

    \b
    search batch queries.txt
    search batch queries.txt --by year --csv > table.csv
    """
    with open_archive(index) as archive, _lines(file) as lines:
        counting = _Counting(file)
        cross = archive.crosstab(by, **limits)
        shown = rendering.columns_of(cross.of, limit or None, periods=cross.is_periods)
        rows = counting.rows(cross, queries(lines))
        if form == "json":
            printed = table(form, (), rendering.records(rows, shown, by))
        elif form:
            printed = table_rows(form, rendering.table(rows, shown, show))
        else:
            printed = rendering.lines(rows, shown, show, style(colour), columns())
        emit(_at_once(printed), no_pager=no_pager)
        counting.say(quiet=form is not None)
    ctx.exit(counting.status)


@contextmanager
def _lines(file: str) -> Iterator[IO[bytes]]:
    if file == STDIN:
        yield sys.stdin.buffer
        return
    with open(file, "rb") as lines:
        yield lines


def _at_once(lines: Iterable[str]) -> Iterator[str]:
    """The lines; each is on its way before the next is made, which may have to wait for its query."""
    for line in lines:
        yield line
        sys.stdout.flush()


class _Counting:
    """Asks the queries of a file, and keeps count of them."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._asked = self._found = self._faults = 0

    @property
    def status(self) -> int:
        """The exit status."""
        return 2 if self._faults else 0 if self._found else 1

    def rows(self, cross: CrossTable, asked: Iterable[Asked | Fault]) -> Iterator[Row]:
        """A row for each query that can be understood; the others are named."""
        for one in asked:
            if isinstance(one, Fault):
                self._fault(one)
                continue
            try:
                found = cross.row(one.query)
            except QueryError as error:
                self._fault(Fault(one.line, str(error)))
                continue
            self._asked += 1
            self._found += found.paragraphs > 0
            yield Row(one.name, one.query, found)
        if not (self._asked or self._faults):
            raise SearchError(f"{self._file}: expected queries, one a line; found none")

    def say(self, *, quiet: bool) -> None:
        """Say what was done."""
        missed = self._asked - self._found
        said = [counted(self._asked, "query", "queries") + (f" ({missed:,} found nothing)" if missed else "")]
        if self._faults:
            said.append(f"{counted(self._faults, 'line')} left out (named above)")
        if self._faults or not quiet:
            note(", ".join(said))

    def _fault(self, fault: Fault) -> None:
        self._faults += 1
        note(f"{self._file}:{fault.line}: {fault.reason}")
