"""``search for`` in the forms that other programs read: whole commands, and the programs at the other end."""

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import search
from search import Article
from tests.conftest import ROOT, Shell, on_terminal

PRESS = [
    Article("a-1", 'Le "port", et\nla ville', ("Le port\nde Calais ; le port.", "=1+1 port"), "2019-05-03",
            "Anne Durand", "AFP", "fr", "https://a.fr/1", "deux mots.txt"),
    Article("b 2", "La mer", ("Un port.",), "2020", None, "Le Phare", "fr", None, "b.jsonl", 1, {"section": "ville"}),
    Article("c\x1b", "=HYPERLINK()", ("Au port, au port.",), path="b.jsonl", line=2),
]  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("press") / "index"
    search.build(articles=PRESS, index=folder)
    return folder


@pytest.fixture
def press(shell: Shell, index: Path) -> Shell:
    shutil.copytree(index, shell.folder / "index")
    return shell


def piped(shell: Shell, line: str) -> tuple[str, str, int]:
    """What a line of the shell prints (``search`` is the command), and its status."""
    line = line.replace("search ", f"{sys.executable} -m search ")
    variables = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(["bash", "-c", line], cwd=shell.folder, env=variables, capture_output=True, timeout=120)
    return done.stdout.decode(), done.stderr.decode(), done.returncode


def ids(out: str) -> list[str]:
    return [json.loads(line)["article"] for line in out.splitlines()]


def test_json_lines_are_those_of_json(press: Shell) -> None:
    plain = press("for", "port", "--json")
    assert press("for", "port", "--format", "jsonl") == plain
    assert press("for", "port", "--format", "jsonl", "-n", "0") == plain
    assert (len(plain.out.splitlines()), plain.err, plain.status) == (3, "", 0)


def test_one_document(press: Shell) -> None:
    ran = press("for", "port", "--format", "json")
    document = json.loads(ran.out)
    hits = document.pop("hits")
    assert document == {"v": 1, "articles": 3, "paragraphs": 5, "variants": 0}
    assert hits == [json.loads(line) for line in press("for", "port", "--json").out.splitlines()]
    some = json.loads(press("for", "port", "--format", "json", "--fields", "article,section").out)["hits"]
    assert {"v": 1, "article": "b 2", "section": "ville"} in some
    assert {"v": 1, "article": "a-1", "section": None} in some
    every = json.loads(press("for", "port", "--format", "json", "--all").out)
    assert {name: every[name] for name in document} == document
    assert [one["article"] for one in every["hits"]] == ["a-1", "b 2", "c\x1b"]


def test_a_spreadsheet_reads_it_and_runs_nothing(press: Shell) -> None:
    ran = press("for", "port", "--format", "csv", "--all")
    rows = list(csv.reader(io.StringIO(ran.out, newline="")))
    assert (rows[0], ran.err, ran.status) == (
        ["rank", "article", "title", "date", "source", "author", "url", "number", "text"],
        "",
        0,
    )
    title = 'Le "port", et\nla ville'
    known = ["1", "a-1", title, "2019-05-03", "AFP", "Anne Durand", "https://a.fr/1"]
    assert rows[1:] == [
        [*known, "0", title],
        [*known, "1", "Le port\nde Calais ; le port."],
        [*known, "2", "'=1+1 port"],
        ["2", "b 2", "La mer", "2020", "Le Phare", "", "", "1", "Un port."],
        ["3", "c�", "'=HYPERLINK()", "", "", "", "", "1", "Au port, au port."],
    ]


def test_tabs(press: Shell) -> None:
    assert press("for", "port", "--format", "tsv", "--all", "--fields", "article,title,line").out == (
        'article\ttitle\tline\na-1\tLe "port", et la ville\t0\nb 2\tLa mer\t1\nc�\t\'=HYPERLINK()\t2\n'
    )


def test_fields_alone_have_no_heading(press: Shell) -> None:
    said = "search: 3 articles, 5 paragraphs\n"
    assert press("for", "port", "--all", "--fields", "reference,text") == (
        'a-1:0\tLe "port", et la ville\na-1:1\tLe port de Calais ; le port.\na-1:2\t=1+1 port\n'
        "b 2:1\tUn port.\nc�:1\tAu port, au port.\n",
        said,
        0,
    )
    assert press("for", "port", "--all", "--fields", "article", "-0").out == "a-1\0b 2\0c\x1b\0"


