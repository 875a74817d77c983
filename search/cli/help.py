"""``search help``: how to ask, and what the commands do."""

from collections.abc import Iterator

import click

from search.cli.group import COMMANDS
from search.cli.group import main as group
from search.cli.options import pager_option
from search.cli.output import columns, emit, note
from search.render.lines import wrapped
from search.render.style import PLAIN
from search.render.terminal import NARROWEST

QUERY = """\
The query language (more in docs/query.md). Quote the whole query in the shell.

Words
  Calais port             both, in all their forms; a name only as it is printed
  Calais OU port          either (OR); with --any any of the words is enough
  Calais SAUF port        without (NOT, -port); also ET (AND), and brackets
  "fin de vie"            a phrase; case and accents do not count
  "traversée * Manche"    a phrase with a gap of one to three words
  =Tours                  exactly as printed, also in phrases: "=Tours de"

Near each other
  port PROCHE/5 grève     at most 5 words from one to the other (NEAR/5)
  port AVANT/5 grève      and in this order (BEFORE/5)
  AUMOINS/3 port          at least three times (ATLEAST/3)
  article:(port grève)    anywhere in the same article; all of it: --in article

Many words at once
  immigr*  *port  b?teau  words of a pattern
  Calias~  Calias~2       words like it, by one or two edits
  /rail|train(s)?/        words that a regular expression matches as a whole

Where and when
  title:port  source:gazette  author:roux  lang:fr  section:sport
  date:1940  date:1940-05..1944  date:"mai 1940"  date:15/03/2020
  depuis:"3 mois"  since:"last year"  until:2019

Weight
  Calais^2 port           counts twice in the order of the results

NEAR binds tightest, then NOT and ATLEAST, then AND, then OR.
See what a query means here: search explain 'QUERY'
"""
TOPICS = {"query": QUERY}
SECOND = 26
"""Where the second column of a topic begins."""


def _topics(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    return [one for one in (*TOPICS, *COMMANDS) if one.startswith(incomplete)]


@click.command("help", short_help="How to ask: search help query.")
@click.argument("topic", required=False, metavar="[TOPIC]", shell_complete=_topics)
@pager_option
@click.pass_context
def command(ctx: click.Context, topic: str | None, no_pager: bool) -> None:
    """Show help on the query language, or on a command.

    \b
    search help query
    search help build
    """
    if topic in TOPICS:
        emit(fitted(TOPICS[topic], columns()), no_pager=no_pager)
    elif topic in COMMANDS:
        named = group.get_command(ctx, topic)
        assert named
        told = named.get_help(click.Context(named, info_name=topic, parent=ctx.parent))
        emit(told.split("\n"), no_pager=no_pager)
    elif topic is None:
        assert ctx.parent
        emit(ctx.parent.get_help().split("\n"), no_pager=no_pager)
    else:
        note(f'no help on "{topic}": there is help on {", ".join([*TOPICS, *COMMANDS])}')
        ctx.exit(2)


def fitted(text: str, wide: int | None) -> Iterator[str]:
    """The lines of a text with two columns; on a terminal that is too narrow for them the second goes below."""
    for line in text.splitlines():
        if wide is None or len(line) <= wide:
            yield line
            continue
        is_row = line[SECOND - 2 : SECOND] == "  "
        first, second = (line[:SECOND].rstrip(), line[SECOND:]) if is_row else (line, "")
        indent = " " * (len(first) - len(first.lstrip()))
        for told, before in ((first, indent), (second, f"{indent}  ")):
            yield from (before + part for part in wrapped(told, (), PLAIN, max(wide - len(before), NARROWEST)))
