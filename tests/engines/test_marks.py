"""Marks: where what a query asks for stands in a text."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.local.marks import MANY, Marker
from search.engines.local.spots import Close, Either, Gapped, Row, Spot
from search.hits import Span
from search.language import words

NUMBERS = ["un", "deux", "trois"]
Pattern = list[set[str]]


def row(pattern: Pattern) -> Row:
    return Row(tuple(tuple(sorted(forms)) for forms in pattern))


def marks(text: str, patterns: list[Pattern]) -> tuple[Span, ...]:
    return Marker(row(pattern) for pattern in patterns if pattern)(text)


def shown(text: str, *patterns: Pattern) -> list[str]:
    return [text[start:end] for start, end in marks(text, list(patterns))]


@pytest.mark.parametrize(
    ("text", "patterns", "expected"),
    [
        ("Calais, le port de Calais.", [[{"Calais"}]], ["Calais", "Calais"]),
        ("L’élection et les élections", [[{"élection", "élections"}]], ["élection", "élections"]),
        ("Grande-Synthe et Grande Synthe", [[{"Grande"}, {"Synthe"}]], ["Grande-Synthe", "Grande Synthe"]),
        ("fin de vie, fin de la vie", [[{"fin"}, {"de"}, {"vie"}]], ["fin de vie"]),
        ("la fin", [[{"fin"}, {"de"}]], []),
        ("un deux trois", [[{"un"}, {"deux"}], [{"deux"}, {"trois"}]], ["un deux trois"]),
        ("un deux", [[{"un"}], [{"deux"}]], ["un", "deux"]),
        ("un un un", [[{"un"}, {"un"}]], ["un un un"]),
        ("27\u202f000 personnes", [[{"27000"}]], ["27\u202f000"]),
        ("« Calais\u00a0»", [[{"Calais"}]], ["Calais"]),
        ("e\u0301te\u0301 brûlant", [[{"été"}]], ["e\u0301te\u0301"]),
        ("calais", [[{"Calais"}]], []),
        ("Calais", [[]], []),
        ("Calais", [], []),
        ("", [[{"Calais"}]], []),
    ],
)
def test_marks(text: str, patterns: list[Pattern], expected: list[str]) -> None:
    assert shown(text, *patterns) == expected


@given(st.lists(st.sampled_from([*NUMBERS, "l’un,", "deux-trois", "(un)", "D’un"]), max_size=20), st.data())
def test_marks_cover_just_the_words_that_match(parts: list[str], data: st.DataObject) -> None:
    """Each word is under a mark if, and only if, some run of words around it is a match."""
    text = " ".join(parts)
    patterns = data.draw(st.lists(st.lists(st.sets(st.sampled_from(NUMBERS), min_size=1), max_size=3), max_size=3))
    found = words(text)
    expected: set[int] = set()
    for pattern in filter(None, patterns):
        for at in range(len(found) - len(pattern) + 1):
            if all(found[at + place].form in forms for place, forms in enumerate(pattern)):
                expected.update(range(at, at + len(pattern)))
    spans = marks(text, patterns)
    covered = {i for i, word in enumerate(found) for a, b in spans if a <= word.start and word.end <= b}
    assert covered == expected
    assert all(one.end <= two.start for one, two in pairwise(spans))


SIGNS = [
    " ", " ", " ", "'", "’", "l'", "qu’", "d'", "presqu'", "quelqu'", ".", ",", "-", "–", "&", "_", "…", "« ",
    "\u00a0»", "\u200b", "\u0301", "\u00ad", "5", "ʼ", "東", "α", "\n", "/", "°", "s", "É", "'s",
]  # fmt: skip
FORMS = ["Calais", "CALAIS", "île", "un", "aucuns", "élection", "sncf", "SN"]
pieces = st.one_of(st.sampled_from(FORMS), st.sampled_from(SIGNS), st.just("s.n.c.f."), st.just("S.N."))


@given(st.lists(pieces, max_size=12).map("".join), st.sets(st.sampled_from(FORMS), min_size=1))
@settings(max_examples=600)
def test_words_that_are_spotted_are_those_that_are_read(text: str, forms: set[str]) -> None:
    marker = Marker([row([forms])])
    spotted = marker.spotted(text)
    if spotted is not None:
        assert sorted(spotted) == sorted(marker.read(text))


@pytest.mark.parametrize(
    "text",
    ["À Calais, l’île de Calais.", "(Calais) – L'élection… Calaisiens", "D'un Calais\u00a0! «\u00a0Calais\u00a0»"],
)
def test_common_texts_need_not_be_read(text: str) -> None:
    forms = {"Calais", "élection", "de"}
    marker = Marker([row([forms])])
    assert sorted(marker.spotted(text) or []) == sorted(marker.read(text))


UN, DEUX, TROIS = (Row(((number,),)) for number in NUMBERS)


@pytest.mark.parametrize(
    ("spot", "text", "expected"),
    [
        (Close(UN, DEUX, 2, False), "un mot deux", ["un", "deux"]),
        (Close(UN, DEUX, 1, False), "un mot deux", []),
        (Close(UN, DEUX, 2, False), "deux un mot mot un", ["deux", "un"]),
        (Close(UN, DEUX, 2, True), "deux mot un", []),
        (Close(UN, DEUX, 2, True), "un, mot deux", ["un", "deux"]),
        (Close(UN, UN, 3, False), "un mot un mot mot mot un", ["un", "un"]),
        (Close(Close(UN, DEUX, 1, True), TROIS, 2, False), "un deux mot trois un", ["deux", "trois"]),
        (Close(Either((UN, DEUX)), TROIS, 1, False), "deux trois un", ["deux", "trois", "un"]),
        (Gapped((UN, DEUX), ((1, 3),)), "un mot mot mot deux, un deux", ["un mot mot mot deux"]),
        (Gapped((UN, DEUX), ((1, 3),)), "un mot mot mot mot deux", []),
    ],
)  # fmt: skip
def test_marks_of_what_is_near(spot: Spot, text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in Marker([spot])(text)] == expected


def test_marks_of_a_word_of_very_many_forms() -> None:
    marker = Marker([Row((tuple(f"mot{number:04}" for number in range(2 * MANY)),))])
    assert [(one.start, one.end) for one in marker("le mot0007 et mot9999")] == [(3, 10)]
