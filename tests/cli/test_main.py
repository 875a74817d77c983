"""What all commands share: help, pipes, terminals, interruptions."""

import fcntl
import os
import pty
import re
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

import search
from search import Article
from search.columns import width
from search.render.style import without_style
from search.version import VERSION
from tests.conftest import ROOT, Shell

TEXT = "Le port de Calais reste fermé ; les marins de Calais, eux, attendent «\u00a0la fin\u00a0» de la tempête. " * 4
BAD = "\x1b[31mCalais\x1b]0;t\x07\u202e\u2066\x9b2J\r\x00"
CONTROLS = set(
    map(chr, [*range(10), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
)
HELP = """\
Usage: search [OPTIONS] COMMAND [ARGS]...

  Search your news articles: build an index once, then ask.

  search build articles/        index a folder of articles
  search for Calais             the articles and paragraphs about it

Options:
  --version   Show the version and exit.
  -h, --help  Show this message and exit.

Commands:
  build       Index a folder of articles.
  for         Find articles and paragraphs.
  read        Show a whole article.
  kwic        The words in context, a line each.
  timeline    How much was written when.
  facets      Who wrote how much about it.
  terms       The words that go with it.
  contrast    The words that tell two queries apart.
  like        What is like an article, and why.
  alert       Be told what is new.
  batch       Count what many queries find.
  run         Rank what topics find, for trec_eval.
  eval        Measure how well topics find what is relevant.
  explain     Why a query finds what it finds.
  words       The words of the archive.
  info        What is in the index.
  show        Show what is read from a file.
  help        How to ask: search help query.
  completion  Let your shell complete commands and words.
"""


def command(shell: Shell, line: str) -> subprocess.Popen[bytes]:
    """Start a shell command in which $search is ours; its output goes to pipes, and SIGINT stops it."""
    return subprocess.Popen(
        ["sh", "-c", line],
        cwd=shell.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "search": f"{sys.executable} -m search"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL) and None,
    )


def on_screen(shell: Shell, *arguments: str, columns: int = 80, **variables: str) -> list[str]:
    """The lines that a command writes to a real terminal, stdout and stderr as they come."""
    screen, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR", "SEARCH_INDEX")}
    process = subprocess.Popen(
        [sys.executable, "-m", "search", *arguments],
        cwd=shell.folder,
        env={**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TERM": "xterm", "PAGER": "cat", **variables},
        stdout=terminal,
        stderr=terminal,
    )
    os.close(terminal)
    printed = b""
    try:
        while part := os.read(screen, 1 << 16):
            printed += part
    except OSError:  # Linux's way to say that the terminal was closed
        pass
    os.close(screen)
    assert process.wait(timeout=60) == 0, printed
    return printed.decode().replace("\r\n", "\n").removesuffix("\n").split("\n")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    press = [Article(f"a-{i}", f"Calais {i} {TEXT[:70]}", (TEXT,) * 3, "2019", "Le Phare" * 8) for i in range(9)]
    folder = tmp_path_factory.mktemp("press") / "index"
    search.build(articles=press, index=folder)
    return folder


@pytest.fixture
def press(shell: Shell, built: Path) -> Shell:
    shutil.copytree(built, shell.folder / "index")
    return shell


def test_help(shell: Shell) -> None:
    assert shell("-h") == (HELP, "", 0)
    assert "\n  search for =Tours                             exactly as printed\n" in shell("for", "--help").out


def test_the_version(shell: Shell) -> None:
    ran = shell("--version")
    assert (ran.out, ran.err, ran.status) == (f"search {VERSION}\n", "", 0)
    assert re.fullmatch(r"\d+\.\d+\.\d+", VERSION)


def test_a_command_that_is_not_there(shell: Shell) -> None:
    ran = shell("find", "Calais")
    assert (ran.out, ran.status, ran.err.splitlines()[0]) == ("", 2, "Usage: search [OPTIONS] COMMAND [ARGS]...")
    assert "find" in ran.err.splitlines()[-1]


def test_a_pipe_that_is_closed_early(press: Shell) -> None:
    """Whether while lines are still written, or before the first one."""
    line = "($search for Calais -n 0 --json; echo $? >&2) | {} | cut -c 1-9; ($search read a-1; echo $? >&2) | true"
    out, err = command(press, line.format("head -n 1")).communicate(timeout=60)
    statuses = err.decode().splitlines()
    assert out == b'{"v": 1, \n'
    assert set(statuses) - {"search: 9 articles, 36 paragraphs"} <= {"0", "141"}
    assert len(statuses) == 2


def test_a_pipe_closed_under_a_long_output(shell: Shell) -> None:
    search.build(articles=[Article("a", "", (TEXT * 10,) * 25)], index=shell.folder / "index")
    out, err = command(shell, "($search read a; echo $? >&2) | head -n 1").communicate(timeout=60)
    assert (out, err) == (b"a\n", b"141\n")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")
def test_a_full_disk(press: Shell) -> None:
    _, err = command(press, "$search read a-1 > /dev/full; echo $? >&2").communicate(timeout=60)
    assert err == b"search: No space left on device\n2\n"


def test_colours_in_a_pipe(press: Shell) -> None:
    plain, coloured = press("for", "Calais", "-n1"), press("for", "Calais", "-n1", "--color", "always")
    assert "\x1b" not in plain.out
    assert "\x1b[1;31mCalais\x1b[0m" in coloured.out
    assert without_style(coloured.out) == plain.out


@pytest.mark.parametrize(
    ("columns", "arguments"),
    [(60, "for Calais fermé -n2"), (100, "for Calais fermé -n2"), (60, "read a-1 --query Calais")],
)
def test_a_terminal(press: Shell, columns: int, arguments: str) -> None:
    lines = on_screen(press, *arguments.split(), columns=columns)
    assert "\x1b[1;31mCalais\x1b[0m" in "\n".join(lines)
    widths = [width(without_style(line)) for line in lines if not line.startswith("search: ")]
    assert columns - 15 < max(widths) <= columns


def test_a_wide_terminal_is_not_filled(press: Shell) -> None:
    assert 85 < max(width(without_style(line)) for line in on_screen(press, "read", "a-1", columns=200)) <= 100


@pytest.mark.parametrize("variable", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_without_colours(press: Shell, variable: dict[str, str]) -> None:
    lines = on_screen(press, "for", "Calais", "-n1", columns=60, **variable)
    assert "\x1b" not in "".join(lines)
    assert "[Calais] 0 Le port de [Calais] reste fermé" in lines[0]
    assert max(map(width, lines[:-1])) <= 60


@pytest.mark.parametrize(("term", "shown"), [("xterm", True), ("dumb", False)])
def test_the_progress_of_a_build(shell: Shell, term: str, shown: bool) -> None:
    shell.write("a.jsonl", '{"text": "Le port de Calais"}\n' * 50)
    *_, last = on_screen(shell, "build", "a.jsonl", TERM=term)
    progress, _, end = last.rpartition("\x1b[K")
    assert re.fullmatch(r"50 articles, 50 paragraphs, 200 words in \d\.\d s; index: \d\.\d MB", end)
    assert (
        bool(re.search(r"\r\x1b\[K50 articles, \d of \d MB, [\d,]+ a second, writing the index\r$", progress))
        == shown
    )
    assert ("\x1b" in last) == shown


def test_nothing_that_is_read_commands_the_terminal(shell: Shell) -> None:
    one = Article(BAD, BAD, (f"Calais {BAD}",), None, BAD, BAD, None, BAD, f"{BAD}.txt")
    search.build(articles=[one], index=shell.folder / "index")
    for arguments in (["for", "Calais"], ["for", "Calais", "--json"], ["for", "Calais", "--files"]):
        ran = shell(*arguments)
        assert (ran.status, set(ran.out + ran.err) & CONTROLS) == (0, set()), arguments
    printed = "\n".join(on_screen(shell, "for", "Calais"))
    assert not set(without_style(printed)) & CONTROLS


def test_an_interrupted_build_leaves_the_old_index(press: Shell) -> None:
    line = '{{"paragraphs": ["le mot {0} et le mot {1}", "un autre mot {0}", "encore {1}"]}}\n'
    press.write("big.jsonl", "".join(line.format(number, number * 7 % 997) for number in range(3000)))
    process = command(press, "exec $search build big.jsonl")
    while not (press.folder / "index" / "new").exists():
        assert process.poll() is None
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (out, err, process.returncode) == (b"", b"\nsearch: stopped\n", 130)
    assert not (press.folder / "index" / "new").exists()
    with search.open(press.folder / "index") as archive:
        assert archive.search("Calais").articles == 9


@pytest.mark.parametrize("arguments", ["for Calais", "info", "--version", "build corpus.jsonl --index new"])
@pytest.mark.parametrize("closed", [">&-", "2>&-", "2>/dev/full"])
def test_streams_that_are_closed_or_full(press: Shell, arguments: str, closed: str) -> None:
    press.write("corpus.jsonl", '{"text": "Calais"}')
    process = command(press, f"exec $search {arguments} {closed}")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, b"Traceback" in err) == (0, False)
    assert bool(out) == (closed != ">&-")


@pytest.mark.parametrize("arguments", ["like -", "build - --index new"])
def test_standard_input_that_is_closed(press: Shell, arguments: str) -> None:
    process = command(press, f"exec $search {arguments} <&-")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err.decode().splitlines()[0]) == (2, b"", "search: -: holds no text")


def test_a_group_without_a_command(press: Shell) -> None:
    ran = press("alert")
    assert (ran.out, ran.status) == ("", 2)
    assert ran.err.startswith("Usage: search alert [OPTIONS] COMMAND [ARGS]...\n\n  Keep queries")
    assert ran.err.count("Usage") == 1
    assert ran.err.splitlines()[-1].split()[0] == "run"


def test_an_error_where_stderr_is_full(press: Shell) -> None:
    process = command(press, "exec $search for '(' 2>/dev/full")
    process.communicate(timeout=60)
    assert process.returncode == 2


def test_an_interruption_before_anything_has_begun(shell: Shell) -> None:
    program = (
        "import os, signal, sys, time, types\n"
        "slow = types.ModuleType('search.cli')\n"
        "slow.__getattr__ = lambda name: (os.kill(os.getpid(), signal.SIGINT), time.sleep(9))\n"
        "sys.modules['search.cli'] = slow\n"
        "from search.command import main\n"
        "main()"
    )
    assert shell.python("-c", program) == ("", "search: stopped\n", 130)


def test_a_word_without_end_takes_no_memory_to_speak_of(shell: Shell) -> None:
    shell.write("blob.txt", "x" * 6_000_000)
    program = (
        "import resource, search\n"
        "search.build('blob.txt')\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000)"
    )
    assert int(shell.python("-c", program).out) < 250
