"""``search words``: the dictionary of the archive."""

import shutil
from pathlib import Path

import pytest

import search
from search import Article
from tests.conftest import Shell

TEXTS = ("Calais, les Calaisiens et le calaisien.", "À Calais.", "CALAIS !", "Un quai à Calais, des quais.")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("press") / "index"
    search.build(articles=[Article("a", "", TEXTS, language="fr")], index=folder)
    return folder


@pytest.fixture
def press(shell: Shell, built: Path) -> Shell:
    shutil.copytree(built, shell.folder / "index")
    return shell


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["calais"], ["Calais\t3", "CALAIS\t1", "calaisien\t1", "Calaisiens\t1"]),
        (["cal*", "-n0", "--sort", "word"], ["CALAIS\t1", "Calais\t3", "Calaisiens\t1", "calaisien\t1"]),
        (["?uai"], ["quai\t1"]),
        (["Calias~2"], ["Calais\t3", "CALAIS\t1"]),
        (["/.*iens?/"], ["calaisien\t1", "Calaisiens\t1"]),
        (["=Calais"], ["Calais\t3"]),
    ],
)
def test_words(press: Shell, arguments: list[str], words: list[str]) -> None:
    assert press("words", *arguments) == ("".join(f"{word}\n" for word in words), "", 0)


def test_the_first_words(press: Shell) -> None:
    said = "search: the first 1 of 2 words shown (-n 0 shows all)\n"
    assert press("words", "-n", "1", "qu*") == ("quai\t1\n", said, 0)


@pytest.mark.parametrize(
    ("pattern", "said", "status"),
    [
        ("zorglub", "no such word here", 1),
        ("Calias", "no such word here; like it: Calais (3)", 1),
        ("=calais", "no such word here", 1),
        ("a b", 'expected the beginning of a word or a pattern, found "a b"', 2),
        ("lang:fr", 'expected the beginning of a word or a pattern, found "lang:fr"', 2),
    ],
)
def test_no_words(press: Shell, pattern: str, said: str, status: int) -> None:
    assert press("words", pattern) == ("", f"search: {said}\n", status)
