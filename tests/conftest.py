"""What many tests need: small archives, and the real command in a folder of its own."""

import os
import pty
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings

import search
from search import Archive, Article

settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")

ROOT = Path(__file__).parent.parent


class Ran(NamedTuple):
    """What a command printed, and its exit status."""

    out: str
    err: str
    status: int


class Shell:
    """Runs ``search`` as a user would, in a folder of its own, without terminal and colours."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *arguments: str, **variables: str) -> Ran:
        return self.python("-m", "search", *arguments, **variables)

    def python(self, *arguments: str, **variables: str) -> Ran:
        """Run Python."""
        kept = {name: value for name, value in os.environ.items() if name != "SEARCH_INDEX"}
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env={**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **variables},
            capture_output=True,
            timeout=120,
        )
        return Ran(done.stdout.decode(), done.stderr.decode(), done.returncode)

    def write(self, name: str, text: str | bytes) -> Path:
        """Write a file into the folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path


def on_terminal(command: str, folder: Path, columns: int, **variables: str) -> tuple[str, str]:
    """What a command prints to a terminal of this width, and what it prints to stderr (a pipe)."""
    master, slave = pty.openpty()
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "COLUMNS": str(columns),
        "PAGER": "cat",
    } | variables
    process = subprocess.Popen(
        shlex.split(command), cwd=folder, env=environment, stdout=slave, stderr=subprocess.PIPE
    )
    os.close(slave)
    printed = b""
    while part := _read(master):
        printed += part
    os.close(master)
    _, errors = process.communicate(timeout=60)
    return printed.decode().replace("\r\n", "\n"), errors.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # how Linux says that the other side is closed
        return b""


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


Opener = Callable[..., Archive]


@pytest.fixture
def archive_of(tmp_path: Path, request: pytest.FixtureRequest) -> Opener:
    """Build and open an archive of articles, or of texts (one article each, ids ``a0``, ``a1`` …)."""
    count = 0

    def make(*items: Article | str) -> Archive:
        nonlocal count
        count += 1
        folder = tmp_path / f"index{count}"
        search.build(articles=list(articles(items)), index=folder)
        archive = search.open(folder)
        request.addfinalizer(archive.close)
        return archive

    return make


def articles(items: Iterable[Article | str]) -> Iterable[Article]:
    """The items, with an article of one paragraph for each text."""
    for place, item in enumerate(items):
        yield Article(f"a{place}", "", (item,), language="fr") if isinstance(item, str) else item


def found(archive: Archive, query: str, any_word: bool = False) -> list[str]:
    """The ids of the articles that a query finds, best first."""
    return [hit.article for hit in archive.search(query, limit=None, any_word=any_word)]
