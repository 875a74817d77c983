"""Output that is longer than the screen goes through a pager, as git does it.

The pager is ``$SEARCH_PAGER``, else ``$PAGER``, else ``less``; there is none where that is empty or ``cat``, or
cannot be run. What fits on the screen is printed at once.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from shutil import get_terminal_size, which
from typing import IO

from search.columns import width
from search.render.style import without_links, without_style

_OPTIONS = {"LESS": "FRX", "LV": "-c"}
"""What the pagers are told unless the user tells them something: colours, and to leave the text on the screen."""

_LINKS_SINCE = 566
"""The version of less that shows hyperlinks; older ones show the sequence."""


def page(lines: Iterable[str]) -> None:
    """Print lines to the terminal, through the pager if they are more than it shows."""
    command, source = pager(), iter(lines)
    held = list(_screenful(source)) if command else []
    if command and _is_full(held):
        _send(command, chain(held, source))
    else:
        _print(chain(held, source))


def pager() -> str:
    """The command that shows long texts, ``""`` if there is none."""
    command = os.environ.get("SEARCH_PAGER", os.environ.get("PAGER", "less")).strip()
    if command in ("", "cat") or os.environ.get("TERM", "dumb") == "dumb":
        return ""
    first = command.split()[0]
    return command if "=" in first or which(first) else ""  # a variable is for the shell to set


def _screenful(source: Iterator[str]) -> Iterator[str]:
    """Lines, until they are more than the screen has room for beside the shell's prompt."""
    room = get_terminal_size().lines - 1
    for line in source:
        yield line
        room -= _rows(line)
        if room < 0:
            return


def _is_full(lines: list[str]) -> bool:
    return sum(map(_rows, lines)) >= get_terminal_size().lines


def _rows(line: str) -> int:
    """The rows that a line takes on the screen, which breaks it where it is too long."""
    return max(1, -(-width(without_style(line)) // get_terminal_size().columns))


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def _send(command: str, lines: Iterator[str]) -> None:
    """Give lines to a pager and wait until it ends; print them where it fails. Ctrl-C is the pager's meanwhile."""
    import signal
    import subprocess  # takes its time, and most output is short

    taken: list[str] = []
    stopped: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: stopped.append(number))
    shown = lines if _keeps_links(command) else map(without_links, lines)
    sys.stdout.flush()
    try:
        with subprocess.Popen(command, shell=True, stdin=subprocess.PIPE, env=_OPTIONS | os.environ) as process:
            assert process.stdin
            try:
                _write(process.stdin, shown, taken)
            finally:
                with suppress(OSError):
                    process.stdin.close()
    finally:
        signal.signal(signal.SIGINT, before)
    if process.returncode and not stopped:
        _print(chain(taken, shown))


def _write(pipe: IO[bytes], lines: Iterable[str], taken: list[str]) -> None:
    """Write lines, as long as someone reads them; `taken` gets those that were read from the source."""
    for line in lines:
        taken.append(line)
        try:
            pipe.write(f"{line}\n".encode(sys.stdout.encoding, "replace"))
        except OSError:
            return


def _keeps_links(command: str) -> bool:
    """Whether a pager shows hyperlinks: less of a later version, or what the user says does."""
    if os.environ.get("SEARCH_HYPERLINKS") == "always":
        return True
    program = command.split()[0]
    if os.path.basename(program) != "less":
        return False
    import subprocess

    said = subprocess.run([program, "-V"], capture_output=True, stdin=subprocess.DEVNULL).stdout.split()
    return len(said) > 1 and said[1].isdigit() and int(said[1]) >= _LINKS_SINCE
