"""CSV and TSV: the first row names the columns, each other row is an article (`search.readers.tables.objects`).

The sign between cells is the one of ``, ; tab |`` that stands most often in the first row outside quotes, or what
Excel's first line says (``sep=;``). Cells may hold line breaks and quotes. Text is UTF-8, UTF-16 with a byte order
mark, or else Windows-1252; so is a single row that is not UTF-8.

A quotation mark that opens a cell and is never closed would take all that follows into the cell. That is noticed
where no other mark comes within `FARTHEST` lines, and where the lines that it took have as many cells as the header:
then its line is read as it stands, and the others for themselves.
"""

import csv
import json
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from io import TextIOWrapper
from typing import Any, BinaryIO

from search.article import Article
from search.readers.source import Problem, Record, SourceFile
from search.readers.tables.fields import has_text, no_text
from search.readers.tables.objects import articles

LONGEST = 20_000_000
"""Characters of a line; a longer one is left out."""

FARTHEST = 20_000, 10_000_000
"""A cell may have so many lines, and so many characters."""

OFTEN = 20
"""After so many marks that are not closed, marks mean nothing in this file."""

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
    lines.back([first] * bool(first))
    rows = _Rows(lines, sign)
    place = str(source.path)
    try:
        header = _names(next(rows, []))
        if not header:
            return
        if not has_text(header, source.columns):
            yield Problem(place, f"{no_text(header)}; the file is skipped")
            return
        rows.width = len(header)
        yield from _records(source, header, rows)
    except csv.Error as error:
        yield Problem(f"{place}:{lines.number}", f"not CSV ({error}): the rest is lost")


def _records(source: SourceFile, header: list[str], rows: "_Rows") -> Iterator[Record | Problem]:
    for row in rows:
        yield from (Problem(f"{source.path}:{line}", reason) for line, reason in rows.problems())
        cells = [_right(cell) for cell in row]
        if any(cell.strip() for cell in cells[len(header) :]):
            reason = f"expected {len(header)} cells, found {len(cells)}: the row is skipped"
            yield Problem(f"{source.path}:{rows.begun}", reason)
        elif any(cell.strip() for cell in cells):
            fields = {name: cell for name, cell in zip(header, cells, strict=False) if cell.strip()}
            yield Record(source, rows.begun, json.dumps(fields).encode())
    yield from (Problem(f"{source.path}:{line}", reason) for line, reason in rows.problems())


def parse(record: Record) -> Iterator[Article | Problem]:
    """The article of a row."""
    return articles(record, "row")


class _Lines(Iterator[str]):
    """The lines of a table, counted; some may be given again. Those that are too long are only named."""

    def __init__(self, stream: TextIOWrapper) -> None:
        self._stream = stream
        self.number = 0
        self.again: list[str] = []
        self.too_long: list[int] = []

    def __next__(self) -> str:
        if self.again:
            self.number += 1
            return self.again.pop()
        while (line := self._stream.readline(LONGEST)) and len(line) == LONGEST and line[-1] not in "\r\n":
            while (rest := self._stream.readline(LONGEST)) and len(rest) == LONGEST and rest[-1] not in "\r\n":
                pass
            self.number += 1
            self.too_long.append(self.number)
        if not line:
            raise StopIteration
        self.number += 1
        return line

    def back(self, lines: list[str]) -> None:
        """Give these lines again."""
        self.again += reversed(lines)
        self.number -= len(lines)


class _Rows(Iterator[list[str]]):
    """The rows of a table of so many columns (`width`; 0: not known yet). The last began on the line `begun`."""

    def __init__(self, lines: _Lines, sign: str) -> None:
        self._lines, self._sign = lines, sign
        self._open: list[int] = []
        self._told = 0
        self.width = self.begun = 0

    def __next__(self) -> list[str]:
        if len(self._open) >= OFTEN:
            return self._row(csv.QUOTE_NONE)[0]
        try:
            row, taken = self._row(csv.QUOTE_MINIMAL)
            is_open = self._fit(taken) >= 0.9 and len(taken) > 3
        except csv.Error:
            row, taken = self._row(csv.QUOTE_MINIMAL, strict=False)
            is_open = self._fit(taken) == 1 or sum(line.count('"') for line in taken) % 2 == 1
        if len(taken) > 1 and is_open:
            self._lines.back(taken)
            self._open.append(self.begun)
            row, _ = self._row(csv.QUOTE_NONE)
        return row

    def _row(self, quoting: Any, *, strict: bool = True) -> tuple[list[str], list[str]]:
        """The next row, and its lines; `csv.Error` where it is wrong and that counts: then it is there once more."""
        taken: list[str] = []
        reader = csv.reader(self._window(taken), delimiter=self._sign, quoting=quoting, strict=strict)
        try:
            row = next(reader)
        except csv.Error:
            if strict:
                self._lines.back(taken)
            raise
        self.begun = self._lines.number - len(taken) + 1
        return row, taken

    def _fit(self, taken: list[str]) -> float:
        """The part of the lines after the first that have as many cells as the header."""
        others = taken[1:]
        fitting = sum(line.count(self._sign) == self.width - 1 for line in others)
        return fitting / len(others) if others and self.width > 1 else 0.0

    def problems(self) -> Iterator[tuple[int, str]]:
        """The lines with which something is wrong, and what; each is told once."""
        for line in self._open[self._told :]:
            yield line, "a quotation mark opens a cell and is never closed: the line is read as it stands"
        self._told = len(self._open)
        for line in self._lines.too_long:
            yield line, f"has more than {LONGEST // 1_000_000} million characters: the line is left out"
        self._lines.too_long.clear()

    def _window(self, taken: list[str]) -> Iterator[str]:
        size = 0
        for line in self._lines:
            taken.append(line)
            size += len(line)
            yield line
            if len(taken) > FARTHEST[0] or size > FARTHEST[1]:
                return


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
