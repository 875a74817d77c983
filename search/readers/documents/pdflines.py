"""Lines of the pages of a PDF, as PDFium finds them, with where they stand and how large they are printed.

PDFium gives a page's text in the order in which it was written, with line breaks; where a word is hyphenated at the
end of a line it gives `HYPHEN` and no line break. Lengths are in points, from the lower left corner of the page.
"""

from collections.abc import Iterable, Iterator
from ctypes import c_double
from statistics import median_low
from typing import Any, NamedTuple, Protocol

from search.lazy import pattern
from search.readers.source import clean

HYPHEN = "\ufffe"
_PARTS = pattern(r"[^\r\n\ufffe\x02]+")
_HYPHENATED = pattern(r"[^\W\d_][-\u2010\xad]$")
_SPACES = pattern(r"[\s\0-\x1f\ufeff\u200b]+")


class Line(NamedTuple):
    """A line: its text; where it begins and ends, its base, its size, its page; whether it ends in a hyphen."""

    text: str
    left: float
    right: float
    base: float
    size: float
    page: int
    hyphen: bool


class Printed(Protocol):
    """Text that was printed in some size."""

    @property
    def text(self) -> str:
        """The text."""
        ...

    @property
    def size(self) -> float:
        """The height of its letters."""
        ...


def measured(texts: Iterable[Printed]) -> float:
    """The size in which most of the text is printed."""
    return median_low([one.size for one in texts for _ in range(len(one.text) // 10 + 1)] or [0.0])


def lines_of(file: Any, number: int, most: int) -> list[Line] | None:
    """The lines of a page; ``None`` if it has more characters than that."""
    page = file[number]
    try:
        text_page = page.get_textpage()
        try:
            if text_page.count_chars() > most:
                return None
            return list(_lines(text_page, number))
        finally:
            text_page.close()
    finally:
        page.close()


def _lines(text_page: Any, number: int) -> Iterator[Line]:
    whole = text_page.get_text_range() if text_page.count_chars() else ""
    box = _boxes(text_page)
    for found in _PARTS.finditer(whole):
        text = clean(_SPACES.sub(" ", found[0])).strip()
        if not text:
            continue
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        end = found.start() + len(found[0].rstrip()) - 1
        middle = next(at for at in range((start + end) // 2, end + 1) if not whole[at].isspace())
        first, typical, last = box(start), box(middle), box(end)
        size = round(2 * (typical[3] - typical[1])) / 2
        hyphen = whole[found.end() : found.end() + 1] in (HYPHEN, "\x02")
        if _HYPHENATED.search(text):  # PDFium leaves some
            text, hyphen = text[:-1], True
        yield Line(text, first[0], last[2], first[1], size, number, hyphen)


def _boxes(text_page: Any) -> Any:
    """A function that tells the box of a character: left, bottom, right, top; of the letter's font, not its form."""
    import pypdfium2.raw as pdfium

    rectangle = pdfium.FS_RECTF()
    count = text_page.count_chars()

    def box(index: int) -> tuple[float, float, float, float]:
        char = pdfium.FPDFText_GetCharIndexFromTextIndex(text_page, index)
        if not 0 <= char < count or not pdfium.FPDFText_GetLooseCharBox(text_page, char, rectangle):
            return 0, 0, 0, 0
        origin = c_double(), c_double()
        pdfium.FPDFText_GetCharOrigin(text_page, char, *origin)
        return rectangle.left, origin[1].value, rectangle.right, origin[1].value + rectangle.top - rectangle.bottom

    return box
