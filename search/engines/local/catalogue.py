"""The catalogue: which files the articles of an index were read from, so that building again reads only what changed.

It is a section file (`search.engines.local.codec.files`). Its section ``keys`` has two keys of each article
(`search.engines.local.build.sameness`), file by file; ``files`` is JSON, compressed with zstd, of

===========  ====================================================================================================
``options``  what decides how files are read: another value, and all are read again
``started``  when the files were looked for (ns since 1970)
``files``    for each file, in the order in which they were read: its path, id, size (bytes), time of its last
             change (ns), digest, the ids that its articles asked for, those that they got (``null``: the same;
             ``""`` for a copy of an article before it, which is left out), the problems that were met in it
===========  ====================================================================================================
"""

import json
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from hashlib import blake2b, file_digest
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, NamedTuple

from search.engines.local.codec.files import Damaged, SectionFile, SectionWriter
from search.readers import Problem
from search.readers.finding import Listed
from search.readers.source import INSIDE

_FILES, _KEYS = "files", "keys"


class Entry(NamedTuple):
    """A file, as it was when it was read."""

    path: str
    id: str
    size: int
    changed: int
    digest: str
    wanted: list[str]
    given: list[str]
    problems: list[Problem]
    keys: "array[int]"


class Catalogue(NamedTuple):
    """All files, the options they were read with, and when they were looked for (ns since 1970)."""

    options: str
    started: int
    files: list[Entry]


def read(path: Path) -> Catalogue:
    """The catalogue in a file."""
    from search.zstd import decompress

    with closing(SectionFile(path)) as file:
        file.check()
        data = json.loads(decompress(bytes(file.section(_FILES))))
        keys = array("Q", bytes(file.section(_KEYS)))
    if sys.byteorder == "big":
        keys.byteswap()
    ends = list(accumulate((2 * len(row[5]) for row in data["files"]), initial=0))
    if ends[-1] != len(keys):
        raise Damaged(f"{path}: {len(keys)} keys of {ends[-1] // 2} articles")
    files = []
    for row, (start, end) in zip(data["files"], pairwise(ends), strict=True):
        name, identity, size, changed, told, wanted, given, problems = row
        met = [Problem(*one) for one in problems]
        files.append(Entry(name, identity, size, changed, told, wanted, given or wanted, met, keys[start:end]))
    return Catalogue(data["options"], data["started"], files)


def write(path: Path, catalogue: Catalogue) -> None:
    """Write a catalogue to a file. It is for others to make it durable."""
    from search.zstd import ZstdCompressor

    compressor = ZstdCompressor()
    keys = array("Q")
    for entry in catalogue.files:
        keys += entry.keys
    if sys.byteorder == "big":
        keys.byteswap()
    with SectionWriter(path, durable=False) as file:
        with file.section(_FILES):
            for piece in _as_json(catalogue):
                file.write(compressor.compress(piece.encode()))
            file.write(compressor.flush())
        file.add(_KEYS, keys.tobytes())
        file.close()


def _as_json(catalogue: Catalogue) -> Iterator[str]:
    """The catalogue without its keys, piece by piece: the ids of a million articles are too much for one string."""
    yield f'{{"options": {json.dumps(catalogue.options)}, "started": {catalogue.started}, "files": ['
    for number, entry in enumerate(catalogue.files):
        name, identity, size, changed, told, wanted, given, problems, _ = entry
        yield (", " if number else "") + json.dumps([name, identity, size, changed, told])[:-1] + ", "
        yield from _strings(wanted)
        yield ", "
        yield from ["null"] if given == wanted else _strings(given)
        yield f", {json.dumps([[one.place, one.reason] for one in problems])}]"
    yield "]}"


def _strings(strings: Sequence[str]) -> Iterator[str]:
    yield "["
    for start in range(0, len(strings), _TOGETHER):
        yield (", " if start else "") + json.dumps(strings[start : start + _TOGETHER])[1:-1]
    yield "]"


_TOGETHER = 10_000


def free_ids(wanted: Iterable[str], are_copies: Iterable[bool]) -> Iterator[str]:
    """The ids that articles get, one after the other: their own, or with ``~2`` … where that is taken; ``""`` for
    copies."""
    taken: set[str] = set()
    copies: dict[str, int] = {}
    for one, is_copy in zip(wanted, are_copies, strict=True):
        if is_copy:
            yield ""
            continue
        identity = one
        while identity in taken:
            copies[one] = copies.get(one, 1) + 1
            identity = f"{one}~{copies[one]}"
        taken.add(identity)
        yield identity


def digest(path: str) -> str:
    """What tells the content of a file from any other; ``""`` if it cannot be read."""
    try:
        with open(path, "rb") as file:
            return file_digest(file, lambda: blake2b(digest_size=16)).hexdigest()
    except OSError:
        return ""


def is_same(entry: Entry, source: Listed, started: int) -> bool:
    """Whether a file is as it was when it was read. Its size and time are enough, unless it may have changed in the
    moment when the catalogue was made (`started`, ns)."""
    if (entry.id, entry.size) != (source.id, source.size):
        return False
    if entry.changed == source.changed and entry.changed < started - MARGIN:
        return True
    return entry.digest != "" and entry.digest == digest(source.path)


MARGIN = 100_000_000
"""A file that changed so short a time (ns) before it was looked at may have changed once more without a sign."""


def owner(place: str, files: "Sequence[str] | set[str] | dict[str, Any]") -> str | None:
    """The file to which a place belongs: it may stand inside of it, or at a line of it."""
    if place in files:
        return place
    end = place.find(INSIDE)
    while end >= 0:
        if place[:end] in files:
            return place[:end]
        end = place.find(INSIDE, end + 1)
    before, colon, _ = place.rpartition(":")
    return owner(before, files) if colon else None
