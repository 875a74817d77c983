"""``search like``: the articles that are like one, and why."""

import os
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from search.archive import Archive
from search.archive import open as open_archive
from search.cli.completing import IdType, QueryType
from search.cli.options import colour_option, index_option, pager_option, table_options, time_options
from search.cli.output import columns, counted, emit, note, style
from search.cli.reading import found as found_by
from search.errors import InputError, NotFound
from search.render import likeness
from search.render.tables import table

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from search.article import Article
    from search.likeness import Likeness

NAMED = 8
"""So many of the words that were looked for in vain are named."""


class OneType(IdType):
    """The id of an article, or a file."""

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> "list[CompletionItem[Any]]":
        """Ids; files where none begins so."""
        from click.shell_completion import CompletionItem

        return super().shell_complete(ctx, param, incomplete) or [CompletionItem(incomplete, type="file")]


@click.command("like", short_help="What is like an article, and why.")
@click.argument("one", metavar="ID|FILE|-", type=OneType())
@click.option(
    "-n",
    "limit",
    metavar="N",
    type=click.IntRange(0),
    default=10,
    help="How many articles; 0 for all.  [default: 10]",
)
@click.option("--where", metavar="QUERY", type=QueryType(), help="Only articles that match this, anywhere in them.")
@time_options
@click.option("--variants", is_flag=True, help="Near-copies too, of it and of others.")
@click.option(
    "--nth", metavar="N", type=click.IntRange(1), help="Which article of a file that has several.  [default: 1]"
)
@click.option(
    "--map", "mapping", metavar="FIELD=NAME,...", default="", help="What fields are called in tables and JSON."
)
@table_options
@colour_option
@index_option
@pager_option
@click.pass_context
def command(
    ctx: click.Context,
    one: str,
    limit: int,
    where: str | None,
    since: str | None,
    until: str | None,
    variants: bool,
    nth: int | None,
    mapping: str,
    form: str | None,
    colour: str,
    index: str,
    no_pager: bool,
) -> None:
    """Find the articles that are like one of the archive (its ID), or in a file, or on standard input (-), the most
    like first; with each what part of the telling words it shares, and which.

    \b
    search like orange-8841
    search like draft.docx --where source:gazette --since 2015
    pbpaste | search like - -n 3
    """
    with open_archive(index) as archive:
        given = _given(archive, one, nth, mapping)
        article = given if isinstance(given, str) else given.article
        found = archive.like(article, where=where, limit=limit or None, since=since, until=until, variants=variants)
        if form:
            records = likeness.records(found, nested=form == "json")
            emit(table(form, likeness.FIELDS, records), no_pager=no_pager)
        else:
            emit(likeness.lines(found, style(colour), columns()), no_pager=no_pager)
    if not found.found:
        note(_in_vain(found, bool(where or since or until)))
    elif not form:
        note(_summary(found, limit))
    if not isinstance(given, str) and given.problems:
        ctx.exit(2)
    ctx.exit(0 if found.found else 1)


class _InFile(NamedTuple):
    """An article of a file, and how many problems were met on the way to it."""

    article: "Article"
    problems: int


def _given(archive: Archive, one: str, nth: int | None, mapping: str) -> str | _InFile:
    """The id, if there is such an article (a paragraph may be named with it), else the article in a file."""
    if one != "-":
        is_file = os.path.lexists(one.partition("!/")[0])
        try:
            return archive.read(one).id if is_file else found_by(archive, one)[0].id
        except NotFound:
            if not is_file:
                raise NotFound(f'no article has the id "{one}", and there is no file "{one}"') from None
    return _in_file(one, nth, mapping)


def _in_file(path: str, nth: int | None, mapping: str) -> _InFile:
    from search.reading import look  # which an id has no use for

    wanted = nth or 1
    seen = problems = 0
    chosen: Article | None = None
    for piece in look([path], mapping):
        if piece.article is None:
            problems += 1
            note(str(piece.problem))
            continue
        seen += 1
        chosen = piece.article if seen == wanted else chosen
        if chosen and (nth or seen > wanted):
            break
    name = "standard input" if path == "-" else f'"{path}"'
    if chosen is None:
        expected = f"article {nth:,}" if nth and seen else "an article"
        raise InputError(f"{name}: expected {expected}, found {counted(seen, 'article') if seen else 'none'}")
    if seen > wanted:
        note(f"{name} has several articles: the first is taken (--nth 2 takes the next)")
    return _InFile(chosen, problems)


def _summary(found: "Likeness", limit: int) -> str:
    """How much is shown."""
    shown = counted(len(found.found), "article")
    return f"{f'the first {shown} shown (-n 0 shows all)' if len(found.found) == limit else shown}{_left_out(found)}"


def _left_out(found: "Likeness") -> str:
    if not found.copies:
        return ""
    return f"; {counted(found.copies, 'near-copy', 'near-copies')} of it left out (--variants shows them)"


def _in_vain(found: "Likeness", is_bounded: bool) -> str:
    if not found.words:
        return "nothing is like it: no other article has any of its words, but for those that stand everywhere"
    more = ", …" if len(found.words) > NAMED else ""
    among = "no other article that matches" if is_bounded else "no other article"
    return f"nothing is like it: {among} shares enough of {', '.join(found.words[:NAMED])}{more}{_left_out(found)}"
