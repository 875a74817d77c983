"""SQLite: each row of a table that has a column for text is an article (`search.readers.tables.objects`).

A database is opened for reading only, as if nobody changed it. What is in it is never run: views are left alone, and
so are virtual tables. What a program has not yet written from its log (``-wal``) into the file is not seen, and said
to be missing.
"""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from math import isfinite
from typing import BinaryIO
from urllib.parse import quote

from search.article import Article
from search.readers.kinds import inner_name
from search.readers.source import Problem, Record, SourceFile
from search.readers.tables.fields import has_text, no_text
from search.readers.tables.objects import articles
from search.readers.text import nearly_utf8

_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")

LONGEST = 64_000_000
"""Bytes of a value; a longer one is no text."""


def split(source: SourceFile, raw: BinaryIO) -> Iterator[Record | Problem]:
    """The rows of the tables that have a column for text, each as JSON; numbered through all tables."""
    place = str(source.path)
    try:
        opened = _opened(source, raw)
        if isinstance(opened, Problem):
            yield opened
            return
        with closing(opened) as database:
            yield from _rows(source, database)
        if _has_log(source):
            log = f"{source.path.name}-wal"
            yield Problem(place, f"changes in its log ({log}) are not read: end the program that writes it")
    except (sqlite3.Error, sqlite3.Warning, OverflowError, UnicodeDecodeError) as error:
        yield Problem(place, f"broken database, the rest is lost: {error}")


def parse(record: Record) -> Iterator[Article | Problem]:
    """The article of a row."""
    return articles(record, "row")


def _has_log(source: SourceFile) -> bool:
    log = source.path.with_name(f"{source.path.name}-wal")
    return log.is_file() and log.stat().st_size > 0


def _opened(source: SourceFile, raw: BinaryIO) -> sqlite3.Connection | Problem:
    """The database: the file itself, or a copy in memory where it is packed or in an archive."""
    if source.path.is_file() and inner_name(source.path.name) == source.path.name:
        where = quote(str(source.path.absolute()), errors="surrogateescape")
        database = sqlite3.connect(f"file:{where}?mode=ro&immutable=1", uri=True)
    else:
        [whole] = source.whole(raw)
        if isinstance(whole, Problem):
            return whole
        database = sqlite3.connect(":memory:")
        database.deserialize(whole.data)
    database.text_factory = lambda data: data.decode("utf-8", "replace")
    for limit in (sqlite3.SQLITE_LIMIT_LENGTH, sqlite3.SQLITE_LIMIT_SQL_LENGTH):
        database.setlimit(limit, LONGEST)
    for name in ("trusted_schema = OFF", "cell_size_check = ON", "query_only = ON"):
        database.execute(f"PRAGMA {name}")
    return database


def _rows(source: SourceFile, database: sqlite3.Connection) -> Iterator[Record | Problem]:
    tables = _tables(database)
    wanted = {name: columns for name, columns in tables.items() if has_text(columns, source.columns)}
    if not wanted:
        every = [column for columns in tables.values() for column in columns]
        reason = f"{no_text(dict.fromkeys(every))}; the file is skipped" if tables else "holds no table"
        yield Problem(str(source.path), reason)
    number = 0
    for name, columns in wanted.items():
        listed = ", ".join(map(_quoted, columns))
        for row in database.execute(f"SELECT {listed} FROM {_quoted(name)}"):
            number += 1
            fields = {column: _value(value) for column, value in zip(columns, row, strict=True)}
            if any(value not in (None, "") for value in fields.values()):
                yield Record(source, number, json.dumps(fields).encode())


def _tables(database: sqlite3.Connection) -> dict[str, list[str]]:
    """The columns of each table of the user's that is none of another program, in the order in which they were
    made."""
    found = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY rowid").fetchall()
    virtual = [name for name, sql in found if str(sql).lstrip().upper().startswith("CREATE VIRTUAL")]
    return {
        name: [row[1] for row in database.execute(f"PRAGMA table_info({_quoted(name)})")]
        for name, _ in found
        if not name.startswith("sqlite_") and not any(name == one or name.startswith(f"{one}_") for one in virtual)
    }


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _value(value: object) -> object:
    """A value as JSON has it; bytes are text if no control character is among them."""
    if isinstance(value, float):
        return value if isfinite(value) else None
    if not isinstance(value, bytes):
        return value
    try:
        return value.decode()
    except UnicodeDecodeError:
        return None if _CONTROL.search(value) else nearly_utf8(value) or value.decode("cp1252", "replace")
