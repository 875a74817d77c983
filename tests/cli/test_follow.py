"""``search build --follow``: what changes is searchable soon after."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue

import pytest

import search
from search.cli import follow
from search.errors import InputError
from tests.conftest import ROOT, Shell


@pytest.fixture
def following(tmp_path: Path) -> "Iterator[subprocess.Popen[str]]":
    """The command, at work on a folder with one text."""
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "a.txt").write_text("Calais")
    command = [sys.executable, "-u", "-m", "search", "build", "texts", "--follow"]
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    with subprocess.Popen(
        command, cwd=tmp_path, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        yield process
        process.kill()


def lines(process: "subprocess.Popen[str]") -> "Queue[str]":
    """What a process prints, as it does."""
    found: Queue[str] = Queue()

    def read() -> None:
        assert process.stdout
        for line in process.stdout:
            found.put(line.rstrip())

    threading.Thread(target=read, daemon=True).start()
    return found


def test_changes_are_followed(following: "subprocess.Popen[str]", tmp_path: Path) -> None:
    said = lines(following)
    assert said.get(timeout=30).startswith("1 article, 1 paragraph, 2 words in ")
    assert said.get(timeout=30) == "search: waiting for changes in texts (Ctrl-C ends it)"
    line = ""
    for number in range(20):  # the first changes may come before it watches
        (tmp_path / "texts" / "b.txt").write_text(f"Douvres {number}")
        try:
            line = said.get(timeout=2)
            break
        except Empty:
            continue
    assert line.startswith("2 articles, 2 paragraphs, ")
    assert line.endswith("(files: 1 new, 1 same)")
    with search.open(tmp_path / "index") as archive:
        assert archive.search("Douvres").articles == 1
    following.send_signal(signal.SIGINT)
    assert following.wait(timeout=30) == 130
    assert [said.get(timeout=30) for _ in range(2)] == ["", "search: stopped"]


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    with pytest.raises(InputError, match=r"pip install 'news-search\[follow\]'"):
        next(follow.changes(["texts"], "index"))


def told(paths: "list[Path]", index: Path) -> "Queue[int]":
    """A number each time that changes are told."""
    found: Queue[int] = Queue()

    def follow_them() -> None:
        for number, _ in enumerate(follow.changes(list(map(str, paths)), str(index))):
            found.put(number)

    threading.Thread(target=follow_them, daemon=True).start()
    return found


def test_what_changed_before_it_was_watched_is_told(tmp_path: Path) -> None:
    assert told([tmp_path], tmp_path / "index").get(timeout=30) == 0


def test_a_file_that_is_replaced_is_followed(tmp_path: Path) -> None:
    path = tmp_path / "texts" / "a.txt"
    path.parent.mkdir()
    path.write_text("Calais")
    seen = told([path], tmp_path / "index")
    assert seen.get(timeout=30) == 0
    for number in range(3):  # as editors save
        before = seen.qsize()
        new = path.with_suffix(".new")
        new.write_text(f"Douvres {number}")
        os.replace(new, path)
        assert seen.get(timeout=30) > before


def test_a_folder_that_goes_and_comes_again_is_followed(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    seen = told([folder], tmp_path / "index")
    assert seen.get(timeout=30) == 0
    folder.rename(tmp_path / "away")
    time.sleep(2.5)
    while not seen.empty():
        seen.get()
    folder.mkdir()
    (folder / "b.txt").write_text("Douvres")
    assert seen.get(timeout=30)


def test_a_pipe_cannot_be_followed(tmp_path: Path) -> None:
    ran = Shell(tmp_path)("build", "-", "--follow")
    said = "--follow goes with files and folders: what comes in by a pipe cannot be followed."
    assert (ran.out, ran.err.splitlines()[-1], ran.status) == ("", f"search: {said}", 2)
