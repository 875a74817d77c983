"""The Python side of the product: build an index, open it, ask it.

import search

search.build("articles/", index="index")
with search.open("index") as archive:
    for hit in archive.search("Calais"):
        print(hit.date, hit.title, hit.paragraphs[0].text)
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from search.article import Article
from search.dates import days, iso
from search.engines.protocol import Engine, Sort, Stats, WordForms
from search.errors import InputError, QueryError
from search.hits import Hits, Span
from search.query import Between, Node, restrict
from search.readers import Problem, Record, SourceFile, find, records
from search.syntax import parse

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
        for article in articles:
            count += 1
            identity = writer.add(article)
            notes += [_taken(article.place, article.id, identity)] if identity != article.id else []
        if not count:
            raise InputError(_nothing_found(paths, problems, dict(found.passed_over)))
        stats = writer.commit()
    seconds = time.monotonic() - started
    return Built(stats, seconds, tuple(problems), tuple(notes), dict(found.passed_over))


def _taken(place: str, wanted: str, identity: str) -> str:
    return f'{place}: the id "{wanted}" is taken; this article is "{identity}"'


def open(index: Path = "index") -> "Archive":
    """Open an index for searching; `IndexProblem` where there is none that this program can read."""
    from search.engines.local.searcher import LocalEngine

    return Archive(LocalEngine(index))


class Archive:
    """An open index. Threads may share it. Close it when done, or use it in a ``with`` statement."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def search(
        self,
        query: str,
        *,
        limit: int | None = 10,
        any_word: bool = False,
        sort: Sort = "relevance",
        since: str | None = None,
        until: str | None = None,
    ) -> Hits:
        """The articles with paragraphs that match a query, best first (see ``docs/query.md`` for the language).

        `limit` is a number of articles, ``None`` for all. With `any_word`, any of the words is enough. `since` and
        `until` are dates (``2019``, ``2019-05``, ``2019-05-03``), both included. `QueryError` where the query
        cannot be understood.
        """
        tree, notes = self.parse(query, any_word=any_word, since=since, until=until)
        with _about(query):
            found = self._engine.search(tree, limit=limit, sort=sort)
        return Hits(found.hits, found.articles, found.paragraphs, notes)

    def read(self, identity: str) -> Article:
        """An article by its id; `NotFound` if there is none."""
        return self._engine.article(identity)

    def marks(self, query: str, article: Article) -> dict[int, tuple[Span, ...]]:
        """Where a query's words stand in an article: spans of characters by paragraph number (the title is 0)."""
        tree, _ = self.parse(query)
        with _about(query):
            return self._engine.marks(tree, article)

    def forms(self, word: str) -> list[WordForms]:
        """What a query word means here: its printed forms grade by grade, and whether it is a name or ignored."""
        return self._engine.forms(word)

    def stats(self) -> Stats:
        """What is in the index."""
        return self._engine.stats()

    def close(self) -> None:
        """Let go of all files."""
        self._engine.close()

    def parse(
        self, query: str, *, any_word: bool = False, since: str | None = None, until: str | None = None
    ) -> tuple[Node, tuple[str, ...]]:
        """The tree of a query with these limits in time, and remarks on how its text was read."""
        tree, notes = parse(query, any_word=any_word)
        low, high = _bound("since", since), _bound("until", until)
        if low and high and days(low)[0] > days(high)[1]:
            raise QueryError(f'nothing can be since "{since}" and until "{until}"', query)
        return restrict(tree, *([Between("date", low, high)] if low or high else [])), notes

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _bound(name: str, text: str | None) -> str:
    """A date for a range in a query, in ISO 8601; `QueryError` where it is none."""
    try:
        return iso(text) if text else ""
    except ValueError as error:
        raise QueryError(f"{name}: {error}", text or "") from None


@contextmanager
def _about(query: str) -> Iterator[None]:
    """Give errors that the engine finds in a tree the text of their query."""
    try:
        yield
    except QueryError as error:
        raise QueryError(error.problem, query, error.column) from None


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
