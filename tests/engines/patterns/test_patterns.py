"""Patterns: each finds in a dictionary what looking at every word finds."""

import fnmatch
import random
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.local.codec.folded import Folded
from search.engines.local.patterns import edit_arrays, edits, expressions, wildcards
from search.language import fold
from tests.oracle import edits as all_edits

words = st.lists(st.text("abcé", min_size=1, max_size=7), max_size=30, unique=True)
letters = st.text("abce", min_size=1, max_size=8)


class Words(Folded):
    """The folded forms of a list of words."""

    def __init__(self, words: list[str]) -> None:
        self.words = sorted(words, key=lambda word: (fold(word), word))
        super().__init__(lambda: "".join(f"{fold(word)}\n" for word in self.words).encode())

    def at(self, places: object) -> list[str]:
        return [self.words[place] for place in places]  # type: ignore[attr-defined]


@given(words, st.text("abe?*", min_size=1, max_size=6))
def test_wildcards(some: list[str], pattern: str) -> None:
    folded = Words(some)
    expected = [word for word in folded.words if fnmatch.fnmatchcase(fold(word), pattern)]
    assert folded.at(wildcards.matching(folded, pattern)) == expected
    assert [word for word in folded.words if wildcards.test(pattern)(fold(word))] == expected


def test_no_pattern_takes_long() -> None:
    folded = Words(["a" * 250])
    before = time.process_time()
    assert not list(wildcards.matching(folded, "a*" * 100 + "b"))
    assert not list(expressions.matching(folded, "(a*)*b"))
    assert not list(expressions.matching(folded, "(a|a)*" * 30 + "b"))
    assert time.process_time() - before < 1


@given(words, st.sampled_from(["a.*", "[^a]+", "(ab|c)*e?", "É|b+", "a{2,3}.?", ".", "(?i)AB", r"\w\w", "a*"]))
def test_expressions(some: list[str], expression: str) -> None:
    folded = Words(some)
    own = expression.replace("É", "e").replace("AB", "ab")
    expected = [word for word in folded.words if re.fullmatch(own, fold(word))]
    assert folded.at(expressions.matching(folded, expression)) == expected
    assert [word for word in folded.words if expressions.test(expression)(fold(word))] == expected


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("(a", "missing ): (a"),
        ("a\\1", "invalid escape sequence: \\1"),
        ("(?=a)", "invalid perl operator: (?="),
        ("a{1001}", "invalid repetition size: {1001}"),
        ("*a", "no argument for repetition operator: *"),
    ],
)
def test_what_is_no_expression(expression: str, reason: str) -> None:
    with pytest.raises(expressions.Refused, match=re.escape(reason)):
        expressions.test(expression)


@given(words, letters, st.integers(1, 2))
def test_edits(some: list[str], word: str, most: int) -> None:
    folded = Words(some)
    expected = [one for one in folded.words if all_edits(word, fold(one)) <= most]
    assert folded.at(folded.places(sorted(edits._near(folded.text, word, most)))) == expected
    assert folded.at(folded.places(edit_arrays.near(folded, word, most))) == expected
    assert folded.at(edits.matching(folded, word, most)) == expected
    for one in folded.words:
        assert edits.distance(word, fold(one), most) == min(all_edits(word, fold(one)), most + 1)


@pytest.mark.parametrize("size", [11, 12, 59, 60, 61, 200])
def test_edits_of_long_words(size: int) -> None:
    chance = random.Random(size)
    word = "".join(chance.choices("abcd", k=size))
    some = [word[:5] + "x" + word[5:], word[:-1], word[1:], word[1] + word[0] + word[2:], word[:3] + word[6:]]
    folded = Words(some)
    for most in (1, 2):
        expected = [one for one in folded.words if all_edits(word, one) <= most]
        assert folded.at(edits.matching(folded, word, most)) == expected


def test_an_empty_dictionary_has_nothing() -> None:
    folded = Words([])
    assert not [
        *wildcards.matching(folded, "*"),
        *expressions.matching(folded, ".*"),
        *edits.matching(folded, "a", 2),
    ]


def test_characters_beyond_the_table_of_edits_are_not_taken_for_each_other() -> None:
    folded = Words(["ab😀cdefgh", "ab😎cdefgh"])
    assert folded.at(edits.matching(folded, "ab😀cdefg", 1)) == ["ab😀cdefgh"]


@given(words)
def test_the_folded_text_has_all_forms(some: list[str]) -> None:
    folded = Words(some)
    assert folded.text.split("\n")[1:-1] == [fold(word) for word in folded.words]
    assert folded.data.decode() == folded.text
