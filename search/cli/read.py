"""``search read``: a whole article, paragraphs of it, and how they are cited."""

import click

from search.cli.completing import IdType, QueryType
from search.cli.options import colour_option, index_option, pager_option
from search.cli.reading import cite, print_text, show
from search.render.citations import ONE


@click.command("read", short_help="Show a whole article.")
@click.argument("identity", metavar="ID[:PARAGRAPH]", type=IdType())
@click.option("--query", metavar="QUERY", type=QueryType(), help="Mark and number the places of this query's words.")
@click.option(
    "--around", metavar="N", type=click.IntRange(0), help="With N paragraphs on either side of it; or of each hit."
)
@click.option("--cite", "form", type=click.Choice(ONE), help="How to cite it, with a hash of its text.")
@click.option("--raw", is_flag=True, help="The stored text and nothing else, as it was hashed.")
@colour_option
@index_option
@pager_option
@click.pass_context
def command(
    ctx: click.Context,
    identity: str,
    query: str | None,
    around: int | None,
    form: str | None,
    raw: bool,
    colour: str,
    index: str,
    no_pager: bool,
) -> None:
    """Show an article by the ID that `search for` prints, or a paragraph of it (ID:5), as `search kwic` has them.

    \b
    search read orange-8841 --query Calais
    search read orange-8841:5 --around 2
    search read orange-8841:5 --cite bibtex
    """
    if form and raw:
        raise click.UsageError("--cite and --raw exclude each other: give one of them.")
    if (form or raw) and (query is not None or around is not None):
        raise click.UsageError("--cite and --raw take a text as it is: leave --query and --around out.")
    if form:
        ctx.exit(cite(identity, form, index))
    ctx.exit(print_text(identity, index) if raw else show(identity, query, around, colour, index, no_pager))
