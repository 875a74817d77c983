"""What a PDF file holds, as PDFium reads it: asked in a process of its own (`pdfapart`).

PDFium is written in C++. A file may be made so that it takes all memory, or without end, or that it breaks off.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from search.lazy import pattern
from search.readers.documents.pdflines import Line, lines_of, measured
from search.readers.documents.pdftext import Paragraph, paragraphs_of
from search.readers.source import clean
from search.readers.wire.xml import descendants, document, listed, text_of

MOST_PAGES, MOST = 10_000, 50_000_000

_PASSWORD = 4
"""PDFium's number of the error."""

_DATE = pattern(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?")
_MADE_BY_WORD = pattern(r"^(?:Microsoft (?:Office )?(?:Word|PowerPoint) - |\s+)")
_NO_TITLE = pattern(
    r"(?i)(?:.*\.(?:docx?|dotx?|odt|rtf|indd|qx[dp]|pdf|pptx?|xlsx?|tex|dvi|ps|html?|txt|pages)|[\W\d_]*"
    r"|(?:untitled|sans titre|document|doc|title|titre|layout|mise en page|powerpoint presentation)[\W\d_]*)"
)
_NOT_TOLD = ("(anonymous)", "(unspecified)", "anonymous", "unspecified")
"""What ReportLab writes where it was told nothing."""

_LARGER = 1.15
"""A title is printed larger than the text, by this."""


class Contents(NamedTuple):
    """What is known of a file (``""``: nothing), its paragraphs, and what is wrong with it."""

    problems: Sequence[str]
    paragraphs: Sequence[str] = ()
    title: str = ""
    author: str = ""
    dates: Sequence[str] = ()
    languages: Sequence[str] = ()
    metadata: dict[str, str] | None = None


def contents(data: bytes) -> Contents:
    """What a file holds."""
    import pypdfium2  # not everyone has PDF files

    try:
        with pypdfium2.PdfDocument(data) as file:
            return _contents(data, file)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            return Contents(["is encrypted: it needs a password"])
        return Contents([f"is no PDF file, or a broken one ({error})"])


def _contents(data: bytes, file: Any) -> Contents:
    pages, problems = _pages(file)
    paragraphs = paragraphs_of(pages)
    if not paragraphs:
        return Contents(problems or ["has no text (scanned pages?): let a program for OCR read it first"])
    if _is_unreadable(paragraphs):
        return Contents([*problems, "its text is not readable: its fonts do not say which letters they show"])
    info, xmp = file.get_metadata_dict(), _xmp(data)
    known = _known_title(info["Title"]) or _known_title(xmp["title"])
    title, texts = _titled(known, paragraphs)
    return Contents(
        problems,
        texts,
        title,
        _line(info["Author"]) or xmp["author"],
        [_day(text) for text in (info["CreationDate"], info["ModDate"], xmp["date"])],
        [_language(file), xmp["language"]],
        {name.lower(): text for name in ("Subject", "Keywords") if (text := _line(info[name]))},
    )


def _pages(file: Any) -> tuple[list[list[Line]], list[str]]:
    """The lines of all pages that can be read, and what is to be said of the others."""
    import pypdfium2

    pages: list[list[Line]] = []
    problems: list[str] = []
    count, size = len(file), 0
    for number in range(min(count, MOST_PAGES)):
        try:
            lines = lines_of(file, number, MOST - size)
        except pypdfium2.PdfiumError as error:
            problems.append(f"page {number + 1} cannot be read ({error})")
            continue
        if lines is None:
            break
        size += sum(len(one.text) for one in lines)
        pages.append(lines)
    left = count - len(pages) - len(problems)
    if left:
        problems.append(f"is very long: its last {left:,} pages are left out")
    return pages, problems[:3]


def _titled(known: str, paragraphs: list[Paragraph]) -> tuple[str, list[str]]:
    """The title, and the texts of the paragraphs without it."""
    first = [one for one in paragraphs if one.page == paragraphs[0].page]
    body = measured(paragraphs)
    largest = max(first, key=lambda one: one.size if one.text[1:] and any(map(str.isalpha, one.text)) else 0)
    title = next((one for one in first if one.text.casefold() == known.casefold()), None)
    if not known and largest.size > _LARGER * body and len(largest.text) < 300 and largest.text[1:]:
        title, known = largest, largest.text
    return known, [one.text for one in paragraphs if one is not title]


def _known_title(text: str) -> str:
    """The title that is told, if it is one."""
    title = _MADE_BY_WORD.sub("", _line(text))
    return "" if _NO_TITLE.fullmatch(title) else title


def _is_unreadable(paragraphs: list[Paragraph]) -> bool:
    text = "".join(one.text for one in paragraphs[:50])
    strange = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" for char in text)
    return strange > 0.3 * len(text)


def _line(text: str) -> str:
    line = clean(" ".join(text.replace("\0", "").split()))
    return "" if line in _NOT_TOLD else line


def _day(text: str) -> str:
    """The day of ``D:20190503101530+02'00'``; other text as it is."""
    found = _DATE.match(text.strip())
    return "-".join(filter(None, found.groups())) if found and "-" not in text[:8] else text


def _language(file: Any) -> str:
    from ctypes import c_ushort

    import pypdfium2.raw as pdfium

    buffer = (c_ushort * 64)()
    length = pdfium.FPDFCatalog_GetLanguage(file, buffer, 64) if hasattr(pdfium, "FPDFCatalog_GetLanguage") else 0
    return bytes(buffer)[:length].decode("utf-16-le", "ignore").strip("\0") if length <= 64 else ""


def _xmp(data: bytes) -> dict[str, str]:
    """What XMP says of the file. It may say as much of each picture: that does not name who made it."""
    found = dict.fromkeys(("title", "author", "language", "date"), "")
    start = data.find(b"<x:xmpmeta")
    while start >= 0 and (end := data.find(b"</x:xmpmeta>", start, start + 200_000)) >= 0:
        packet = data[start : end + 12]
        if b"Producer" in packet:
            root = document(packet).root
            for name, key in (("title", "title"), ("creator", "author"), ("language", "language")):
                elements = (li for one in descendants(root, name) for li in descendants(one, "li"))
                texts = [clean(text_of(one)) for one in elements]
                found[key] = listed(iter(texts)) if key == "author" else next(iter(texts), "")
            dates = [text_of(one) for one in descendants(root, "CreateDate")]
            found["date"] = next(iter(dates), "")
            break
        start = data.find(b"<x:xmpmeta", end)
    return found
