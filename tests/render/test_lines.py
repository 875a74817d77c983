"""Texts in lines: none too wide, nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.columns import clusters, width
from search.hits import Span
from search.render.lines import hanging, wrapped
from search.render.style import PLAIN, Style, without_style

COLOUR, BRACKETS = Style(colour=True), Style(brackets=True)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("un deux trois", ["un deux", "trois"]),
        ("un  deux   trois", ["un  deux", "trois"]),
        ("anticonstitutionnel un", ["anticons", "titution", "nel un"]),
        ("mot «\u00a0un\u00a0»", ["mot", "«\u00a0un\u00a0»"]),
        ("mot mots\u202f! un", ["mot", "mots\u202f!", "un"]),
        ("e\u0301te\u0301 e\u0301te\u0301 un", ["e\u0301te\u0301 e\u0301te\u0301", "un"]),
        ("港港 港港 un", ["港港", "港港 un"]),
        ("\u202e\u202e\u202e\u202e mots", ["����", "mots"]),
        ("un\u00a0deux\u00a0trois un", ["un\u00a0deux\u00a0", "trois un"]),
        ("un 10 000 mot ! un", ["un", "10 000", "mot ! un"]),
        ("港港港👍🏽👍🏽", ["港港港👍🏽", "👍🏽"]),
        ("", []),
        (" ", []),
    ],
)
def test_lines_of_eight_columns(text: str, lines: list[str]) -> None:
    assert list(wrapped(text, [], PLAIN, 8)) == lines


def test_a_mark_over_a_line_end_is_set_off_on_both_lines() -> None:
    assert list(wrapped("un deux trois", [Span(3, 13)], BRACKETS, 9)) == ["un [deux]", "[trois]"]


words = st.lists(st.text("aé港\u00a0👍🏽\u200d!«", min_size=1, max_size=20), max_size=30)


@given(words, st.integers(12, 40), st.sampled_from([PLAIN, COLOUR, BRACKETS]), st.data())
def test_no_line_is_too_wide(parts: list[str], columns: int, style: Style, data: st.DataObject) -> None:
    """Nor is anything lost, however the marks stand."""
    text = " ".join(parts)
    bounds = [0, *(end for end, _ in clusters(text))]
    places = st.lists(st.sampled_from(bounds), max_size=4).map(sorted)
    ends = data.draw(places)
    marks = [Span(a, b) for a, b in zip(ends[::2], ends[1::2], strict=False)]
    lines = list(wrapped(text, marks, style, columns))
    assert all(width(without_style(line)) <= columns for line in lines)
    assert "".join("".join(wrapped(text, marks, PLAIN, columns)).split()) == "".join(text.split())


def test_what_is_to_be_copied_is_left_whole() -> None:
    assert list(wrapped("un https://a.fr/1 deux", [], PLAIN, 8, whole=True)) == ["un", "https://a.fr/1", "deux"]


def test_lines_hang_from_their_label() -> None:
    assert list(hanging(" 1 ", iter(["un", "deux"]), COLOUR)) == ["\x1b[2m 1 \x1b[0mun", "   deux"]
