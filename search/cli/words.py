"""``search words``: the dictionary of the archive."""

import click

from search.archive import open as open_archive
from search.cli.completing import WordType
from search.cli.for_ import QueryCommand
from search.cli.options import index_option, pager_option
from search.cli.output import emit, note
from search.render.style import safe


@click.command("words", cls=QueryCommand, short_help="The words of the archive.")
@click.argument("pattern", type=WordType())
@click.option(
    "-n", "limit", metavar="N", type=click.IntRange(0), default=50, help="How many; 0 for all.  [default: 50]"
)
@click.option(
    "--sort", type=click.Choice(("count", "word")), default="count", show_default=True, help="The order of the words."
)
@index_option
@pager_option
@click.pass_context
def command(ctx: click.Context, pattern: str, limit: int, sort: str, index: str, no_pager: bool) -> None:
    """List the words that begin with PATTERN, or that it stands for, each with the number of paragraphs and titles
    that hold it, parted by a tab.

    \b
    search words immigr           words that begin so
    search words '*port*'         with port in them
    search words Calias~2         like Calias, by two edits at most
    search words '/.*tion(s)?/'   a regular expression
    """
    with open_archive(index) as archive:
        found = archive.words(pattern)
        like = [] if found else archive.nearest(pattern.strip("=*"))
    if sort == "word":
        found.sort(key=lambda one: one[0])
    shown = found[: limit or None]
    emit((f"{safe(form)}\t{count}" for form, count in shown), no_pager=no_pager)
    if not found:
        near = ", ".join(f"{form} ({count:,})" for form, count in like)
        note("no such word here" + (f"; like it: {near}" if near else ""))
    elif len(shown) < len(found):
        note(f"the first {len(shown):,} of {len(found):,} words shown (-n 0 shows all)")
    ctx.exit(0 if found else 1)
