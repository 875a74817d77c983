"""``search alert``, as it is typed."""

import csv
import io
import json
import os
import subprocess
import sys

import pytest

from search import alertfile
from tests.conftest import ROOT, Ran, Shell, on_terminal

NONE = "search: there are no alerts yet: keep a query with search alert add NAME QUERY\n"


class Press:
    """A folder of articles, its index and its alerts."""

    def __init__(self, shell: Shell) -> None:
        self.shell, self.folder = shell, shell.folder

    def __call__(self, *arguments: str, **variables: str) -> Ran:
        return self.shell("alert", *arguments, **variables)

    def write(self, name: str, text: str, date: str = "2020-05-03") -> None:
        self.shell.write(f"texts/{name}.txt", f"---\ntitle: Titre {name}\ndate: {date}\n---\n\n{text}\n")

    def build(self, *arguments: str) -> None:
        assert self.shell("build", "texts", "-q", *arguments).status == 0

    def state(self) -> bytes:
        return (self.folder / "index.alerts.json").read_bytes()

    def known(self, name: str) -> int:
        return len(alertfile.read(str(self.folder / "index.alerts.json"))[name].known)


@pytest.fixture
def press(shell: Shell) -> Press:
    made = Press(shell)
    made.write("a", "Un port à Calais.", "2019-01-01")
    made.write("b", "Un quai.", "2019-01-02")
    made.build()
    return made


def test_what_is_new_is_told_once(press: Press) -> None:
    assert press("add", "port", "port") == (
        "",
        'search: alert "port": 1 article matches now and counts as known\n',
        0,
    )
    assert press("run") == ("", "search: port: nothing new\n", 1)
    assert press("run", "-q") == ("", "", 1)
    press.write("c", "Le port de Douvres.", "1901")
    press.build()
    assert press("run", "-q") == (
        "port: port\n\nTitre c\n1901 · c\n  1  Le port de Douvres.\n", "search: port: 1 new article\n", 0
    )  # fmt: skip
    press.build("--fresh")
    assert press("run") == ("", "search: port: nothing new\n", 1)


def test_what_was_edited_says_so(press: Press) -> None:
    press("add", "port", "port")
    press.write("a", "Un autre port à Calais.")
    press.write("b", "Un port.")
    press.build()
    first, second = map(json.loads, press("run", "--json").out.splitlines())
    assert (first["article"], first["changed"], first["rank"], first["alert"]) == ("a", True, 1, "port")
    assert (second["article"], second["changed"], second["rank"]) == ("b", False, 2)
    press.write("a", "Un dernier port.")
    press.build()
    assert press("run").out.endswith("\n  1  Un dernier port.\n  (told before, with another text)\n")


def test_several_alerts(press: Press) -> None:
    press("add", "port", "port", "--tell-all")
    press("add", "quai", "quai", "--tell-all")
    assert press("run", "quai", "--json").out.count("\n") == 1
    out, said, status = press("run")
    assert (out.split("\n")[0], out.count("Titre"), status) == ("port: port", 1, 0)
    assert said == "search: port: 1 new article\nsearch: quai: nothing new\n"
    press("add", "quai", "quai", "--tell-all", "--replace")
    press("add", "port", "port", "--tell-all", "--replace")
    headings = [line for line in press("run").out.split("\n") if ": " in line]
    assert headings == ["port: port", "quai: quai"]


def test_an_alert_has_the_options_of_a_search(press: Press) -> None:
    said = press("add", "x", "quai", "-Douvres", "port", "--any", "--since", "2019-01-02", "--in", "article").err
    assert said == 'search: alert "x": 1 article matches now and counts as known\n'
    alert = alertfile.read(str(press.folder / "index.alerts.json"))["x"]
    assert (alert.query, alert.limits) == (
        "quai -Douvres port",
        {"any_word": True, "within": "article", "since": "2019-01-02", "until": None},
    )
    press.write("c", "Le port de Douvres.")
    press.write("d", "Le port.", "2018")
    press.write("e", "Le port.", "2021")
    press.build()
    assert [json.loads(line)["article"] for line in press("run", "--json").out.splitlines()] == ["e"]


