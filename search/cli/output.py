"""What the commands say, and what they know of the terminal."""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from search.render.style import Style, safe

if TYPE_CHECKING:
    from search.archive import Archive, Limits

WIDEST = 100
"""Lines are no wider than this, however wide the terminal is."""


def style(colour: str) -> Style:
    """Colours on a terminal that has them, brackets on one that has not, neither in a pipe."""
    terminal = sys.stdout.isatty()
    able = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    use = colour == "always" or (colour == "auto" and able)
    return Style(colour=use, brackets=terminal and not use, links=use and able and _has_links())


def _has_links() -> bool:
    """Whether the terminal may be given hyperlinks: those that are known to show the sequence are not."""
    wanted = os.environ.get("SEARCH_HYPERLINKS", "auto")
    misled = os.environ.get("TERM", "").startswith(("linux", "eterm")) or "INSIDE_EMACS" in os.environ
    return wanted == "always" or (wanted != "never" and not misled)


def columns() -> int | None:
    """How wide to print: the terminal's width, ``None`` (as long as it gets) in a pipe."""
    if not sys.stdout.isatty():
        return None
    from shutil import get_terminal_size

    return min(get_terminal_size().columns, WIDEST)


def emit(lines: Iterable[str], *, no_pager: bool = False) -> None:
    """Print lines, the first at once; on a terminal through a pager, if they are more than it shows."""
    if not no_pager and sys.stdout.isatty():
        from search.cli.pager import page  # which a pipe has no use for

        page(lines)
        return
    is_first = True
    for line in lines:
        print(line, flush=is_first)
        is_first = False


def emit_parts(parts: Iterable[str]) -> None:
    """Print parts that end in NUL, for ``xargs -0`` and its like, the first at once. Names of files get back the
    bytes that they have."""
    sys.stdout.flush()
    out = sys.stdout.buffer
    for number, part in enumerate(parts):
        try:
            data = os.fsencode(part)
        except UnicodeEncodeError:  # which no name of a file is
            data = part.encode("utf-8", "replace")
        out.write(data + b"\0")
        if number == 0:
            out.flush()
    out.flush()


def note(message: str, *more: str) -> None:
    """Say something beside the data, with lines that tell more."""
    lines = [f"search: {safe(message)}", *(f"  {safe(line)}" for line in more)]
    with suppress(OSError):  # a full disk behind stderr must not cost the answer
        sys.stdout.flush()
        print(*lines, sep="\n", file=sys.stderr, flush=True)


def say_nothing_found(archive: "Archive", query: str, limits: "Limits") -> None:
    """Say what was searched in vain, and what finds something."""
    from search.render.silence import lines

    note(*lines(archive.silence(query, **limits)))


def counted(number: int, noun: str, several: str = "") -> str:
    """A number of things: ``1 article``, ``1,200 articles``."""
    return f"{number:,} {noun if number == 1 else several or noun + 's'}"
