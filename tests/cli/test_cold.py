"""The cold start: what a search from the shell must not bring in."""

import json

import pytest

import search
from search import Article
from tests.conftest import Shell

HEAVY = {
    "click", "inspect", "threading", "numpy", "whoosh", "Stemmer", "dataclasses", "pathlib", "datetime", "calendar",
    "sqlite3", "subprocess", "pickle", "search.article", "search.building", "search.readers",
    "search.engines.local.writer",
}  # fmt: skip


@pytest.mark.parametrize("arguments", [["for", "Calais"], ["for", "Calais", "--json"], ["for", "=port", "--count"]])
def test_a_search_imports_next_to_nothing(shell: Shell, arguments: list[str]) -> None:
    """A name has no stems: not even a stemmer is needed."""
    articles = [Article(f"a{n}", "À Calais", ("Le port de Calais, l'été.",), language="fr") for n in range(9)]
    search.build(articles=articles, index=shell.folder / "index")
    program = (
        f"import sys, json; before = set(sys.modules); sys.argv = {['search', *arguments]!r};\n"
        "from search.cli import run\n"
        "try: run()\n"
        "finally: print(json.dumps(sorted(set(sys.modules) - before)), file=sys.stderr)"
    )
    ran = shell.python("-c", program)
    assert ran.status == 0
    assert not HEAVY & set(json.loads(ran.err.splitlines()[-1]))
