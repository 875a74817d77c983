"""``search build``: what it reads, says and returns, and that an index is never lost."""

import os
import re

import pytest

import search
from search import Article
from search.building import Progress
from search.cli.build import Meter
from search.readers import Problem
from tests.conftest import Shell

NO_FILES = "expected files that hold some (search build --dry-run lists what would be read)"


def build(shell: Shell, *arguments: str, **variables: str) -> tuple[str, str, int]:
    """Run a build; the seconds and megabytes in what it prints are left out."""
    ran = shell("build", *arguments, **variables)
    return re.sub(r"\d+\.\d (s|MB)\b", r"… \1", ran.out), ran.err, ran.status


def articles(shell: Shell, index: str = "index") -> list[str]:
    """The ids of the articles of an index that hold a word of the texts of these tests."""
    with search.open(shell.folder / index) as archive:
        return sorted(hit.article for hit in archive.search("Calais", limit=None))


def test_the_corpus_is_built_by_default(shell: Shell) -> None:
    shell.write("corpus/a.txt", "Le port de Calais.\nLa ville.")
    shell.write("corpus/x/b.md", "# Calais\nLa Manche.")
    shell.write("other.txt", "Calais")
    assert build(shell) == ("2 articles, 3 paragraphs, 10 words in … s; index: … MB\n", "", 0)
    assert articles(shell) == ["a", "x/b"]


def test_named_files_and_folders(shell: Shell) -> None:
    shell.write("corpus/a.txt", "Calais")
    shell.write("b.jsonl", '{"id": "b", "text": "Calais"}')
    shell.write("x/c.txt", "Calais")
    assert build(shell, "b.jsonl", "x") == ("2 articles, 2 paragraphs, 3 words in … s; index: … MB\n", "", 0)
    assert articles(shell) == ["b", "c"]


def test_where_the_index_goes(shell: Shell) -> None:
    shell.write("corpus/a.txt", "Calais")
    out = "1 article, 1 paragraph, 2 words in … s; {}: … MB\n"
    assert build(shell, SEARCH_INDEX="env") == (out.format("env"), "", 0)
    assert build(shell, "--index", "x/wins", SEARCH_INDEX="lost") == (out.format("x/wins"), "", 0)
    assert sorted(os.listdir(shell.folder)) == ["corpus", "env", "x"]


def test_quiet(shell: Shell) -> None:
    shell.write("corpus/a.txt", "Calais")
    assert build(shell, "--quiet") == ("", "", 0)


def test_problems_are_named_and_all_else_is_built(shell: Shell) -> None:
    shell.write("corpus/a.txt", "Calais")
    shell.write("corpus/b.txt", "")
    shell.write("corpus/c.jsonl", '{"text": "Calais", "date": "hier"}\noups\n')
    date = 'expected a date such as 2019, 2019-05, 2019-05-03 or 03/05/2019, found "hier"'
    problems = [
        "nowhere: no such file or folder",
        "corpus/b.txt: holds no text",
        f"corpus/c.jsonl:1: date: {date}; the article is kept without a date",
        "corpus/c.jsonl:2: not JSON at column 1 (Expecting value): the line is skipped",
        "4 problems (named above); all else is in the index",
    ]
    out, err, status = build(shell, "corpus", "nowhere")
    assert out == "2 articles, 2 paragraphs, 3 words in … s; index: … MB\n"
    assert err.splitlines() == [f"search: {problem}" for problem in problems]
    assert status == 2
    assert articles(shell) == ["a", "c:1"]


def test_one_problem_quietly(shell: Shell) -> None:
    shell.write("corpus/a.txt", "Calais")
    shell.write("corpus/b.txt", "")
    said = "search: corpus/b.txt: holds no text\nsearch: 1 problem (named above); all else is in the index\n"
    assert build(shell, "-q") == ("", said, 2)


def test_files_passed_over_are_counted(shell: Shell) -> None:
    shell.write("corpus/a.txt", "Calais")
    for name in ("b.jpg", "c.JPG", "d.css", "Makefile", "README.md"):
        shell.write(f"corpus/{name}", "Calais")
    said = "search: passed over, for want of a reader: 1 .css, 2 .jpg, 1 no suffix\n"
    assert build(shell, "-q") == ("", said, 0)


