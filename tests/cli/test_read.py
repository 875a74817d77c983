"""``search read``: a whole article, with or without marks."""

import shutil
from pathlib import Path

import pytest

import search
from search import Article
from tests.conftest import Shell

PRESS = [
    Article(
        "fr/a-1", "Le port de Calais", ("Le port est fermé.", "Les marins attendent à Calais."),
        "2019-05-03", "Anne", "AFP", "fr", "https://a.fr/1",
    ),
    Article("-a", "", ("Un.",)),
    Article("\x1b[2J", "\u202eTitre", ("\x07Un.\n\x1b[31mDeux.",), None, None, "A\tB", None, "u\rv"),
]  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("press") / "index"
    search.build(articles=PRESS, index=folder)
    return folder


@pytest.fixture
def press(shell: Shell, built: Path) -> Shell:
    shutil.copytree(built, shell.folder / "index")
    return shell


def test_a_whole_article(press: Shell) -> None:
    assert press("read", "fr/a-1") == (
        "Le port de Calais\n2019-05-03 · AFP · Anne · fr/a-1\nhttps://a.fr/1\n"
        "\n  1  Le port est fermé.\n\n  2  Les marins attendent à Calais.\n",
        "",
        0,
    )


def test_the_words_of_a_query_are_marked(press: Shell) -> None:
    ran = press("read", "fr/a-1", "--query", "Calais OU ports", "--color", "always")
    mark = "\x1b[1;31m{}\x1b[0m".format
    assert ran.out.splitlines() == [
        f"Le {mark('port')} de {mark('Calais')}",
        "\x1b[2m2019-05-03 · AFP · Anne · fr/a-1\x1b[0m",
        "\x1b[2mhttps://a.fr/1\x1b[0m",
        "",
        f"\x1b[2m  1  \x1b[0mLe {mark('port')} est fermé.",
        "",
        f"\x1b[2m  2  \x1b[0mLes marins attendent à {mark('Calais')}.",
    ]
    assert (ran.err, ran.status) == ("", 0)


def test_a_query_that_is_not_there_marks_nothing(press: Shell) -> None:
    ran = press("read", "fr/a-1", "--query", "zorglub")
    assert (ran, "zorglub" in ran.out) == (press("read", "fr/a-1"), False)


def test_an_id_with_a_dash(press: Shell) -> None:
    assert press("read", "--", "-a") == ("-a\n\n  1  Un.\n", "", 0)


def test_an_id_that_is_not_there(press: Shell) -> None:
    said = 'search: no article has the id "{}"; search for … prints the ids\n'
    assert press("read", "\x1b[31m\u202e") == ("", said.format("�[31m�"), 2)


def test_a_query_that_cannot_be_read(press: Shell) -> None:
    said = 'search: column 8: expected a word after "(", found the end\n  Calais(\n         ^\n'
    assert press("read", "fr/a-1", "--query", "Calais(") == ("", said, 2)


def test_nothing_in_an_article_commands_the_terminal(press: Shell) -> None:
    assert press("read", "\x1b[2J") == ("�Titre\nA B · �[2J\nu v\n\n  1  �Un. �[31mDeux.\n", "", 0)
