"""What is said when nothing is found, line by line."""

import pytest

from search.engines.protocol import Scope
from search.render.silence import lines
from search.silence import Found, Missing, Silence, Unmet

WHOLE = Scope(1200, "2019", "2020-05", 12)


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        (WHOLE, "nothing found in 1,200 paragraphs, 2019 to 2020-05, 12 sources"),
        (Scope(1, "2019", "2019", 1), "nothing found in 1 paragraph, 2019, 1 source"),
        (Scope(2, None, None, 0), "nothing found in 2 paragraphs"),
        (
            Scope(0, None, None, 0),
            "nothing to search in: no article meets lang:xx; there are 1,200 paragraphs, 2019 to 2020-05, 12 sources",
        ),
    ],
)
def test_what_was_searched(scope: Scope, said: str) -> None:
    assert list(lines(Silence("lang:xx", scope, WHOLE, (), ()))) == [said]


def test_an_empty_archive() -> None:
    nothing = Scope(0, None, None, 0)
    assert list(lines(Silence("", nothing, nothing, (), ()))) == ["nothing found in 0 paragraphs"]


def test_missing_words_and_changes() -> None:
    missing = (Missing("Calias", (("Calais", 1200), ("Calas", 1))), Missing("zorglub", ()))
    changes = (Found("with --any", "a OR b", 1), Found("without the date", "a", 2000))
    assert list(lines(Silence("", WHOLE, WHOLE, missing, changes)))[1:] == [
        "not in this archive: Calias; like it: Calais (1,200), Calas (1)",
        "not in this archive: zorglub",
        "with --any: 1 paragraph",
        "without the date: 2,000 paragraphs",
    ]


def test_values_of_a_field() -> None:
    unmet = Unmet("source:x", "source", ("AFP", "Le Phare"), 2), Unmet("lang:x", "lang", ("fr",), 1200)
    assert list(lines(Silence("source:x lang:x", WHOLE, WHOLE, (), (), unmet)))[1:] == [
        "source here: AFP, Le Phare",
        "lang here: fr … (1,200 in all)",
    ]
