"""``search contrast``: which words the texts of two queries use more than those of the other."""

from collections.abc import Iterator
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
from search.render.concordance import heading
from search.render.style import Style
from search.render.tables import table


@click.command("contrast", cls=QueryCommand, short_help="The words that tell two queries apart.")
@click.argument("query", nargs=-1, required=True, type=QueryType())
@click.option("--vs", metavar="QUERY", required=True, type=QueryType(), help="The query to compare it with.")
@click.option(
    "-n", "limit", metavar="N", type=click.IntRange(0), default=10,
    help="How many words of each; 0 for all.  [default: 10]",
)  # fmt: skip
@asking_options
@table_options
@colour_option
@index_option
@pager_option
@click.pass_context
def command(
    ctx: click.Context,
    query: tuple[str, ...],
    vs: str,
    limit: int,
    form: str | None,
    colour: str,
    index: str,
    no_pager: bool,
    **limits: Unpack[Limits],
) -> None:
    """Show the words that the paragraphs of a query use more than those of another, then the other way round.
    Paragraphs that match both are left out.

    \b
    search contrast ferry --vs tunnel
    search contrast 'migrants date:2015' --vs 'migrants date:2020'
    """
    queries = " ".join(query), vs
    if queries[0] == vs:
        raise click.UsageError("--vs is the same query: give another one.")
    with open_archive(index) as archive:
        sides = {one: archive.terms(one, against=other, limit=limit or None, **limits)
                 for one, other in (queries, queries[::-1])}  # fmt: skip
        if form:
            rows = (row for one, found in sides.items() for row in keywords.records(found, one))
            emit(table(form, keywords.FIELDS, rows), no_pager=no_pager)
        else:
            emit(_lines(sides, style(colour), columns()), no_pager=no_pager)
        for one, found in sides.items():
            if not archive.search(one, limit=0, **limits).paragraphs:
                say_nothing_found(archive, one, limits)
            elif not found.words:
                note(f'no word is surely used more in "{one}"')
        found = sides[queries[0]]
        if found.texts and found.others and not form:
            said = f"{counted(found.texts, 'paragraph')} against {found.others:,}"
            note(f"{said}, without those that match both (titles included)")
    ctx.exit(0 if any(found.words for found in sides.values()) else 1)


def _lines(sides: dict[str, Keywords], look: Style, wide: int | None) -> Iterator[str]:
    parted = False
    for query, found in sides.items():
        if found.words:
            yield from [""] * parted
            yield heading(query, look)
            yield from keywords.lines(found, look, wide)
            parted = True
