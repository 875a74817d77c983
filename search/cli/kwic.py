"""``search kwic``: the words of a query in their context, a line for each place."""

from collections.abc import Iterable, Iterator
from typing import Any, Unpack

import click

from search import concordance
from search.archive import Archive, Limits
from search.archive import open as open_archive
from search.cli.completing import QueryType
from search.cli.for_ import QueryCommand
from search.cli.options import asking_options, colour_option, index_option, pager_option, table_options
from search.cli.output import columns, counted, emit, note, say_nothing_found, style
from search.concordance import Line
from search.errors import SearchError
from search.hits import Hit
from search.render import concordance as rendering
from search.render.style import Style
from search.render.tables import table


class SortType(click.ParamType[str]):
    """An order of lines."""

    name = "order"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The order, if it is one."""
        try:
            concordance.check(value)
        except SearchError as error:
            self.fail(str(error), param, ctx)
        return str(value)


@click.command("kwic", cls=QueryCommand, short_help="The words in context, a line each.")
@click.argument("query", nargs=-1, required=True, type=QueryType())
@click.option("-n", "limit", metavar="N", type=click.IntRange(0), default=0, help="So many lines only.")
@click.option(
    "--sort",
    metavar="ORDER",
    type=SortType(),
    default="archive",
    show_default=True,
    help="By left or right neighbours, from the nth on (1L … 9R), by date, relevance, or as in the archive.",
)
@click.option("--width", metavar="N", type=click.IntRange(1, concordance.CONTEXT), help="Columns on either side.")
@click.option("--group", type=click.Choice(concordance.GROUPS), help="Year by year, or source by source.")
@asking_options
@table_options
@colour_option
@index_option
@pager_option
@click.pass_context
def command(
    ctx: click.Context,
    query: tuple[str, ...],
    limit: int,
    sort: str,
    width: int | None,
    group: str | None,
    form: str | None,
    colour: str,
    index: str,
    no_pager: bool,
    **limits: Unpack[Limits],
) -> None:
    """Show every place where the words of a query stand, aligned, with what is said around them (a concordance).

    \b
    search kwic Calais                       as they come in the archive
    search kwic '"port de Calais"' --sort 1R    by the word that follows
    search kwic 'jungle SAUF livre' --group year
    """
    text = " ".join(query)
    with open_archive(index) as archive:
        seen = _Seen()
        lines = concordance.in_order(concordance.lines(seen.through(_hits(archive, text, sort, limits))), sort)
        groups = concordance.grouped(lines, group) if group else [(None, lines)]
        shown = seen.counting(groups, limit)
        if form:
            records = (line.__getstate__() for _, some in shown for line in some)
            emit(table(form, Line.__match_args__, records), no_pager=no_pager)
        else:
            emit(_printed(shown, style(colour), columns(), width), no_pager=no_pager)
        if not seen.articles:
            say_nothing_found(archive, text, limits)
        elif not seen.lines:
            note(f"{counted(seen.articles, 'article')} found, but no word to show in them: search for lists them")
        elif not form:
            note(seen.said)
    ctx.exit(0 if seen.lines else 1)


Groups = Iterable[tuple[str | None, Iterable[Line]]]


def _hits(archive: Archive, query: str, sort: str, limits: Limits) -> Iterable[Hit]:
    if sort == "relevance":
        return archive.search(query, limit=None, **limits)
    if sort == "date":
        return archive.search(query, limit=None, sort="oldest", **limits)
    return archive.walk(query, **limits)


class _Seen:
    """Counts what goes by."""

    def __init__(self) -> None:
        self.articles = self.lines = 0
        self._is_cut = False

    @property
    def said(self) -> str:
        """What was seen."""
        if self._is_cut:
            return f"the first {counted(self.lines, 'line')} shown (-n 0 shows all)"
        return f"{counted(self.lines, 'line')} from {counted(self.articles, 'article')}"

    def through(self, hits: Iterable[Hit]) -> Iterator[Hit]:
        """The hits."""
        for hit in hits:
            self.articles += 1
            yield hit

    def counting(self, groups: Groups, limit: int) -> Groups:
        """The lines, no more than so many (0: all)."""
        for value, some in groups:
            if self._is_cut:
                return
            yield value, self._counted(some, limit)

    def _counted(self, some: Iterable[Line], limit: int) -> Iterator[Line]:
        for line in some:
            if limit and self.lines >= limit:
                self._is_cut = True
                return
            self.lines += 1
            yield line


def _printed(groups: Groups, look: Style, wide: int | None, width: int | None) -> Iterator[str]:
    for number, (value, some) in enumerate(groups):
        if value is not None:
            yield from [""] * (number > 0)
            yield rendering.heading(value, look)
        yield from rendering.lines(some, look, wide, width)
