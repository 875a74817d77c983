"""Rows for other programs: JSON Lines, CSV and TSV.

CSV is as RFC 4180 has it, with a heading. A cell of text that a spreadsheet would take for a formula (it begins with
``=``, ``+``, ``-``, ``@``, a tab or a line end, maybe after quotation marks) gets an apostrophe before it (OWASP,
*CSV Injection*). In TSV, tabs and line ends within a cell become spaces.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from search.lazy import pattern
from search.render.jsonl import record_line

_FORMULA = pattern(r"[\s'\"]*[=+\-@＝＋－＠\t\r\n]")
_BREAKS = pattern(r"[\t\r\n\v\f\x85\u2028\u2029]+")
_CONTROL = pattern(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


FORMS = ("json", "csv", "tsv")


def table(form: str, names: Sequence[str], records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The records as lines of JSON, or as CSV or TSV: a heading, then a row for each (whose cells may hold line ends
    in CSV). Values are text, numbers, lists of them or ``None``."""
    if form == "json":
        yield from map(record_line, records)
        return
    yield from rows(form, chain([names], ([one[name] for name in names] for one in records)))


def rows(form: str, lines: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Rows of cells as CSV or TSV."""
    yield from map(_tabbed if form == "tsv" else _commas, lines)


def _tabbed(cells: Sequence[Any]) -> str:
    return "\t".join(_BREAKS.sub(" ", _cell(cell)) for cell in cells)


def _commas(cells: Sequence[Any]) -> str:
    return ",".join(map(_quoted, cells))


def as_text(value: Any) -> str:
    """A value as text: nothing for ``None``, the members of a list with semicolons between them."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6g}"
    return "; ".join(map(as_text, value)) if isinstance(value, list) else str(value)


def _cell(cell: Any) -> str:
    clean = _CONTROL.sub("\ufffd", as_text(cell))
    return f"'{clean}" if _FORMULA.match(clean) and not isinstance(cell, int | float) else clean


def _quoted(cell: Any) -> str:
    text = _cell(cell)
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if any(sign in text for sign in ',"\r\n') else text
