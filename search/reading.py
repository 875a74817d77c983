"""Looking at what readers make of files, without any index."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from search.article import Article
from search.readers import Problem, find, kinds, parse, records
from search.readers.source import INSIDE, STDIN, SourceFile


@dataclass(frozen=True, slots=True)
class Piece:
    """An article that was read, or a problem that was met, and the kind of the file it comes from."""

    article: Article | None = None
    problem: Problem | None = None
    kind: str = ""

    def facts(self) -> Iterator[tuple[str, str]]:
        """What is known of the article beside its title, date, source, author and texts."""
        assert self.article
        yield "read as", kinds.KINDS[self.kind].title if self.kind else ""
        yield "from", self.article.place
        yield "language", self.article.language or "not given"
        yield from sorted(self.article.metadata.items())


@dataclass(frozen=True, slots=True)
class Planned:
    """A file that a build would read: its path, and the kind it is taken for."""

    path: str
    kind: str


def look(paths: Iterable[str], mapping: str = "") -> Iterator[Piece]:
    """The articles in files, and the problems. A path may go on into an archive (``press.zip!/page.html``).

    `mapping` says what fields are called in tables and JSON (``title=headline,text=body``).
    """
    columns = mapped(mapping)
    for path in paths:
        outer, inside, _ = path.partition(INSIDE)
        is_whole = not inside or os.path.lexists(path)
        found = find([path if is_whole else outer])
        yield from (Piece(problem=problem) for problem in found.problems)
        for listed in found.listed:
            yield from _pieces(listed.source(columns), None if is_whole else path)


def planned(paths: Iterable[str]) -> tuple[list[Planned], list[Problem], dict[str, int]]:
    """The files that a build would read, the problems met, and the suffixes of the files passed over."""
    found = find(paths)
    files = [Planned(one.path, _kind(one.path)) for one in found.listed]
    return files, found.problems, dict(found.passed_over)


def mapped(mapping: str) -> tuple[tuple[str, str], ...]:
    """The columns that a mapping names; `InputError` where it makes no sense."""
    if not mapping:
        return ()
    from search.errors import InputError
    from search.readers.tables.fields import columns_of

    try:
        return columns_of(mapping)
    except ValueError as error:
        raise InputError(f"--map: {error}") from None


def _kind(path: str) -> str:
    from search.readers import kind_of

    return "" if path == str(STDIN) else kind_of(Path(path)) or ""


def _pieces(source: SourceFile, wanted: str | None) -> Iterator[Piece]:
    for item, _ in records(source):
        if isinstance(item, Problem):
            if wanted is None or item.place.startswith(wanted):
                yield Piece(problem=item)
        elif wanted is None or str(item.source.path) == wanted:
            for one in parse(item):
                kind = item.source.kind
                yield Piece(problem=one) if isinstance(one, Problem) else Piece(article=one, kind=kind)
