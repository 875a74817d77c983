r"""Readers: from files to articles. They know files and nothing of words.

`find` lists the files that can be read; `records` cuts a file into `Record`\ s, quickly; `parse` makes a record's
articles, and a `Problem` of whatever had to be left out. `read` does both. Each format has a module of its own with
the functions ``split(SourceFile, BinaryIO)`` and ``parse(Record)``.
"""

import os
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, NamedTuple

from search.article import Article
from search.readers import jsonl, text
from search.readers.source import Problem, Record, SourceFile

__all__ = ["Found", "Problem", "Record", "SourceFile", "find", "parse", "read", "records"]


class Reader(NamedTuple):
    """What reads a format: the two steps from a file to its articles."""

    split: Callable[[SourceFile, BinaryIO], Iterator[Record | Problem]]
    parse: Callable[[Record], Iterator[Article | Problem]]


TEXT = Reader(text.split, text.parse)
JSONL = Reader(jsonl.split, jsonl.parse)
READERS: dict[str, Reader] = {
    ".txt": TEXT, ".text": TEXT, ".md": TEXT, ".markdown": TEXT,
    ".jsonl": JSONL, ".ndjson": JSONL,
}  # fmt: skip
COMPRESSED: dict[str, Reader] = {
    f"{name}{packed}": JSONL for name in (".jsonl", ".ndjson") for packed in (".gz", ".xz", ".zst")
}
NOT_ARTICLES = ("readme", "license", "licence", "copying")
"""Files with these names tell about a folder; they are read only when named themselves."""


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
        if path.is_dir():
            for file in _walk(path, found):
                _add(found, seen, file, file.relative_to(path))
        elif reader_for(path) is None or not os.path.lexists(path):
            found.problems.append(_unreadable(path))
        else:
            _add(found, seen, path, Path(path.name))
    return found


def records(source: SourceFile) -> Iterator[tuple[Record | Problem, int]]:
    """What a file is cut into, each with the number of the file's bytes that were read by then."""
    reader = reader_for(source.path)
    assert reader, "find() gives only files that have a reader"
    try:
        with source.path.open("rb") as raw:
            for record in reader.split(source, raw):
                yield record, raw.tell()
    except OSError as error:
        yield Problem(str(source.path), f"cannot be read ({error.strerror or error})"), 0


def parse(record: Record) -> Iterator[Article | Problem]:
    """The articles of a record."""
    reader = reader_for(record.source.path)
    assert reader, "a record comes from a reader"
    return reader.parse(record)


def read(source: SourceFile) -> Iterator[tuple[Article | Problem, int]]:
    """What a file holds, each with the number of the file's bytes that were read by then."""
    for record, done in records(source):
        if isinstance(record, Problem):
            yield record, done
        else:
            yield from ((item, done) for item in parse(record))


def reader_for(path: Path) -> Reader | None:
    """The reader for a file of this name."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    return COMPRESSED.get("".join(suffixes[-2:])) or READERS.get(suffixes[-1] if suffixes else "")


def _nameless(found: Found) -> bool:
    """Put down that a path has no name: an empty variable of the shell, mostly, and not the folder we are in."""
    found.problems.append(Problem('""', "no such file or folder"))
    return False


def _unreadable(path: Path) -> Problem:
    if not path.exists():
        return Problem(str(path), "no such file or folder")
    return Problem(str(path), f"no reader for this kind of file; there are readers for {', '.join(READERS)}")


def _walk(folder: Path, found: Found) -> Iterator[Path]:
    def failed(error: OSError) -> None:
        found.problems.append(Problem(str(error.filename), f"cannot be read ({error.strerror})"))

    for root, folders, names in os.walk(folder, onerror=failed):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not _is_index(Path(root, name)))
        for name in sorted(names):
            path = Path(root, name)
            if name.startswith(".") or path.stem.lower() in NOT_ARTICLES:
                continue
            if reader_for(path) is None:
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
        stem = below.name[: -len("".join(below.suffixes[-2:]))] if _packed(below) else below.stem
        found.files.append(SourceFile(path, (below.parent / stem).as_posix(), status.st_size))


def _packed(path: Path) -> bool:
    return "".join(path.suffixes[-2:]).lower() in COMPRESSED
