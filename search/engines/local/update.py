"""Following files: from the catalogue and the files that are there now to what must be read, deleted and renamed.

The index that comes out is the one that a fresh build would make. So ids are given out anew for all articles, in the
order of the files; an article that is not read again may get another id because one before it came or went.
"""

import os
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from threading import Thread
from typing import NamedTuple

from search.engines.local.catalogue import Catalogue, Entry, digest, free_ids, is_same, owner
from search.readers import Problem, SourceFile
from search.readers.finding import Columns, Listed

MOST = 0.2
"""If more of the articles than this have to go, all are read again: that takes less."""


class Changes(NamedTuple):
    """How many files are new, were changed, are gone, and are as they were."""

    new: int
    changed: int
    gone: int
    same: int


@dataclass(slots=True)
class Made:
    """What became of the files that were read: from which paths how many articles came, one after the other, with
    the ids that they want, and their keys; and the problems that were met."""

    articles: list[tuple[str, int]] = field(default_factory=list)
    wanted: list[str] = field(default_factory=list)
    keys: "array[int]" = field(default_factory=lambda: array("Q"))
    problems: list[Problem] = field(default_factory=list)


class Digests:
    """What tells the contents of some files, found out by a thread meanwhile. (A file that changes later is another
    one then.)"""

    def __init__(self, files: Iterable[SourceFile]) -> None:
        self._found: dict[str, str] = {}
        self._thread = Thread(target=self._read, args=([str(file.path) for file in files],), daemon=True)
        self._thread.start()

    def found(self) -> Mapping[str, str]:
        """The digests, by path."""
        self._thread.join()
        return self._found

    def _read(self, paths: list[str]) -> None:
        for path in paths:
            self._found[path] = digest(path)


