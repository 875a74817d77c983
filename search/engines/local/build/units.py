"""Units of a build: so many records as make a few megabytes, each of which becomes a spill.

Units are numbered in the order of their records, whoever works on them, and texts are compressed in groups of records
that never cross a unit. So the index that comes out is the same, byte by byte, wherever units are cut.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import count, groupby
from pathlib import Path
from typing import NamedTuple

from search.article import Article
from search.engines.local.build.draft import Draft
from search.engines.local.build.finder import new_finders
from search.engines.local.codec.opened import read_dictionary
from search.engines.local.codec.records import codec, storable
from search.errors import SearchError
from search.readers import Problem, Record, SourceFile, parse, plain
from search.readers.tables.plain import Plain

FIRST = 2_000_000
"""About so many bytes of records make the first unit, where there are several processes; no later one has more than
all before it together."""

GROUP = 64
"""Records whose texts may be compressed together."""

NONE = ".none"
"""A file with this suffix says that there is no dictionary."""

PATIENCE = 120
"""So many seconds to wait for a dictionary."""

LONGEST = 10_000_000
"""Characters of an article; working on one takes some thirty bytes for each."""

LARGEST = 8_000_000
"""About so many bytes of records make a unit."""


SEGMENT = 384_000_000
"""About so many bytes of records make a segment, so that merging holds no more in memory however much there is."""


HEAD = LARGEST // 2
"""Of about so many bytes of the first records the dictionary for texts is made; those who wait for it never keep more
from being read (`search.engines.local.build.waiting`)."""


class Unit(NamedTuple):
    """A unit: its number, that of the segment it goes into, that of its first record; its records, with the problems
    that were met between them; and how many bytes of the files were read by then."""

    number: int
    segment: int
    first: int
    items: list[Record | Problem]
    read: int

    def size(self) -> int:
        """The bytes of its records."""
        return sum(len(item.data) for item in self.items if isinstance(item, Record))


class Outcome(NamedTuple):
    """What became of a unit: how many articles, what was left out, how many bytes of the files were read; from which
    files how many articles came, one after the other; and of each article the two keys of `sameness`, in a row."""

    number: int
    segment: int
    articles: int
    problems: list[Problem]
    read: int
    files: list[tuple[str, int]]
    keys: list[int]


class Sizes(NamedTuple):
    """How large units are, in bytes of records: `largest` at most; at the beginning smaller, so that all `jobs` have
    one soon; towards the end of the files, of whose bytes there are `total` (0: that is not known), smaller, too, so
    that all end at about the same time."""

    largest: int = LARGEST
    total: int = 0
    jobs: int = 1

    def next(self, cut: int = 0, read: int = 0) -> int:
        """The size of the next unit, after so many bytes of records from so many bytes of the files."""
        if self.jobs == 1:
            return self.largest
        size = max(cut, FIRST)
        if 0 < read <= self.total:
            left = cut * (self.total - read) // read
            size = min(size, max(left // self.jobs, LARGEST // 4))
        return min(size, self.largest)


def cut(items: Iterable[tuple[Record | Problem, int]], sizes: Sizes) -> Iterator[Unit]:
    """The units of these records and problems, each of which comes with how many bytes were read by then."""
    number = segment = first = size = of_segment = done = count = before = 0
    kept: list[Record | Problem] = []
    largest = sizes.next()
    for item, done in items:
        if isinstance(item, Record):
            is_full = of_segment + size >= SEGMENT
            if count and count % GROUP == 0 and (size >= largest or is_full):
                yield Unit(number, segment, first, kept, done)
                of_segment, before = 0 if is_full else of_segment + size, before + size
                number, segment, first, size, count, kept = number + 1, segment + is_full, first + count, 0, 0, []
                largest = sizes.next(before, done)
            count += 1
            size += len(item.data)
        kept.append(item)
    if kept:
        yield Unit(number, segment, first, kept, done)


def work_through(units: Iterable[Unit], folder: Path, dictionary: str) -> Iterator[Outcome]:
    """Make the spills of units in a folder, one after the other, with the dictionary of that name there (or none)."""
    made: list[Callable[[bytes], bytes]] = []

    def compress(data: bytes) -> bytes:
        if not made:
            made.append(codec(awaited(folder / dictionary) if dictionary else b"")[0])
        return made[0](data)

    finders = new_finders()
    for unit in units:
        finders = finders.renewed()
        yield work(unit, Draft(finders, compress), folder / f"{unit.number:06}.spill")


def awaited(path: Path) -> bytes:
    """The dictionary that will be in this file, or none."""
    for _ in range(int(PATIENCE * 100)):
        if path.exists():
            return read_dictionary(path)
        if path.with_suffix(NONE).exists():
            return b""
        time.sleep(0.01)
    raise SearchError(f"the dictionary {path.name} was not made in {PATIENCE} s: try again")


def work(unit: Unit, draft: Draft, path: Path) -> Outcome:
    """Make the spill of a unit (none, if it holds no article)."""
    problems: list[Problem] = []
    files: list[tuple[str, int]] = []
    for group, items in _parts(unit):
        before = len(draft)
        records = [item for item in items if isinstance(item, Record)]
        problems += _added(records, draft, group) if records else [one for one in items if isinstance(one, Problem)]
        if len(draft) > before:
            name, known = str(records[0].source.path), 0
            if files and files[-1][0] == name:
                known = files.pop()[1]
            files.append((name, known + len(draft) - before))
    articles = len(draft)
    keys = draft.write(path) if articles else []
    return Outcome(unit.number, unit.segment, articles, problems, unit.read, files, keys)


def _parts(unit: Unit) -> Iterator[tuple[int, list[Record | Problem]]]:
    """What is worked on together: problems, or records of one file and one group, with the number of the group. What
    one step needs of so few stays in the processor's caches."""
    numbers = count(unit.first)

    def of(item: Record | Problem) -> tuple[int, SourceFile | None]:
        return (next(numbers) // GROUP, item.source) if isinstance(item, Record) else (-1, None)

    for (group, _), items in groupby(unit.items, of):
        yield group, list(items)


def _added(records: list[Record], draft: Draft, group: int) -> Iterator[Problem]:
    """Add the articles of some records of a file; the problems. Whatever goes wrong with one article does not touch
    the others."""
    together = len(records) if max(len(one.data) for one in records) <= LONGEST else 1
    at = 0
    while at < len(records):
        part = records[at : at + together]
        found = plain(part) if len(part[0].data) <= LONGEST else None
        yield from _extended(part, found, draft, group) if found else _parsed(part[0], draft, group)
        at += len(found.numbers) if found else 1


def _extended(records: list[Record], found: Plain, draft: Draft, group: int) -> Iterator[Problem]:
    """Add articles that the kernel has read, from the first of the records on."""
    try:
        draft.extend(found, group)
    except Exception as error:
        if len(found.numbers) == 1:
            yield _failed(records[0], error)
        else:
            for place, record in enumerate(records[: len(found.numbers)]):
                yield from _extended([record], found.part(place, place + 1), draft, group)


def _parsed(record: Record, draft: Draft, group: int) -> Iterator[Problem]:
    """Add the articles of a record, whatever it is."""
    try:
        for one in parse(record):
            if isinstance(one, Problem):
                yield one
            elif (size := sum(map(len, one.paragraphs))) > LONGEST:
                said = f"has {size:,} characters: an article of at most {LONGEST:,} is expected, so part it"
                yield Problem(record.place, said)
            else:
                yield from _taken(record, one, draft, group)
    except Exception as error:
        yield _failed(record, error)


def _taken(record: Record, article: Article, draft: Draft, group: int) -> Iterator[Problem]:
    """Add an article of a record."""
    try:
        draft.add(_storable(article), group)
    except Exception as error:
        yield _failed(record, error)


def _failed(record: Record, error: Exception) -> Problem:
    return Problem(record.place, f"cannot be read or indexed ({type(error).__name__}: {error})")


def _storable(article: Article) -> Article:
    identity = storable(article.id)
    return article if identity == article.id else replace(article, id=identity)