def test_xargs(press: Shell) -> None:
    shown, said, status = piped(press, "search for port --all --fields article -0 | xargs -0 -n 1 $PWD/show")
    assert "show" in said
    press.write("show", f'#!/bin/sh\nexec {sys.executable} -m search read "$1" --raw\n').chmod(0o755)
    shown, said, status = piped(press, "search for port --all --fields reference -0 2>&- | xargs -0 -n 1 $PWD/show")
    assert (said, status) == ("", 0)
    assert shown == (
        'Le "port", et\nla villeLe port\nde Calais ; le port.=1+1 portUn port.Au port, au port.'
    )  # fmt: skip
    press.write("deux mots.txt", "deux")
    press.write("b.jsonl", "un")
    assert piped(press, "search for port --files -0 --sort oldest | xargs -0 cat") == ("deuxun", "", 0)


def test_names_of_files_keep_their_bytes(shell: Shell) -> None:
    name = b"\xe9 \n.txt"
    with open(bytes(shell.folder) + b"/" + name, "wb") as file:
        file.write(b"Le port.")
    assert piped(shell, "search build . -q && search for port --files -0 | xargs -0 cat") == ("Le port.", "", 0)


def test_parts_end_in_nul(press: Shell) -> None:
    blocks = press("for", "port", "--all", "-0").out.split("\0")
    assert [one.split("\n")[0] for one in blocks] == ['Le "port", et la ville', "La mer", "=HYPERLINK()", ""]
    lines = press("for", "port", "--format", "jsonl", "-0").out.split("\0")
    assert "\n".join(lines) == press("for", "port", "--json").out
    rows = press("for", "port", "--format", "csv", "-0", "--all", "--fields", "title").out
    assert rows == 'title\0"Le ""port"", et\nla ville"\0La mer\0\'=HYPERLINK()\0'


def test_some_of_all(press: Shell) -> None:
    every = ids(press("for", "port", "--json").out)
    for offset in range(4):
        assert ids(press("for", "port", "--json", "--offset", str(offset)).out) == every[offset:]
        assert ids(press("for", "port", "--json", "-n1", "--offset", str(offset)).out) == every[offset : offset + 1]
    ran = press("for", "port", "-n", "1", "--offset", "1")
    assert (ran.err, ran.status) == ("search: 3 articles, 5 paragraphs, 2 to 2 shown\n", 0)
    assert json.loads(press("for", "port", "--json", "--offset", "2").out)["rank"] == 3
    assert ids(press("for", "port", "--json", "--all", "--offset", "1").out) == ["b 2", "c\x1b"]


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "csv", "trec", "bibtex", "ris", "csl-json"])
@pytest.mark.parametrize("more", [(), ("--all",)])
@pytest.mark.parametrize("offset", [7, 10**30])
def test_past_the_end(press: Shell, form: str, more: tuple[str, ...], offset: int) -> None:
    ran = press("for", "port", "--format", form, "--offset", str(offset), *more)
    said = f"search: 3 articles, 5 paragraphs: none of them after the first {offset:,}\n"
    assert (ran.err, ran.status) == (said, 1)
    if form in ("json", "csl-json"):
        assert json.loads(ran.out) in ([], {"v": 1, "articles": 3, "paragraphs": 5, "variants": 0, "hits": []})
    else:
        assert len(ran.out.splitlines()) == (form == "csv")


@pytest.mark.parametrize("more", [("--all",), ("--format", "csl-json"), ("--offset", "3"), ("--fields", "date")])
def test_nothing_found(press: Shell, more: tuple[str, ...]) -> None:
    ran = press("for", "zorglub", *more)
    assert ran.err == (
        "search: nothing found in 4 paragraphs, 2019-05-03 to 2020, 2 sources\n  not in this archive: zorglub\n"
    )
    assert (ran.out.split(), ran.status) == (["[", "]"] if "csl-json" in more else [], 1)


def test_what_was_forgiven_is_said(press: Shell) -> None:
    for more in (["--all"], ["--format", "csv"]):
        ran = press("for", '"port', *more)
        assert ran.err.startswith("search: the quotation mark of column 1 is not closed: read to the end\n")


