"""``search show``: the articles that a reader makes of a file, without any index."""

import click

from search.cli.options import colour_option
from search.cli.output import columns, counted, note, style
from search.reading import Piece, look
from search.render import terminal


@click.command("show", short_help="Show what is read from a file.")
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@click.option("-n", "limit", type=click.IntRange(0), default=3, show_default=True, help="Articles; all if 0.")
@click.option("--json", "as_json", is_flag=True, help="One article a line, as JSON.")
@click.option("--map", "mapping", metavar="FIELD=NAME,...", help="What fields are called in tables and JSON.")
@colour_option
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[str, ...], limit: int, as_json: bool, mapping: str | None, colour: str
) -> None:
    """Show the articles that are read from a file, as an index would hold them.

    \b
    search show page.html
    search show 'press.zip!/2019/page.html'
    """
    shown = problems = 0
    for piece in look(paths, mapping or ""):
        if piece.problem:
            problems += 1
            note(str(piece.problem))
        elif limit and shown == limit:
            note(f"the first {counted(limit, 'article')} shown (-n 0 shows all)")
            break
        else:
            _show(piece, as_json, colour, shown)
            shown += 1
    if problems:
        ctx.exit(2)
    ctx.exit(0 if shown else 1)


def _show(piece: Piece, as_json: bool, colour: str, before: int) -> None:
    article = piece.article
    assert article
    if as_json:
        from search.render.jsonl import article_line

        click.echo(article_line(article))
        return
    if before:
        click.echo()
    for line in terminal.article(article, {}, style(colour), columns()):
        click.echo(line)
    for name, value in piece.facts():
        click.echo(style(colour).faint(f"{name}: {value}"))
