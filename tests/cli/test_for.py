"""``search for``: its output, its options, its messages and its exit status."""

import json
import shutil
import sys
from pathlib import Path

import pytest

import search
from search import Article
from tests.conftest import Shell, on_terminal

PRESS = [
    Article(
        "a-1", "Le port de Calais",
        ("Le port de Calais est fermé.", "Les marins attendent à Calais.", "La Manche est agitée."),
        "2019-05-03", None, "AFP", "fr", "https://a.fr/1", "fr/a.txt",
    ),
    Article("a-2", "La Manche", ("Un bateau va vers Calais.",), "2020", None, "Le Phare", "fr", None, "b.jsonl", 1),
    Article("a-3", "Le vent", ("Le nord souffle à Dunkerque.", "Un bateau."), language="fr", path="b.jsonl", line=2),
]  # fmt: skip
A1 = """\
Le port de Calais
2019-05-03 · AFP · a-1
  1  Le port de Calais est fermé.
  2  Les marins attendent à Calais.
"""
A2 = """\
La Manche
2020 · Le Phare · a-2
  1  Un bateau va vers Calais.
"""
A3 = """\
Le vent
a-3
  2  Un bateau.
"""
NOTHING = "nothing found in 6 paragraphs, 2019-05-03 to 2020, 2 sources"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("press") / "index"
    search.build(articles=PRESS, index=folder)
    return folder


@pytest.fixture
def press(shell: Shell, built: Path) -> Shell:
    shutil.copytree(built, shell.folder / "index")
    return shell


@pytest.mark.parametrize(
    ("arguments", "out", "said"),
    [
        (["Calais"], f"{A1}\n{A2}", "2 articles, 4 paragraphs"),
        (["marins"], A1.replace("  1  Le port de Calais est fermé.\n", ""), "1 article, 1 paragraph"),
        (
            ["marins", "agitée", "--in", "article"],
            A1.replace("  1  Le port de Calais est fermé.\n", "") + "  3  La Manche est agitée.\n",
            "1 article, 2 paragraphs",
        ),
        (["-n1", "Calais"], A1, "2 articles, 4 paragraphs, the first 1 shown (-n 0 shows all)"),
        (["Calais", "-n", "0", "--sort=newest"], f"{A2}\n{A1}", "2 articles, 4 paragraphs"),
        (["Calais", "--sort", "oldest"], f"{A1}\n{A2}", "2 articles, 4 paragraphs"),
        (["Calais", "--since", "2020"], A2, "1 article, 1 paragraph"),
        (["Calais", "--since", "03/05/2019", "--until", "2019-05"], A1, "1 article, 3 paragraphs"),
        (["-nord", "bateau", "-hiver", "-va"], A3, "1 article, 1 paragraph"),
        (["--", "bateau", "-va"], A3, "1 article, 1 paragraph"),
        (["-x", "Dunkerque"], A3.replace("2  Un bateau", "1  Le nord souffle à Dunkerque"), "1 article, 1 paragraph"),
    ],
)  # fmt: skip
def test_what_is_found(press: Shell, arguments: list[str], out: str, said: str) -> None:
    assert press("for", *arguments) == (out, f"search: {said}\n", 0)


@pytest.mark.parametrize(
    ("arguments", "out"),
    [
        (["Calais", "Dunkerque", "--any", "--count"], "5\t3\n"),
        (["--count", "-n", "1", "Calais"], "4\t2\n"),
        (["bateau", "--files", "-n", "1"], "b.jsonl\n"),
        (["Calais", "--files", "--sort", "newest"], "b.jsonl\nfr/a.txt\n"),
    ],
)
def test_counts_and_files(press: Shell, arguments: list[str], out: str) -> None:
    assert press("for", *arguments) == (out, "", 0)


def test_json(press: Shell) -> None:
    ran = press("for", "Calais", "--json", "-n", "1")
    [line] = ran.out.splitlines()
    record = json.loads(line)
    assert list(record) == [
        "v", "rank", "article", "title", "date", "source", "language", "url", "path", "line", "score",
        "variants", "paragraphs",
    ]  # fmt: skip
    assert [list(paragraph) for paragraph in record["paragraphs"]] == [["number", "score", "text", "marks"]] * 3
    scores = [record.pop("score"), *(paragraph.pop("score") for paragraph in record["paragraphs"])]
    assert all(isinstance(score, float) and score > 0 for score in scores)
    assert record == {
        "v": 1, "rank": 1, "article": "a-1", "title": "Le port de Calais", "date": "2019-05-03", "source": "AFP",
        "language": "fr", "url": "https://a.fr/1", "path": "fr/a.txt", "line": 0, "variants": [],
        "paragraphs": [
            {"number": 0, "text": "Le port de Calais", "marks": [[11, 17]]},
            {"number": 1, "text": "Le port de Calais est fermé.", "marks": [[11, 17]]},
            {"number": 2, "text": "Les marins attendent à Calais.", "marks": [[23, 29]]},
        ],
    }  # fmt: skip
    assert (ran.err, ran.status) == ("", 0)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["zorglub"], [NOTHING, "not in this archive: zorglub"]),
        (["zorglub", "--json"], [NOTHING, "not in this archive: zorglub"]),
        (["zorglub", "--files"], [NOTHING, "not in this archive: zorglub"]),
        (["Calais", "Dunkerque"], [NOTHING, "with --any: 5 paragraphs"]),
        (
            ["Dunkerque", "Calias"],
            [
                NOTHING,
                "not in this archive: Calias; like it: Calais (4)",
                "without Calias: 1 paragraph",
                "with --any: 1 paragraph",
            ],
        ),
        (
            ["marins", "--since", "2020"],
            ["nothing found in 1 paragraph, 2020, 1 source", "without the date: 1 paragraph"],
        ),
        (
            ["marins", "source:Gazette"],
            [
                "nothing to search in: no article meets source:Gazette; there are 6 paragraphs, 2019-05-03 to 2020, "
                "2 sources",
                "source here: AFP, Le Phare",
                "without source:Gazette: 1 paragraph",
            ],
        ),
        (["Calais", "Dunkerque", "--in", "article", "--any", "--until", "2018"], [
            "nothing to search in: no article meets date:..2018; there are 6 paragraphs, 2019-05-03 to 2020, "
            "2 sources",
            "without the date: 5 paragraphs",
        ]),
    ],
)  # fmt: skip
def test_nothing_found(press: Shell, arguments: list[str], said: list[str]) -> None:
    assert press("for", *arguments) == ("", "search: " + "\n  ".join(said) + "\n", 1)