def test_a_run(press: Shell) -> None:
    ran = press("for", "port", "--format", "trec")
    rows = [line.split() for line in ran.out.splitlines()]
    assert [(row[0], row[1], row[3], row[5]) for row in rows] == [
        ("1", "Q0", str(n), "news-search") for n in (1, 2, 3)
    ]
    assert sorted(rows, key=lambda row: -float(row[4])) == rows
    assert {row[2] for row in rows} == {"a-1", "b%202", "c%1B"}
    named = press("for", "port", "--format", "trec", "--topic", "port de Calais", "--tag", "mine", "-n", "1").out
    assert named.startswith("port%20de%20Calais Q0 ")
    assert named.endswith(" mine\n")


@pytest.mark.parametrize("more", [["--sort", "newest"], ["--all"]])
def test_a_run_in_another_order_keeps_it(press: Shell, more: list[str]) -> None:
    rows = [line.split() for line in press("for", "port", "--format", "trec", *more).out.splitlines()]
    assert [row[3:5] for row in rows] == [["1", "-1"], ["2", "-2"], ["3", "-3"]]


def test_a_run_is_deep(shell: Shell) -> None:
    search.build(articles=[Article(f"a{n}", "", (f"port {n}",)) for n in range(1200)], index=shell.folder / "index")
    rows = [line.split() for line in shell("for", "port", "--format", "trec").out.splitlines()]
    assert len(rows) == 1000
    assert sorted(rows, key=lambda row: (float(row[4]), row[2]), reverse=True) == rows
    assert len(shell("for", "port", "--format", "bibtex").out.split("@article{")) == 11


def test_bibliographies(press: Shell) -> None:
    assert press("for", "Calais", "--format", "bibtex").out == (
        '@article{a-1,\n  author = {Durand, Anne},\n  title = {{Le "port", et la ville}},\n  journal = {AFP},\n'
        "  date = {2019-05-03},\n  year = {2019},\n  month = may,\n  language = {fr},\n  url = {https://a.fr/1},\n}\n\n"
    )
    assert press("for", "Calais", "--format", "ris").out == (
        'TY  - NEWS\nID  - a-1\nTI  - Le "port", et la ville\nAU  - Durand, Anne\nT2  - AFP\nPY  - 2019\n'
        "DA  - 2019/05/03/\nLA  - fr\nUR  - https://a.fr/1\nER  - \n\n"
    )
    assert json.loads(press("for", "Calais", "--format", "csl-json").out) == [
        {
            "id": "a-1", "type": "article-newspaper", "title": 'Le "port", et la ville', "container-title": "AFP",
            "author": [{"family": "Durand", "given": "Anne"}], "issued": {"date-parts": [[2019, 5, 3]]},
            "language": "fr", "URL": "https://a.fr/1",
        }
    ]  # fmt: skip
    assert press("for", "port", "--format", "ris", "--all").out.count("ER  - ") == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "xml"], "Invalid value for '--format': 'xml' is not one of 'text', 'json', 'jsonl', 'csv', "
         "'tsv', 'trec', 'bibtex', 'ris', 'csl-json'."),
        (["--format", "csv", "--json"],
         "--json, --format, --count and --files exclude each other: give one of them."),
        (["--count", "-0"], "--count counts all: leave out what says which articles are shown, and how."),
        (["--format", "ris", "--fields", "date"], "--fields is for csv, tsv, json, jsonl and text: ris has its own."),
        (["--files", "--fields", "date"], "--fields is for csv, tsv, json, jsonl and text: files has its own."),
        (["--format", "json", "-0"], "-0 is for text, files, jsonl, csv and tsv: json cannot be parted so."),
        (["--tag", "x"], "--topic and --tag are for a run: add --format trec."),
        (["--all", "-n", "3"], "--all gives all articles: leave -n out."),
        (["--all", "--sort", "newest"],
         "--all gives articles as they come in the archive: for another order, -n 0."),
        (["--offset", "-1"], "Invalid value for '--offset': -1 is not in the range x>=0."),
    ],
)  # fmt: skip
def test_options_that_do_not_go_together(press: Shell, arguments: list[str], said: str) -> None:
    ran = press("for", "port", *arguments)
    assert (ran.out, ran.status) == ("", 2)
    assert ran.err.splitlines()[-1] == f"search: {said}"


