"""Building an index, from Python. It is apart from asking one (`search.archive`), which needs much less."""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from search.article import Article
from search.engines.protocol import Stats, Writer
from search.errors import InputError
from search.readers import Problem, Record, SourceFile, find, records

Path = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: articles so far, bytes read and to read (of the files, compressed or not)."""

    articles: int
    read: int
    total: int


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: the new index, how long it took (seconds), what was left out or mended, and how many
    files of which suffix were passed over because no reader takes them."""

    stats: Stats
    seconds: float
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    passed_over: dict[str, int]


def build(
    *paths: Path,
    index: Path = "index",
    articles: Iterable[Article] = (),
    jobs: int = 0,
    memory: int = 256_000_000,
    on_progress: Callable[[Progress], None] | None = None,
    on_problem: Callable[[Problem], None] | None = None,
) -> Built:
    """Build an index of the articles in these files and folders, and of `articles` given as such.

    An index that is there already is replaced once the new one is whole; if anything fails, it stays. A file or a
    line that cannot be read is left out and reported. `InputError` if no article is found at all; `IndexProblem`
    if `index` is a folder of something else, or is being written.

    Large builds run in several processes: `jobs`, or as many as there are processors (0). `memory`, in bytes, bounds
    roughly what they hold together. Neither changes the index.
    """
    from search.engines.local.writer import IndexWriter  # brings in Whoosh, which searching need not wait for

    started = time.monotonic()
    found = find(paths)
    problems: list[Problem] = []

    def report(problem: Problem) -> None:
        problems.append(problem)
        if on_problem:
            on_problem(problem)

    for problem in found.problems:
        report(problem)
    with IndexWriter(index, fresh=True) as writer:
        count = 0
        for outcome in writer.add_records(_records(found.files), jobs=jobs, memory=memory):
            list(map(report, outcome.problems))
            count += outcome.articles
            if on_progress:
                on_progress(Progress(count, outcome.read, found.size))
        notes = [_taken(*one) for one in writer.renamed]
        for identity, article in _added(writer, articles, report):
            count += 1
            notes += [_taken(article.place, article.id, identity)] if identity != article.id else []
        if not count:
            raise InputError(_nothing_found(paths, problems, dict(found.passed_over)))
        stats = writer.commit()
    seconds = time.monotonic() - started
    return Built(stats, seconds, tuple(problems), tuple(notes), dict(found.passed_over))


def _added(
    writer: Writer, articles: Iterable[Article], report: Callable[[Problem], None]
) -> Iterator[tuple[str, Article]]:
    """Add articles; the id that each got. Those that cannot be indexed are reported."""
    for article in articles:
        try:
            yield writer.add(article), article
        except (ValueError, TypeError, AttributeError) as error:
            report(Problem(str(article.place), f"cannot be indexed ({error})"))


def _taken(place: str, wanted: str, identity: str) -> str:
    return f'{place}: the id "{wanted}" is taken; this article is "{identity}"'


def _records(files: Iterable[SourceFile]) -> Iterator[tuple[Record | Problem, int]]:
    """All records and problems of the files, with the number of bytes that were read by then."""
    before = 0
    for file in files:
        for item, done in records(file):
            yield item, before + done
        before += file.size


def _nothing_found(paths: tuple[Path, ...], problems: list[Problem], passed_over: dict[str, int]) -> str:
    where = ", ".join(f'"{os.fspath(path)}"' for path in paths)
    if passed_over:
        kinds = ", ".join(f"{count} {suffix}" for suffix, count in sorted(passed_over.items()))
        return f"no article in {where}: there is no reader for the files there ({kinds})"
    if problems:
        return f"no article could be read from {where}: nothing was built"
    return f"no article in {where}: expected text files (.txt, .md) or JSON Lines (.jsonl) that hold some"
