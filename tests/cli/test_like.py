"""``search like``, as it is typed."""

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
from tests.cli.test_cold import HEAVY
from tests.conftest import ROOT, Shell, on_terminal
from tests.readers.documents.pages import column, pdf
from tests.test_like import FERRY, LACE, press

IN_VAIN = "search: nothing is like it: no other article has any of its words, but for those that stand everywhere\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("press") / "index"
    odd = Article("odd", "=1+1 \x1b[31m\x07", (f"{LACE} Zinc \u202etitane.",), source="=1+1", language="fr")
    search.build(articles=[*press(), odd], index=folder)
    return folder


@pytest.fixture
def shell(shell: Shell, built: Path) -> Shell:
    shutil.copytree(built, shell.folder / "index")
    return shell


def piped(shell: Shell, text: str, *arguments: str) -> tuple[str, str, int]:
    done = subprocess.run(
        [sys.executable, "-m", "search", "like", "-", *arguments],
        cwd=shell.folder, env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}, input=text.encode(), capture_output=True,
    )  # fmt: skip
    return done.stdout.decode(), done.stderr.decode(), done.returncode


def test_by_id(shell: Shell) -> None:
    assert shell("like", "ferry") == (
        "La grève\n2020 · AFP · strike\n  100 %: ferry, Calais, routiers, quai\n",
        "search: 1 article\n",
        0,
    )


def test_by_a_reference_to_a_paragraph(shell: Shell) -> None:
    assert shell("like", "ferry:1") == shell("like", "ferry")
    found = shell("like", "ferry:99")
    assert (found.out, found.status) == ("", 2)
    assert found.err.startswith('search: expected a paragraph of "ferry"')


def test_by_file_and_from_a_pipe(shell: Shell) -> None:
    shell.write("draft.txt", f"{FERRY} Encore.")
    by_file = shell("like", "draft.txt", "-n", "1")
    assert by_file.out.splitlines()[1] == "2019-05 · Voix · ferry"
    assert by_file.err == "search: the first 1 article shown (-n 0 shows all)\n"
    assert piped(shell, f"{FERRY} Encore.", "-n", "1") == tuple(by_file)
    assert piped(shell, '{"title": "Un", "text": "La dentelle, Leavers"}\n')[2] == 0


def test_an_id_goes_before_a_file(shell: Shell) -> None:
    shell.write("ferry", LACE)
    assert shell("like", "ferry").out.splitlines()[0] == "La grève"
    out, err, status = shell("like", "./ferry")
    assert err.startswith("search: ferry: no reader for this kind of file; there are readers for .txt")
    assert (out, err.splitlines()[-1], status) == ("", 'search: "./ferry": expected an article, found none', 2)


def test_a_file_of_several(shell: Shell) -> None:
    shell.write("two.jsonl", "".join(json.dumps({"text": text}) + "\n" for text in (f"{FERRY} x", f"{LACE} x")))
    first = shell("like", "two.jsonl", "-n", "1")
    assert first.out.splitlines()[0] == "Le ferry"
    assert first.err.splitlines()[0] == (
        'search: "two.jsonl" has several articles: the first is taken (--nth 2 takes the next)'
    )
    second = shell("like", "two.jsonl", "--nth", "2", "-n", "1")
    assert (second.out.splitlines()[0], second.err.count("\n"), second.status) == ("La dentelle", 1, 0)
    assert shell("like", "two.jsonl", "--nth", "1", "-n", "1").err.count("\n") == 1
    assert shell("like", "two.jsonl", "--nth", "3") == (
        "", 'search: "two.jsonl": expected article 3, found 2 articles\n', 2
    )  # fmt: skip


def test_a_table_with_names_of_its_own(shell: Shell) -> None:
    shell.write("t.csv", f'corps\n"{FERRY} x"\n')
    assert shell("like", "t.csv", "--map", "text=corps", "-n", "1").out.splitlines()[0] == "Le ferry"


def test_what_is_broken_in_a_file_is_named(shell: Shell) -> None:
    shell.write("b.jsonl", "oups\n" + json.dumps({"text": f"{FERRY} x"}) + "\n")
    ran = shell("like", "b.jsonl")
    assert "b.jsonl:1: not JSON" in ran.err
    assert (ran.out.splitlines()[0], ran.status) == ("Le ferry", 2)


