"""Plain text and Markdown: one file, one article.

The text is UTF-8, or UTF-16 with a byte order mark; otherwise its encoding is guessed. The title is that of the
front matter, else the first heading of a Markdown file, else the file's name. The date
is that of the front matter, else the day with which the file's name begins.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from search.article import Article
from search.dates import iso
from search.lazy import pattern
from search.readers import frontmatter
from search.readers.languages import code
from search.readers.paragraphs import paragraphs
from search.readers.source import Problem, Record, SourceFile, dated

_DATE_IN_NAME = pattern(r"(\d{4}-\d{2}-\d{2})(?!\d)")
_HEADING = pattern(r"#{1,6}[ \t]+(\S.*)")
_FENCE = pattern(r"\s{0,3}(```|~~~)")
_RULE = pattern(r"={3,}[ \t]*")
"""Under a heading."""
_HEADING_CLOSED = pattern(r"(?<!\S)#+$")
_WESTERN = ["cp1252", "mac_roman"]
"""Tried first: a short French text has no sign that tells ``à`` in cp1252 from ``ŕ`` in cp1250."""
_FRENCH = frozenset("àâäçéèêëîïôöùûüÿœæÀÂÇÉÈÊËÎÏÔÙÛÜŒÆ’‘“”«»–—…€°\u00a0")
"""A text that has no other signs beyond ASCII is French, and was read in the right encoding."""
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

BESIDE = 4
"""In UTF-8 with faults there are so many signs beyond ASCII for each fault."""


def split(source: SourceFile, raw: BinaryIO) -> Iterator[Record | Problem]:
    """The whole file."""
    return source.whole(raw)


def parse(record: Record) -> Iterator[Article | Problem]:
    """The article of a text file, after what is wrong with its front matter."""
    source, place = record.source, record.place
    try:
        text = decode(record.data)
    except ValueError as error:
        yield Problem(place, str(error))
        return
    matter = frontmatter.split(text)
    for line in matter.bad_lines:
        yield Problem(f"{place}:{line}", 'expected "key: value" in the front matter: this line is ignored')
    article = _article(source, matter, markdown=source.path.suffix.lower() in (".md", ".markdown"))
    if not matter.body.strip() and not matter.fields.get("title"):
        yield Problem(place, "holds no text")
        return
    yield from dated(article, matter.fields.get("date") or _date_in_name(source))


def decode(data: bytes) -> str:
    """The text of a file's bytes; `ValueError` where they are none."""
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "")
    try:
        text = _strictly(data, encoding) if encoding else data.decode()
    except UnicodeDecodeError:
        if b"\0" in data:
            raise ValueError("is not text (it holds zero bytes and is not UTF-8)") from None
        return nearly_utf8(data) or _detected(data)
    if "\0" in text:
        raise ValueError("is not text (it holds zero bytes)")
    return text


def nearly_utf8(data: bytes) -> str:
    """The text of bytes that are UTF-8 but for a few, each of which becomes a replacement character; ``""`` where
    they are not: what is in another encoding has next to no sign that is written in UTF-8."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(not char.isascii() for char in text) - bad
    is_cut = bad == 1 and text.endswith("\ufffd")
    return text if good >= BESIDE * bad or (is_cut and good) else ""


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise ValueError(f"its byte order mark says {encoding}, but byte {error.start + 1} is not") from None


def _detected(data: bytes) -> str:
    for encoding in _WESTERN:
        text = data.decode(encoding, "replace")
        if all(char.isascii() or char in _FRENCH for char in text):
            return text
    from charset_normalizer import from_bytes  # rarely needed, and slow to import

    best = from_bytes(data, cp_isolation=_WESTERN).best() or from_bytes(data).best()
    if best is None:
        raise ValueError("its encoding could not be told: save it as UTF-8")
    return str(best)


def _article(source: SourceFile, matter: frontmatter.FrontMatter, *, markdown: bool) -> Article:
    fields, body = dict(matter.fields), matter.body
    title = fields.pop("title", "")
    if markdown:
        title, body = _marked_down(title, body)
    fields.pop("date", None)
    return Article(
        id=source.id,
        title=title or source.name,
        paragraphs=paragraphs(body),
        author=fields.pop("author", None) or None,
        source=fields.pop("source", None) or None,
        language=code(fields.pop("language", "")) or None,
        url=fields.pop("url", None) or None,
        path=str(source.path),
        metadata={name: value for name, value in fields.items() if value},
    )


def _marked_down(title: str, body: str) -> tuple[str, str]:
    """The title, which may be the first heading, and the text without the signs of headings and of code."""
    lines: list[str] = []
    fence = ""
    for line in body.splitlines():
        opened = _FENCE.match(line)
        heading = None if fence else _HEADING.match(line)
        if opened and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else opened[1]
        elif not fence and _RULE.fullmatch(line) and lines and lines[-1].strip():
            if title:
                lines += [""]
            else:
                title = lines.pop().strip()
        elif heading and title:
            lines += ["", _heading(heading), ""]
        elif heading:
            title = _heading(heading)
        else:
            lines.append(line)
    return title, "\n".join(lines)


def _heading(found: re.Match[str]) -> str:
    """The text of a Markdown heading, without the ``##`` that may close it."""
    return _HEADING_CLOSED.sub("", found[1].rstrip()).rstrip()


def _date_in_name(source: SourceFile) -> str:
    """The day with which the file's name begins, if it does: ``2016-10-24-calais.txt``."""
    found = _DATE_IN_NAME.match(source.path.name)
    try:
        return iso(found[1]) if found else ""
    except ValueError:
        return ""
