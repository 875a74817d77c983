"""Building an index, from Python. It is apart from asking one (`search.archive`), which needs much less."""

import errno
import json
import os
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING, Self

from search.article import Article
from search.engines.local.build.quiet import collecting_seldom, sleepy_threads, switching_often
from search.engines.local.build.workers import MANY, Workers
from search.engines.local.folder import is_there
from search.engines.protocol import Stats, Writer
from search.errors import DamagedIndex, IndexProblem, InputError, OtherFormat
from search.readers import Problem, Record, SourceFile, find, records
from search.readers.ahead import Ahead
from search.readers.source import STDIN
from search.version import VERSION

if TYPE_CHECKING:
    from search.engines.local.build.dictionary import Item
    from search.engines.local.build.units import Outcome
    from search.engines.local.catalogue import Entry
    from search.engines.local.update import Changes, Update
    from search.engines.local.writer import IndexWriter
    from search.readers.finding import Columns, Listed

Path = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: articles so far, bytes read and to read (of the files, compressed or not), and files."""

    articles: int
    read: int
    total: int
    files: int = 0
    total_files: int = 0


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: the new index, how long it took (seconds), what was left out or mended, and how many
    files of which suffix were passed over because no reader takes them. `changes` counts the files that are new, were
    changed, are gone, and are as they were; `copies` the articles that are left out because one with the same address
    or text was read before, and `left_out` has the ids that the first of them asked for."""

    stats: Stats
    seconds: float
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    passed_over: dict[str, int]
    changes: "Changes"
    copies: int
    left_out: tuple[str, ...] = ()


def build(
    *paths: Path,
    index: Path = "index",
    articles: Iterable[Article] = (),
    columns: Mapping[str, str] | None = None,
    fresh: bool = False,
    strict: bool = False,
    jobs: int = 0,
    memory: int = 256_000_000,
    on_progress: Callable[[Progress], None] | None = None,
    on_problem: Callable[[Problem], None] | None = None,
) -> Built:
    """Build an index of the articles in these files and folders, and of `articles` given as such.

    An index that is there already is replaced once the new one is whole; if anything fails, it stays. Files that are
    as they were when it was built are not read again, unless all is to be made `fresh`; the index is the same. With
    `articles` it is always made fresh. `columns` says what fields are called in tables and JSON
    (``{"title": "headline"}``).

    A file or a line that cannot be read is left out and reported; if the build is `strict`, the first such problem is
    an `InputError`. It is one, too, if no article is found at all; `IndexProblem` if `index` is a folder of something
    else, or is being written.

    Large builds run in several processes: `jobs`, or as many as there are processors (0). `memory`, in bytes, bounds
    roughly what they hold together. Neither changes the index.
    """
    started, now = time.monotonic(), time.time_ns()
    found = find(paths)
    problems: list[Problem] = []

    def report(problem: Problem) -> None:
        problems.append(problem)
        if on_problem:
            on_problem(problem)
        if strict:
            raise InputError(f"stopped at the first problem, as asked for: {problem}")

    for problem in found.problems:
        report(problem)
    workers = Workers(jobs, memory)
    follows = articles == () and all(one.path != str(STDIN) for one in found.listed)
    named = tuple(sorted((columns or {}).items()))
    begin = partial(_Building, index, found.listed, named, now, fresh or not follows, workers, found.passed_over)
    with _room(index), collecting_seldom(), workers, begin() as building:
        for problem in building.update.problems():
            report(problem)
        for outcome in building.read(memory):
            list(map(report, outcome.problems))
            if on_progress:
                on_progress(building.progress(outcome.read))
        notes = building.notes + [_taken(*one) for one in building.writer.renamed]
        for identity, article in _added(building.writer, articles, report):
            building.articles += 1
            notes += [_taken(article.place, article.id, identity)] if identity != article.id else []
        if not building.articles:
            raise InputError(_nothing_found(paths, problems, dict(found.passed_over)))
        stats = building.finish(follows)
    seconds = time.monotonic() - started
    changes, left_out = building.update.changes, tuple(islice(building.left_out(), NAMED))
    return Built(
        stats, seconds, tuple(problems), tuple(notes), dict(found.passed_over), changes, building.copies, left_out
    )


_FULL = frozenset((errno.ENOSPC, errno.EFBIG, errno.EDQUOT))


@contextmanager
def _room(index: Path) -> Iterator[None]:
    """Say clearly that the disk is full."""
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise IndexProblem(
            f'cannot write the index "{os.fspath(index)}" ({error.strerror}): make room and build again; '
            "what was there stays as it was"
        ) from None


NAMED = 100
"""So many articles that are left out are named."""

HEAD = 10_000_000
"""So many bytes of records are read ahead while the build imports what it needs."""

EXTRAS = ("brotli", "pypdfium2")
"""Packages without which some files are not read."""


def _options(columns: "Columns") -> str:
    """What decides how files are read: if it is another than the last time, all are read again."""
    return json.dumps([VERSION, columns, [name for name in EXTRAS if find_spec(name)]])


def _import_engine() -> None:
    """Import what writes an index: that brings in numpy, which searching need not wait for."""
    with sleepy_threads():
        import search.engines.local.update
        import search.engines.local.writer  # noqa: F401


def _size(item: "Item") -> int:
    return len(item[0].data) if isinstance(item[0], Record) else 0


