"""Finding the files to read, quickly where there are very many."""

import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from search.readers import kinds, packed
from search.readers.kinds import HEAD, KINDS
from search.readers.source import STDIN, Problem, SourceFile

Columns = tuple[tuple[str, str], ...]
"""See `SourceFile`."""

NOT_ARTICLES = ("readme", "license", "licence", "copying")
"""Files with these names tell about a folder; they are read only when named themselves."""


class Listed(NamedTuple):
    """A file as it was found: see `SourceFile`, of which there may be too many to make them all."""

    path: str
    id: str
    size: int
    changed: int

    def source(self, columns: Columns = ()) -> SourceFile:
        """The file, to be read."""
        return SourceFile(Path(self.path), self.id, self.size, columns=columns, changed=self.changed)


@dataclass(slots=True)
class Found:
    """The files to read, in the order of their paths; the problems met; and how many files of which suffix were
    passed over because no reader takes them."""

    listed: list[Listed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)
    seen: set[tuple[int, int]] = field(default_factory=set)

    @property
    def files(self) -> list[SourceFile]:
        """The files."""
        return [one.source() for one in self.listed]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(one.size for one in self.listed)


def find(paths: Iterable[str | os.PathLike[str]]) -> Found:
    """The files at and below these paths that can be read. Hidden files, and links to folders, are left alone."""
    found = Found()
    for path in (Path(one) for one in paths if os.fspath(one) or _nameless(found)):
        if path == STDIN:
            found.listed.append(Listed(str(STDIN), "stdin", 0, 0))
        elif path.is_dir():
            for file, identity in _walk("" if str(path) == "." else os.path.join(path, ""), "", found):
                _add(found, file, identity)
        elif not os.path.lexists(path) or (path.is_file() and not kind_of(path)):
            found.problems.append(_unreadable(path))
        else:
            _add(found, str(path), kinds.stem_of(path.name))
    return found


def kind_of(path: str | os.PathLike[str]) -> str | None:
    """The kind of a file: what reads it (`search.readers.kinds`)."""
    name = os.path.basename(path)
    if kind := kinds.by_name(name):
        return kind
    try:
        with open(path, "rb") as raw:
            return kinds.kind_of(name, packed.unpacked(name, raw, packed.Budget(0)).read(HEAD))
    except packed.failures():
        return None


def no_reader() -> str:
    """What is said of a file that no reader takes."""
    suffixes = ", ".join(suffix for kind in KINDS.values() for suffix in kind.suffixes)
    return f"no reader for this kind of file; there are readers for {suffixes}"


def is_article(name: str) -> bool:
    """Whether a file of this name in a folder may be an article."""
    return not name.startswith(".") and name.partition(".")[0].lower() not in NOT_ARTICLES


def _nameless(found: Found) -> bool:
    """Put down that a path has no name: an empty variable of the shell, mostly, and not the folder we are in."""
    found.problems.append(Problem('""', "no such file or folder"))
    return False


def _unreadable(path: Path) -> Problem:
    return Problem(str(path), no_reader() if path.exists() else "no such file or folder")


def _walk(folder: str, below: str, found: Found) -> Iterator[tuple[str, str]]:
    """The files of a folder (given with a separator at its end), and those of the folders in it, each with its id."""
    names: list[str] = []
    folders: list[str] = []
    try:
        with os.scandir(folder or ".") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.name)
                elif not (entry.is_symlink() and os.path.isdir(entry.path)):  # links to folders are left alone
                    names.append(entry.name)
    except OSError as error:
        found.problems.append(Problem(os.path.normpath(folder), f"cannot be read ({error.strerror})"))
    for name in sorted(filter(is_article, names)):
        stem, kind = kinds.stem_and_kind(name)
        path = f"{folder}{name}"
        if kind is None and os.path.lexists(path) and kind_of(path) is None:
            found.passed_over[os.path.splitext(name)[1].lower() or "no suffix"] += 1
        else:
            yield path, below + stem
    for name in sorted(folders):
        path = f"{folder}{name}{os.sep}"
        if not name.startswith(".") and not _is_index(path):
            yield from _walk(path, f"{below}{name}/", found)


def _is_index(folder: str) -> bool:
    """Whether a folder is one that `search build` has written."""
    try:
        with open(os.path.join(folder, "index.json"), "rb") as file:
            return file.read(40).startswith(b'{\n "magic": "news-search index"')
    except OSError:
        return False


def _add(found: Found, path: str, identity: str) -> None:
    """Add a file once, however many paths lead to it."""
    try:
        status = os.stat(path)
    except OSError as error:
        found.problems.append(Problem(path, f"cannot be read ({error.strerror})"))
        return
    itself = status.st_dev, status.st_ino
    if not stat.S_ISREG(status.st_mode):  # opening a pipe would wait for ever
        found.problems.append(Problem(path, "cannot be read (it is no regular file)"))
    elif itself not in found.seen:
        found.seen.add(itself)
        found.listed.append(Listed(path, identity, status.st_size, status.st_mtime_ns))
