"""Colours, brackets, and text that cannot command the terminal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.hits import Span
from search.render.style import PLAIN, Style, marked, safe, without_style

COLOUR, BRACKETS = Style(colour=True), Style(brackets=True)


@pytest.mark.parametrize(
    ("style", "mark", "strong", "faint"),
    [
        (PLAIN, "mot", "mot", "mot"),
        (BRACKETS, "[mot]", "mot", "mot"),
        (COLOUR, "\x1b[1;31mmot\x1b[0m", "\x1b[1mmot\x1b[0m", "\x1b[2mmot\x1b[0m"),
        (Style(colour=True, brackets=True), "\x1b[1;31mmot\x1b[0m", "\x1b[1mmot\x1b[0m", "\x1b[2mmot\x1b[0m"),
    ],
)
def test_styles(style: Style, mark: str, strong: str, faint: str) -> None:
    assert (style.mark("mot"), style.strong("mot"), style.faint("mot")) == (mark, strong, faint)
    assert without_style(strong + faint) == "motmot"
    assert style.strong("") == style.faint("") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Été « à » 27\u202f000 € 😀", "Été « à » 27\u202f000 € 😀"),
        ("\x1b[31mrouge\x1b]0;titre\x07", "�[31mrouge�]0;titre�"),
        ("a\0b\x7fc\x9bd", "a�b�c�d"),
        ("a\tb\nc\rd\x0be\x0cf\x85g\u2028h\u2029i", "a b c d e f g h i"),
        ("\u202ea\u202db\u202cc\u2066d\u2067e\u2068f\u2069", "�a�b�c�d�e�f�"),
        ("a\ud800\udfffb", "a��b"),
    ],
)
def test_safe(text: str, expected: str) -> None:
    assert safe(text) == expected


@given(st.text(st.characters(codec=None)))
def test_what_is_safe_has_the_same_places_and_no_controls(text: str) -> None:
    assert len(safe(text)) == len(text)
    assert not [char for char in safe(text) if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")]
    assert not [char for char in safe(text) if unicodedata.bidirectional(char) in ("RLO", "LRO", "RLE", "LRE", "RLI")]


@pytest.mark.parametrize(
    ("marks", "start", "end", "expected"),
    [
        ([], 0, None, "un deux trois"),
        ([Span(0, 2), Span(8, 13)], 0, None, "[un] deux [trois]"),
        ([Span(0, 13)], 0, None, "[un deux trois]"),
        ([Span(0, 7)], 3, 7, "[deux]"),
        ([Span(0, 7)], 3, 13, "[deux] trois"),
        ([Span(8, 13)], 0, 10, "un deux [tr]"),
        ([Span(0, 2), Span(8, 13)], 3, 7, "deux"),
        ([Span(0, 5), Span(3, 7)], 0, None, "[un de][ux] trois"),
        ([Span(3, 3)], 0, None, "un deux trois"),
        ([Span(8, 99)], 0, None, "un deux [trois]"),
    ],
)
def test_marked(marks: list[Span], start: int, end: int | None, expected: str) -> None:
    assert marked("un deux trois", marks, BRACKETS, start, end) == expected


def test_marks_are_safe_too() -> None:
    assert marked("a\x1b[2Jb\x07", [Span(0, 5)], COLOUR) == "\x1b[1;31ma�[2J\x1b[0mb�"


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(Span._make), max_size=4))
def test_marks_change_no_text(text: str, marks: list[Span]) -> None:
    assert marked(text, sorted(marks), PLAIN) == safe(text)
    assert without_style(marked(text, sorted(marks), COLOUR)) == safe(text)
