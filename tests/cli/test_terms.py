"""``search terms`` and ``search contrast``, as they are typed."""

import csv
import io
import json
import shutil
import sys
from pathlib import Path

import pytest

import search
from search import Article
from tests.conftest import Shell, on_terminal
from tests.test_keyness import articles

NOTHING = """\
search: nothing found in 61 paragraphs, 1 source
  not in this archive: zorglub
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("press") / "index"
    odd = Article("odd", "", ("Le port \x1b[31m=1+1\x07, un jour.",), source="=1+1", language="fr")
    search.build(articles=[*articles(), odd], index=folder)
    return folder


@pytest.fixture
def press(shell: Shell, built: Path) -> Shell:
    shutil.copytree(built, shell.folder / "index")
    return shell


def test_the_words_that_go_with_a_query(press: Shell) -> None:
    assert press("terms", "port", "-n", "2") == (
        "                           texts    here  others                     G²\n"
        "Jean Dupont                   20    95 %     0 %    only here        69\n"
        "                      Au port, le maire Jean Dupont a parlé du navire 0 et des navires de p  a0:1\n"
        "navire                        20    95 %     0 %    only here        69\n"
        "u port, le maire Jean Dupont a parlé du navire 3 et des navires de pêche, c'est sûr.    a3:1\n",
        "search: 21 paragraphs, against 40 others (titles included)\n",
        0,
    )


def test_all_of_them(press: Shell) -> None:
    few, every = (press("terms", "port", "-n", number, "--json").out.splitlines() for number in ("2", "0"))
    assert every[:2] == few
    assert len(every) > len(few)


def test_for_programs(press: Shell) -> None:
    (first, *_) = map(json.loads, press("terms", "port", "--json").out.splitlines())
    assert first == {
        "v": 1, "query": "port", "word": "Jean Dupont", "forms": "Jean Dupont", "texts": 20, "of": 21, "others": 0,
        "of_others": 40, "g2": 69.14, "log_ratio": 6.252, "left": "Au port, le maire ", "match": "Jean Dupont",
        "right": " a parlé du navire 0 et des navires de pêche, c'est sûr.", "article": "a0", "number": 1,
        "date": None, "source": None,
    }  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(press("contrast", "port", "--vs", "stade", "--csv").out)))
    assert {row["query"] for row in rows} == {"port", "stade"}
    assert {row["forms"] for row in rows if row["query"] == "port"} >= {"navire | navires"}


def test_both_ways(press: Shell) -> None:
    out, err, status = press("contrast", "port", "--vs", "stade", "-n", "1")
    headings = [line.split()[0] for line in out.split("\n") if line and not line.startswith(" ")]
    assert headings[:3] == ["port", "Jean", "stade"]
    assert headings[3] in {"dit", "match", "plein"}
    assert err == "search: 21 paragraphs against 40, without those that match both (titles included)\n"
    assert status == 0


def test_nothing_to_tell(press: Shell) -> None:
    assert press("terms", "zorglub") == ("", NOTHING, 1)
    assert press("contrast", "zorglub", "--vs", "port") == ("", f"{NOTHING}search: no word is surely used more in "
                                                            '"port"\n', 1)  # fmt: skip
    assert press("terms", "jour") == (
        "", "search: no word is surely used more: 1 paragraph, against 60 others (titles included)\n", 1
    )  # fmt: skip
    assert press("terms", "jour", "--json") == press("terms", "jour")
    assert press("contrast", "port", "--vs", "port OR zorglub", "--json") == press(
        "contrast", "port", "--vs", "port OR zorglub"
    )
    assert press("terms", "port OR stade").err == (
        "search: all 61 paragraphs match: there are no others to compare them with\n"
    )


def test_what_matches_both_counts_for_neither(press: Shell) -> None:
    assert press("contrast", "port", "--vs", "port OR zorglub") == (
        "",
        'search: no word is surely used more in "port"\nsearch: no word is surely used more in "port OR zorglub"\n',
        1,
    )


def test_wrong_command_lines(press: Shell) -> None:
    assert press("contrast", "port").err.splitlines()[-1] == "search: Missing option '--vs'."
    assert press("contrast", "port", "--vs", "port").err.splitlines()[-1] == (
        "search: --vs is the same query: give another one."
    )
    assert press("terms", "(port").status == 2
    assert press("contrast", "port", "--vs", "(port").err.splitlines()[0].startswith("search: ")


def test_commands_of_a_terminal_are_not_printed(press: Shell) -> None:
    for form in ((), ("--json",), ("--csv",)):
        out = press("contrast", "port", "--vs", "stade", "-n", "0", *form).out
        assert "\x1b" not in out
        assert "\x07" not in out


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_lines_fit_the_terminal(press: Shell, columns: int) -> None:
    printed, _ = on_terminal(f"{sys.executable} -m search terms port", press.folder, columns, NO_COLOR="1")
    assert "navire" in printed
    assert max(map(len, printed.splitlines())) <= columns
