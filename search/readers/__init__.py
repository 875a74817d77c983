r"""Readers: from files to articles. They know files and nothing of words.

`find` lists the files that can be read; `records` cuts a file into `Record`\ s, quickly; `parse` makes a record's
articles, and a `Problem` of whatever had to be left out. `read` does both. Each format has a module of its own, a
`search.readers.kinds.Reader`, which is imported when the first file of its kind is read.
"""

import io
import os
import stat
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO, cast

from search.article import Article
from search.readers import kinds, packed
from search.readers.kinds import HEAD, KINDS
from search.readers.source import STDIN, Problem, Record, SourceFile

__all__ = ["Found", "Problem", "Record", "SourceFile", "find", "kind_of", "parse", "read", "records", "split"]

NOT_ARTICLES = ("readme", "license", "licence", "copying")
"""Files with these names tell about a folder; they are read only when named themselves."""

DEEPEST = 5
"""So deep archives may stand in each other."""


@dataclass(slots=True)
class Found:
    """The files to read, in the order of their paths; the problems met; and how many files of which suffix were
    passed over because no reader takes them."""

    files: list[SourceFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)


def find(paths: Iterable[str | os.PathLike[str]]) -> Found:
    """The files at and below these paths that can be read. Hidden files, and links to folders, are left alone."""
    found = Found()
    seen: set[Path] = set()
    for path in (Path(one) for one in paths if os.fspath(one) or _nameless(found)):
        if path == STDIN:
            found.files.append(SourceFile(STDIN, "stdin", 0))
        elif path.is_dir():
            for file in _walk(path, found):
                _add(found, seen, file, file.relative_to(path))
        elif not os.path.lexists(path) or (path.is_file() and not kind_of(path)):
            found.problems.append(_unreadable(path))
        else:
            _add(found, seen, path, Path(path.name))
    return found


def kind_of(path: Path) -> str | None:
    """The kind of a file: what reads it (`search.readers.kinds`)."""
    kind = kinds.by_name(path.name)
    if kind:
        return kind
    try:
        with path.open("rb") as raw:
            stream = packed.unpacked(path.name, raw, packed.Budget(0))
            return kinds.kind_of(path.name, stream.read(HEAD))
    except packed.failures():
        return None


def records(source: SourceFile) -> Iterator[tuple[Record | Problem, int]]:
    """What a file is cut into, each with the number of the file's bytes that were read by then."""
    try:
        with _opened(source) as raw:
            for record in split(source, raw, packed.Budget(source.size)):
                yield record, raw.tell() if source.path != STDIN else 0
    except OSError as error:
        yield Problem(str(source.path), f"cannot be read ({error.strerror or error})"), 0


def split(source: SourceFile, raw: BinaryIO, budget: packed.Budget, depth: int = 0) -> Iterator[Record | Problem]:
    """What a stream is cut into; what it unpacks to is taken off the budget."""
    last = 0
    has_lines = kinds.by_name(source.path.name) == "jsonl"
    try:
        stream = _buffered(packed.unpacked(source.path.name, raw, budget))
        head = stream.peek(HEAD)[:HEAD]
        kind = kinds.kind_of(source.path.name, head) or ("text" if source.path == STDIN else None)
        if kind is None:
            yield Problem(str(source.path), _no_reader())
            return
        source = replace(source, kind=kind)
        for item in kinds.reader(kind).split(source, stream):
            last = item.number if isinstance(item, Record) else last
            yield item
    except packed.broken() as error:
        reason = f"broken compressed data, the rest is lost: {error or type(error).__name__}"
        yield Problem(f"{source.path}:{last + 1}" if has_lines else str(source.path), reason)
    except packed.TooMuch as error:
        yield Problem(str(source.path), str(error))


def parse(record: Record) -> Iterator[Article | Problem]:
    """The articles of a record."""
    return kinds.reader(record.source.kind).parse(record)


def read(source: SourceFile) -> Iterator[tuple[Article | Problem, int]]:
    """What a file holds, each with the number of the file's bytes that were read by then."""
    for record, done in records(source):
        if isinstance(record, Problem):
            yield record, done
        else:
            yield from ((item, done) for item in parse(record))


def _nameless(found: Found) -> bool:
    """Put down that a path has no name: an empty variable of the shell, mostly, and not the folder we are in."""
    found.problems.append(Problem('""', "no such file or folder"))
    return False


def _unreadable(path: Path) -> Problem:
    if not path.exists():
        return Problem(str(path), "no such file or folder")
    return Problem(str(path), _no_reader())


def _no_reader() -> str:
    suffixes = ", ".join(suffix for kind in KINDS.values() for suffix in kind.suffixes)
    return f"no reader for this kind of file; there are readers for {suffixes}"


def _opened(source: SourceFile) -> AbstractContextManager[BinaryIO]:
    return nullcontext(sys.stdin.buffer) if source.path == STDIN else source.path.open("rb")


def _buffered(stream: BinaryIO) -> io.BufferedReader:
    """The stream, at whose beginning one can look."""
    return cast(io.BufferedReader, stream if hasattr(stream, "peek") else io.BufferedReader(cast(Any, stream)))


def _walk(folder: Path, found: Found) -> Iterator[Path]:
    def failed(error: OSError) -> None:
        found.problems.append(Problem(str(error.filename), f"cannot be read ({error.strerror})"))

    for root, folders, names in os.walk(folder, onerror=failed):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not _is_index(Path(root, name)))
        for name in sorted(names):
            path = Path(root, name)
            if name.startswith(".") or path.stem.lower() in NOT_ARTICLES:
                continue
            if kind_of(path) is None:
                found.passed_over[path.suffix.lower() or "no suffix"] += 1
            else:
                yield path


def _is_index(folder: Path) -> bool:
    """Whether a folder is one that `search build` has written."""
    try:
        with (folder / "index.json").open("rb") as file:
            return file.read(40).startswith(b'{\n "magic": "news-search index"')
    except OSError:
        return False


def _add(found: Found, seen: set[Path], path: Path, below: Path) -> None:
    """Add a file once, however many paths lead to it."""
    try:
        status = path.stat()
    except OSError as error:
        found.problems.append(Problem(str(path), f"cannot be read ({error.strerror})"))
        return
    if not stat.S_ISREG(status.st_mode):  # opening a pipe would wait for ever
        found.problems.append(Problem(str(path), "cannot be read (it is no regular file)"))
    elif (real := path.resolve()) not in seen:
        seen.add(real)
        identity = (below.parent / kinds.stem_of(below.name)).as_posix()
        found.files.append(SourceFile(path, identity, status.st_size))
