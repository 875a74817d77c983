"""Colour where it is wanted, and text that cannot command the terminal."""

from collections.abc import Sequence

from search.hits import Span
from search.lazy import pattern
from search.value import Value

_CONTROL = {
    **dict.fromkeys([*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd"),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    **dict.fromkeys([9, 10, 11, 12, 13, 0x85, 0x2028, 0x2029], " "),
}
_LINK = pattern("\x1b]8;;[!-~]*\x1b\\\\")
_ESCAPE = pattern("\x1b\\[[0-9;]*m|\x1b]8;;[!-~]*\x1b\\\\")


class Style(Value):
    """How to set off words. Without colour, marks may be put in brackets. With `links` titles lead somewhere."""

    colour: bool = False
    brackets: bool = False
    links: bool = False

    def mark(self, text: str) -> str:
        """A word that was searched for."""
        if self.colour:
            return f"\x1b[1;31m{text}\x1b[0m"
        return f"[{text}]" if self.brackets else text

    def strong(self, text: str) -> str:
        """A heading."""
        return f"\x1b[1m{text}\x1b[0m" if self.colour and text else text

    def faint(self, text: str) -> str:
        """What can be passed over."""
        return f"\x1b[2m{text}\x1b[0m" if self.colour and text else text

    def link(self, text: str, target: str) -> str:
        """What leads to an address (`search.render.links`)."""
        return f"\x1b]8;;{target}\x1b\\{text}\x1b]8;;\x1b\\" if self.links and target else text


PLAIN = Style()


def safe(text: str) -> str:
    """The text, character for character, with � for control characters and a space for line ends and tabs."""
    return text.translate(_CONTROL)


def without_links(text: str) -> str:
    """The text as it is without hyperlinks."""
    return _LINK.sub("", text)


def without_style(text: str) -> str:
    """The text as it is without colours and hyperlinks."""
    return _ESCAPE.sub("", text)


def marked(text: str, marks: Sequence[Span], style: Style, start: int = 0, end: int | None = None) -> str:
    """``text[start:end]`` made safe, with what the marks cover of it set off."""
    end = len(text) if end is None else end
    out, at = [], start
    for one in marks:
        left, right = max(one.start, at), min(one.end, end)
        if left < right:
            out += [safe(text[at:left]), style.mark(safe(text[left:right]))]
            at = right
    return "".join([*out, safe(text[at:end])])
