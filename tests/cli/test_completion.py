"""Completion: what is offered, how each shell gets it, and the shells themselves where they are installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import search
from search import Article
from search.cli.completion import SHELLS, Typed
from search.cli.group import COMMANDS
from tests.conftest import Ran, Shell

PRESS = [
    Article("a-1", "Le port", ("Calais, Calaisiens et calme à Calais.", "Été à l'ouest."), "2018-05-03",
            source="La Gazette du port", author="Jean d’Arc", language="fr", metadata={"section": "Une"}),
    Article("a-2", "La mer", ("Le port de Calais.", "Souvent la sourde mer."), "2020", source="Phare", language="fr"),
]  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("press") / "index"
    search.build(articles=PRESS, index=folder)
    return folder


def asked(shell: Shell, built: Path | str, text: str, name: str = "fish") -> Ran:
    return shell(_SEARCH_COMPLETE=f"{name}_complete", COMP_TEXT=text, SEARCH_INDEX=str(built))


def offered(shell: Shell, built: Path | str, text: str, name: str = "fish") -> list[str]:
    ran = asked(shell, built, text, name)
    assert (ran.err, ran.status) == ("", 0)
    return [line.removeprefix("=") for line in ran.out.split("\n") if line]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("search wo", ["words"]),
        ("search for cal", ["Calais", "Calaisiens", "calme"]),
        ("search for c", []),
        ("search for ete", ["Été"]),
        ("search for so", ["source:", "sourde", "Souvent"]),
        ("search for 'Calais OU sour", ["Calais OU source:", "Calais OU sourde"]),
        ('search for "(Calais cal', ["(Calais Calais", "(Calais Calaisiens", "(Calais calme"]),
        ("search for Calais -cal", ["-Calais", "-Calaisiens", "-calme"]),
        ("search for =cal", ["=Calais", "=Calaisiens", "=calme"]),
        ("search for \"l'oue", ["l'ouest"]),
        ("search for Calais PRO", ["PROCHE/5"]),
        ("search for Calais --a", ["--any", "--all"]),
        ("search for source:", ["source:La-Gazette-du-port", "source:Phare"]),
        ("search for source:la-g", ["source:La-Gazette-du-port"]),
        ("search for 'source:\"la g", ['source:"La Gazette du port"']),
        ("search for author:", ['author:"Jean d’Arc"']),
        ("search for section:", ["section:une"]),
        ("search for lang:f", ["lang:fr"]),
        ("search for titre:mer", ["titre:mer"]),
        ("search for date:20", ["date:2018", "date:2019", "date:2020"]),
        ("search for depuis:2019", ["depuis:2019"]),
        ("search for sec", ["section:"]),
        ("search read a", ["a-1", "a-2"]),
        ("search read a-1 --query calai", ["Calais", "Calaisiens"]),
        ("search explain 'port cal", ["port Calais", "port Calaisiens", "port calme"]),
        ("search explain port a-2", ["a-2"]),
        ("search words cali", []),
        ("search words calm", ["calme"]),
        ("search help q", ["query"]),
        ("search completion ", list(SHELLS)),
        ("search for --index ", ["dir"]),
        ("search build co", ["file"]),
        ("search show ", ["file"]),
        ("search zorglub x", []),
        ("", list(COMMANDS)),
    ],
)
def test_what_is_offered(shell: Shell, built: Path, text: str, expected: list[str]) -> None:
    assert offered(shell, built, text) == expected


def test_values_with_quotation_marks_and_control_characters_are_left_out(shell: Shell, tmp_path: Path) -> None:
    articles = [
        Article("a", "", ("x",), source='Le "Phare"'),
        Article("b", "", ("x",), source="Le \x1b[31mrouge"),
        Article("c", "", ("x",), source="Le vrai"),
    ]
    search.build(articles=articles, index=tmp_path / "odd")
    assert offered(shell, tmp_path / "odd", "search for source:") == ["source:Le-vrai"]


@pytest.mark.parametrize("broken", ["absent", "garbage"])
@pytest.mark.parametrize("name", SHELLS)
def test_without_an_index_nothing_is_said(shell: Shell, broken: str, name: str) -> None:
    shell.write("garbage/index.json", "{")
    assert asked(shell, broken, "search for cal", name) == ("\n", "", 0)


@pytest.mark.parametrize("instruction", ["", "x", "tcsh_complete", "bash"])
def test_what_no_script_of_ours_asks(shell: Shell, instruction: str) -> None:
    ran = shell(_SEARCH_COMPLETE=instruction, COMP_TEXT="search wo")
    assert (ran.out.strip("\n= ") in ("", "words"), ran.err, ran.status) == (True, "", 0)


@pytest.mark.parametrize(
    ("text", "words", "last", "quote", "before"),
    [
        ("search", [], "search", "", ""),
        ("search for  Calais ", ["search", "for", "Calais"], "", "", ""),
        ("search 'a b", ["search"], "a b", "'", ""),
        ("search 'a b' ''", ["search", "a b"], "", "", ""),
        ('search "a \\"b', ["search"], 'a "b', '"', ""),
        ("search a\\ b:c=d", ["search"], "a b:c=d", "", "a b:c="),
        ("search x:y 'p:q", ["search", "x:y"], "p:q", "'", ""),
        ("search \\", ["search"], "", "", ""),
    ],
)
def test_how_a_command_line_is_parted(text: str, words: list[str], last: str, quote: str, before: str) -> None:
    typed = Typed(text)
    assert (typed.words, typed.last, typed.quote, typed.before) == (words, last, quote, before)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("search wo", ["words "]),
        ("search for sec", ["section:"]),
        ("search for source:la", ["La-Gazette-du-port "]),
        ("search for author:", ['\\"Jean\\ d\\’Arc\\" ']),
        ("search for 'author:", ['author:"Jean d’Arc"', 'author:"Jean d’Arc" ']),
        ('search for "author:', ['author:\\"Jean d’Arc\\"', 'author:\\"Jean d’Arc\\" ']),
        ("search for 'cal", ["Calais", "Calaisiens", "calme"]),
    ],
)
def test_bash_gets_what_it_inserts(shell: Shell, built: Path, text: str, expected: list[str]) -> None:
    assert offered(shell, built, text, "bash") == expected


def completed(name: str, shell: Shell, built: Path, script: str) -> list[str]:
    """What a shell itself makes of it, with ``search`` on its path."""
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed")
    command = shell.write("bin/search", f'#!/bin/sh\nexec "{sys.executable}" -m search "$@"\n')
    command.chmod(0o755)
    loaded = shell.write("completion", shell("completion", name).out)
    path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [name, *(["--no-config"] if name == "fish" else []), "-c", script.replace("LOADED", str(loaded))],
        env={
            **os.environ,
            "PATH": path,
            "SEARCH_INDEX": str(built),
            "PYTHONPATH": str(Path(search.__file__).parents[1]),
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_bash(shell: Shell, built: Path) -> None:
    script = (
        "source LOADED; COMP_LINE='search for source:la'; COMP_POINT=20; "
        '_search_completion search; printf "%s|\\n" "${COMPREPLY[@]}"; complete -p search'
    )
    assert completed("bash", shell, built, script) == [
        "La-Gazette-du-port |",
        "complete -o nosort -o nospace -F _search_completion search",
    ]


def test_fish(shell: Shell, built: Path) -> None:
    script = "source LOADED; complete -C 'search for source:'; complete -C 'search for cal'"
    assert completed("fish", shell, built, script) == [
        "source:La-Gazette-du-port", "source:Phare", "Calais", "Calaisiens", "calme"
    ]  # fmt: skip


def test_zsh(shell: Shell, built: Path) -> None:
    script = (
        "compdef() { print compdef $*; }; source LOADED; compadd() { print -- $*; print -l -- $whole $open; }; "
        "LBUFFER='search for so'; _search_completion"
    )
    assert completed("zsh", shell, built, script) == [
        "compdef _search_completion search",
        "-U -S -V fields -a open", "sourde", "Souvent", "source:",
        "-U -V words -a whole", "sourde", "Souvent", "source:",
    ]  # fmt: skip
