"""``search explain``: what a query means, and why an article is found or not."""

from typing import Any

import click

from search.archive import Archive, Within
from search.archive import open as open_archive
from search.cli.completing import IdType, QueryType
from search.cli.for_ import QueryCommand
from search.cli.options import asking_options, colour_option, index_option, pager_option
from search.cli.output import columns, emit, style
from search.errors import NotFound
from search.explained import Account
from search.render import explained, jsonl


@click.command("explain", cls=QueryCommand, short_help="Why a query finds what it finds.")
@click.argument("query", type=QueryType())
@click.argument("identity", metavar="[ID]", required=False, type=IdType())
@click.option(
    "--paragraph", metavar="N", type=click.IntRange(0), help="Only this paragraph of the article (0: its title)."
)
@asking_options
@click.option("--json", "as_json", is_flag=True, help="All of it, as one line of JSON.")
@colour_option
@index_option
@pager_option
def command(
    query: str,
    identity: str | None,
    paragraph: int | None,
    any_word: bool,
    within: Within,
    since: str | None,
    until: str | None,
    as_json: bool,
    colour: str,
    index: str,
    no_pager: bool,
) -> None:
    """Explain a QUERY part by part: the printed forms that each word stands for, how many paragraphs have them, and
    what is left out. With the ID of an article (as `search for` prints it): its score, share by share, or which
    part of the query it lacks and what it has instead.

    \b
    search explain 'le port de Calais'
    search explain 'port Calais' 1885-01-31-calais-saint-pierre-fusion
    """
    look, wide = style(colour), columns()
    with open_archive(index) as archive:
        if identity is None:
            found = archive.explain(query, any_word=any_word, since=since, until=until, within=within)
            lines = explained.part(found, look, wide)
        else:
            account = _account(archive, query, identity, any_word=any_word, since=since, until=until, within=within)
            if paragraph is not None and paragraph not in {text.number for text in account.texts}:
                raise NotFound(f'"{identity}" has no paragraph {paragraph}: it has {len(account.texts)} texts')
            lines = explained.account(account, look, wide, paragraph)
        if as_json:
            lines = iter([jsonl.explanation(found if identity is None else account)])
    emit(lines, no_pager=no_pager)


def _account(archive: Archive, query: str, identity: str, **how: Any) -> Account:
    try:
        return archive.account(query, identity, **how)
    except NotFound as error:
        raise NotFound(f"{error} (a query of several words goes in quotes)") from None
