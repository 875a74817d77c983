"""``search terms``: the words that the texts about something use more than others do."""

from typing import Unpack

import click

from search.archive import Limits
from search.archive import open as open_archive
from search.cli.completing import QueryType
from search.cli.for_ import QueryCommand
from search.cli.options import asking_options, colour_option, index_option, pager_option, table_options
from search.cli.output import columns, counted, emit, note, say_nothing_found, style
from search.keyness import Keywords
from search.render import keywords
from search.render.tables import table


@click.command("terms", cls=QueryCommand, short_help="The words that go with it.")
@click.argument("query", nargs=-1, required=True, type=QueryType())
@click.option(
    "-n", "limit", metavar="N", type=click.IntRange(0), default=20, help="How many words; 0 for all.  [default: 20]"
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
    limit: int,
    form: str | None,
    colour: str,
    index: str,
    no_pager: bool,
    **limits: Unpack[Limits],
) -> None:
    """Show the words and names that the matching paragraphs use more than all others do, the surest first: how many
    have it, what part of them and of the others that is, and an example.

    \b
    search terms Calais
    search terms 'jungle SAUF livre' --since 2015 --csv
    """
    text = " ".join(query)
    with open_archive(index) as archive:
        found = archive.terms(text, limit=limit or None, **limits)
        if form:
            emit(table(form, keywords.FIELDS, keywords.records(found, text)), no_pager=no_pager)
        else:
            emit(keywords.lines(found, style(colour), columns()), no_pager=no_pager)
        if not found.texts:
            say_nothing_found(archive, text, limits)
        elif not (form and found.words):
            note(_summary(found))
    ctx.exit(0 if found.words else 1)


def _summary(found: Keywords) -> str:
    """What was compared."""
    if not found.others:
        return f"all {counted(found.texts, 'paragraph')} match: there are no others to compare them with"
    said = f"{counted(found.texts, 'paragraph')}, against {found.others:,} others (titles included)"
    return said if found.words else f"no word is surely used more: {said}"
