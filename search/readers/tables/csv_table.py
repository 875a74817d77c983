"""CSV and TSV: the first row names the columns, each other row is an article (`search.readers.tables.objects`).

The sign between cells is the one of ``, ; tab |`` that stands most often in the first row outside quotes, or what
Excel's first line says (``sep=;``). Cells may hold line breaks and quotes. Text is UTF-8, UTF-16 with a byte order
mark, or else Windows-1252; so is a single row that is not UTF-8.
"""

import csv
import json
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from io import TextIOWrapper
from typing import BinaryIO

from search.article import Article
from search.readers.source import Problem, Record, SourceFile
from search.readers.tables.fields import has_text, no_text
from search.readers.tables.objects import articles

LONGEST = 64_000_000
"""Characters of a cell; a longer one is no text."""

_SIGNS = ",;\t|"
_SEP = re.compile(r"sep=(.)\r?\n?$", re.IGNORECASE)
_LONE = re.compile("[\udc80-\udcff]")


def split(source: SourceFile, raw: BinaryIO) -> Iterator[Record | Problem]:
    """The rows of a table, each as JSON with the names of its columns; its number is the line on which it begins."""
    csv.field_size_limit(LONGEST)
    head: bytes = raw.peek(2)  # type: ignore[attr-defined]  # a BufferedReader
    is_wide = head.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    encoding, errors = ("utf-16", "replace") if is_wide else ("utf-8-sig", "surrogateescape")
    stream = TextIOWrapper(raw, encoding, errors=errors, newline="")
    try:
        yield from _rows(source, _Lines(stream))
    finally:
        stream.detach()  # else it closes what it was given


def _rows(source: SourceFile, lines: "_Lines") -> Iterator[Record | Problem]:
    first = next(lines, "")
    sep = _SEP.match(first)
    if sep:
        first = next(lines, "")
    sign = sep[1] if sep else "\t" if source.path.suffix.lower() in (".tsv", ".tab") else _sign(first)
    lines.again = first
    rows = csv.reader(lines, delimiter=sign)
    place = str(source.path)
    try:
        header = _names(next(rows, []))
        if not header:
            return
        if not has_text(header, source.columns):
            yield Problem(place, f"{no_text(header)}; the file is skipped")
            return
        yield from _records(source, header, rows, lines)
    except csv.Error as error:
        yield Problem(f"{place}:{lines.number}", f"not CSV ({error}): the rest is lost")


def _records(
    source: SourceFile, header: list[str], rows: Iterator[list[str]], lines: "_Lines"
) -> Iterator[Record | Problem]:
    begun = lines.number + 1
    for row in rows:
        begun, number = lines.number + 1, begun
        cells = [_right(cell) for cell in row]
        if any(cell.strip() for cell in cells[len(header) :]):
            reason = f"expected {len(header)} cells, found {len(cells)}: the row is skipped"
            yield Problem(f"{source.path}:{number}", reason)
        elif any(cell.strip() for cell in cells):
            fields = {name: cell for name, cell in zip(header, cells, strict=False) if cell.strip()}
            yield Record(source, number, json.dumps(fields).encode())


def parse(record: Record) -> Iterator[Article | Problem]:
    """The article of a row."""
    return articles(record, "row")


class _Lines(Iterator[str]):
    """The lines of a table, counted; one may be given again."""

    def __init__(self, stream: TextIOWrapper) -> None:
        self._stream = stream
        self.number = 0
        self.again = ""

    def __next__(self) -> str:
        if self.again:
            line, self.again = self.again, ""
            return line
        line = self._stream.readline(LONGEST)
        if not line:
            raise StopIteration
        self.number += 1
        return line


def _right(cell: str) -> str:
    """A cell; one that is not UTF-8 is Windows-1252."""
    if not _LONE.search(cell):
        return cell
    return cell.encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def _sign(line: str) -> str:
    """The sign that parts cells."""
    outside = re.sub(r'"[^"]*"?', "", line)
    return max(_SIGNS, key=outside.count)


def _names(row: list[str]) -> list[str]:
    """The names of the columns, each once."""
    names: list[str] = []
    for place, cell in enumerate(row, 1):
        name = " ".join(_right(cell).split()) or f"column {place}"
        names.append(f"{name} {place}" if name in names else name)
    return names if any(cell.strip() for cell in row) else []
