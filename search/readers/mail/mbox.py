"""mbox: many mails in one file (RFC 4155), one article each, read by `search.readers.mail.message`.

==============  =================================================================================================
a message       begins with a line ``From sender day month hh:mm:ss year`` (or ``From -``) after an empty line, if a
                header follows it
number          of the message in the file, from 1
``>From``       in a message stands for ``From``, ``>>From`` for ``>From``
==============  =================================================================================================

The file is read as a stream, a message at a time. What is longer than `LONGEST` is skipped.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from search.article import Article
from search.readers.mail import message
from search.readers.source import Problem, Record, SourceFile

LONGEST = 64_000_000
"""Bytes of a message with its attachments."""

_LINE = 1 << 16
_BEGIN = re.compile(rb"From (?:\S.*\d\d:\d\d|-?\s*\Z)")
_HEADER = re.compile(rb">?[!-9;-~]+[ \t]*:|>From ")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


def split(source: SourceFile, raw: BinaryIO) -> Iterator[Record | Problem]:
    """The messages of a file."""
    number, size, is_told, text = 0, 0, False, bytearray()
    for begins, line in _marked(raw):
        if begins:
            if number:
                yield _record(source, number, size, text)
            number, size, text = number + 1, 0, bytearray()
        elif number:
            size += len(line)
            if size <= LONGEST:
                text += line
        elif not line.isspace() and not is_told:
            yield Problem(str(source.path), 'expected "From " at the start of an mbox: all before one is left out')
            is_told = True
    if number:
        yield _record(source, number, size, text)


def parse(record: Record) -> Iterator[Article | Problem]:
    """The article of a message."""
    return message.parse(record._replace(data=unquoted(record.data)))


def unquoted(message: bytes) -> bytes:
    """A message as it was before it was put into a box."""
    return _QUOTED.sub(rb"\1", message)


def _record(source: SourceFile, number: int, size: int, text: bytearray) -> Record | Problem:
    if size > LONGEST:
        return Problem(f"{source.path}:{number}", f"longer than {LONGEST // 1_000_000} MB: the message is skipped")
    return Record(source, number, bytes(text))


def _marked(raw: BinaryIO) -> Iterator[tuple[bool, bytes]]:
    """The lines of a file (long ones in parts), each with whether a message begins there."""
    empty, line = True, raw.readline(_LINE)
    while line:
        following = raw.readline(_LINE)
        starts = empty and line.startswith(b"From ")
        yield bool(starts and _BEGIN.match(line) and _HEADER.match(following)), line
        empty, line = line in (b"\n", b"\r\n"), following
