"""The pager: what is longer than the screen goes through it, whatever it does."""

import fcntl
import os
import pty
import re
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

import search
from search import Article
from tests.conftest import ROOT, Shell

LONG = Article("a", "Le port", tuple(f"Calais {number}." for number in range(1, 41)))
SHORT = Article("b", "La Manche", ("Un bateau.",))


class Screen(NamedTuple):
    """What a terminal shows, and how the command ended."""

    text: str
    status: int


def on_screen(
    shell: Shell, line: str, keys: bytes = b"", size: tuple[int, int] = (24, 80), own: Mapping[str, str] | None = None
) -> Screen:
    """Run a command on a terminal of its own; `keys` are typed once a pager waits (shows ``:`` or ``READY``)."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "LC_ALL") if name in os.environ}
    process, terminal = pty.fork()
    if process == 0:  # pragma: no cover (the child)
        os.chdir(shell.folder)
        variables = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TERM": "xterm", **(own or {})}
        time.sleep(0.1)
        os.execve(sys.executable, [sys.executable, "-m", "search", *line.split()], kept | variables)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
    printed = b""
    limit = time.monotonic() + 30
    try:
        while time.monotonic() < limit and (part := os.read(terminal, 1 << 16)):
            printed += part
            if keys and re.search(rb"(\n|\r|\x1b\[K):|READY", printed):
                os.write(terminal, keys)
                keys = b""
    except OSError:  # how Linux says that the terminal was closed
        pass
    if time.monotonic() >= limit:
        os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    os.close(terminal)
    return Screen(printed.decode().replace("\r\n", "\n"), os.waitstatus_to_exitcode(status))


@pytest.fixture
def press(shell: Shell) -> Shell:
    search.build(articles=[LONG, SHORT], index=shell.folder / "index")
    return shell


def program(shell: Shell, text: str) -> str:
    """The path of a pager made for a test."""
    path = shell.write("pager", f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


PAGED = "sed s/^/+/"


@pytest.mark.parametrize(
    ("line", "paged"),
    [
        ("read a", True),
        ("read a --no-pager", False),
        ("read b", False),
        ("for Calais", False),
        ("help query", True),
        ("help query --no-pager", False),
        ("explain Calais", False),
        ("words C -n 0", False),
    ],
)
def test_only_what_is_longer_than_the_screen_is_paged(press: Shell, line: str, paged: bool) -> None:
    screen = on_screen(press, line, own={"PAGER": PAGED})
    assert (screen.status, screen.text.startswith("+")) == (0, paged)
    assert len(re.findall(r"^\+", screen.text, re.MULTILINE)) in (0, screen.text.count("\n"))


def test_the_size_of_the_screen(press: Shell) -> None:
    lines = on_screen(press, "read b").text.count("\n")
    assert lines == 4
    assert not on_screen(press, "read b", size=(5, 80), own={"PAGER": PAGED}).text.startswith("+")
    assert on_screen(press, "read b", size=(4, 80), own={"PAGER": PAGED}).text.startswith("+")
    assert not on_screen(press, "read b", size=(0, 0), own={"PAGER": PAGED}).text.startswith("+")
    assert on_screen(press, "for bateau --json", size=(4, 20), own={"PAGER": PAGED}).text.startswith("+")


def test_the_remark_comes_after_the_pager(press: Shell) -> None:
    screen = on_screen(press, "for Calais", size=(5, 80), own={"PAGER": PAGED})
    assert screen.text.startswith("+")
    assert screen.text.endswith("\nsearch: 1 article, 40 paragraphs\n")


@pytest.mark.parametrize(
    "variables",
    [{"PAGER": ""}, {"PAGER": "cat"}, {"SEARCH_PAGER": "", "PAGER": PAGED}, {"PAGER": PAGED, "TERM": "dumb"},
     {"PAGER": "/no/such/pager"}, {"PAGER": "false"}, {"PAGER": "x=1 /no/such/pager 2>/dev/null"}],
)  # fmt: skip
def test_where_there_is_no_pager_all_is_printed(press: Shell, variables: dict[str, str]) -> None:
    screen = on_screen(press, "read a --color never", own=variables)
    assert (screen.status, screen.text) == (0, on_screen(press, "read a --no-pager --color never").text)


def test_our_own_variable_comes_first(press: Shell) -> None:
    assert on_screen(press, "read a", own={"SEARCH_PAGER": "sed s/^/1/", "PAGER": "sed s/^/2/"}).text.startswith("1")


def test_a_pager_that_is_left_early(press: Shell) -> None:
    big = Article("c", "", tuple("x" * 900 for _ in range(900)))
    search.build(articles=[big], index=press.folder / "index")
    assert on_screen(press, "read c", own={"PAGER": "head -n 1"}) == Screen("\x1b[2mc\x1b[0m\n", 0)


@pytest.mark.parametrize("wait", ["exec sleep 9", "trap 'echo BYE; exit 3' INT; while :; do sleep 0.1; done"])
def test_an_interruption_leaves_no_trace(press: Shell, wait: str) -> None:
    own = program(press, f"cat >/dev/null; echo READY; {wait}")
    screen = on_screen(press, "read a", keys=b"\x03", own={"PAGER": own})
    assert (screen.status, screen.text.replace("^C", "").replace("BYE\n", "")) == (0, "READY\n")


def test_what_less_is_told(press: Shell) -> None:
    own = program(press, 'cat >/dev/null; echo "$LESS $LV"')
    assert on_screen(press, "read a", own={"PAGER": own}).text == "FRX -c\n"
    assert on_screen(press, "read a", own={"PAGER": own, "LESS": "i"}).text == "i -c\n"


@pytest.mark.skipif(not any(Path(one, "less").exists() for one in os.get_exec_path()), reason="there is no less")
def test_less(press: Shell) -> None:
    screen = on_screen(press, "read a", keys=b"q")
    assert screen.status == 0
    assert "Le port" in screen.text
    assert "Calais 40" not in screen.text


@pytest.mark.parametrize(
    ("variables", "linked"),
    [
        ({}, True),
        ({"SEARCH_HYPERLINKS": "never"}, False),
        ({"TERM": "linux"}, False),
        ({"TERM": "linux", "SEARCH_HYPERLINKS": "always"}, True),
        ({"INSIDE_EMACS": "29"}, False),
        ({"TERM": "dumb", "SEARCH_HYPERLINKS": "always"}, False),
        ({"NO_COLOR": "1"}, False),
        ({"PAGER": PAGED}, False),
        ({"PAGER": PAGED, "SEARCH_HYPERLINKS": "always"}, True),
    ],
)
def test_hyperlinks(shell: Shell, variables: dict[str, str], linked: bool) -> None:
    one = Article("a", "Le port", LONG.paragraphs, url="https://a.fr/\x1b", path="port.txt")
    shell.write("port.txt", "")
    search.build(articles=[one], index=shell.folder / "index")
    link = f"\x1b]8;;file://{os.uname().nodename}{shell.folder}/port.txt\x1b\\"
    screen = on_screen(shell, "read a", own={"PAGER": "cat", **variables})
    assert (link in screen.text) == linked
    assert ("\x1b]" in screen.text) == linked
    assert (
        "\x1b]"
        not in on_screen(shell, "read a --color never", own={"PAGER": "cat", "SEARCH_HYPERLINKS": "always"}).text
    )
    assert "\x1b]" not in shell("read", "a", "--color", "always", SEARCH_HYPERLINKS="always").out


@pytest.mark.parametrize(("version", "linked"), [("590", True), ("551", False), ("x", False)])
def test_old_versions_of_less_get_no_links(press: Shell, version: str, linked: bool) -> None:
    one = Article("a", "Le port", LONG.paragraphs, url="https://a.fr")
    search.build(articles=[one], index=press.folder / "index")
    own = press.write("less", f'#!/bin/sh\n[ "$1" = -V ] && echo "less {version} (PCRE)" || exec cat\n')
    own.chmod(0o755)
    assert ("\x1b]8" in on_screen(press, "read a", own={"PAGER": str(own)}).text) == linked
