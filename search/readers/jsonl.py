"""JSON Lines, plain or compressed: one article a line.

====================  ===================================================================================
``id``                a string or a number; without it, the file's name and the line
``title``             a string
``text``              the paragraphs, parted as in a text file
``paragraphs``        or a list of strings
``date``              see `search.dates`
``author``            a string, or a list of strings
``source``, ``url``   strings
``language``          or ``lang``: an ISO 639-1 code
anything else         is kept as metadata; what is no string is written as JSON
====================  ===================================================================================

A line that is no such object is a `Problem` with its number, and is skipped.
"""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO, NoReturn

from search.article import Article
from search.readers.frontmatter import ALIASES
from search.readers.paragraphs import paragraphs
from search.readers.source import Problem, Record, SourceFile, clean, date_of

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
    source, number, line = record
    try:
        text = line.rstrip(b"\r\n").decode("utf-8-sig" if number == 1 else "utf-8")
        fields = _decode(text)
        if not isinstance(fields, dict):
            raise ValueError(f"expected an object {{…}}, found {type(fields).__name__}")
        given = fields.get("date")
        date, problem = date_of(record.place, "" if given is None else str(given))
        article = _article(source, number, fields, date)
    except UnicodeDecodeError as error:
        yield Problem(record.place, f"byte {error.start + 1} of the line is not UTF-8: the line is skipped")
    except (ValueError, RecursionError) as error:
        yield Problem(record.place, f"{_reason(error)}: the line is skipped")
    else:
        if problem:
            yield problem
        yield article


def _no_number(name: str) -> NoReturn:
    """Refuse what Python reads though JSON has no such numbers."""
    raise ValueError(f"not JSON ({name} is no number)")


_decode = json.JSONDecoder(parse_constant=_no_number).decode


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON at column {error.colno} ({error.msg})"
    if "int_max_str_digits" in str(error):
        return "a number has too many digits"
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)


def _article(source: SourceFile, number: int, record: dict[str, Any], date: str | None) -> Article:
    fields = {ALIASES.get(name, name): value for name, value in record.items() if value is not None}
    fields.pop("date", None)
    identity = fields.pop("id", "")
    if isinstance(identity, bool) or not isinstance(identity, str | int | float):
        raise ValueError(f'"id": expected a string or a number, found {type(identity).__name__}')
    body = _paragraphs(fields)
    title = _text(fields, "title")
    if not body and not title:
        raise ValueError('holds no text: expected "text" or "paragraphs"')
    return Article(
        id=clean(str(identity)) or f"{source.id}:{number}",
        title=title,
        paragraphs=body,
        date=date,
        author=_text(fields, "author") or None,
        source=_text(fields, "source") or None,
        language=_text(fields, "language").lower() or None,
        url=_text(fields, "url") or None,
        path=str(source.path),
        line=number,
        metadata={clean(name): clean(_as_text(value)) for name, value in fields.items() if value != ""},
    )


def _paragraphs(fields: dict[str, Any]) -> tuple[str, ...]:
    text, parts = fields.pop("text", None), fields.pop("paragraphs", None)
    if isinstance(parts, list) and all(isinstance(part, str) for part in parts):
        return tuple(clean(part.strip()) for part in parts if part.strip())
    if parts is not None:
        raise ValueError('"paragraphs": expected a list of strings')
    if text is not None and not isinstance(text, str):
        raise ValueError(f'"text": expected a string, found {type(text).__name__}')
    return paragraphs(clean(text or ""))


def _text(fields: dict[str, Any], name: str) -> str:
    """Take a field that must be a string; a list of strings is joined by commas."""
    value = fields.pop(name, "")
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = ", ".join(value)
    if not isinstance(value, str):
        raise ValueError(f'"{name}": expected a string, found {type(value).__name__}')
    return clean(" ".join(value.split()))


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