def test_a_count_of_nothing(press: Shell) -> None:
    assert press("for", "zorglub", "--count") == ("0\t0\n", "", 1)


def test_what_was_forgiven_is_said(press: Shell) -> None:
    said = "search: the quotation mark of column 1 is not closed: read to the end\n"
    assert press("for", '"port de Calais', "--count") == ("2\t1\n", said, 0)


@pytest.mark.parametrize(
    ("arguments", "said", "caret"),
    [
        (["Calais", "ET"], 'column 10: expected a word after "ET", found the end\n  Calais ET\n', 10),
        (["é(", "Calais"], 'column 10: expected ")" for the "(" of column 2, found the end\n  é( Calais\n', 10),
        ([""], "expected a word, found the end\n", 0),
        ([")\x1b\u202e"], 'column 1: expected a word, found ")"\n  ) �\n', 1),
        (["Calais", "--since", "20x"], 'since: expected a date such as 2019, 2019-05-03, 03/05/2019, '
         '"mai 2019" or "3 months ago", found "20x"\n', 0),
        (["Calais", "--since", "2020", "--until", "2019-12"], 'nothing can be since "2020" and until "2019-12"\n', 0),
    ],
)  # fmt: skip
def test_a_query_that_cannot_be_read(press: Shell, arguments: list[str], said: str, caret: int) -> None:
    assert press("for", *arguments) == ("", f"search: {said}" + f"{'^':>{caret + 2}}\n" * (caret > 0), 2)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--foo=1", "Calais"], "--foo"),
        (["Calais", "--since"], "Option '--since' requires an argument."),
        (["Calais", "-n", "-1"], "Invalid value for '-n': -1 is not in the range x>=0."),
        (["--json"], "Missing argument 'QUERY...'."),
        (
            ["Calais", "--json", "--count"],
            "--json, --format, --count and --files exclude each other: give one of them.",
        ),
    ],
)
def test_options_that_cannot_be_read(press: Shell, arguments: list[str], problem: str) -> None:
    ran = press("for", *arguments)
    assert (ran.out, ran.status) == ("", 2)
    assert ran.err.splitlines()[-1].startswith("search: ")
    assert problem in ran.err.splitlines()[-1]


def test_where_there_is_no_index(press: Shell) -> None:
    press.write("texts/a.txt", "Calais")
    for name, said in {
        "nowhere": 'there is no index at "nowhere": build one with: search build',
        "texts": '"texts" is no index (it holds "a.txt"): name the right folder with --index',
    }.items():
        assert press("for", "Calais", "--index", name) == ("", f"search: {said}\n", 2)
    assert press("for", "Calais", "--count", "--index", "index", SEARCH_INDEX="nowhere").out == "4\t2\n"


def test_many_paragraphs(shell: Shell) -> None:
    search.build(articles=[Article("a", "", ("Calais",) * 5)], index=shell.folder / "index")
    assert shell("for", "Calais") == (
        "a\n  1  Calais\n  2  Calais\n  3  Calais\n     … and 2 more\n",
        "search: 1 article, 5 paragraphs\n",
        0,
    )


def test_a_title_alone_shows_how_the_article_begins_on_a_terminal(shell: Shell) -> None:
    search.build(articles=[Article("a", "Le vent", ("Un bateau.", "Deux."))], index=shell.folder / "index")
    shown, said = on_terminal(f"{sys.executable} -m search for vent", shell.folder, 80, NO_COLOR="1")
    assert (shown, said) == ("Le [vent]\na\n     Un bateau.\n", "search: 1 article, 1 paragraph\n")
    assert shell("for", "vent").out == "Le vent\na\n"


def test_remarks_come_after_what_is_found(press: Shell) -> None:
    ran = press("for", '"port de Calais', "-n1")
    first, second = ran.err.splitlines()
    assert (first, second) == (
        "search: the quotation mark of column 1 is not closed: read to the end",
        "search: 1 article, 2 paragraphs",
    )