class Update:
    """What must be done about some files. `before` is what is known of them from the last time, if anything is."""

    def __init__(self, before: Catalogue | None, files: Sequence[Listed], columns: Columns = ()) -> None:
        known = {entry.path: entry for entry in before.files} if before else {}
        self._files = {one.path: one for one in files}
        self._columns = columns
        self._kept: dict[str, Entry] = {}
        if before:
            for path, source in self._files.items():
                entry = known.get(path)
                if entry and is_same(entry, source, before.started):
                    is_touched = entry.changed != source.changed
                    self._kept[path] = entry._replace(changed=source.changed) if is_touched else entry
        self._old = [entry for path, entry in known.items() if path not in self._kept]
        self._read_copies_again(known)
        new = len(self._files.keys() - known.keys())
        gone = len(known.keys() - self._files.keys())
        same = len(self._kept) + sum(_is_tried_again(known.get(path), one) for path, one in self._files.items())
        self.changes = Changes(new, len(self._files) - new - same, gone, same)
        is_all = len(self._kept) == len(self._files)
        self.is_needed = not (before and is_all and list(self._kept.values()) == before.files)
        """Whether anything must be written at all."""
        if sum(len(entry.given) for entry in self._old) > MOST * sum(len(one.given) for one in known.values()):
            self._kept = {}

    def _read_copies_again(self, known: Mapping[str, Entry]) -> None:
        """Read those files again of which an article was left out as a copy of one that goes, or may have changed."""
        gone = {key for entry in self._old for key in entry.keys} - {0}
        for path, entry in list(self._kept.items()):
            copies = (place for place, identity in enumerate(entry.given) if not identity)
            if any(key in gone for place in copies for key in entry.keys[2 * place : 2 * place + 2]):
                self._old.append(known[path])
                del self._kept[path]

    @property
    def is_fresh(self) -> bool:
        """Whether nothing of the index stays."""
        return not self._kept

    @property
    def articles(self) -> int:
        """How many articles stay."""
        return sum(len(entry.given) - entry.given.count("") for entry in self._kept.values())

    @property
    def copies(self) -> int:
        """How many articles of the files that stay are left out."""
        return sum(entry.given.count("") for entry in self._kept.values())

    def kept(self) -> Iterable[Entry]:
        """The files that are not read again."""
        return self._kept.values()

    def to_read(self) -> list[SourceFile]:
        """The files whose articles must be read."""
        return [one.source(self._columns) for path, one in self._files.items() if path not in self._kept]

    def to_delete(self) -> Iterator[str]:
        """The ids of the articles that go."""
        for entry in self._old:
            yield from filter(None, entry.given)

    def problems(self) -> list[Problem]:
        """Those of the files that are not read again."""
        return [problem for entry in self._kept.values() for problem in entry.problems]

    def entries(self, made: "Made", told: Mapping[str, str]) -> list[Entry]:
        """What is known of all files once some were read. Of some of these it may have been `told` what their content
        is told by (`digest`)."""
        of_file: dict[str, tuple[list[str], array[int]]] = {}
        ids, keys = iter(made.wanted), iter(made.keys)
        for place, count in made.articles:
            own = of_file.setdefault(owner(place, self._files) or place, ([], array("Q")))
            own[0].extend(islice(ids, count))
            own[1].extend(islice(keys, 2 * count))
        met: dict[str, list[Problem]] = {}
        for problem in made.problems:
            met.setdefault(owner(problem.place, self._files) or "", []).append(problem)
        every = [
            self._kept.get(path)
            or _entry(source, *of_file.get(path, ([], array("Q"))), met.get(path, []), told.get(path))
            for path, source in self._files.items()
        ]
        wanted = [one for entry in every for one in entry.wanted]
        all_keys = array("Q")
        for entry in every:
            all_keys += entry.keys
        copies = _copies(all_keys)
        if len(set(wanted)) < len(wanted):
            given = free_ids(wanted, copies)
        elif True in copies:
            given = ("" if is_copy else one for one, is_copy in zip(wanted, copies, strict=True))
        else:
            return [one if one.given == one.wanted else one._replace(given=one.wanted) for one in every]
        return [entry._replace(given=list(islice(given, len(entry.wanted)))) for entry in every]

    def read_ids(self, entries: Iterable[Entry]) -> list[str]:
        """The ids of the articles that were read, in the order in which they were."""
        return [identity for entry in entries if entry.path not in self._kept for identity in entry.given]

    def renamed(self, entries: Iterable[Entry]) -> Mapping[str, str]:
        """The articles that were not read and get another id: the old one and the new (``""``: they go)."""
        return {
            old: new
            for entry in entries
            if entry.path in self._kept
            for old, new in zip(self._kept[entry.path].given, entry.given, strict=True)
            if old != new
        }


def _copies(keys: "array[int]") -> list[bool]:
    """Of each article, whether one before it has one of its two keys (0 is none)."""
    import numpy as np  # where all files are as they were, it is not needed

    flat = np.frombuffer(keys, np.uint64)
    order = np.argsort(flat, kind="stable")
    ordered, articles = flat[order], order // 2
    begins = np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]
    first = articles[np.maximum.accumulate(np.where(begins, np.arange(len(ordered)), 0))]
    found = np.zeros(len(flat) // 2, bool)
    found[articles[(first < articles) & (ordered > 0)]] = True
    copies: list[bool] = found.tolist()
    return copies


def _entry(source: Listed, wanted: list[str], keys: "array[int]", problems: list[Problem], told: str | None) -> Entry:
    """What is known of a file that was read. One that gave only problems is read again the next time: what was
    missing may be there then."""
    changed, told = source.changed, digest(source.path) if told is None else told
    if (problems and not wanted) or _is_other(source):
        changed, told = 0, ""
    return Entry(source.path, source.id, source.size, changed, told, wanted, wanted, problems, keys)


def _is_tried_again(entry: Entry | None, source: Listed) -> bool:
    """Whether a file is read again though it seems to be as it was, for it gave nothing but problems."""
    return entry is not None and entry.changed == 0 and not entry.wanted and entry.size == source.size


def _is_other(source: Listed) -> bool:
    """Whether a file has changed since it was found."""
    try:
        now = os.stat(source.path)
    except OSError:
        return True
    return (now.st_size, now.st_mtime_ns) != (source.size, source.changed)
