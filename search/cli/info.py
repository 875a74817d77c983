"""``search info``: what is in an index."""

from collections.abc import Iterator, Mapping

import click

from search.archive import open as open_archive
from search.cli.options import index_option
from search.cli.output import columns, counted
from search.engines.protocol import Stats
from search.render.lines import hanging, wrapped
from search.render.style import PLAIN
from search.render.terminal import NARROWEST

MOST = 10
"""How many sources and languages are listed."""


@click.command("info", short_help="What is in the index.")
@index_option
def command(index: str) -> None:
    """Show what is in the index: how much, from when, in which languages, from which sources.

    \b
    search info --index press
    """
    with open_archive(index) as archive:
        stats = archive.stats()
    wide = columns()
    for name, value in rows(stats, index):
        lines = wrapped(value, (), PLAIN, wide and max(wide - 12, NARROWEST), whole=True)
        for line in hanging(f"{name:<11} ", lines, PLAIN):
            click.echo(line)


def rows(stats: Stats, index: str) -> Iterator[tuple[str, str]]:
    """What to say, line by line."""
    yield "index", index
    yield "articles", f"{stats.articles:,}"
    yield "paragraphs", f"{stats.paragraphs:,}"
    yield "words", f"{stats.words:,} ({stats.forms:,} different)"
    dates = f"{stats.first} to {stats.last}" if stats.first else "none"
    yield (
        "dates",
        dates + (f" ({counted(stats.undated, 'article')} without)" if stats.undated and stats.first else ""),
    )
    yield "languages", listed(stats.languages)
    yield "sources", listed(stats.sources)
    yield "size", f"{stats.size / 1e6:,.1f} MB"
    yield "built", f"{stats.created.replace('T', ' ').replace('+00:00', ' UTC')}"
    yield "versions", ", ".join(f"{name} {version}" for name, version in stats.versions.items())


def listed(counts: Mapping[str, int]) -> str:
    """The most frequent, with their counts."""
    shown = [f"{name or 'not given'} {count:,}" for name, count in list(counts.items())[:MOST]]
    more = len(counts) - len(shown)
    return ", ".join(shown) + (f" and {more:,} more" if more > 0 else "")
