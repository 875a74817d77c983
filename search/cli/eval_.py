"""``search eval``: how well topics find what people judged to be relevant."""

from collections.abc import Iterable, Sequence
from typing import Unpack
from urllib.parse import unquote

import click

from search.archive import Archive, Limits
from search.archive import open as open_archive
from search.cli.options import asking_options, colour_option, index_option, pager_option, table_options
from search.cli.output import columns, counted, emit, note, style
from search.cli.ranking import STDIN, Asker, Asking, text_of, topic_options
from search.engines.protocol import RankedUnit
from search.errors import SearchError
from search.measures import USUAL, Measures
from search.render import measures as rendering
from search.render.tables import table
from search.render.trec import column
from search.topics import Topic, judgements

Judgements = dict[str, dict[str, int]]

NAMED = 3
"""So many of those that do not fit are named."""


@click.command("eval", short_help="Measure how well topics find what is relevant.")
@click.argument("topics", type=click.Path(allow_dash=True))
@click.argument("qrels", type=click.Path(allow_dash=True))
@click.option(
    "-m",
    "--measure",
    "wanted",
    metavar="NAME,…",
    multiple=True,
    help=f"What to measure, as ir-measures calls it.  [default: {','.join(USUAL)}]",
)
@click.option("--by-topic", is_flag=True, help="Topic by topic, then all.")
@topic_options
@asking_options
@table_options
@colour_option
@index_option
@pager_option
@click.pass_context
def command(
    ctx: click.Context,
    topics: str,
    qrels: str,
    wanted: tuple[str, ...],
    by_topic: bool,
    parts: tuple[str, ...],
    as_queries: bool,
    unit: RankedUnit,
    depth: int,
    form: str | None,
    colour: str,
    index: str,
    no_pager: bool,
    **limits: Unpack[Limits],
) -> None:
    """Ask topics and measure the rankings by judgements (qrels: topic, 0, article, relevance), as trec_eval does with
    what search run prints.

    \b
    search eval topics.tsv qrels.tsv --any
    search eval topics.tsv qrels.tsv --any -m MRR,nDCG@20 --by-topic
    """
    if topics == qrels == STDIN:
        raise click.UsageError("topics and judgements cannot both come in by the pipe: give a file for one of them.")
    measures = Measures([name.strip() for one in wanted for name in one.split(",")] or USUAL)
    limits["plain"] = not as_queries
    asker = Asker(topics, Asking(depth, unit, limits))
    asked = asker.topics(parts)
    judged = _judged(qrels, asker)
    with open_archive(index) as archive:
        asked, judged = _fitting(topics, asked, qrels, judged)
        _check_articles(archive, qrels, judged, paragraphs=unit == "paragraph")
        found = {column(topic.id): dict(ranking) for topic, ranking in asker.rankings(archive, asked)}
    if judged := {topic: articles for topic, articles in judged.items() if topic in found}:
        one = measures.of(judged, found)
        if form:
            records = rendering.records(one, topics=by_topic)
            emit(table(form, ("topic", *measures.names), records), no_pager=no_pager)
        elif by_topic:
            emit(rendering.by_topic(one, style(colour), columns()), no_pager=no_pager)
            _say_left_out_measures(measures.names)
        else:
            emit(rendering.lines(one), no_pager=no_pager)
        if not form:
            note(f"{counted(len(judged), 'topic')}, {counted(sum(map(len, judged.values())), 'judgement')}")
    asker.say_silent()
    ctx.exit(asker.status)


def _say_left_out_measures(names: Sequence[str]) -> None:
    shown = rendering.fitting(names, columns())
    if len(shown) < len(names):
        note(f"{len(shown)} of {len(names)} measures fit the terminal (--csv has all)")


def _judged(file: str, asker: Asker) -> Judgements:
    """The judgements of a file, topic by topic."""
    found: Judgements = {}
    for one in asker.without(file, judgements(text_of(file))):
        found.setdefault(one.topic, {})[one.article] = one.relevance
    if not found:
        raise SearchError(f"{file}: expected judgements (topic, 0, article, relevance), found none")
    return found


def _fitting(topics: str, asked: Sequence[Topic], qrels: str, judged: Judgements) -> tuple[list[Topic], Judgements]:
    """The topics that are judged, and their judgements; the others are left out, and said to be."""
    names = {column(one.id): one for one in asked}
    both = [name for name in names if name in judged]
    if not both:
        raise SearchError(
            f"no topic of {topics} ({_some(names)}) is judged in {qrels} ({_some(judged)}): do they belong together?"
        )
    _say_left_out([name for name in names if name not in judged], f"not judged in {qrels}")
    _say_left_out([name for name in judged if name not in names], f"judged, but not in {topics}")
    return [names[name] for name in both], {name: judged[name] for name in both}


def _say_left_out(names: Sequence[str], why: str) -> None:
    if names:
        note(f"{counted(len(names), 'topic')} left out: {why} ({_some(names)})")


def _check_articles(archive: Archive, qrels: str, judged: Judgements, *, paragraphs: bool) -> None:
    """Say which relevant articles are not there to be found."""
    wanted = {name for articles in judged.values() for name, relevance in articles.items() if relevance > 0}
    missing = [one for one in sorted(wanted) if not _is_there(archive, one, paragraphs=paragraphs)]
    if not missing:
        return
    what = f"relevant {'paragraph' if paragraphs else 'article'}"
    said = f"{len(missing):,} of {counted(len(wanted), what)} of {qrels} not in this archive ({_some(missing)})"
    if len(missing) == len(wanted):
        named = " (A paragraph is named article:number.)" if paragraphs else ""
        raise SearchError(f"{said}: is it the right --index?{named}")
    note(f"{said}: counted as not found")


def _is_there(archive: Archive, name: str, *, paragraphs: bool) -> bool:
    article = name.rpartition(":")[0] if paragraphs else name
    return any(archive.ids(one, 1) == [one] for one in {article, unquote(article)})


def _some(names: Iterable[str]) -> str:
    """A few of some names."""
    every = list(names)
    return ", ".join(every[:NAMED]) + ", …" * (len(every) > NAMED)
