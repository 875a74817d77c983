"""``search timeline``: how much was written about something over time."""

from typing import Unpack

import click

from search.archive import Limits
from search.archive import open as open_archive
from search.cli.completing import QueryType
from search.cli.for_ import QueryCommand
from search.cli.options import asking_options, colour_option, index_option, pager_option, table_options
from search.cli.output import columns, counted, emit, note, say_nothing_found, style
from search.counts import Timeline
from search.periods import UNITS, Unit
from search.render import counts
from search.render.tables import table


@click.command("timeline", cls=QueryCommand, short_help="How much was written when.")
@click.argument("query", nargs=-1, required=True, type=QueryType())
@click.option(
    "--vs", metavar="QUERY", multiple=True, type=QueryType(), help="Another query beside it; as often as you like."
)
@click.option("--by", type=click.Choice(UNITS), help="How long a period is.  [default: what fits]")
@click.option(
    "--plot", metavar="FILE", type=click.Path(dir_okay=False), help="Draw it into a .svg, .png or .html file."
)
@asking_options
@table_options
@colour_option
@index_option
@pager_option
@click.pass_context
def command(
    ctx: click.Context,
    query: tuple[str, ...],
    vs: tuple[str, ...],
    by: Unit | None,
    plot: str | None,
    form: str | None,
    colour: str,
    index: str,
    no_pager: bool,
    **limits: Unpack[Limits],
) -> None:
    """Count the paragraphs that match a query, period by period, and say what part they are of all paragraphs of the
    time: an archive that grows must not look like a story that grows.

    \b
    search timeline tunnel
    search timeline Eurotunnel --vs ferry --by year
    search timeline jungle --since 2015 --by month --csv
    """
    queries = tuple(dict.fromkeys((" ".join(query), *vs)))
    with open_archive(index) as archive:
        found = archive.timeline(*queries, by=by, **limits)
        if plot is not None:
            from search.render.plot import draw

            draw(found, plot)
        if form:
            emit(table(form, counts.TIMELINE_FIELDS, counts.timeline_records(found)), no_pager=no_pager)
        elif plot is None:
            emit(counts.timeline(found, style(colour), columns()), no_pager=no_pager)
        totals = [sum(one.found[number].paragraphs for one in found.periods) for number in range(len(queries))]
        is_found = any(totals) or any(found.undated)
        if not is_found:
            say_nothing_found(archive, queries[0], limits)
        elif not form:
            note(_summary(found, totals))
    ctx.exit(0 if is_found else 1)


def _summary(found: Timeline, totals: list[int]) -> str:
    """What was counted, and what could not be placed."""
    said = ", ".join(counted(total, "paragraph") for total in totals)
    known = sum(period.of for period in found.periods)
    undated = f"; {sum(found.undated):,} without a date by the {found.unit}" if any(found.undated) else ""
    return f"{said} by the {found.unit}, as a share of all {known:,} (titles included){undated}"