def test_files_that_give_nothing(shell: Shell) -> None:
    shell.write("empty.txt", "")
    assert shell("like", "empty.txt") == (
        "", 'search: empty.txt: holds no text\nsearch: "empty.txt": expected an article, found none\n', 2
    )  # fmt: skip
    assert shell("like", "nix") == ("", 'search: no article has the id "nix", and there is no file "nix"\n', 2)
    out, err, status = piped(shell, "")
    assert (out, err.splitlines()[-1], status) == ("", "search: standard input: expected an article, found none", 2)


def test_nothing_is_like_it(shell: Shell) -> None:
    assert piped(shell, "Привет, мир") == ("", IN_VAIN, 1)
    assert piped(shell, "la de et un", "--json") == ("", IN_VAIN, 1)
    assert shell("like", "ferry", "--where", "dentelle") == (
        "",
        "search: nothing is like it: no other article that matches shares enough of ferry, Calais, routiers, quai\n",
        1,
    )


def test_a_pdf(shell: Shell) -> None:
    shell.write("a.pdf", pdf(column([FERRY, "", "Encore un paragraphe, et c'est tout."])))
    ran = shell("like", "a.pdf", "-n", "1")
    assert (ran.out.splitlines()[0], ran.status) == ("Le ferry", 0)


def test_for_programs(shell: Shell) -> None:
    (first, *_) = map(json.loads, shell("like", "ferry", "--json").out.splitlines())
    assert {**first, "score": 0, "share": 0} == {
        "v": 1, "rank": 1, "article": "strike", "title": "La grève", "date": "2020", "source": "AFP",
        "language": "fr", "url": None, "path": None, "line": 0, "score": 0, "share": 0, "copy": False,
        "shared": ["ferry", "Calais", "routiers", "quai"], "variants": [],
    }  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(shell("like", "lace", "--csv").out)))
    assert [(row["article"], row["title"], row["source"], row["copy"]) for row in rows] == [
        ("odd", "'=1+1 �[31m�", "'=1+1", "0")
    ]
    assert rows[0]["shared"] == "dentelle | Leavers | musée | métiers"
    assert shell("like", "lace", "--tsv").out.startswith("rank\tarticle\ttitle")


@pytest.mark.parametrize("columns", [40, 60, 100])
def test_lines_fit_the_terminal(shell: Shell, columns: int) -> None:
    for one in ("ferry", "lace"):
        printed, said = on_terminal(f"{sys.executable} -m search like {one}", shell.folder, columns, NO_COLOR="1")
        assert max(map(len, printed.splitlines())) <= columns
        assert "\x1b" not in printed
        assert "\u202e" not in printed
        assert said == "search: 1 article\n"


def test_wrong_command_lines(shell: Shell) -> None:
    assert shell("like").status == 2
    assert shell("like", "ferry", "--where", "(a").err == (
        'search: column 3: expected ")" for the "(" of column 1, found the end\n  (a\n    ^\n'
    )
    assert shell("like", "ferry", "--since", "hop").err.startswith("search: since: expected a date")
    assert shell("like", "ferry", "--nth", "0").status == 2
    assert shell("like", "ferry", "--where", "") == ("", "search: expected a word, found the end\n", 2)
    assert shell("like", "ferry", "--index", "nix").err.startswith('search: there is no index at "nix"')


def test_by_id_next_to_nothing_is_imported(shell: Shell) -> None:
    program = (
        "import sys, json; sys.argv = ['search', 'like', 'ferry']\n"
        "from search.cli import run\n"
        "try: run()\n"
        "finally: print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    )
    ran = shell.python("-c", program)
    heavy = HEAVY & {"numpy", "whoosh", "Stemmer", "sqlite3", "search.building"}
    assert not heavy & set(json.loads(ran.err.splitlines()[-1]))


def test_ids_are_completed_and_files_where_there_are_none(shell: Shell) -> None:
    def offered(text: str) -> list[str]:
        return shell(_SEARCH_COMPLETE="fish_complete", COMP_TEXT=text).out.split()

    assert offered("search like f") == ["=ferry"]
    assert offered("search like draft") == ["file"]
    assert offered("search like ferry --where quai") == ["=quai"]
