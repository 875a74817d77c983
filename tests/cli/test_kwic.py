"""``search kwic``, ``search timeline`` and ``search facets``, as they are typed."""

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

ARTICLES = [
    Article("a1", "Le tunnel", ("Le port de Calais et le vieux port.", "Rien."), date="2018-05", source="Le Monde",
            language="fr"),
    Article("a2", "=1+1", ('Un "port" à Calais.',), date="2020-01-03", source="AFP", language="fr"),
    Article("a3", "Sans date", ("Au port.",), language="fr"),
]  # fmt: skip

NOTHING = """\
search: nothing found in 4 paragraphs, 2018-05 to 2020-01-03, 2 sources
  not in this archive: zorglub
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("press") / "index"
    search.build(articles=ARTICLES, index=folder)
    return folder


@pytest.fixture
def press(shell: Shell, built: Path) -> Shell:
    shutil.copytree(built, shell.folder / "index")
    return shell


def test_a_concordance(press: Shell) -> None:
    assert press("kwic", "port", "--width", "12") == (
        "         Le port de Calais e  a1:1\n"
        "et le vieux port.             a1:1\n"
        '        Un "port" à Calais.   a2:1\n'
        "         Au port.             a3:1\n",
        "search: 4 lines from 3 articles\n",
        0,
    )


def test_no_word_to_show(press: Shell) -> None:
    said = "search: 1 article found, but no word to show in them: search for lists them\n"
    assert press("kwic", "source:AFP") == ("", said, 1)
    assert press("kwic", "source:AFP", "--csv")[1:] == (said, 1)


def test_orders_and_groups(press: Shell) -> None:
    by_right = press("kwic", "port", "--sort", "1R", "--width", "9").out.split("\n")
    assert [one.split()[-1] for one in by_right[:-1]] == ["a1:1", "a3:1", "a2:1", "a1:1"]
    newest = press("kwic", "port", "--sort", "date").out.split("\n")
    assert [one.split()[-1] for one in newest[:-1]] == ["a1:1", "a1:1", "a2:1", "a3:1"]
    assert press("kwic", "port", "--sort", "relevance", "-n", "1").err == (
        "search: the first 1 line shown (-n 0 shows all)\n"
    )
    grouped = press("kwic", "port", "--group", "year").out
    assert [one for one in grouped.split("\n") if not one.startswith(" ")] == ["2018", "", "2020", "", "unknown", ""]


def test_a_concordance_for_programs(press: Shell) -> None:
    (first, *_) = map(json.loads, press("kwic", "port", "--json").out.splitlines())
    assert first == {
        "v": 1, "left": "Le ", "match": "port", "right": " de Calais et le vieux port.", "article": "a1", "number": 1,
        "date": "2018-05", "source": "Le Monde",
    }  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(press("kwic", "port", "--csv").out)))
    assert [row["article"] for row in rows] == ["a1", "a1", "a2", "a3"]
    assert rows[2]["left"] == 'Un "'


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_lines_fit_the_terminal(press: Shell, columns: int) -> None:
    printed, _ = on_terminal(f"{sys.executable} -m search kwic port", press.folder, columns, NO_COLOR="1")
    lines = [line for line in printed.splitlines() if "port" in line]
    assert all(len(line.rstrip()) <= columns for line in lines)
    assert len({line.index("[port]") for line in lines if line.count("[port]") == 1}) == 1


def test_a_timeline(press: Shell) -> None:
    out, said, status = press("timeline", "port", "--vs", "tunnel", "--by", "year")
    assert (said, status) == (
        "search: 2 paragraphs, 1 paragraph by the year, as a share of all 5 (titles included); "
        "1 without a date by the year\n",
        0,
    )
    assert out.splitlines()[0].split() == ["port", "tunnel"]
    assert [line.split()[:4] for line in out.splitlines()[1:]] == [
        ["2018", "1", "33", "%"],
        ["2019", "nothing", "in", "the"],
        ["2020", "1", "50", "%"],
    ]


def test_a_timeline_of_what_has_no_date(press: Shell) -> None:
    assert press("timeline", "vieux", "--by", "day")[1:] == (
        "search: 0 paragraphs by the day, as a share of all 2 (titles included); 1 without a date by the day\n",
        0,
    )


def test_a_timeline_shows_gaps_and_shares(press: Shell) -> None:
    lines = press("timeline", "port", "--by", "year").out.splitlines()
    assert [line.split()[0] for line in lines] == ["2018", "2019", "2020"]
    assert lines[0].split()[1:4] == ["1", "33", "%"]
    assert lines[1] == "2019  nothing in the archive"
    assert lines[2].split()[1:4] == ["1", "50", "%"]
    assert lines[0].count("█") == round(lines[2].count("█") * 2 / 3)


def test_a_timeline_for_programs(press: Shell) -> None:
    rows = press("timeline", "port", "--by", "year", "--csv").out.splitlines()
    assert rows == [
        "query,period,articles,paragraphs,of,share",
        "port,2018,1,1,3,0.333333",
        "port,2019,0,0,0,0",
        "port,2020,1,1,2,0.5",
    ]
    last = json.loads(press("timeline", "port", "--by", "month", "--json").out.splitlines()[-1])
    assert last == {
        "v": 1,
        "query": "port",
        "period": "2020-01",
        "articles": 1,
        "paragraphs": 1,
        "of": 2,
        "share": 0.5,
    }


@pytest.mark.parametrize(
    ("name", "start"), [("x.svg", b"<?xml"), ("x.PNG", b"\x89PNG"), ("x.html", b"<!doctype html>")]
)
def test_a_timeline_is_drawn(press: Shell, name: str, start: bytes) -> None:
    for _ in range(2):
        assert press("timeline", "$port", "--vs", "tunnel", "--plot", name).status == 0
        data = (press.folder / name).read_bytes()
        assert data.startswith(start)
    assert press("timeline", "$port", "--vs", "tunnel", "--plot", name).out == ""
    assert (press.folder / name).read_bytes() == data


def test_drawing_letters_that_the_font_does_not_have(press: Shell) -> None:
    for name in ("x.svg", "x.png"):
        out, said, status = press("timeline", "port", "--vs", "小船", "--by", "year", "--plot", name)
        assert (out, said.count("\n"), status) == ("", 1, 0)
    assert "小船" in (press.folder / "x.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "dates", [("0001-01-01", "9999-12-31"), ("9999-12-31",), ("0001",), ("2019-05-03", "9999-12-31")]
)
def test_drawing_to_the_ends_of_the_calendar(shell: Shell, dates: tuple[str, ...]) -> None:
    articles = [Article(f"a{when}", "", ("Le port.",), date=when) for when in dates]
    search.build(articles=articles, index=shell.folder / "index")
    assert shell("timeline", "port", "--by", "year", "--plot", "x.svg").status == 0


def test_drawing_and_a_table(press: Shell) -> None:
    asked = ("timeline", "port", "--by", "year", "--csv")
    assert press(*asked, "--plot", "x.svg") == press(*asked)
    assert (press.folder / "x.svg").exists()


def test_what_cannot_be_drawn(press: Shell) -> None:
    assert press("timeline", "port", "--plot", "").err.endswith('found ""\n')
    said = 'search: expected a file with one of the endings .svg, .png, .html to draw into, found "x.pdf"\n'
    assert press("timeline", "port", "--plot", "x.pdf") == ("", said, 2)
    assert (
        press("timeline", "port", "--plot", "no/x.svg").err
        == 'search: cannot write "no/x.svg": No such file or directory\n'
    )


def test_drawing_without_the_library(press: Shell) -> None:
    press.write("matplotlib/__init__.py", "raise ImportError")
    ran = press(
        "timeline", "port", "--plot", "x.svg", PYTHONPATH=f"{press.folder}:{Path(search.__file__).parents[1]}"
    )
    assert ran == ("", "search: drawing needs matplotlib: pip install 'news-search[plot]'\n", 2)


def test_facets(press: Shell) -> None:
    out, said, status = press("facets", "port")
    assert (said, status) == ("", 0)
    heads = [line for line in out.splitlines() if line and not line.startswith(" ")]
    assert heads == ["source", "language", "year"]
    assert [line.split()[:4] for line in out.splitlines()[1:4]] == [
        ["(none)", "1", "1", "50"],
        ["AFP", "1", "1", "50"],
        ["Le", "Monde", "1", "1"],
    ]
    assert press("facets", "port", "--by", "source", "-n", "1").out.splitlines()[-1] == "  … and 2 more"


def test_facets_show_all_periods(shell: Shell) -> None:
    days = [Article(f"a{day}", "", ("Le port.",), date=f"2020-01-{day:02}", source=f"S{day}") for day in range(1, 13)]
    search.build(articles=days, index=shell.folder / "index")
    rows = shell("facets", "port", "--by", "day,source", "--csv").out.splitlines()
    assert [row[:3] for row in rows[1:]] == ["day"] * 12 + ["sou"] * 10
    assert "more" not in shell("facets", "port", "--by", "day").out
    assert shell("facets", "port", "--by", "day", "-n", "2").out.splitlines()[-1] == "  … and 10 more"
    assert len(shell("facets", "port", "--by", "source,day", "--csv", "-n", "0").out.splitlines()) == 25


def test_facets_of_what_has_no_date(press: Shell) -> None:
    assert press("facets", "vieux", "--by", "day,week") == (
        "",
        "search: 1 paragraph found, but without a date by the day, week\n",
        1,
    )


def test_facets_for_programs(press: Shell) -> None:
    assert press("facets", "port", "--by", "source,year", "--tsv").out.splitlines() == [
        "field\tvalue\tarticles\tparagraphs\tof\tshare",
        "source\t\t1\t1\t2\t0.5",
        "source\tAFP\t1\t1\t2\t0.5",
        "source\tLe Monde\t1\t1\t3\t0.333333",
        "year\t2018\t1\t1\t3\t0.333333",
        "year\t2020\t1\t1\t2\t0.5",
    ]


def test_no_such_field(press: Shell) -> None:
    said = 'search: expected a field of this archive to count by (author, date, language, source), found "colour"\n'
    assert press("facets", "port", "--by", "colour") == ("", said, 2)
    assert press("facets", "port", "--by", ",").err == said.replace("colour", ",")


@pytest.mark.parametrize("command", ["kwic", "timeline", "facets"])
def test_nothing_found(press: Shell, command: str) -> None:
    out, said, status = press(command, "zorglub")
    assert (said, status) == (NOTHING, 1)
    assert "zorglub" not in out
    assert press(command, "a OR").status == 2
    assert press(command).status == 2


def test_wrong_options(press: Shell) -> None:
    assert 'found "3X"' in press("kwic", "port", "--sort", "3X").err
    assert "'decade' is not one of" in press("timeline", "port", "--by", "decade").err
