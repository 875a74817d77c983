"""What the README says is so: its commands are run, in order, and print what it shows."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import search
from search.cli.for_ import FORMS
from search.cli.quick import LEFT
from search.readers.kinds import KINDS
from search.render.rows import OF_ARTICLE, OF_PARAGRAPH
from search.syntax import parse
from search.tokens import OPERATORS
from tests.conftest import ROOT, on_terminal

README = (ROOT / "README.md").read_text(encoding="utf-8")
VARYING = re.compile(r"in \d+\.\d s|\d+\.\d MB|built +.*|Whoosh [\d.]+")


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample corpus and its topics, as a fresh clone has them."""
    folder = tmp_path_factory.mktemp("clone")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    for name in ("topics.tsv", "qrels.tsv"):
        (folder / "docs").mkdir(exist_ok=True)
        shutil.copy(ROOT / "docs" / name, folder / "docs")
    return folder


def commands(text: str) -> list[tuple[str, str]]:
    """The commands of a document's console blocks, each with the output shown for it."""
    blocks = re.findall(r"^```console\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    parts = [part for block in blocks for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]
    return [(part.partition("\n")[0], part.partition("\n")[2]) for part in parts]


def test_the_commands_of_the_readme_print_what_it_shows(clone: Path) -> None:
    for command, shown in commands(README):
        if command == "pytest":
            continue
        steps = [step for step in command.split(" && ") if not step.startswith("pip install")]
        printed = ""
        for step in steps:
            printed += "".join(on_terminal(f"{sys.executable} -m {step}", clone, 80, NO_COLOR="1"))
        assert VARYING.sub("…", printed) == VARYING.sub("…", shown), command


PAGES = ["alert", "batch", "eval", "facets", "files", "kwic", "like", "output", "query", "terms", "timeline"]


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_a_page_print_what_it_shows(clone: Path, page: str) -> None:
    on_terminal(f"{sys.executable} -m search build -q", clone, 80)
    (clone / "index.alerts.json").unlink(missing_ok=True)  # which the README has made
    for command, shown in commands((ROOT / f"docs/{page}.md").read_text(encoding="utf-8")):
        line = re.sub(r"(^|[|;&] *)search ", rf"\1{sys.executable} -m search ", command)
        line += " 2>&1" * (page == "query")
        variables = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
        ran = subprocess.run(["sh", "-c", line], cwd=clone, env=variables, capture_output=True)
        assert ran.stdout.decode(errors="ignore").rstrip("\n") == shown.rstrip("\n"), ran.stderr.decode()


def test_the_commands_of_the_page_on_reading_show_this_on_a_terminal(clone: Path) -> None:
    on_terminal(f"{sys.executable} -m search build -q", clone, 80)
    for command, shown in commands((ROOT / "docs/read.md").read_text(encoding="utf-8")):
        line = command.replace("search ", f"{sys.executable} -m search ", 1)
        printed, said = on_terminal(shlex.join(["sh", "-c", line]), clone, 80, NO_COLOR="1")
        assert (printed.rstrip("\n"), said) == (shown.rstrip("\n"), ""), command


def test_the_pages_on_output_and_reading_name_all_options() -> None:
    for name in ("output", "read"):
        page = (ROOT / f"docs/{name}.md").read_text(encoding="utf-8")
        left = LEFT["for" if name == "output" else "read"]
        assert all(f"`{option}" in page or f" {option} " in page for option in left)
    output = (ROOT / "docs/output.md").read_text(encoding="utf-8")
    assert all(f"`{form}`" in output for form in FORMS)
    assert all(f"`{field}`" in output for field in (*OF_ARTICLE, *OF_PARAGRAPH))


def test_the_page_on_files_names_all_suffixes() -> None:
    page = (ROOT / "docs/files.md").read_text(encoding="utf-8")
    for kind in KINDS.values():
        assert any(f"`{suffix}`" in page for suffix in kind.suffixes), kind
        assert not kind.extra or f"`{kind.extra}`" in page


def test_the_readme_sets_up_as_the_checks_do() -> None:
    (setup,) = [command for command, _ in commands(README) if "pip install" in command]
    assert setup.startswith("pip install -e '.[dev]' && search build && search for Calais")
    assert "-e '.[dev]'" in (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert [command for command, _ in commands(README)][1] == "pytest"


@pytest.mark.parametrize(
    ("page", "first", "last"),
    [
        ("README.md", "1885-01-31 Calais et Saint-Pierre ne font plus qu'une ville", ""),
        ("docs/python.md", "30 ()", "((2.5, {'cale': 1}),)"),
        (
            "docs/batch.md",
            "['1994', '2000', '2002', '2005', '2016', '2017', '2019', '2020']",
            "{'2002': 2, '2020': 1}",
        ),
    ],
)
def test_the_python_of_a_page_runs(clone: Path, page: str, first: str, last: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=clone, env=variables, capture_output=True, text=True, encoding="utf-8"
    )
    assert (done.stderr, done.returncode) == ("", 0)
    assert done.stdout.splitlines()[0] == first
    assert done.stdout.splitlines()[-1].endswith(last)


def test_the_front_matter_of_the_readme_is_that_of_the_corpus() -> None:
    (shown,) = re.findall(r"^```\n(---\n.*?)^```$", README, re.MULTILINE | re.DOTALL)
    lines = shown.removesuffix(" …\n").splitlines()
    article = (ROOT / "corpus/1885-01-31-calais-saint-pierre-fusion.txt").read_text(encoding="utf-8")
    assert all(line in article for line in lines)


def test_the_queries_of_the_readme_mean_something(clone: Path) -> None:
    search.build(clone / "corpus", index=clone / "table")
    with search.open(clone / "table") as archive:
        cells = re.findall(r"^\| (`.*?) \|", README, re.MULTILINE)
        queries = [query for cell in cells for query in re.findall(r"`([^`]+)`", cell)]
        assert len(queries) >= 10
        for query in queries:
            archive.search(query)


ROW = re.compile(r"^\| (`.*?`) \| (.*?) \|(.*?)\|$", re.MULTILINE)


def test_the_words_of_the_query_page_find_what_it_says(tmp_path: Path) -> None:
    text = (ROOT / "docs/query.md").read_text(encoding="utf-8").partition("## Phrases")[0]
    rows = ROW.findall(text)
    assert len(rows) == 12
    filler = "On va à Calais, et à Calais encore ; les tours de Tours, CALAIS."
    articles = [search.Article("filler", "", (filler,), language="fr")]
    expected: list[tuple[str, str, bool]] = []
    for queries, found, missed in rows:
        for query in re.findall(r"`([^`]+)`", queries):
            for cell, is_found in ((found, True), (missed, False)):
                expected += [(query, one.strip(" …"), is_found) for one in cell.split(", ") if one.strip(" …")]
    texts = sorted({text for _, text, _ in expected})
    articles += [search.Article(text, "", (text.replace("…", "x"),), language="fr") for text in texts]
    search.build(articles=articles, index=tmp_path)
    with search.open(tmp_path) as archive:
        for query, text, is_found in expected:
            hits = {hit.article for hit in archive.search(query, limit=None)}
            assert (text in hits) == is_found, (query, text)


def test_every_query_of_the_query_page_can_be_read() -> None:
    text = (ROOT / "docs/query.md").read_text(encoding="utf-8").partition("## Phrases")[2]
    text = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    queries = re.findall(r"`([^`]+)`", text)
    assert len(queries) > 30
    for query in queries:
        if query not in {*OPERATORS, "*", "^", "near/5"} and not query.startswith(("search ", "--")):
            parse(query)


def test_links_lead_somewhere() -> None:
    for page in (
        "README.md",
        "docs/batch.md",
        "docs/eval.md",
        "docs/query.md",
        "docs/output.md",
        "docs/read.md",
        "docs/python.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
    ):
        for target in re.findall(r"\]\(([^)#]+)", (ROOT / page).read_text(encoding="utf-8")):
            assert target.startswith("http") or (ROOT / page).parent.joinpath(target).exists(), (page, target)
