"""``search run``: what topics find, as a run file for ``trec_eval`` and its like."""

from collections.abc import Iterable, Iterator
from typing import Unpack

import click

from search.archive import Limits
from search.archive import open as open_archive
from search.cli.options import asking_options, index_option, pager_option
from search.cli.output import emit
from search.cli.ranking import Asker, Asking, Ranking, topic_options
from search.engines.protocol import RankedUnit
from search.render.trec import TAG, run_line
from search.topics import Topic


@click.command("run", short_help="Rank what topics find, for trec_eval.")
@click.argument("topics", type=click.Path(allow_dash=True))
@topic_options
@click.option("--tag", metavar="NAME", default=TAG, show_default=True, help="What the run is called.")
@asking_options
@index_option
@pager_option
@click.pass_context
def command(
    ctx: click.Context,
    topics: str,
    parts: tuple[str, ...],
    as_queries: bool,
    unit: RankedUnit,
    depth: int,
    tag: str,
    index: str,
    no_pager: bool,
    **limits: Unpack[Limits],
) -> None:
    """Rank what each topic of a file finds and print a run, as trec_eval reads it: topic, Q0, article, rank, score,
    tag. The file has <top> … </top> as TREC and CLEF do, or a topic a line: its name, a tab, its words (- for what
    comes in by a pipe).

    \b
    search run topics.tsv --any > news-search.run
    search run topics.trec --parts title,desc --any -n 100
    """
    limits["plain"] = not as_queries
    asker = Asker(topics, Asking(depth, unit, limits))
    asked = asker.topics(parts)
    with open_archive(index) as archive:
        emit(_lines(asker.rankings(archive, asked), tag), no_pager=no_pager)
    asker.say_silent()
    ctx.exit(asker.status)


def _lines(rankings: Iterable[tuple[Topic, Ranking]], tag: str) -> Iterator[str]:
    for topic, ranking in rankings:
        for rank, (name, score) in enumerate(ranking, 1):
            yield run_line(topic.id, name, rank, score, tag)
