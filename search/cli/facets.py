"""``search facets``: over which sources, authors, years … something is spread."""

from typing import Unpack

import click

from search.archive import Archive, Limits
from search.archive import open as open_archive
from search.cli.completing import QueryType
from search.cli.for_ import QueryCommand
from search.cli.options import asking_options, colour_option, index_option, pager_option, table_options
from search.cli.output import columns, emit, say_nothing_found, style
from search.render import counts
from search.render.tables import table

USUAL = ("source", "author", "section", "category", "language", "year")
"""What is counted by if nothing else is asked for, as far as the archive has it."""


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
    default=10,
    help="How many values of a field; 0 for all.  [default: 10]",
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
    limit: int,
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
        if form:
            emit(table(form, counts.FACET_FIELDS, counts.facet_records(found, limit or None)), no_pager=no_pager)
        elif any(found.values()):
            emit(counts.facets(found, style(colour), columns(), limit or None), no_pager=no_pager)
        if not any(found.values()):
            say_nothing_found(archive, text, limits)
    ctx.exit(0 if any(found.values()) else 1)


def _fields(archive: Archive, by: str | None) -> list[str]:
    if by:
        return [name for one in by.split(",") if (name := one.strip())]
    known = {*archive.facet_fields(), "year"}
    return [name for name in USUAL if name in known]
