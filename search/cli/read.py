"""``search read``: a whole article."""

import click

from search.archive import open as open_archive
from search.cli.options import colour_option, columns, index_option, style
from search.render import terminal


@click.command("read", short_help="Show a whole article.")
@click.argument("identity", metavar="ID")
@click.option("--query", metavar="QUERY", help="Mark this query's words.")
@colour_option
@index_option
def command(identity: str, query: str | None, colour: str, index: str) -> None:
    """Show a whole article, paragraph by paragraph, by the ID that `search for` prints.

    \b
    search read orange-8841 --query Calais
    """
    look = style(colour)
    with open_archive(index) as archive:
        article = archive.read(identity)
        marks = archive.marks(query, article) if query else {}
    for line in terminal.article(article, marks, look, columns()):
        click.echo(line, color=look.colour)