def test_a_query_is_read_as_by_search_for(press: Press) -> None:
    query = '"Calais'
    notes = [line for line in press.shell("for", query).err.splitlines() if "paragraph" not in line]
    assert notes
    assert press("add", "q", query).err.splitlines()[: len(notes)] == notes
    assert press("add", "r", "Calais(") == (
        "", 'search: column 8: expected a word after "(", found the end\n  Calais(\n         ^\n', 2
    )  # fmt: skip
    assert press("add", "r", "colour:red").err.startswith("search: column 1: no field")
    assert press("list", "--csv").out.count("\n") == 2


def test_a_query_that_finds_nothing_is_kept_but_looked_into(press: Press) -> None:
    assert press("add", "q", "zorglub") == (
        "",
        "search: nothing found in 2 paragraphs, 2019-01-01 to 2019-01-02\n  not in this archive: zorglub\n"
        'search: alert "q": 0 articles match now\n',
        0,
    )


def test_names(press: Press) -> None:
    press("add", "port", "port")
    assert press("add", "port", "quai") == (
        "", 'search: there is an alert "port" already ("port"): --replace puts this one in its place\n', 2
    )  # fmt: skip
    assert press("add", "port", "quai", "--replace").status == 0
    assert press("add", "a b", "port").err == (
        'search: expected a name of up to 64 letters, digits, ".", "_" or "-", found "a b"\n'
    )
    for arguments in (["run", "nix"], ["remove", "nix"], ["run", "nix", "--backtest", "2019"]):
        assert press(*arguments) == ("", 'search: no alert is called "nix"; there are port\n', 2)
    assert press("remove", "port") == ("", "", 0)
    assert press("remove", "port").err == (
        'search: no alert is called "port"; there are no alerts yet: keep a query with search alert add NAME QUERY\n'
    )


def test_no_alerts(press: Press) -> None:
    assert press("list") == press("run") == ("", NONE, 1)
    assert press("run", "--backtest", "2019") == ("", NONE, 1)
    assert press("add", "port").status == 2
    assert press().status == 2


def test_the_list(press: Press) -> None:
    press("add", "port", "port\x1b[31m", "quai", "--any", "--since", "2019", "--until", "2020", "--in", "article")
    press("add", "f", "=Un")
    assert press("list").out == (
        "port: port�[31m quai\n--any · --in article · --since 2019 · --until 2020 · 1 known · has not run\n"
        "f: =Un\n2 known · has not run\n"
    )
    assert press("list", "--color", "always").out.split("\n")[2] == "\x1b[1mf: =Un\x1b[0m"
    press("run", "f", "-q")
    rows = list(csv.DictReader(io.StringIO(press("list", "--csv").out)))
    assert [(row["name"], row["query"], row["known"], row["any"]) for row in rows] == [
        ("port", "port�[31m quai", "1", "True"),
        ("f", "'=Un", "2", "False"),
    ]
    assert (rows[0]["ran"], rows[1]["ran"][-1]) == ("", "Z")
    assert json.loads(press("list", "--json").out.splitlines()[1])["ran"] == rows[1]["ran"]
    printed, _ = on_terminal(f"{sys.executable} -m search alert list", press.folder, 40, NO_COLOR="1")
    assert max(map(len, printed.splitlines())) <= 40


def test_an_alert_that_cannot_be_asked_does_not_stop_the_others(press: Press) -> None:
    press("add", "old", "port", "--tell-all")
    press("add", "port", "port", "--tell-all")
    path = press.folder / "index.alerts.json"
    path.write_text(path.read_text().replace('"query": "port"', '"query": "colour:red"', 1))
    out, said, status = press("run")
    assert (out.split("\n")[0], status) == ("port: port", 2)
    assert said.startswith('search: alert "old": column 1: no field "colour" here')
    assert press.known("port") == 1
    assert press("run", "-q").status == 2


def test_what_was_cut_off_is_told_again(press: Press) -> None:
    """The reader of the pipe goes away before all is out."""
    for number in range(300):
        press.write(f"n{number}", f"Le port {number}. " + "Des mots et des mots. " * 20)
    press.build()
    press("add", "port", "port", "--tell-all")
    before = press.state()
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = f"{sys.executable} -m search alert run --json | head -n 1; exit ${{PIPESTATUS[0]}}"
    ran = subprocess.run(["bash", "-c", command], cwd=press.folder, env=variables, capture_output=True)
    assert (ran.returncode, ran.stderr, ran.stdout.count(b"\n")) == (141, b"", 1)
    assert press.state() == before
    assert press("run", "--json").out.count("\n") == 301
    assert press("run").status == 1


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")
def test_nothing_counts_as_told_on_a_full_disk(press: Press) -> None:
    press("add", "port", "port", "--tell-all")
    before = press.state()
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = f"{sys.executable} -m search alert run > /dev/full"
    ran = subprocess.run(["sh", "-c", command], cwd=press.folder, env=variables, capture_output=True)
    assert (ran.returncode, press.state()) == (2, before)


