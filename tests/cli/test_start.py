"""``search`` alone: the first screen."""

import json

import pytest

import search
from search import Article
from search.cli.start import screen
from search.render.style import PLAIN, Style
from tests.conftest import Shell

SCREEN = """\
Search your news articles: build an index once, then ask.

{}

  search build FOLDER   index a folder of articles
  search for Calais     the articles and paragraphs about it
  search read ID        a whole article
  search info           what is in the index
  search help query     how to ask: phrases, OU, SAUF, dates, fields

All commands: search -h. One of them: search for -h.
"""
NONE = "There is no index {} yet: start with search build FOLDER."


def test_where_there_is_no_index(shell: Shell) -> None:
    assert shell() == (SCREEN.format(NONE.format("here")), "", 0)
    assert shell(SEARCH_INDEX="a\tb") == (SCREEN.format(NONE.format('at "a b"')), "", 0)
    assert shell("--") == shell()


@pytest.mark.parametrize(
    ("articles", "says"),
    [
        ([Article("a", "", ("Un.",))], 'The index "index" has 1 article.'),
        (
            [Article("a", "", ("Un.",), "1885-01-31"), Article("b", "", ("Deux.",), "2020")],
            'The index "index" has 2 articles from 1885-01-31 to 2020.',
        ),
    ],
)
def test_where_there_is_one(shell: Shell, articles: list[Article], says: str) -> None:
    search.build(articles=articles, index=shell.folder / "index")
    assert shell() == (SCREEN.format(says), "", 0)


def test_where_something_else_is(shell: Shell) -> None:
    shell.write("index/a.txt", "Un.")
    says = '"index" is no index (it holds "a.txt"): name the right folder with --index.'
    assert shell() == (SCREEN.format(says), "", 0)


def test_a_narrow_terminal() -> None:
    lines = list(screen("nowhere", PLAIN, 40))
    assert max(map(len, lines)) <= 40
    assert "  search help query\n    how to ask: phrases, OU, SAUF,\n    dates, fields\n" in "\n".join(lines)
    assert "  \x1b[1msearch info\x1b[0m           what" in "\n".join(screen("nowhere", Style(colour=True), 80))


def test_it_imports_next_to_nothing(shell: Shell) -> None:
    search.build(articles=[Article("a", "", ("Un.",))], index=shell.folder / "index")
    program = (
        "import sys, json; before = set(sys.modules); sys.argv = ['search'];\n"
        "from search.cli import run\n"
        "try: run()\n"
        "finally: print(json.dumps(sorted(set(sys.modules) - before)), file=sys.stderr)"
    )
    loaded = set(json.loads(shell.python("-c", program).err))
    assert not loaded & {"click", "numpy", "whoosh", "dataclasses", "subprocess", "threading", "inspect"}
