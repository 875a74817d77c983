"""Markup: from HTML, or from the tree of an XML text (XHTML, NITF), to paragraphs.

=======================  ================================================================================
a block (``p``, ``li``)  begins and ends a paragraph, and so does text that stands between blocks
two ``br`` on end        part paragraphs; one is a space
what is no block         belongs to the paragraph: ``a``, ``em``, ``span``, and every tag that is not known
what is no text          is left out with all that it holds: ``script``, ``style``, comments
HTML without any tag     is plain text, whose paragraphs are parted by blank lines
=======================  ================================================================================

Tags are found by regular expressions that take time in proportion to the text, since what feeds hold need not be
kind: ``html.parser`` of Python 3.11 took 6 seconds over 20 kB of ``<a <a <a``, and 25 over 40 kB.
"""

from collections.abc import Set
from html import unescape
from xml.etree.ElementTree import Element

from search.lazy import pattern

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr li main menu nav ol optgroup option p pre section select summary table "
    "tbody td tfoot th thead tr ul "
    "block bq byline credit dateline fn hl1 hl2 media media-caption note tagline".split()  # NITF has these besides
)
_NO_TEXT = frozenset("iframe math noscript object script style svg template textarea title".split())
_RAW = frozenset("script style textarea title".split())
"""What stands in these is no markup, whatever it looks like: only their own end ends them."""

_TAG = pattern(
    r"""<(/?)([A-Za-z][^\s/<>]*+)(?:(?:[^<>"']|"[^"<]*"|'[^'<]*')*+>|[^<]*?>)"""  # a tag, its attributes
    r"""|<!\[CDATA\[|\]\]>|<[!?/][^<>]*>"""  # a declaration
)
_BLANK_LINE = pattern(r"\n\s*\n")


def paragraphs_of(html: str) -> tuple[str, ...]:
    """The paragraphs of HTML, or of plain text that stands where HTML might."""
    html = _without_comments(html)
    if not _TAG.search(html):
        return plain(_unescaped(html))
    blocks, end = _Blocks(), 0
    for tag in _TAG.finditer(html):
        blocks.text(_unescaped(html[end : tag.start()]))
        name, end = (tag[2] or "").lower(), tag.end()
        if tag[1]:
            blocks.end(name)
        elif name:
            blocks.start(name, empty=tag[0].endswith("/>"))
    blocks.text(_unescaped(html[end:]))
    return blocks.done()


def paragraphs_in(element: Element, without: Set[str] = frozenset()) -> tuple[str, ...]:
    """The paragraphs of an element, but for those in elements with the names in `without`."""
    blocks = _Blocks(without)
    _walk(element, blocks)
    return blocks.done()


def plain(text: str) -> tuple[str, ...]:
    """The paragraphs of plain text, which blank lines part: in XML, lines are broken anywhere."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return tuple(filter(None, (" ".join(part.split()) for part in _BLANK_LINE.split(text))))


class _Blocks:
    """Gathers text into paragraphs, told of every tag."""

    def __init__(self, without: Set[str] = frozenset()) -> None:
        self._left_out = _NO_TEXT | without
        self._inside, self._depth = "", 0  # an element that is left out, and how many of its name are open
        self._text: list[str] = []
        self._breaks = 0
        self._paragraphs: list[str] = []

    def start(self, name: str, empty: bool = False) -> None:
        """An element begins; `empty` if it ends at once, as ``<br/>``."""
        if self._inside:
            self._depth += name == self._inside and name not in _RAW and not empty
        elif name in self._left_out:
            self._inside, self._depth = ("", 0) if empty else (name, 1)
        elif name == "br":
            self._breaks += 1
            self._text.append(" ")
            if self._breaks == 2:
                self._part()
        elif name in _BLOCKS:
            self._part()

    def end(self, name: str) -> None:
        """An element ends."""
        if self._inside:
            self._depth -= name == self._inside
            self._inside = self._inside if self._depth else ""
        elif name in _BLOCKS:
            self._part()

    def text(self, text: str) -> None:
        """Some text."""
        if text and not self._inside:
            self._text.append(text)
            if not text.isspace():
                self._breaks = 0

    def done(self) -> tuple[str, ...]:
        """All paragraphs."""
        self._part()
        return tuple(self._paragraphs)

    def _part(self) -> None:
        """End the paragraph."""
        if text := " ".join("".join(self._text).split()):
            self._paragraphs.append(text)
        self._text, self._breaks = [], 0


def _walk(element: Element, blocks: _Blocks) -> None:
    name = element.tag.rpartition("}")[2]
    blocks.start(name)
    blocks.text(element.text or "")
    for child in element:
        _walk(child, blocks)
        blocks.text(child.tail or "")
    blocks.end(name)


def _without_comments(html: str) -> str:
    """The HTML with a space for every comment; one that does not end goes on to the next one, or to the end."""
    first, *others = html.split("<!--")
    return " ".join([first, *(part.partition("-->")[2] for part in others)]) if others else html


def _unescaped(text: str) -> str:
    try:
        return unescape(text) if "&" in text else text
    except ValueError:  # a number of more digits than Python reads
        return text
