"""``search for``: the articles and paragraphs that match a query."""

import re
from typing import TYPE_CHECKING, Any

import click

from search.archive import Limits, Within
from search.cli.asking import find
from search.cli.completing import QueryType
from search.cli.options import asking_options, colour_option, index_option, pager_option
from search.cli.quick import SORTS
from search.engines.protocol import Sort

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

FORMS = ("text", "json", "jsonl", "csv", "tsv", "trec", "bibtex", "ris", "csl-json")


class QueryCommand(click.Command):
    """A command whose arguments may begin with a dash: ``search for Calais -Dunkerque``.

    Only ``--name``, ``-n``, ``-h`` and what else the command has are options; any other ``-word`` belongs to the
    query.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        valued = {name for one in self.params for name in one.opts if _takes_value(one)}
        short = {name for one in self.params for name in one.opts if len(name) == 2 and isinstance(one, click.Option)}
        options: list[str] = []
        words: list[str] = []
        left = iter(args)
        for arg in left:
            if arg == "--":
                words.extend(left)
            elif arg in short or re.fullmatch(r"--.+|-h|-n\d*", arg):
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
@click.option(
    "--format", "form", metavar="FORM", type=click.Choice(FORMS), help=f"For other programs: {', '.join(FORMS[1:])}."
)
@click.option("--fields", metavar="NAME,…", help="Just these fields, such as article,date or reference.")
@click.option("--count", is_flag=True, help="Just how many paragraphs and articles match.")
@click.option("--files", is_flag=True, help="Just the files in which something was found.")
@click.option("-0", "null", is_flag=True, help="A NUL after each file, article or row, not a line end (xargs -0).")
@click.option("--offset", metavar="N", type=click.IntRange(0), default=0, help="Without the first N articles.")
@click.option("--all", "every", is_flag=True, help="All articles, as they come in the archive, the first at once.")
@click.option("--topic", metavar="ID", help="What the query is called in a run (--format trec).  [default: 1]")
@click.option("--tag", metavar="NAME", help="What the run is called (--format trec).  [default: news-search]")
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
    form: str | None,
    fields: str | None,
    count: bool,
    files: bool,
    null: bool,
    offset: int,
    every: bool,
    topic: str | None,
    tag: str | None,
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
    if as_json + count + files + bool(form) > 1:
        raise click.UsageError("--json, --format, --count and --files exclude each other: give one of them.")
    if not (form or fields is not None or null or offset or every or topic or tag):
        asked = (query, limit, any_word, sort, since, until, as_json, count, files, variants, within, colour, index)
        ctx.exit(find(*asked, no_pager))
    if count:
        raise click.UsageError("--count counts all: leave out what says which articles are shown, and how.")
    from search.cli.exporting import Export, export  # what a plain search has no use for

    chosen = "files" if files else "jsonl" if as_json else form or "text"
    names = None if fields is None else tuple(name.strip() for name in fields.split(","))
    limits: Limits = {"any_word": any_word, "since": since, "until": until, "within": within}
    copies = variants or files
    wanted = Export(chosen, names, sort, limit, offset, every, null, copies, topic, tag, colour, no_pager)
    ctx.exit(export(index, " ".join(query), wanted, limits))
