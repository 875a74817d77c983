"""JSON Lines, plain or compressed: one article a line (`search.readers.tables.objects`).

A line that is no such object is a `Problem` with its number, and is skipped.
"""

from collections.abc import Iterator
from typing import BinaryIO

from search.article import Article
from search.readers.source import Problem, Record, SourceFile
from search.readers.tables.objects import articles

LONGEST = 64_000_000
"""Bytes of a line; a longer one is no article."""


def split(source: SourceFile, raw: BinaryIO) -> Iterator[Record | Problem]:
    """The lines of a file."""
    number = 0
    while line := raw.readline(LONGEST):
        number += 1
        if len(line) == LONGEST:
            yield Problem(f"{source.path}:{number}", f"longer than {LONGEST // 1_000_000} MB: the line is skipped")
            while line and not line.endswith(b"\n"):
                line = raw.readline(LONGEST)
        elif not line.isspace():
            yield Record(source, number, line)


def parse(record: Record) -> Iterator[Article | Problem]:
    """The article of a line, or what is wrong with it."""
    return articles(record, "line", "utf-8-sig" if record.number == 1 else "utf-8")
