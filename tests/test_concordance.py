"""Concordances: lines, their order, and how they look."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search import concordance
from search.columns import width
from search.concordance import CONTEXT, Line
from search.errors import SearchError
from search.hits import Hit, ParagraphHit, Span
from search.language import folded_forms
from search.render import concordance as rendering
from search.render.style import Style


def line(left: str, match: str, right: str, date: str | None = None, source: str | None = None) -> Line:
    return Line(left, match, right, "a1", 2, date, source)


def test_a_line_for_each_mark() -> None:
    text = "Le port, à Calais, et le port." + "x" * 2 * CONTEXT
    paragraphs = (
        ParagraphHit(0, 0.0, "Calais", (Span(0, 6),)),
        ParagraphHit(3, 0.0, text, (Span(3, 7), Span(25, 29))),
    )
    hit = Hit(1, "a1", "Calais", "2019", "Monde", "fr", None, None, 0.0, paragraphs)
    found = list(concordance.lines([hit]))
    assert [(one.left, one.match, one.number) for one in found] == [
        ("", "Calais", 0),
        ("Le ", "port", 3),
        ("Le port, à Calais, et le ", "port", 3),
    ]
    assert found[2].right == text[29 : 29 + CONTEXT]
    assert (found[0].article, found[0].date, found[0].source) == ("a1", "2019", "Monde")


@pytest.mark.parametrize(
    ("sort", "order"),
    [("archive", "0123"), ("left", "2031"), ("right", "1203"), ("1L", "2031"), ("2r", "2013"), ("9R", "0123")],
)
def test_orders(sort: str, order: str) -> None:
    found = [
        line("le grand ", "port", " de Calais"),
        line("un vieux ", "port", " à Dunkerque"),
        line("Élu au ", "port", " d'Abbeville"),
        line("le petit ", "port", " zélé, oui"),
    ]
    assert "".join(str(found.index(one)) for one in concordance.in_order(found, sort)) == order


@given(text=st.text("aàl'’.-1 0\u202f«文中\u0301", max_size=120), side=st.sampled_from("LR"), nth=st.integers(1, 9))
def test_orders_are_those_of_all_words(text: str, side: str, nth: int) -> None:
    found = [line(text, "port", text), line("un port ", "port", " un port")]

    def words(one: Line) -> list[str]:
        return folded_forms(one.left)[::-1] if side == "L" else folded_forms(one.right)

    expected = sorted(found, key=lambda one: words(one)[nth - 1 : nth + 3])
    assert concordance.in_order(found, f"{nth}{side}") == expected


def test_no_such_order() -> None:
    for sort in ("0L", "10R", "1X", "middle", ""):
        with pytest.raises(SearchError, match=f'expected archive, .* as 1L or 2R, found "{sort}"'):
            concordance.check(sort)


def test_groups() -> None:
    found = [
        line("", "a", "", "2020-01"),
        line("", "b", ""),
        line("", "c", "", "2019", "AFP"),
        line("", "d", "", "2020"),
    ]
    years = [(value, [one.match for one in some]) for value, some in concordance.grouped(found, "year")]
    assert years == [("2019", ["c"]), ("2020", ["a", "d"]), ("", ["b"])]
    assert [value for value, _ in concordance.grouped(found, "source")] == ["AFP", ""]


texts = st.text(st.one_of(st.sampled_from("aé 東\u0301🇫🇷👍🏽\n\t\x1b"), st.characters()), max_size=60)


@given(
    left=texts, match=texts, right=texts, columns=st.one_of(st.none(), st.integers(30, 120)), side=st.integers(1, 50)
)
@example(left="\U0001f1eb\U0001f1f7", match="a", right="", columns=None, side=1)
@example(left="東\u0301", match="a", right="", columns=None, side=1)
def test_lines_are_aligned_and_fit(left: str, match: str, right: str, columns: int | None, side: int) -> None:
    style = Style(brackets=True)
    (shown,) = rendering.lines([line(left, match, right)], style, columns, side)
    assert "\n" not in shown
    assert "\x1b" not in shown
    before = shown[: shown.index("[")] if match.strip() and "[" not in left else None
    if before is not None:
        assert width(before) == side
    if columns is not None and columns - side - width(match) > 4:
        assert width(shown) <= max(columns, side + width(match) + 2)


def test_where_a_line_is_from_stands_where_there_is_room() -> None:
    one = line("à gauche " * 9, "Calais", " à droite" * 9)
    (shown,) = rendering.lines([one], Style(), 60, None)
    assert shown.endswith("  a1:2")
    assert width(shown) <= 60
    long = Line(one.left, one.match, one.right, "a-very-long-id-" * 4, 1, None, None)
    (shown,) = rendering.lines([long], Style(), 60, None)
    assert "a-very" not in shown
    (shown,) = rendering.lines([long], Style(), None, None)
    assert shown.endswith(f"  {'a-very-long-id-' * 4}:1")
