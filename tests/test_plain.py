"""Texts that are no queries: their words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import QueryError
from search.plain import plain
from search.query import And, Or, Word
from search.syntax import parse


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Qui a dit : « non » ?", ["Qui", "a", "dit", "non"]),
        ('"Gilets jaunes" : "Nous', ["Gilets", "jaunes", "Nous"]),
        ("NOT a OU (b SAUF c) NEAR/5 title:d", "NOT a OU b SAUF c NEAR 5 title d".split()),
        ("-a - b -(c) Grande-Synthe a-t-il –", ["a", "b", "c", "Grande-Synthe", "a-t-il"]),
        ("immigr* w?rd Calias~2 /x.*/ a^2 =Tours ..", "immigr w rd Calias 2 x. a 2 Tours".split()),
        ("27 000 morts, l'été", ["27 000", "morts,", "l'été"]),
        ("Calais", ["Calais"]),
    ],
)
def test_signs_and_operators_mean_nothing(text: str, words: list[str]) -> None:
    parts = tuple(map(Word, words))
    assert plain(text) == (And(parts) if len(parts) > 1 else parts[0])
    assert plain(text, any_word=True) == (Or(parts) if len(parts) > 1 else parts[0])


@pytest.mark.parametrize("text", ["", " ", "?!", "« »", "- – …"])
def test_no_word(text: str) -> None:
    with pytest.raises(QueryError, match=r"^expected a word to search for, found only signs$"):
        plain(text)


@given(st.text())
def test_any_text_can_be_asked(text: str) -> None:
    if any(map(str.isalnum, text)):
        assert plain(text)


def test_words_without_signs_are_a_query() -> None:
    assert plain("le port de Calais") == parse("le port de Calais").tree
