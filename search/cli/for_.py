"""``search for``: the articles and paragraphs that match a query."""

import re
from typing import TYPE_CHECKING, Any

import click

from search.archive import Within
from search.cli.asking import find
from search.cli.completing import QueryType
from search.cli.options import asking_options, colour_option, index_option, pager_option
from search.cli.quick import SORTS
from search.engines.protocol import Sort

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class QueryCommand(click.Command):
    """A command whose arguments may begin with a dash: ``search for Calais -Dunkerque``.

    Only ``--name``, ``-n`` and ``-h`` are options; any other ``-word`` belongs to the query.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        valued = {name for one in self.params for name in one.opts if _takes_value(one)}
        options: list[str] = []
        words: list[str] = []
        left = iter(args)
        for arg in left:
            if arg == "--":
                words.extend(left)
            elif re.fullmatch(r"--.+|-h|-n\d*", arg):
                options.append(arg)
                if arg not in valued:
                    continue
                value = next(left, None)
                if value is None:
                    return super().parse_args(ctx, options)  # which says what is missing
                options.append(value)
            else:
                words.append(arg)
        return super().parse_args(ctx, [*options, "--", *words])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem[Any]]":
        """Options; after one dash, words that are excluded."""
        found = super().shell_complete(ctx, incomplete)
        if incomplete.startswith("-") and not incomplete.startswith("--"):
            found += QueryType().shell_complete(ctx, self.params[0], incomplete)
        return found


def _takes_value(parameter: click.Parameter) -> bool:
    return isinstance(parameter, click.Option) and not parameter.is_flag


@click.command("for", cls=QueryCommand, short_help="Find articles and paragraphs.")
@click.argument("query", nargs=-1, required=True, type=QueryType())
@click.option("-n", "limit", metavar="N", type=click.IntRange(0), help="How many articles; 0 for all.  [default: 10]")
@asking_options
@click.option(
    "--sort", type=click.Choice(SORTS), default="relevance", show_default=True, help="The order of the results."
)
@click.option("--json", "as_json", is_flag=True, help="One article a line, as JSON, with all matching paragraphs.")
@click.option("--count", is_flag=True, help="Just how many paragraphs and articles match.")
@click.option("--files", is_flag=True, help="Just the files in which something was found.")
@click.option("--variants", is_flag=True, help="Near-copies as results of their own, not beside the first of them.")
@colour_option
@index_option
@pager_option
@click.pass_context
def command(
    ctx: click.Context,
    query: tuple[str, ...],
    limit: int | None,
    any_word: bool,
    sort: Sort,
    since: str | None,
    until: str | None,
    as_json: bool,
    count: bool,
    files: bool,
    variants: bool,
    within: Within,
    colour: str,
    index: str,
    no_pager: bool,
) -> None:
    """Find the articles and paragraphs that match a query, best first.

    \b
    search for Calais                             the word, in all its forms
    search for 'Calais ET (port OU tunnel)'       operators: ET OU SAUF, AND OR NOT
    search for '"forces de l’ordre" -Dunkerque'   a phrase; without a word
    search for 'immigr* title:Calais date:2019'   a beginning, in the title, from a year
    search for =Tours                             exactly as printed
    """
    if as_json + count + files > 1:
        raise click.UsageError("--json, --count and --files exclude each other: give one of them.")
    asked = (query, limit, any_word, sort, since, until, as_json, count, files, variants, within, colour, index)
    ctx.exit(find(*asked, no_pager))