class _Building:
    """One run of a build: the writer, and what must be read."""

    def __init__(
        self,
        index: Path,
        files: "list[Listed]",
        columns: "Columns",
        now: int,
        fresh: bool,
        workers: Workers,
        passed_over: Counter[str],
    ) -> None:
        self._workers, self._passed_over = workers, passed_over
        self._read, self._begun = list[SourceFile](), 0
        self._ahead: Ahead[Item] | None = None
        self._entries: list[Entry] = []
        self.notes: list[str] = []
        self._options, self._now = _options(columns), now
        try:
            if (fresh or not is_there(index)) and sum(file.size for file in files) > MANY:
                self._import_beside(files, columns)
            self._begin(index, files, columns, fresh)
        except BaseException:
            if self._ahead:
                self._ahead.close()
            raise
        self.size = sum(file.size for file in self._read)
        self.articles, self.copies = self.update.articles, self.update.copies

    def _begin(self, index: Path, files: "list[Listed]", columns: "Columns", fresh: bool) -> None:
        """Find out what must be done."""
        self.writer = self._writer(index, fresh)
        try:
            self.update = self._update(files, columns, fresh)
        except BaseException:
            self.writer.abort()
            raise
        if (to_read := self.update.to_read()) != self._read:
            self._read, self._ahead = to_read, None

    def _import_beside(self, files: "list[Listed]", columns: "Columns") -> None:
        """Begin to read the files, all of which must be read, and import what the build needs meanwhile; then start
        the workers."""
        if not self._workers.forks:
            self._workers.start()
        self._read = [one.source(columns) for one in files]
        self._ahead = Ahead(self._records(), _size, HEAD)
        try:
            with switching_often():
                _import_engine()
        finally:
            self._ahead.stop()
        self._workers.start()

    def _writer(self, index: Path, fresh: bool) -> "IndexWriter":
        """The writer, which starts over if the index cannot be used."""
        _import_engine()
        from search.engines.local.writer import IndexWriter

        try:
            return IndexWriter(index, fresh=fresh)
        except (DamagedIndex, OtherFormat) as error:
            if fresh:
                raise
            self._start_over_because(error)
            return IndexWriter(index, fresh=True)

    def _update(self, files: "list[Listed]", columns: "Columns", fresh: bool) -> "Update":
        """What must be done; what must go is deleted."""
        from search.engines.local.update import Update

        before = None if fresh else self.writer.catalogue()
        self.update = Update(before if before and before.options == self._options else None, files, columns)
        if self.update.is_needed and not self.update.is_fresh:
            self._check(files, columns)
        if self.update.is_fresh:
            self.writer.start_over()
        else:
            deque(map(self.writer.delete, self.update.to_delete()), 0)
        return self.update

    def _check(self, files: "list[Listed]", columns: "Columns") -> None:
        """Make sure that what stays of the index is as it was written; if it is not, nothing stays."""
        from search.engines.local.update import Update

        try:
            self.writer.check()
        except DamagedIndex as error:
            self._start_over_because(error)
            self.update = Update(None, files, columns)

    def _start_over_because(self, error: IndexProblem) -> None:
        self.notes.append(f"{error.args[0].partition(': build')[0]}: all files are read again")

    def progress(self, read: int) -> Progress:
        """How far it is when so many bytes were read."""
        return Progress(self.articles, read, self.size, self._begun, len(self._read))

    def read(self, memory: int) -> "Iterator[Outcome]":
        """Read what must be read; what became of it, part by part."""
        if not self.update.is_needed:
            return
        from search.engines.local.update import Digests, Made

        made, digests = Made(), Digests(file for file in self._read if file.size > MANY)
        items, workers = self._ahead or self._records(), self._workers
        for outcome in self.writer.add_records(items, memory=memory, total=self.size, named=False, workers=workers):
            made.articles += outcome.files
            made.keys.extend(outcome.keys)
            made.problems += outcome.problems
            self.articles += outcome.articles
            yield outcome
        made.wanted = self.writer.wanted()
        self._entries = self.update.entries(made, digests.found())
        self.copies = sum(entry.given.count("") for entry in self._entries)
        self.articles = sum(len(entry.given) for entry in self._entries) - self.copies
        self.writer.name(self.update.read_ids(self._entries))
        self.writer.rename(self.update.renamed(self._entries))

    def left_out(self) -> Iterator[str]:
        """The ids that the articles asked for that are left out."""
        for entry in self._entries or self.update.kept():
            yield from (wanted for wanted, given in zip(entry.wanted, entry.given, strict=True) if not given)

    def finish(self, follows: bool) -> Stats:
        """Put the index in place, if it has changed."""
        if not self.update.is_needed:
            return self.writer.stats()
        from search.engines.local.catalogue import Catalogue

        return self.writer.commit(Catalogue(self._options, self._now, self._entries) if follows else None)

    def _records(self) -> "Iterator[Item]":
        """All records and problems of the files, with the number of bytes that were read by then. Files in archives
        that no reader takes are counted by their suffix."""
        before = 0
        for file in self._read:
            self._begun += 1
            for item, done in records(file, self._passed_over):
                yield item, before + done
            before += file.size

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.writer.abort()


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


def _nothing_found(paths: tuple[Path, ...], problems: list[Problem], passed_over: dict[str, int]) -> str:
    where = ", ".join(f'"{os.fspath(path)}"' for path in paths)
    if passed_over:
        kinds = ", ".join(f"{count} {suffix}" for suffix, count in sorted(passed_over.items()))
        return f"no article in {where}: there is no reader for the files there ({kinds})"
    if problems:
        return f"no article could be read from {where}: nothing was built"
    return f"no article in {where}: expected files that hold some (search build --dry-run lists what would be read)"
