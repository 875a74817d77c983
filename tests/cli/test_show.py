"""``search show`` and ``search build --dry-run``: what is read, and as what, without any index."""

import json

import pytest

from tests.conftest import Shell

MATTER = "---\ntitle: Le port\ndate: 2019-05-03\nsection: ville\n---\n"


@pytest.fixture
def press(shell: Shell) -> Shell:
    shell.write("a.txt", MATTER + "Le port de Calais.\n\nLa ville.")
    shell.write("b.jsonl", '{"id": "un", "text": "Un."}\noups\n{"text": "Deux."}\n{"text": "Trois."}\n')
    return shell


def test_an_article_is_shown(press: Shell) -> None:
    assert press("show", "a.txt") == (
        "Le port\n2019-05-03 · a\n\n  1  Le port de Calais.\n\n  2  La ville.\n"
        "read as: plain text\nfrom: a.txt\nlanguage: not given\nsection: ville\n",
        "",
        0,
    )


def test_the_first_articles_are_shown(press: Shell) -> None:
    ran = press("show", "b.jsonl", "-n", "2")
    assert [line for line in ran.out.splitlines() if line.startswith("from")] == [
        "from: b.jsonl:1",
        "from: b.jsonl:3",
    ]
    assert ran.err.splitlines() == [
        "search: b.jsonl:2: not JSON at column 1 (Expecting value): the line is skipped",
        "search: the first 2 articles shown (-n 0 shows all)",
    ]
    assert ran.status == 2
    assert press("show", "b.jsonl", "-n", "0").out.count("read as: JSON Lines") == 3


def test_json(press: Shell) -> None:
    ran = press("show", "a.txt", "--json")
    assert json.loads(ran.out) == {
        "v": 1, "id": "a", "title": "Le port", "date": "2019-05-03", "author": None, "source": None, "language": None,
        "url": None, "path": "a.txt", "line": 0, "paragraphs": ["Le port de Calais.", "La ville."],
        "metadata": {"section": "ville"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "said", "status"),
    [
        (["nowhere.txt"], "search: nowhere.txt: no such file or folder", 2),
        (["a.txt", "--map", "titel=x"], 'search: --map: no field "titel"; there are id, title, text, paragraphs,', 2),
        (["a.txt", "--map", "title"], 'search: --map: expected FIELD=NAME, such as title=headline, found "title"', 2),
    ],
)
def test_what_cannot_be_shown(press: Shell, arguments: list[str], said: str, status: int) -> None:
    ran = press("show", *arguments)
    assert ran.err.startswith(said)
    assert (ran.out, ran.status) == ("", status)


def test_a_dry_run_lists_the_files(press: Shell) -> None:
    press.write("x.jpg", b"\xff\xd8\xff")
    assert press("build", ".", "--dry-run") == (
        "text\ta.txt\njsonl\tb.jsonl\n",
        "search: passed over, for want of a reader: 1 .jpg\nsearch: 2 files would be read\n",
        0,
    )
    assert not (press.folder / "index").exists()
    assert press("build", "nowhere", "--dry-run") == (
        "", "search: nowhere: no such file or folder\nsearch: 0 files would be read\n", 2
    )  # fmt: skip


def test_a_file_without_an_article(press: Shell) -> None:
    press.write("empty.json", "[]")
    assert press("show", "empty.json") == ("", "search: there is no article in it\n", 1)