def test_a_field_that_is_none(press: Shell) -> None:
    ran = press("for", "port", "--fields", "titel")
    assert (ran.out, ran.status) == ("", 2)
    assert ran.err.startswith("search: --fields: expected some of rank, article, title, date,")
    assert ran.err.endswith(', section, found "titel"\n')


def test_a_query_that_cannot_be_read(press: Shell) -> None:
    said = 'search: column 6: expected a word after "(", found the end\n  port(\n       ^\n'
    for more in (["--all"], ["--format", "csv"]):
        assert press("for", "port(", *more) == ("", said, 2)


@pytest.fixture
def long(shell: Shell) -> Shell:
    built(shell, [{"id": f"a{n}", "text": f"Le port {n}. " + "Un mot. " * 1300} for n in range(400)])
    return shell


def built(shell: Shell, records: list[dict[str, str]]) -> None:
    """Build an index of some articles, in a process of its own: it takes its memory along."""
    shell.write("press.jsonl", "\n".join(map(json.dumps, records)))
    assert shell("build", "press.jsonl", "-q").status == 0


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "csv", "jsonl -0"])
def test_a_pipe_that_is_closed_early(long: Shell, form: str) -> None:
    line = f"set -o pipefail; search for port --all --format {form} | head -c 10 | wc -c"
    out, said, status = piped(long, line)
    assert (out.strip(), said, status) == ("10", "", 141)


def test_all_take_no_more_memory_than_some(long: Shell) -> None:
    """Texts of 4 MB go by, of which a few are held at a time."""
    few, some = peak(long, "-n", "10")
    every, all_ = peak(long, "--all")
    assert (len(few.splitlines()), len(every.splitlines())) == (10, 400)
    assert len(every) > 4_000_000
    assert all_ < some + 400_000


def peak(shell: Shell, *options: str) -> tuple[str, int]:
    """What a search prints as lines of JSON, and how much memory of Python it takes at most."""
    program = (
        "import sys, tracemalloc\n"
        "from search.cli import exporting, for_, run\n"
        f"sys.argv = {['search', 'for', 'port', '--format', 'jsonl', *options]}\n"
        "tracemalloc.start()\n"
        "try: run()\n"
        "finally: print(tracemalloc.get_traced_memory()[1], file=sys.stderr)\n"
    )
    ran = shell.python("-c", program)
    return ran.out, int(ran.err.splitlines()[-1])


def test_a_narrow_terminal(press: Shell) -> None:
    shown, said = on_terminal(f"{sys.executable} -m search for port --all --offset 1", press.folder, 40, NO_COLOR="1")
    assert shown == "La mer\n2020 · Le Phare · b 2\n  1  Un [port].\n\n=HYPERLINK()\nc�\n  1  Au [port], au [port].\n"
    assert said == "search: 3 articles, 5 paragraphs, 2 to 3 shown\n"


def test_nothing_in_an_article_commands_the_terminal(press: Shell) -> None:
    for options in ("--fields article -0", "--fields article", "--files -0", "--format csv", "--format ris", "-0"):
        shown, _ = on_terminal(f"{sys.executable} -m search for port --all {options}", press.folder, 80, NO_COLOR="1")
        assert shown
        assert "c\x1b" not in shown


def test_near_copies_stand_beside_the_first(shell: Shell) -> None:
    text = " ".join(f"mot{n} port{n % 7}" for n in range(80)) + " au port"
    copies = [{"id": f"a{n}", "text": f"{text} {n}.", "source": f"S{n}"} for n in range(3)]
    built(shell, [*copies, {"id": "b", "text": "Le port."}])
    for more in ([], ["--all"]):
        head = json.loads(shell("for", "port", "--format", "json", *more).out)
        assert (head["articles"], head["variants"], len(head["hits"])) == (4, 2, 2)
        said = "search: 4 articles (2 near-copies of others), 4 paragraphs\n"
        assert shell("for", "port", "--format", "text", *more).err == said
        ran = shell("for", "port", "--fields", "article,variants", *more)
        assert sorted(ran.out.splitlines()) == ["a0\ta1; a2", "b\t"]
        assert len(shell("for", "port", "--format", "trec", "--variants", *more).out.splitlines()) == 4
