"""``search explain``: what a query means, why an article is found, and why not."""

import json
import shutil
from pathlib import Path

import pytest

import search
from tests.cli.test_for import PRESS
from tests.conftest import Shell

QUERY = """\
le marins NOT nord "port * Calais" immigr*
  all of: 0 paragraphs
  le
    a stop word: left out
  marins
    a word, in all its forms: 1 paragraph
      as printed: marins 1
  NOT nord
    not: 8 paragraphs
    nord
      a word, in all its forms: 1 paragraph
        as printed: nord 1
  "port * Calais"
    a phrase: 2 paragraphs
      port 2
      one to three words
      Calais 4
  immigr*
    words that begin so: 0 paragraphs
      none here
"""
FOUND = """\
Le port de Calais
score 6.165: 4.809 of paragraph 1 + 0.25 × 5.423 of the title
  title: 5.423
    5.423  port NEAR/3 Calais (port, Calais): 2.5 weight × 2.185 rarity × 0.993 for 1 in it
  paragraph 1: 4.809
    4.809  port NEAR/3 Calais (port, Calais): 2.5 weight × 2.185 rarity × 0.881 for 1 in it
"""
MISSED = """\
Le port de Calais
not found by this query
  paragraph 3: 4.709
    4.709  agitée (agitée): 2.5 weight × 1.897 rarity × 0.993 for 1 in it
    lacks marins: not there; it stands in paragraph 2
"""
TITLE = """\
  title: 0.000
    lacks marins: not there; it stands in paragraph 2
    lacks agitée: not there; it stands in paragraph 3
"""
SPREAD = """\
article:(Calais OR vent) date:2019..
  all of: 4 paragraphs
  article:(Calais OR vent)
    anywhere in an article: 5 paragraphs
    Calais OR vent
      any of: 5 paragraphs
      Calais
        a name: only as it is printed: 4 paragraphs
          as printed: Calais 4
      vent
        a word, in all its forms: 1 paragraph
          as printed: vent 1
  date:2019..
    articles of which this holds: 6 paragraphs
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("press") / "index"
    search.build(articles=PRESS, index=folder)
    return folder


@pytest.fixture
def press(shell: Shell, built: Path) -> Shell:
    shutil.copytree(built, shell.folder / "index")
    return shell


@pytest.mark.parametrize(
    ("arguments", "out"),
    [
        (['le marins -nord "port * Calais" immigr*'], QUERY),
        (["port NEAR/3 Calais", "a-1"], FOUND),
        (["marins agitée", "a-1"], MISSED),
        (["marins agitée", "a-1", "--paragraph", "0"], TITLE),
        (["Calais vent", "--any", "--since", "2019", "--in", "article"], SPREAD),
    ],
)
def test_explanations(press: Shell, arguments: list[str], out: str) -> None:
    assert press("explain", *arguments) == (out, "", 0)


def test_json(press: Shell) -> None:
    part = json.loads(press("explain", "port OR le", "--json").out)
    assert (part["v"], part["text"], part["says"], part["paragraphs"]) == (1, "port OR le", "any of", 2)
    assert [(one["text"], one["says"], one["forms"]) for one in part["parts"]] == [
        ("port", "a word, in all its forms", [["as printed", {"port": 2}]]),
        ("le", "a stop word: left out", []),
    ]
    account = json.loads(press("explain", "Calais", "a-2", "--json").out)
    assert (account["article"], account["matches"], account["best"]) == ("a-2", True, 1)
    [share] = account["texts"][1]["shares"]
    assert share["found"] == {"Calais": 1}
    assert share["score"] == share["weight"] * share["rarity"] * share["saturation"] == account["score"]
    printed = json.loads(press("for", "Calais", "--json").out.splitlines()[1])
    assert (printed["article"], printed["score"]) == ("a-2", account["score"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["Calais", "zz"],
            'no article has the id "zz"; search for … prints the ids (a query of several words goes in quotes)',
        ),
        (["Calais", "a-1", "--paragraph", "9"], '"a-1" has no paragraph 9: it has 4 texts'),
        (["*"], 'column 1: a "*" needs letters beside it: immigr*, *port, w*rd\n  *\n  ^'),
        (
            ["port NEAR/2 !!", "a-1"],
            'column 6: expected a word beside NEAR, found only signs: "!!"\n  port NEAR/2 !!\n       ^',
        ),
    ],
)
def test_what_cannot_be_explained(press: Shell, arguments: list[str], said: str) -> None:
    assert press("explain", *arguments) == ("", f"search: {said}\n", 2)
