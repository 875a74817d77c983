"""``search batch``, as it is typed."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import search
from search import Article
from tests.conftest import ROOT, Shell, on_terminal

ARTICLES = [
    Article("a", "Le port", ("Le port de Calais.", "Le quai."), date="2018-05-03", source="AFP", language="fr"),
    Article("b", "", ("Un port, un quai.",), date="2019", source="Le Monde", language="fr"),
    Article("c", "", ("Le quai \x1b[31m rouge.",), date="2020-01-02", source="=1+1\x07", language="fr"),
    Article("d", "", ("Le tunnel.",), language="fr"),
]
LIST = "# what the press said\nport\n\nles quais\tquai OU quais\n zorglub \n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("press") / "index"
    search.build(articles=ARTICLES, index=folder)
    return folder


@pytest.fixture
def press(shell: Shell, built: Path) -> Shell:
    shutil.copytree(built, shell.folder / "index")
    shell.write("list.txt", LIST)
    return shell


def test_how_much_each_query_finds(press: Shell) -> None:
    assert press("batch", "list.txt") == (
        "articles  paragraphs  query\n"
        "       2           3  port\n"
        "       3           3  les quais\n"
        "       0           0  zorglub\n",
        "search: 3 queries (1 found nothing)\n",
        0,
    )


def test_year_by_year(press: Shell) -> None:
    assert press("batch", "list.txt", "--by", "year").out == (
        "all  2018  2019  2020  query\n"
        "  3     2     1     0  port\n"
        "  3     1     1     1  les quais\n"
        "  0     0     0     0  zorglub\n"
    )
    assert press("batch", "list.txt", "--by", "month", "--show", "articles").out.splitlines()[:2] == [
        "all  2018-05  2020-01  query",
        "  2        1        0  port",
    ]


def test_source_by_source(press: Shell) -> None:
    out = press("batch", "list.txt", "--by", "source").out.splitlines()
    assert out[0].split("  ") == ["all", "AFP", "(none)", "=1+1\N{REPLACEMENT CHARACTER}", "Le Monde", "query"]
    assert [line.split() for line in out[1:3]] == ["3 2 0 0 1 port".split(), "3 1 0 1 1 les quais".split()]
    assert press("batch", "list.txt", "--by", "source", "-n", "1", "--show", "share").out == (
        "    all      AFP   others  query\n"
        "   50 %     67 %     33 %  port\n"
        "   50 %     33 %     67 %  les quais\n"
        "    0 %      0 %      0 %  zorglub\n"
    )


def test_tables(press: Shell) -> None:
    assert press("batch", "list.txt", "--csv") == (
        'name,query,articles,paragraphs\nport,port,2,3\nles quais,quai OU quais,3,3\nzorglub,zorglub,0,0\n', "", 0
    )  # fmt: skip
    rows = list(csv.reader(io.StringIO(press("batch", "list.txt", "--by", "source", "--csv").out)))
    assert rows[0] == ["name", "query", "articles", "paragraphs", "AFP", "(none)", "'=1+1\ufffd", "Le Monde"]
    assert rows[2] == ["les quais", "quai OU quais", "3", "3", "1", "0", "1", "1"]
    shares = press("batch", "list.txt", "--by", "year", "--show", "share", "--tsv").out.splitlines()
    assert shares[1].split("\t") == ["port", "port", "2", "3", "0.666667", "1", "0"]


def test_json(press: Shell) -> None:
    every = [json.loads(line) for line in press("batch", "list.txt", "--json").out.splitlines()]
    assert every[1] == {"v": 1, "name": "les quais", "query": "quai OU quais", "articles": 3, "paragraphs": 3}
    (first, *_) = map(json.loads, press("batch", "list.txt", "--by", "source", "-n", "1", "--json").out.splitlines())
    assert first == {
        "v": 1, "name": "port", "query": "port", "articles": 2, "paragraphs": 3, "by": "source",
        "values": [
            {"value": "AFP", "articles": 1, "paragraphs": 2, "of": 3, "share": 0.66666667},
            {"value": "others", "articles": 1, "paragraphs": 1, "of": 3, "share": 0.33333333},
        ],
    }  # fmt: skip


def test_the_options_of_asking(press: Shell) -> None:
    press.write("two.txt", "port quai\n")
    counts = {
        option: press("batch", "two.txt", "--tsv", *option.split()).out.splitlines()[1].split("\t")[2:]
        for option in ("", "--any", "--in article", "--any --since 2019", "--any --until 2018")
    }
    assert counts == {
        "": ["1", "1"], "--any": ["3", "5"], "--in article": ["2", "4"], "--any --since 2019": ["2", "2"],
        "--any --until 2018": ["1", "3"],
    }  # fmt: skip


def test_lines_that_cannot_be_asked(press: Shell) -> None:
    press.write("bad.txt", b"(port\nport\n\xe9t\xe9\nno query\t\nx\tcolour:red\n?!\n")
    assert press("batch", "bad.txt") == (
        "articles  paragraphs  query\n       2           3  port\n",
        'search: bad.txt:1: column 6: expected ")" for the "(" of column 1, found the end\n'
        "search: bad.txt:3: expected UTF-8, found the byte 0xE9: save the list as UTF-8\n"
        "search: bad.txt:4: expected a query after the tab, found none\n"
        'search: bad.txt:5: column 1: no field "colour" here; there are title, text, date, article, author, '
        "language, source, url (to search for the text itself, put it in quotes)\n"
        "search: bad.txt:6: column 1: expected a word to search for, found only signs\n"
        "search: 1 query, 5 lines left out (named above)\n",
        2,
    )
    assert press("batch", "bad.txt", "--csv").err.endswith("search: 1 query, 5 lines left out (named above)\n")


def test_where_nothing_is_found_the_status_says_so(press: Shell) -> None:
    press.write("none.txt", "zorglub\nblistax\n")
    ran = press("batch", "none.txt", "--by", "year")
    assert (ran.err, ran.status) == ("search: 2 queries (2 found nothing)\n", 1)


@pytest.mark.parametrize("text", ["", "\n\n", "# only\n# comments"])
def test_an_empty_list(press: Shell, text: str) -> None:
    press.write("empty.txt", text)
    assert press("batch", "empty.txt", "--tsv") == (
        "name\tquery\tarticles\tparagraphs\n", "search: empty.txt: expected queries, one a line; found none\n", 2
    )  # fmt: skip


def test_wrong_command_lines(press: Shell) -> None:
    assert press("batch").err.splitlines()[-1] == "search: Missing argument 'FILE'."
    assert press("batch", "no.txt") == ("", "search: no.txt: No such file or directory\n", 2)
    assert press("batch", "index") == ("", "search: index: Is a directory\n", 2)
    assert press("batch", "list.txt", "--by", "colour") == (
        "",
        'search: expected a field of this archive to count by (author, date, language, source), found "colour"\n',
        2,
    )
    assert press("batch", "list.txt", "--since", "zorglub").err.startswith("search: since: expected a date such as")
    assert (
        press("batch", "list.txt", "--show", "x")
        .err.splitlines()[-1]
        .startswith("search: Invalid value for '--show'")
    )
    assert press("batch", "list.txt", "--index", "no").status == 2


def test_rows_come_before_all_is_read(press: Shell) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "search", "batch", "-", "--by", "year", "--csv"],
        cwd=press.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    assert process.stdout
    for query, row in (("port", "port,port,2,3,2,1,0\n"), ("tunnel", "tunnel,tunnel,1,1,0,0,0\n")):
        if query == "port":
            assert process.stdout.readline() == "name,query,articles,paragraphs,2018,2019,2020\n"
        process.stdin.write(f"{query}\n")
        process.stdin.flush()
        assert process.stdout.readline() == row
    process.communicate(timeout=60)
    assert process.returncode == 0


def test_a_reader_that_goes_away(press: Shell) -> None:
    press.write("many.txt", "port\n" * 5_000)
    line = f"{sys.executable} -m search batch many.txt | head -n 1; echo ${{PIPESTATUS[0]}}"
    ran = subprocess.run(
        ["bash", "-c", line],
        cwd=press.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert (ran.stdout, ran.stderr) == ("articles  paragraphs  query\n141\n", "")


def test_commands_of_a_terminal_are_not_printed(press: Shell) -> None:
    press.write("odd.txt", "a\x1b[31mb\tquai\nq\x07\n")
    for form in ((), ("--json",), ("--csv",), ("--tsv",)):
        out = press("batch", "odd.txt", "--by", "source", *form).out
        assert "\x1b" not in out
        assert "\x07" not in out


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_lines_fit_the_terminal(press: Shell, columns: int) -> None:
    press.write("long.txt", f"{'a very long name ' * 9}\tquai\nport\n")
    for by in ("", "--by source", "--by year", "--by month --show share"):
        printed, _ = on_terminal(
            f"{sys.executable} -m search batch long.txt {by}", press.folder, columns, NO_COLOR="1"
        )
        assert "port" in printed
        assert max(map(len, printed.splitlines())) <= columns


def test_what_does_not_fit_shares_a_column(press: Shell) -> None:
    command = f"{sys.executable} -m search batch list.txt --by year"
    printed, _ = on_terminal(command, press.folder, 34, NO_COLOR="1")
    assert printed.splitlines()[:2] == ["all  earlier  2020  query", "  3        3     0  port"]
    printed, _ = on_terminal(command.replace("year", "source"), press.folder, 34, NO_COLOR="1")
    assert printed.splitlines()[:2] == ["all  AFP  others  query", "  3    2       1  port"]
