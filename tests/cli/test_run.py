"""``search run``, as it is typed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import search
from search import Article
from tests.conftest import ROOT, Shell

ARTICLES = [
    Article("a 1", "Le port", ("Le port de Calais.", "Le quai."), date="2018", language="fr"),
    Article("b", "", ("Un port, un quai.",), date="2019", language="fr"),
    Article("b-copy", "", ("Un port, un quai !",), date="2020", language="fr"),
    Article("c", "", ("Le tunnel.",), language="fr"),
]
TSV = 'q1\tLe "port" : quai ?\nq2\tzorglub\nq3\ttunnel SAUF port\n'
TREC = "<top>\n<num> Number: 7\n<title> port\n<desc> Description:\nun tunnel\n</top>\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("press") / "index"
    search.build(articles=ARTICLES, index=folder)
    return folder


@pytest.fixture
def press(shell: Shell, built: Path) -> Shell:
    shutil.copytree(built, shell.folder / "index")
    shell.write("topics.tsv", TSV)
    shell.write("topics.trec", TREC)
    return shell


def names(out: str) -> list[list[str]]:
    """Topic, name and rank of each line."""
    return [[line.split()[at] for at in (0, 2, 3)] for line in out.splitlines()]


def test_a_run(press: Shell) -> None:
    out, err, status = press("run", "topics.tsv", "--any")
    lines = [line.split(" ") for line in out.splitlines()]
    assert [line[:4] for line in lines] == [
        ["q1", "Q0", "b", "1"], ["q1", "Q0", "b-copy", "2"], ["q1", "Q0", "a%201", "3"],
        ["q3", "Q0", "c", "1"], ["q3", "Q0", "a%201", "2"], ["q3", "Q0", "b", "3"], ["q3", "Q0", "b-copy", "4"],
    ]  # fmt: skip
    assert all(line[5] == "news-search" for line in lines)
    assert float(lines[0][4]) > float(lines[1][4]) > float(lines[2][4])
    assert (err, status) == ("search: 1 topic found nothing\n", 0)


def test_all_words_are_wanted_unless_it_is_said(press: Shell) -> None:
    ran = press("run", "topics.tsv")
    assert names(ran.out) == [["q1", "b", "1"], ["q1", "b-copy", "2"]]
    assert ran.err == "search: 2 topics found nothing (with --any, any of their words is enough)\n"


def test_topics_that_are_queries(press: Shell) -> None:
    ran = press("run", "topics.tsv", "--queries")
    assert names(ran.out) == [["q1", "b", "1"], ["q1", "b-copy", "2"], ["q3", "c", "1"]]
    press.write("bad.tsv", "q1\t(port\nq2\ttunnel\nq3\n")
    assert press("run", "bad.tsv", "--queries").err == (
        'search: bad.tsv:3: expected a topic and its text with a tab between, found "q3"\n'
        'search: bad.tsv:1: topic "q1": column 6: expected ")" for the "(" of column 1, found the end\n'
    )
    assert press("run", "bad.tsv", "--queries").status == 2


def test_topics_of_trec(press: Shell) -> None:
    assert [one[0] for one in names(press("run", "topics.trec").out)] == ["7"] * 3
    assert names(press("run", "topics.trec", "--parts", "desc", "--any", "-n", "1").out) == [["7", "c", "1"]]
    assert len(names(press("run", "topics.trec", "--parts", "title, desc", "--any").out)) == 4
    said = "search: Invalid value for '--parts': expected some of title, desc, narr, found \"title,x\""
    assert press("run", "topics.trec", "--parts", "title,x").err.splitlines()[-1] == said


def test_paragraphs(press: Shell) -> None:
    ran = press("run", "topics.tsv", "--any", "--unit", "paragraph")
    found = [one for one in names(ran.out) if one[0] == "q1"]
    assert {name for _, name, _ in found} == {"a%201:1", "a%201:2", "b:1", "b-copy:1"}
    assert names(press("run", "topics.tsv", "--any", "--unit", "paragraph", "-n", "1").out)[0] == found[0]


def test_options(press: Shell) -> None:
    ran = press("run", "topics.trec", "-n", "1", "--tag", "my run", "--since", "2019")
    assert names(ran.out) == [["7", "b", "1"]]
    assert ran.out.endswith(" my%20run\n")


def test_a_pipe(press: Shell) -> None:
    line = f"printf 'x\\ttunnel\\n' | {sys.executable} -m search run - | head -n 1; echo ${{PIPESTATUS[1]}}"
    ran = subprocess.run(
        ["bash", "-c", line],
        cwd=press.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert ran.stdout.splitlines()[0].startswith("x Q0 c 1 ")
    assert (ran.stdout.splitlines()[1:], ran.stderr) == (["0"], "")


def test_topics_in_other_encodings(press: Shell) -> None:
    press.write("latin.trec", "<top>\n<num> é1\n<title> le port de pêche, à l'été\n</top>\n".encode("latin-1"))
    assert names(press("run", "latin.trec", "--any").out)[0][0] == "é1"


def test_nothing_to_ask(press: Shell) -> None:
    press.write("empty", "")
    assert press("run", "empty") == ("", "search: empty: expected topics, found none\n", 2)
    press.write("zeros", b"\0\1\2")
    assert press("run", "zeros") == ("", "search: zeros: is not text (it holds zero bytes)\n", 2)
    press.write("signs", "q1\t?!\n")
    said = 'search: signs:1: topic "q1": expected a word to search for, found only signs\n'
    assert press("run", "signs") == ("", said, 2)
    press.write("none", "q1\tzorglub\n")
    assert press("run", "none", "--any") == ("", "search: 1 topic found nothing\n", 1)
    assert press("run", "no").err == "search: no: No such file or directory\n"
