"""Paragraphs of a PDF, put together from its lines.

A line goes on with the paragraph of the line before, unless

- it is printed larger or smaller,
- it stands lower than the next line would (`_LEADING`),
- it is indented, or a bullet stands before it,
- its first word would have had room on the line before, which ends a sentence or is short (`_SHORT`).

At the head of a page (or a column) it goes on with the last paragraph of its size on the page before, if that did not
come to the end of a sentence. Lines at the edges of pages that are the same on many pages, but for numbers, are left
out.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from search.lazy import pattern
from search.readers.documents.pdflines import Line

_EDGE = 2
"""Running headers and footers have so many lines at most."""

_MARGIN = 0.12
"""So much of the height that is printed on may be theirs, above and below."""

_MANY = 0.4
"""They are on so many of the pages: those on the left may have others than those on the right."""

_INITIAL_SIZE = 1.6
"""So much larger than the text is the large letter with which it begins."""

_SAME_SIZE, _LEADING, _INDENT = 0.08, 1.3, 0.8

_ENOUGH = 10
"""So many steps from line to line tell how far lines stand apart; headings stand alone."""

_SHORT = 0.75
"""So much of the width of a column has a line that is short, where lines end at different places."""

_INITIAL = pattern(r"(?:[«“\"] ?)?[^\W\d_]['’]?")
_NUMBER = pattern(r"\d+|\b[ivxlc]+\b")
_FOLIO = pattern(r"\W*(?:page )?#(?:\s*(?:/|of|sur|de)\s*#)?\W*")
_BULLET = pattern(r"(?:[•▪■◦‣●○–—-]|\(?\d{1,2}[.)]|[a-z]\))\s")
_END = pattern(r"""[.!?…:»”"][»”"’)\]\s\d]*$""")
_LEADERS = pattern(r"(?:\. ?){4}\s*[\divxlc]+$")
_WORD = pattern(r"\w+(?:[-’']\w+)*")
_PRONOUNS = frozenset("il ils elle elles on même mêmes vous être".split())
"""What stands after a hyphen in French, and does not end a word."""


class Paragraph(NamedTuple):
    """A paragraph: its text, the size in which it is printed, the page on which it begins."""

    text: str
    size: float
    page: int


def paragraphs_of(pages: list[list[Line]]) -> list[Paragraph]:
    """The paragraphs of all pages."""
    pages = [_with_initials(page) for page in _without_running(pages)]
    layout = _Layout(pages)
    blocks: list[list[Line]] = []
    for line in (line for page in pages for line in page):
        block = _continued(blocks, line, layout)
        if block is None:
            blocks.append([line])
        else:
            block.append(line)
    words = Counter(word for page in pages for line in page for word in _WORD.findall(line.text.lower()))
    found = (Paragraph(_joined(block, words), block[0].size, block[0].page) for block in blocks)
    return [one for one in found if one.text]


def _with_initials(page: list[Line]) -> list[Line]:
    """The lines of a page; a large letter at the beginning of a paragraph is put before the line beside it."""
    found: list[Line] = []
    for line in page:
        initial = found[-1] if found else line
        if _INITIAL.fullmatch(initial.text) and _is_beside(initial, line):
            found[-1] = line._replace(text=initial.text + line.text)
        else:
            found.append(line)
    return found


def _is_beside(initial: Line, line: Line) -> bool:
    """Whether a line begins right of a large letter, no lower than it stands."""
    is_near = 0 <= line.left - initial.right < initial.size and -1 <= line.base - initial.base < initial.size
    return initial.size > _INITIAL_SIZE * line.size and is_near


def _without_running(pages: list[list[Line]]) -> list[list[Line]]:
    """The pages without running headers, footers and numbers."""
    bases = [line.base for page in pages for line in page] or [0.0]
    margin = _MARGIN * (max(bases) - min(bases))
    edges = [_edges(page, min(bases) + margin, max(bases) - margin) for page in pages]
    counts = Counter(key for page in edges for key in {_key(line) for line in page})
    least = max(2, _MANY * sum(map(bool, pages)))
    running = {key for key, count in counts.items() if count >= (2 if _FOLIO.fullmatch(key[0]) else least)}
    return [
        [line for line in page if not (line in edge and (_key(line) in running or _is_folio(line, page)))]
        for page, edge in zip(pages, edges, strict=True)
    ]


def _edges(page: list[Line], low: float, high: float) -> set[Line]:
    """The lines that stand highest and lowest, below `low` or above `high`."""
    bases = sorted({round(line.base) for line in page})
    ends = {*bases[:_EDGE], *bases[-_EDGE:]}
    return {line for line in page if round(line.base) in ends and not low < line.base < high}


def _is_folio(line: Line, page: list[Line]) -> bool:
    """Whether a line at the edge of a page is its number: it stands alone, which the end of a paragraph does not."""
    others = [one for one in page if one is not line]
    stands_alone = all(abs(one.base - line.base) > 2 * line.size for one in others)
    return bool(others) and stands_alone and bool(_FOLIO.fullmatch(_key(line)[0]))


def _key(line: Line) -> tuple[str, float]:
    """The same for lines that say the same in the same size (a title may be repeated above the pages, smaller)."""
    return _NUMBER.sub("#", line.text.lower()), line.size


class _Layout:
    """How far lines stand from each other, and where the columns of each page end."""

    def __init__(self, pages: list[list[Line]]) -> None:
        steps: dict[float, list[float]] = {}
        self._ends: dict[tuple[int, int, float], float] = {}
        for page in pages:
            for one, two in pairwise(page):
                if one.size == two.size and 0.5 * one.size < one.base - two.base < 3 * one.size:
                    steps.setdefault(one.size, []).append(one.base - two.base)
            for line in page:
                for key in self._near(line):
                    self._ends[key] = max(self._ends.get(key, 0), line.right)
        self._leading = {
            size: median(found) if len(found) >= _ENOUGH else min(median(found), 1.2 * size)
            for size, found in steps.items()
        }

    def leading(self, line: Line) -> float:
        """The usual step from a line to the next."""
        return self._leading.get(line.size, 1.2 * line.size)

    def end(self, line: Line) -> float:
        """Where the column of a line ends."""
        return self._ends.get((line.page, round(line.left / 36), line.size), line.right)

    def _near(self, line: Line) -> Iterable[tuple[int, int, float]]:
        column = round(line.left / 36)
        return ((line.page, one, line.size) for one in (column - 1, column, column + 1))


def _continued(blocks: list[list[Line]], line: Line, layout: _Layout) -> list[Line] | None:
    """The paragraph with which a line goes on; ``None``: it begins one."""
    if not blocks:
        return None
    block = blocks[-1]
    last = block[-1]
    step = last.base - line.base
    if last.page != line.page or step < -line.size:
        return _from_page_before(blocks, line, layout)
    is_next = _is_same_size(last, line) and step <= _LEADING * layout.leading(line)
    if not is_next or _begins(block, line) or (_had_room(last, line, layout) and step > line.size / 2):
        return None
    return block


def _from_page_before(blocks: list[list[Line]], line: Line, layout: _Layout) -> list[Line] | None:
    for block in reversed(blocks[-20:]):
        last = block[-1]
        if last.page < line.page - 1:
            return None
        if _is_same_size(last, line):
            ends = bool(_END.search(last.text)) or _had_room(last, line, layout) or bool(_BULLET.match(line.text))
            return None if ends and not last.hyphen else block
    return None


def _is_same_size(one: Line, two: Line) -> bool:
    return abs(one.size - two.size) <= _SAME_SIZE * max(one.size, two.size)


def _begins(block: list[Line], line: Line) -> bool:
    """Whether the look of a line says that a paragraph begins."""
    last = block[-1]
    if last.hyphen:
        return False
    if _LEADERS.search(last.text):
        return True
    ended = bool(_END.search(last.text))
    bullet = _BULLET.match(line.text)
    if bullet and (ended or bullet[0][0] in "•▪■◦‣●○" or _BULLET.match(block[0].text)):
        return True
    left = min(one.left for one in _above(block))
    if line.left > left + _INDENT * line.size:
        return len(block) > 1 or ended
    goes_on = line.text[0].islower() and not ended  # below an initial, or beside a picture
    return len(block) > 1 and line.left < left - _INDENT * line.size and not goes_on


def _above(block: list[Line]) -> Iterator[Line]:
    """The last lines of a paragraph, as far as they stand under each other: it may come from another column."""
    below = block[-1]
    for line in reversed(block[-3:]):
        if line.page != below.page or line.base < below.base:
            return
        yield line
        below = line


def _had_room(last: Line, line: Line, layout: _Layout) -> bool:
    """Whether the first word of a line would have had room on the line before."""
    if last.hyphen:
        return False
    letter = (line.right - line.left) / len(line.text)
    word = len(line.text.split(maxsplit=1)[0]) * letter
    end = layout.end(last)
    is_short = last.right - last.left < _SHORT * (end - last.left)
    return last.right + word + line.size / 2 < end and (is_short or bool(_END.search(last.text)))


def _joined(block: list[Line], words: Counter[str]) -> str:
    """The text of lines, words that were parted at their ends made whole."""
    text = ""
    for line in block:
        text += line.text
        text += "\0" if line.hyphen else " "
    first, *parts = text.split("\0")
    for part in parts:
        first += ("-" if _keeps_hyphen(first, part, words) else "") + part
    return " ".join(first.split())


def _keeps_hyphen(before: str, after: str, words: Counter[str]) -> bool:
    """Whether the hyphen at the end of a line is one that the word always has."""
    start = before.rsplit(maxsplit=1)[-1].lower() if before.split() else ""
    found = _WORD.match(after)
    end = found[0] if found else ""
    if not end or not end[0].islower() or end in _PRONOUNS or "-" in start:
        return True
    start = _WORD.findall(start)[-1] if _WORD.search(start) else start
    return words[f"{start}-{end.lower()}"] > words[start + end.lower()]
