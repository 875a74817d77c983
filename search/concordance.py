"""Concordances: every place where a query's words stand, with what is said around them (KWIC, *key word in context*).

H. P. Luhn, "Key word-in-context index for technical literature", American Documentation 11, 1960.
"""

from collections.abc import Iterable, Iterator

from search.errors import SearchError
from search.hits import Hit
from search.language import folded_forms
from search.lazy import pattern
from search.value import Value

CONTEXT = 300
"""So many characters are kept on either side."""

SORTS = ("archive", "left", "right", "date", "relevance")
GROUPS = ("year", "source")

_NTH = pattern(r"([1-9])([LRlr])")
_FOLLOWING = 3
"""Lines that agree in the word by which they are sorted are sorted by so many words after it."""

_LETTERS = 12
"""So many letters are looked at for each word that is wanted, which is nearly always enough."""


class Line(Value):
    """A place where a query's words stand: they are `match`, and `left` and `right` what stands around them.
    `number` is the paragraph of the `article` (0: its title)."""

    left: str
    match: str
    right: str
    article: str
    number: int
    date: str | None
    source: str | None


def lines(hits: Iterable[Hit]) -> Iterator[Line]:
    """The lines of some hits, in their order."""
    for hit in hits:
        for paragraph in hit.paragraphs:
            text = paragraph.text
            for start, end in paragraph.marks:
                left, right = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
                yield Line(left, text[start:end], right, hit.article, paragraph.number, hit.date, hit.source)


def in_order(found: Iterable[Line], sort: str) -> Iterable[Line]:
    """The lines in another order: by the words to the ``left`` or ``right``, nearest first, or from the nth on
    (``2L``: from the second on the left). Lines that agree in these stay in the order in which they come."""
    if sort in ("archive", "date", "relevance"):
        return found
    side, nth = {"left": ("L", 1), "right": ("R", 1)}.get(sort) or _nth(sort)
    return sorted(found, key=lambda line: _words(line, side, nth + _FOLLOWING)[nth - 1 :])


def grouped(found: Iterable[Line], group: str) -> Iterator[tuple[str, list[Line]]]:
    """The lines by ``year`` or ``source``, in its order; ``""`` for those that have none comes last."""
    by_value: dict[str, list[Line]] = {}
    for one in found:
        value = (one.date or "")[:4] if group == "year" else one.source or ""
        by_value.setdefault(value, []).append(one)
    for value in sorted(by_value, key=lambda value: (not value, value)):
        yield value, by_value[value]


def check(sort: str) -> None:
    """`SearchError` where this is no order of lines."""
    if sort not in SORTS:
        _nth(sort)


def _nth(sort: str) -> tuple[str, int]:
    found = _NTH.fullmatch(sort)
    if not found:
        raise SearchError(f'expected {", ".join(SORTS)}, or the nth word on a side as 1L or 2R, found "{sort}"')
    return found[2].upper(), int(found[1])


def _words(line: Line, side: str, count: int) -> list[str]:
    """So many folded words on a side, the nearest first."""
    text = line.left if side == "L" else line.right
    found = folded_forms(_nearest(text, side, _LETTERS * count))
    if len(found) <= count:  # the last may have been cut
        found = folded_forms(text)
    return (found[::-1] if side == "L" else found)[:count]


def _nearest(text: str, side: str, letters: int) -> str:
    """So many letters next to the match, or a few more: up to a space."""
    if len(text) <= letters:
        return text
    if side == "L":
        return text[max(0, text.rfind(" ", 0, len(text) - letters)) :]
    end = text.find(" ", letters)
    return text if end < 0 else text[:end]