def test_two_at_once(press: Press) -> None:
    press("add", "port", "port")
    with alertfile.changing(str(press.folder / "index.alerts.json")):
        busy = 'search: another command is at work on the alerts in "index.alerts.json": wait for it to end\n'
        for arguments in (["run"], ["add", "q", "port"], ["remove", "port"]):
            assert press(*arguments) == ("", busy, 2)
        assert press("list").status == 0
        assert press("run", "--backtest", "2019").status == 0


def test_damage_is_not_overwritten(press: Press) -> None:
    (press.folder / "index.alerts.json").write_text('{"magic":')
    for arguments in (["run"], ["list"], ["add", "q", "port"], ["remove", "q"]):
        out, said, status = press(*arguments)
        assert said.startswith('search: the alerts in "index.alerts.json" are damaged (JSONDecodeError')
        assert (out, status, press.state()) == ("", 2, b'{"magic":')


def test_no_index(press: Press) -> None:
    said = 'search: there is no index at "nix": build one with: search build\n'
    for arguments in (["run"], ["add", "q", "port"]):
        assert press(*arguments, "--index", "nix") == ("", said, 2)
    assert not list(press.folder.glob("nix*"))


def test_elsewhere(press: Press) -> None:
    assert press("add", "port", "port", "--alerts", "mine.json").status == 0
    assert press("list", SEARCH_ALERTS="mine.json").out.startswith("port: port\n")
    assert press("list").status == 1
    assert press("add", "q", "port", "--alerts", "no/mine.json").err == (
        'search: cannot write the alerts to "no/mine.json" (No such file or directory): '
        "name another file with --alerts\n"
    )


def test_what_it_would_have_told(press: Press) -> None:
    press.write("c", "Le port.", "2019-03")
    press.write("d", "Le port encore.", "2019-01-01")
    press.build()
    press("add", "port", "port")
    before = press.state()
    out, said, status = press("run", "--backtest", "2019")
    assert (said, status) == ("search: port: 2 articles in 1 day; 1 without a date by the day\n", 0)
    assert [line for line in out.split("\n") if line and not line.startswith(" ")] == [
        "port: port", "2019-01-01", "Titre a", "2019-01-01 · a", "Titre d", "2019-01-01 · d"
    ]  # fmt: skip
    lines = list(
        map(json.loads, press("run", "--backtest", "2019..2020", "--by", "month", "--json").out.splitlines())
    )
    assert [(one["article"], one["period"], one["alert"]) for one in lines] == [
        ("a", "2019-01", "port"), ("d", "2019-01", "port"), ("c", "2019-03", "port")
    ]  # fmt: skip
    assert press("run", "--backtest", "2021") == ("", "search: port: 0 articles in 0 days\n", 1)
    assert press("run", "--backtest", "").status == press("run", "--backtest", "hop").status == 2
    assert press.state() == before


@pytest.mark.parametrize("columns", [40, 80])
def test_lines_fit_the_terminal(press: Press, columns: int) -> None:
    press("add", "a-long-name", "port OU quai OU Calais OU Douvres OU dentelle", "--tell-all")
    printed, _ = on_terminal(f"{sys.executable} -m search alert run", press.folder, columns, NO_COLOR="1")
    assert "[port]" in printed
    assert max(map(len, printed.splitlines())) <= columns


def test_names_are_completed(press: Press) -> None:
    press("add", "port", "port")
    press("add", "quai", "quai")

    def offered(text: str) -> list[str]:
        ran = press.shell(_SEARCH_COMPLETE="fish_complete", COMP_TEXT=text)
        return ran.out.split()

    assert offered("search alert run ") == ["=port", "=quai"]
    assert offered("search alert remove q") == ["=quai"]
    assert offered("search alert run --alerts nix.json q") == []
    assert offered("search alert r") == ["=remove", "=run"]
    (press.folder / "index.alerts.json").write_text("{")
    assert offered("search alert run ") == []
