r"""Readers: from files to articles. They know files and nothing of words.

`find` lists the files that can be read; `records` cuts a file into `Record`\ s, quickly; `parse` makes a record's
articles, and a `Problem` of whatever had to be left out. `read` does both. Each format has a module of its own, a
`search.readers.kinds.Reader`, which is imported when the first file of its kind is read.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from posixpath import splitext
from typing import TYPE_CHECKING, BinaryIO, cast

from search.article import Article
from search.readers import kinds, packed
from search.readers.finding import Found, find, is_article, kind_of, no_reader
from search.readers.kinds import HEAD
from search.readers.source import STDIN, Container, Problem, Record, SourceFile, harmless

if TYPE_CHECKING:
    from search.readers.tables.plain import Plain

__all__ = [
    "Found",
    "Problem",
    "Record",
    "SourceFile",
    "find",
    "kind_of",
    "parse",
    "plain",
    "read",
    "records",
    "split",
]

DEEPEST = 5
"""So deep archives may stand in each other."""


def records(source: SourceFile, passed_over: Counter[str] | None = None) -> Iterator[tuple[Record | Problem, int]]:
    """What a file is cut into, each with the number of the file's bytes that were read by then. Files in an archive
    that no reader takes are counted by their suffix in `passed_over`."""
    budget = packed.Budget(source.size)
    whole, left, done = budget.left, 0, 0
    is_piped = source.path == STDIN
    try:
        with _opened(source, budget) as raw:
            for record in split(source, raw, budget, 0, passed_over):
                if not (is_piped or whole > budget.left == left):  # else nothing was unpacked since
                    left, done = budget.left, raw.tell()
                yield record, done
    except OSError as error:
        yield Problem(str(source.path), f"cannot be read ({error.strerror or error})"), 0


def split(
    source: SourceFile,
    raw: BinaryIO,
    budget: packed.Budget,
    depth: int = 0,
    passed_over: Counter[str] | None = None,
) -> Iterator[Record | Problem]:
    """What a stream is cut into; what it unpacks to is taken off the budget. `depth` says in how many archives the
    file stands."""
    last = 0
    try:
        for item in _cut(source, raw, budget, depth, passed_over):
            last = item.number if isinstance(item, Record) else last
            yield item
    except packed.broken() as error:
        reason = f"broken compressed data, the rest is lost: {error or type(error).__name__}"
        has_lines = kinds.by_name(source.path.name) == "jsonl"
        yield Problem(f"{source.path}:{last + 1}" if has_lines else str(source.path), reason)
    except packed.Unreadable as error:
        yield Problem(str(source.path), str(error))
    except packed.TooMuch as error:
        if depth:  # there is one budget for all that is in a file
            raise
        yield Problem(str(source.path), str(error))
    except OSError as error:
        if not depth:
            raise
        yield Problem(str(source.path), f"cannot be read ({error.strerror or error})")


def parse(record: Record) -> Iterator[Article | Problem]:
    """The articles of a record."""
    return kinds.reader(record.source.kind).parse(record)


def plain(records: Sequence[Record]) -> "Plain | None":
    """What `parse` says of the first of some records of a file, in another shape and many times sooner, if they hold
    articles of the plainest kind."""
    if not kinds.KINDS[records[0].source.kind].module.startswith("tables."):
        return None
    from search.readers.tables.plain import plain  # which most files have no use for

    return plain(records)


def read(source: SourceFile) -> Iterator[tuple[Article | Problem, int]]:
    """What a file holds, each with the number of the file's bytes that were read by then."""
    for record, done in records(source):
        if isinstance(record, Problem):
            yield record, done
        else:
            yield from ((item, done) for item in parse(record))


def _opened(source: SourceFile, budget: packed.Budget) -> AbstractContextManager[BinaryIO]:
    if source.path == STDIN:
        return nullcontext(packed.piped(sys.stdin.buffer, budget))
    return source.path.open("rb")


def _cut(
    source: SourceFile, raw: BinaryIO, budget: packed.Budget, depth: int, passed_over: Counter[str] | None
) -> Iterator[Record | Problem]:
    """What a stream is cut into, by its kind."""
    stream = packed.unpacked(source.path.name, raw, budget)
    kind = _kind(source, stream.peek(HEAD)[:HEAD])
    if kind is None:
        if depth:
            _pass_over(source.path.name, passed_over)
        else:
            yield Problem(str(source.path), no_reader())
        return
    reader, source = kinds.reader(kind), replace(source, kind=kind)
    if hasattr(reader, "members"):
        yield from _inside(cast(Container, reader), source, stream, budget, depth, passed_over)
    else:
        yield from reader.split(source, stream)


def _kind(source: SourceFile, head: bytes) -> str | None:
    """The kind of a file that begins so; what comes from a pipe has no name, and is text if it is nothing else."""
    kind = kinds.kind_of(source.path.name, head)
    if kind == "json":
        return _json(head) or kind
    if kind or source.path != STDIN:
        return kind
    from search.readers import archives  # slow to import

    return archives.kind_of(head) or _json(head) or "text"


def _json(head: bytes) -> str | None:
    """The kind of JSON that begins so: lines, if the first line is an object and another one follows."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    line, end, rest = start.partition(b"\n")
    if re.match(rb'\{\s*"', line):
        is_line = line.rstrip().endswith(b"}") and rest.lstrip().startswith(b"{")
        is_long = not end and len(head) >= HEAD and not re.match(rb'\{\s*"[^"]*"\s*:\s*[\[{]', line)
        return "jsonl" if is_line or is_long else "json"
    return "json" if re.match(rb"\{\s*\"|\[\s*[{\]]", start) else None


def _inside(
    container: Container,
    source: SourceFile,
    stream: BinaryIO,
    budget: packed.Budget,
    depth: int,
    passed_over: Counter[str] | None,
) -> Iterator[Record | Problem]:
    """What the files in an archive are cut into."""
    if depth >= DEEPEST:
        yield Problem(str(source.path), f"archives stand more than {DEEPEST} deep in each other: left out")
        return
    for member in container.members(source, stream):
        if not _is_article(member.name):
            continue
        inner = source.inside(member.name, member.size)
        try:
            opened = member.open()
        except packed.Unreadable as error:
            if kinds.by_name(inner.path.name):
                yield Problem(str(inner.path), str(error))
            else:
                _pass_over(inner.path.name, passed_over)
            continue
        with opened:
            yield from split(inner, packed.counted(opened, budget), budget, depth + 1, passed_over)


def _is_article(name: str) -> bool:
    """Whether a file of this name in an archive may be an article."""
    *folders, last = harmless(name).split("/")
    return is_article(last) and not any(one.startswith(".") or one == "__MACOSX" for one in folders)


def _pass_over(name: str, passed_over: Counter[str] | None) -> None:
    """Count a file in an archive that no reader takes."""
    if passed_over is not None:
        passed_over[splitext(name)[1].lower() or "no suffix"] += 1
