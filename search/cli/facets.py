"""``search facets``: over which sources, authors, years … something is spread."""

from typing import Unpack

import click

from search.archive import Archive, Limits
from search.archive import open as open_archive
from search.cli.completing import QueryType
from search.cli.for_ import QueryCommand
from search.cli.options import asking_options, colour_option, index_option, pager_option, table_options
from search.cli.output import columns, counted, emit, note, say_nothing_found, style
from search.periods import UNITS
from search.render import counts
from search.render.tables import table

USUAL = ("source", "author", "section", "category", "language", "year")
"""What is counted by if nothing else is asked for, as far as the archive has it."""

USUAL_VALUES = 10
"""So many values of a field are shown then; of periods all."""


@click.command("facets", cls=QueryCommand, short_help="Who wrote how much about it.")
@click.argument("query", nargs=-1, required=True, type=QueryType())
@click.option(
    "--by",
    metavar="FIELD,…",
    help="Fields (source, author, section, language, or any that your articles have) and periods (year, quarter, "
    "month, week, day).",
)
@click.option(
    "-n",
    "limit",
    metavar="N",
    type=click.IntRange(0),
    help="How many values; 0 for all.  [default: 10 of a field, all periods]",
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
    by: str | None,
    limit: int | None,
    form: str | None,
    colour: str,
    index: str,
    no_pager: bool,
    **limits: Unpack[Limits],
) -> None:
    """Count the articles and paragraphs that match a query by source, author, language, year …, and say what part
    they are of all paragraphs of that source (author …).

    \b
    search facets Calais
    search facets 'tunnel SAUF Calais' --by source,year
    """
    text = " ".join(query)
    with open_archive(index) as archive:
        found = {field: archive.facets(text, field, **limits) for field in _fields(archive, by)}
        if not by:
            found = {field: values for field, values in found.items() if any(one.value for one in values)}
        shown = {field: values[: _limit(field, limit)] for field, values in found.items()}
        if form:
            emit(table(form, counts.FACET_FIELDS, counts.facet_records(shown)), no_pager=no_pager)
        elif any(found.values()):
            emit(counts.facets(found, shown, style(colour), columns()), no_pager=no_pager)
        if not any(found.values()):
            _say_nothing(archive, text, limits, ", ".join(found))
    ctx.exit(0 if any(found.values()) else 1)


def _limit(field: str, wanted: int | None) -> int | None:
    """How many values of a field are shown (`None`: all)."""
    if wanted is None:
        return None if field in UNITS else USUAL_VALUES
    return wanted or None


def _say_nothing(archive: Archive, query: str, limits: Limits, periods: str) -> None:
    """Say why there is nothing to show: what was found may have no date that is precise enough for these periods."""
    undated = archive.search(query, limit=0, **limits).paragraphs
    if undated:
        note(f"{counted(undated, 'paragraph')} found, but without a date by the {periods}")
    else:
        say_nothing_found(archive, query, limits)


def _fields(archive: Archive, by: str | None) -> list[str]:
    if by:
        return [name for one in by.split(",") if (name := one.strip())] or [by]
    known = {*archive.facet_fields(), "year"}
    return [name for name in USUAL if name in known]
