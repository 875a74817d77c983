"""``search read``: a whole article or some of it, with or without marks, and how it is cited."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import search
from search import Article
from tests.conftest import Shell, on_terminal

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
        "\x1b[2m2019-05-03 · AFP · Anne · fr/a-1 · 4 hits, #1-2 in the title\x1b[0m",
        "\x1b[2mhttps://a.fr/1\x1b[0m",
        "",
        f"\x1b[2m#3   1  \x1b[0mLe {mark('port')} est fermé.",
        "",
        f"\x1b[2m#4   2  \x1b[0mLes marins attendent à {mark('Calais')}.",
    ]
    assert (ran.err, ran.status) == ("", 0)


def test_a_query_that_is_not_there_marks_nothing(press: Shell) -> None:
    ran = press("read", "fr/a-1", "--query", "zorglub")
    whole = press("read", "fr/a-1")
    assert ran == whole._replace(out=whole.out.replace("fr/a-1\n", "fr/a-1 · 0 hits\n"))


def test_an_id_with_a_dash(press: Shell) -> None:
    assert press("read", "--", "-a") == ("-a\n\n  1  Un.\n", "", 0)


def test_an_id_that_is_not_there(press: Shell) -> None:
    said = 'search: no article has the id "{}"; search for … prints the ids\n'
    assert press("read", "\x1b[31m\u202e") == ("", said.format("�[31m�"), 2)


def test_a_query_that_cannot_be_read(press: Shell) -> None:
    said = 'search: column 8: expected a word after "(", found the end\n  Calais(\n         ^\n'
    assert press("read", "fr/a-1", "--query", "Calais(") == ("", said, 2)
    assert press("read", "fr/a-1", "--query", "") == ("", "search: expected a word, found the end\n", 2)


def test_nothing_in_an_article_commands_the_terminal(press: Shell) -> None:
    assert press("read", "\x1b[2J") == ("�Titre\nA B · �[2J\nu v\n\n  1  �Un. �[31mDeux.\n", "", 0)


COLONS = [
    Article(
        "a", "Le port", ("Un port.", "Deux.", "Trois.", "Quatre.", "Le port, cinq."), "2019-05", "Anne", "AFP", "fr"
    ),
    Article("a:2", "Autre", ("Une mer.",)),
    Article("b", "", ("Sans titre.",)),
]  # fmt: skip


@pytest.fixture
def colons(shell: Shell) -> Shell:
    search.build(articles=COLONS, index=shell.folder / "index")
    return shell


def paragraphs(out: str) -> list[str]:
    return [line for line in out.splitlines()[2:] if line]


def test_a_paragraph(colons: Shell) -> None:
    assert colons("read", "a:3") == ("Le port\n2019-05 · AFP · Anne · a · paragraph 3 of 5\n\n  3  Trois.\n", "", 0)
    assert colons("read", "a:0").out == "Le port\n2019-05 · AFP · Anne · a · the title alone\n"
    assert colons("read", "a:005").out == colons("read", "a:5").out
    assert colons("read", "b:1").out == "b\n\n  1  Sans titre.\n"


def test_an_id_as_a_whole_comes_first(colons: Shell) -> None:
    assert colons("read", "a:2").out == "Autre\na:2\n\n  1  Une mer.\n"
    assert colons("read", "a:2:1") == ("Autre\na:2\n\n  1  Une mer.\n", "", 0)


def test_what_kwic_and_for_print_can_be_read(colons: Shell) -> None:
    for line in colons("kwic", "port OU mer OU titre").out.splitlines():
        assert colons("read", line.split()[-1]).status == 0
    for reference in colons("for", "port OU mer OU titre", "--fields", "reference").out.splitlines():
        assert colons("read", reference).status == 0


@pytest.mark.parametrize(
    ("identity", "around", "shown"),
    [
        ("a:3", "1", ["  2  Deux.", "  3  Trois.", "  4  Quatre."]),
        ("a:1", "1", ["  1  Un port.", "  2  Deux."]),
        ("a:5", "0", ["  5  Le port, cinq."]),
        ("a:0", "1", ["  1  Un port."]),
        ("a:2:1", "9", ["  1  Une mer."]),
    ],
)
def test_neighbours_of_a_paragraph(colons: Shell, identity: str, around: str, shown: list[str]) -> None:
    ran = colons("read", identity, "--around", around)
    assert (paragraphs(ran.out), ran.err, ran.status) == (shown, "", 0)


def test_neighbours_of_hits(colons: Shell) -> None:
    ran = colons("read", "a", "--query", "port", "--around", "0")
    assert ran == (
        "Le port\n2019-05 · AFP · Anne · a · 2 of 5 paragraphs · 3 hits, #1 in the title\n\n"
        "#2   1  Un port.\n\n     …\n\n#3   5  Le port, cinq.\n",
        "",
        0,
    )
    two = colons("read", "a", "--query", "port", "--around", "2")
    assert two.out.startswith("Le port\n2019-05 · AFP · Anne · a · 3 hits")
    assert len(paragraphs(two.out)) == 5
    assert paragraphs(colons("read", "a:3", "--query", "port", "--around", "2").out)[-1] == "#3   5  Le port, cinq."


def test_hits_on_a_terminal(colons: Shell) -> None:
    shown, said = on_terminal(
        f"{sys.executable} -m search read a --query port --around 0", colons.folder, 30, NO_COLOR="1"
    )
    assert shown == (
        "Le [port]\n2019-05 · AFP · Anne · a · 2\nof 5 paragraphs · 3\u00a0hits, #1\nin the title\n\n"
        "#2   1  Un [port].\n\n     …\n\n#3   5  Le [port], cinq.\n"
    )
    assert said == ""


@pytest.mark.parametrize(
    ("arguments", "said", "status"),
    [
        (["a:6"], 'expected a paragraph of "a", 0 (the title) to 5, found 6', 2),
        (["b:0"], 'expected a paragraph of "b", 1 to 1, found 0', 2),
        (["c:1"], 'no article has the id "c:1"; search for … prints the ids', 2),
        (["a:"], 'no article has the id "a:"; search for … prints the ids', 2),
        (["a:x"], 'no article has the id "a:x"; search for … prints the ids', 2),
        (["a:-1"], 'no article has the id "a:-1"; search for … prints the ids', 2),
        (["a:1234567890"], 'no article has the id "a:1234567890"; search for … prints the ids', 2),
        (["a", "--around", "2"], "--around 2: around what? Name a paragraph (a:1) or a --query", 2),
        (["a", "--around", "2", "--query", "zorglub"], 'nothing in a is marked by "zorglub"', 1),
        (["a", "--cite", "text", "--raw"], "--cite and --raw exclude each other: give one of them.", 2),
        (["a", "--raw", "--around", "1"],
         "--cite and --raw take a text as it is: leave --query and --around out.", 2),
        (["a", "--cite", "ris", "--query", "x"],
         "--cite and --raw take a text as it is: leave --query and --around out.", 2),
        (["a", "--cite", "apa"],
         "Invalid value for '--cite': 'apa' is not one of 'bibtex', 'ris', 'csl-json', 'text'.", 2),
    ],
)  # fmt: skip
def test_what_cannot_be_shown(colons: Shell, arguments: list[str], said: str, status: int) -> None:
    ran = colons("read", *arguments)
    assert (ran.out, ran.err.splitlines()[-1], ran.status) == ("", f"search: {said}", status)


def test_the_text_itself(press: Shell) -> None:
    assert press("read", "fr/a-1:2", "--raw") == ("Les marins attendent à Calais.", "", 0)
    assert press("read", "fr/a-1:0", "--raw").out == "Le port de Calais"
    whole = "Le port de Calais\n\nLe port est fermé.\n\nLes marins attendent à Calais."
    assert press("read", "fr/a-1", "--raw").out == whole
    assert press("read", "\x1b[2J:1", "--raw").out == "\x07Un.\n\x1b[31mDeux."
    assert press("read", "fr/a-1:2", "--raw", PYTHONIOENCODING="latin-1").out == "Les marins attendent à Calais."


def test_the_text_itself_on_a_terminal(press: Shell) -> None:
    shown, _ = on_terminal(f"{sys.executable} -m search read '\x1b[2J:1' --raw", press.folder, 80)
    assert shown == "�Un.\n�[31mDeux.\n"


@pytest.mark.parametrize("identity", ["fr/a-1", "fr/a-1:0", "fr/a-1:2", "-a:1"])
def test_the_hash_is_that_of_the_text_itself(press: Shell, identity: str) -> None:
    line = press("read", "--cite", "text", "--", identity).out
    [hashed] = re.findall(r"sha256 ([0-9a-f]{16})\)", line)
    command = f"{sys.executable} -m search read --raw -- {identity} | sha256sum"
    variables = {"PYTHONPATH": str(Path(search.__file__).parents[1]), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(["sh", "-c", command], cwd=press.folder, env=variables, capture_output=True, text=True)
    assert done.stdout.startswith(hashed)


def test_citations(press: Shell) -> None:
    digest = hashlib.sha256("Les marins attendent à Calais.".encode()).hexdigest()[:16]
    assert press("read", "fr/a-1:2", "--cite", "text") == (
        f"Anne: “Le port de Calais”, AFP, 2019-05-03, paragraph 2, https://a.fr/1 (fr/a-1:2, sha256 {digest})\n",
        "",
        0,
    )
    assert press("read", "fr/a-1:2", "--cite", "bibtex").out == (
        "@article{fr/a-1:2,\n  author = {{Anne}},\n  title = {{Le port de Calais}},\n  journal = {AFP},\n"
        "  date = {2019-05-03},\n  year = {2019},\n  month = may,\n  language = {fr},\n  url = {https://a.fr/1},\n"
        f"  note = {{paragraph 2, sha256 {digest}}},\n}}\n\n"
    )
    assert f"N1  - paragraph 2, sha256 {digest}\n" in press("read", "fr/a-1:2", "--cite", "ris").out
    [item] = json.loads(press("read", "fr/a-1:2", "--cite", "csl-json").out)
    assert item["note"] == f"paragraph 2, sha256 {digest}"
    assert "\x1b" not in press("read", "\x1b[2J", "--cite", "text").out
