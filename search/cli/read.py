"""``search read``: a whole article."""

import click

from search.cli.asking import show
from search.cli.completing import IdType, QueryType
from search.cli.options import colour_option, index_option, pager_option


@click.command("read", short_help="Show a whole article.")
@click.argument("identity", metavar="ID", type=IdType())
@click.option("--query", metavar="QUERY", type=QueryType(), help="Mark this query's words.")
@colour_option
@index_option
@pager_option
def command(identity: str, query: str | None, colour: str, index: str, no_pager: bool) -> None:
    """Show a whole article, paragraph by paragraph, by the ID that `search for` prints.

    \b
    search read orange-8841 --query Calais
    """
    show(identity, query, colour, index, no_pager)