def test_ids_that_are_taken(shell: Shell) -> None:
    shell.write("corpus/a.md", "Calais")
    shell.write("corpus/a.txt", "Calais")
    shell.write("corpus/b.jsonl", '{"id": "a", "text": "Calais"}\n' * 2)
    taken = 'the id "a" is taken; this article is'
    out, err, status = build(shell)
    assert err.splitlines() == [
        f'search: corpus/a.txt: {taken} "a~2"',
        f'search: corpus/b.jsonl:1: {taken} "a~3"',
        f'search: corpus/b.jsonl:2: {taken} "a~4"',
    ]
    assert (out[:10], status) == ("4 articles", 0)
    assert articles(shell) == ["a", "a~2", "a~3", "a~4"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], ["corpus: no such file or folder", 'no article could be read from "corpus": nothing was built']),
        (["void.txt", "no.txt"], [
            "no.txt: no such file or folder", "void.txt: holds no text",
            'no article could be read from "void.txt", "no.txt": nothing was built',
        ]),
        (["empty", "jpg"], ['no article in "empty", "jpg": there is no reader for the files there (2 .jpg)']),
        (["void.jsonl"], [f'no article in "void.jsonl": {NO_FILES}']),
    ],
)  # fmt: skip
def test_a_failed_build_leaves_the_old_index(shell: Shell, arguments: list[str], said: list[str]) -> None:
    search.build(articles=[Article("old", "", ("Calais",))], index=shell.folder / "index")
    (shell.folder / "empty").mkdir()
    for name in ("jpg/a.jpg", "jpg/b.jpg", "void.txt", "void.jsonl"):
        shell.write(name, "")
    out, err, status = build(shell, *arguments)
    assert (out, err.splitlines(), status) == ("", [f"search: {line}" for line in said], 2)
    assert articles(shell) == ["old"]
    assert not (shell.folder / "index" / "new").exists()


def test_a_new_build_takes_the_place_of_the_old_one(shell: Shell) -> None:
    search.build(articles=[Article("old", "", ("Calais",))], index=shell.folder / "index")
    shell.write("b.jsonl", '{"text": "Calais"}')
    assert build(shell, "b.jsonl") == ("1 article, 1 paragraph, 1 word in … s; index: … MB\n", "", 0)
    assert articles(shell) == ["b:1"]


def test_a_folder_of_something_else_is_refused(shell: Shell) -> None:
    shell.write("corpus/a.txt", "Calais")
    said = 'search: "corpus" is not an index and not empty: name an empty or new folder with --index\n'
    assert build(shell, "--index", "corpus") == ("", said, 2)
    assert os.listdir(shell.folder / "corpus") == ["a.txt"]


def test_what_messages_quote_commands_no_terminal(shell: Shell) -> None:
    shell.write("corpus/a\x1b[31m.txt", "")
    shell.write("corpus/b.\x1b]0;t\x07", "")
    shell.write("corpus/c.jsonl", '{"id": "\\u001b[2J\\u202e", "text": "Calais"}\n' * 2)
    ran = shell("build", "--index", "in\x1b[1mdex")
    assert not set(ran.out + ran.err) & set("\x1b\x07\u202e")
    assert "in�[1mdex" in ran.out
    assert ran.err.splitlines() == [
        "search: corpus/a�[31m.txt: holds no text",
        'search: corpus/c.jsonl:2: the id "�[2J�" is taken; this article is "�[2J�~2"',
        "search: passed over, for want of a reader: 1 .�]0;t�",
        "search: 1 problem (named above); all else is in the index",
    ]


@pytest.mark.parametrize(
    ("progress", "seconds", "line"),
    [
        (Progress(1, 0, 0), 0.0, "1 article, 0 of 0 MB, 1,000 a second, writing the index"),
        (
            Progress(1200, 250_000_000, 10**9, 2, 1000),
            10.0,
            "file 2 of 1,000, 1,200 articles, 250 of 1,000 MB, 120 a second, 30 s left",
        ),
        (Progress(1200, 0, 10**9, 1, 1), 10.0, "1,200 articles, 0 of 1,000 MB, 120 a second, 0 s left"),
        (Progress(4000, 10**9, 10**9), 10.0, "4,000 articles, 1,000 of 1,000 MB, 400 a second, writing the index"),
    ],
)
def test_the_line_of_the_meter(progress: Progress, seconds: float, line: str) -> None:
    assert Meter.text(progress, seconds) == line


def test_the_meter_clears_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    meter = Meter(silent=False)
    meter.clear()
    meter.show(Progress(1, 1, 4))
    meter.show(Progress(2, 2, 4))  # too soon after the first
    meter.problem(Problem("a.txt", "holds no text"))
    meter.show(Progress(4, 4, 4))  # all is read: said at once
    lines = capsys.readouterr().err.split("\r")  # click has taken the rest of "\r\x1b[K" away
    assert lines[0] == ""
    assert lines[1].startswith("1 article, 0 of 0 MB, ")
    assert lines[2] == "search: a.txt: holds no text\n"
    assert lines[3].endswith(", writing the index")
    assert len(lines) == 4


def test_a_silent_meter_says_just_the_problems(capsys: pytest.CaptureFixture[str]) -> None:
    meter = Meter(silent=True)
    meter.show(Progress(4, 4, 4))
    meter.problem(Problem("a.txt", "holds no text"))
    meter.clear()
    assert capsys.readouterr().err == "search: a.txt: holds no text\n"


def test_an_empty_path_is_not_the_folder_one_is_in(shell: Shell) -> None:
    shell.write("a.txt", "Calais")
    said = 'search: "": no such file or folder\nsearch: no article could be read from "": nothing was built\n'
    assert build(shell, "") == ("", said, 2)
