"""``search info``: what is in an index."""

import re
import sys

import pytest

import search
from search import Article
from search.cli.info import listed
from tests.conftest import Shell, on_terminal


def info(shell: Shell, *articles: Article) -> list[str]:
    """What is said of an index of these articles; the last three lines vary and are checked here."""
    search.build(articles=articles, index=shell.folder / "index")
    ran = shell("info")
    assert (ran.err, ran.status) == ("", 0)
    *lines, size, built, versions = ran.out.splitlines()
    assert re.fullmatch(r"size        0\.\d MB", size)
    assert re.fullmatch(r"built       \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC", built)
    assert re.fullmatch(r"versions    news-search \S+, Whoosh \S+, index format \d+", versions)
    return lines


def test_what_is_in_an_index(shell: Shell) -> None:
    assert info(
        shell,
        Article("a", "Le port", ("Le port de Calais.", "La Manche."), "2019-05", None, "AFP", "fr"),
        Article("b", "", ("Le vent.",), "2020", None, "AFP", "fr"),
        Article("c", "", ("The wind.",), None, None, "The\x1b[31m Post", "en"),
    ) == [
        "index       index",
        "articles    3",
        "paragraphs  4",
        "words       12 (9 different)",
        "dates       2019-05 to 2020 (1 article without)",
        "languages   fr 2, en 1",
        "sources     AFP 2, The�[31m Post 1",
    ]


def test_what_is_not_known(shell: Shell) -> None:
    lines = info(shell, Article("a", "", ("Un.",), language="fr"))
    assert lines[4:] == ["dates       none", "languages   fr 1", "sources     not given 1"]


@pytest.mark.parametrize(
    ("counts", "line"),
    [
        ({}, ""),
        ({"AFP": 1200, "": 3}, "AFP 1,200, not given 3"),
        ({str(number): 1 for number in range(12)}, ", ".join(f"{number} 1" for number in range(10)) + " and 2 more"),
    ],
)
def test_the_most_frequent_are_listed(counts: dict[str, int], line: str) -> None:
    assert listed(counts) == line


def test_the_index_may_be_named(shell: Shell) -> None:
    search.build(articles=[Article("a", "", ("Un.",))], index=shell.folder / "press")
    assert shell("info", "--index", "press").out.splitlines()[0] == "index       press"
    assert shell("info") == ("", 'search: there is no index at "index": build one with: search build\n', 2)


def test_a_narrow_terminal(shell: Shell) -> None:
    articles = [Article(f"a{n}", "", (f"Un {n}.",), source=f"Le Journal {n}") for n in range(4)]
    search.build(articles=articles, index=shell.folder / "index")
    shown, _ = on_terminal(f"{sys.executable} -m search info", shell.folder, 40)
    lines = shown.splitlines()
    assert max(map(len, lines)) <= 40
    at = next(place for place, line in enumerate(lines) if line.startswith("sources"))
    assert lines[at : at + 2] == ["sources     Le Journal 0 1, Le Journal 1", "            1, Le Journal 2 1, Le"]
