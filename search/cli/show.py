"""``search show``: the articles that a reader makes of a file, without any index."""

from collections.abc import Iterable, Iterator

import click

from search.article import Article
from search.cli.options import colour_option, pager_option
from search.cli.output import columns, counted, emit, note, style
from search.reading import Piece, look
from search.render import reading
from search.render.jsonl import article_line
from search.render.lines import wrapped


@click.command("show", short_help="Show what is read from a file.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(), metavar="FILE...")
@click.option("-n", "limit", type=click.IntRange(0), default=3, show_default=True, help="Articles; all if 0.")
@click.option("--json", "as_json", is_flag=True, help="One article a line, as JSON.")
@click.option("--map", "mapping", metavar="FIELD=NAME,...", help="What fields are called in tables and JSON.")
@colour_option
@pager_option
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    limit: int,
    as_json: bool,
    mapping: str | None,
    colour: str,
    no_pager: bool,
) -> None:
    """Show the articles that are read from a file, as an index would hold them.

    \b
    search show page.html
    search show 'press.zip!/2019/page.html'
    """
    read = _Read(look(paths, mapping or ""), limit)
    emit(_json_lines(read) if as_json else _lines(read, colour), no_pager=no_pager)
    for remark in read.remarks:
        note(remark)
    if read.problems:
        ctx.exit(2)
    if not read.shown:
        note("there is no article in it")
    ctx.exit(0 if read.shown else 1)


class _Read:
    """The pieces that are articles, up to the limit; keeps what is to be said of the others until they are shown."""

    def __init__(self, pieces: Iterable[Piece], limit: int) -> None:
        self._pieces, self._limit = pieces, limit
        self.shown = self.problems = 0
        self.remarks: list[str] = []

    def __iter__(self) -> Iterator[tuple[Piece, Article]]:
        for piece in self._pieces:
            if piece.article is None:
                self.problems += 1
                self.remarks.append(str(piece.problem))
            elif self._limit and self.shown == self._limit:
                self.remarks.append(f"the first {counted(self._limit, 'article')} shown (-n 0 shows all)")
                return
            else:
                self.shown += 1
                yield piece, piece.article


def _json_lines(read: _Read) -> Iterator[str]:
    for _, article in read:
        yield article_line(article)


def _lines(read: _Read, colour: str) -> Iterator[str]:
    look, wide = style(colour), columns()
    for piece, article in read:
        if read.shown > 1:
            yield ""
        yield from reading.article(article, None, look, wide)
        for name, value in piece.facts():
            yield from (look.faint(line) for line in wrapped(f"{name}: {value}", (), look, wide, whole=True))
