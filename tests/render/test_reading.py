"""Articles as people read them: every line exact, hits numbered in the margin, none too wide."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import Article
from search.columns import width
from search.hits import Span
from search.render.reading import article, near
from search.render.style import PLAIN, Style

BRACKETS = Style(brackets=True)
ONE = Article("a-1", "Calais", ("Le port.", "La ville.", "La mer."), "2019", "Anne", "AFP", "fr", "https://a.fr/1")
HEAD = ["Calais", "2019 · AFP · Anne · a-1", "https://a.fr/1"]


def test_an_article() -> None:
    assert list(article(ONE, None, PLAIN, 80)) == [
        *HEAD, "", "  1  Le port.", "", "  2  La ville.", "", "  3  La mer."
    ]  # fmt: skip


def test_hits_are_numbered_in_the_margin() -> None:
    marks = {0: [Span(0, 6)], 1: [], 2: [Span(0, 2), Span(3, 8)], 3: [Span(3, 6)]}
    assert list(article(ONE, marks, BRACKETS, 80)) == [
        "[Calais]",
        "2019 · AFP · Anne · a-1 · 4\u00a0hits, #1 in the title",
        "https://a.fr/1",
        "",
        "       1  Le port.",
        "",
        "#2-3   2  [La] [ville].",
        "",
        "#4     3  La [mer].",
    ]


def test_a_hit_stands_at_the_line_in_which_it_begins() -> None:
    text = "Un port, un autre port et toujours encore un port."
    marks = {1: [Span(3, 7), Span(18, 22), Span(45, 49)]}
    one = Article("a", "", (text,))
    assert list(article(one, marks, PLAIN, 33))[2:] == [
        "#1-2   1  Un port, un autre port",
        "          et toujours encore un",
        "#3        port.",
    ]
    assert list(article(one, marks, PLAIN, None))[2:] == [f"#1-3   1  {text}"]


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ({}, "0 hits"),
        ({1: [Span(3, 7)]}, "1 hit"),
        ({0: [Span(0, 3), Span(3, 6)]}, "2 hits, #1-2 in the title"),
    ],
)
def test_hits_are_counted(marks: Mapping[int, Sequence[Span]], said: str) -> None:
    assert list(article(ONE, marks, PLAIN, 80))[1] == f"2019 · AFP · Anne · a-1 · {said}".replace(" hit", "\u00a0hit")


@pytest.mark.parametrize(
    ("shown", "said", "lines"),
    [
        ({2}, " · paragraph 2 of 3", ["", "  2  La ville."]),
        ({2, 3}, " · paragraphs 2-3 of 3", ["", "  2  La ville.", "", "  3  La mer."]),
        ({1, 3}, " · 2 of 3 paragraphs", ["", "  1  Le port.", "", "  …", "", "  3  La mer."]),
        ({1, 2, 3}, "", ["", "  1  Le port.", "", "  2  La ville.", "", "  3  La mer."]),
        (set(), " · the title alone", []),
    ],
)
def test_some_paragraphs(shown: set[int], said: str, lines: list[str]) -> None:
    assert list(article(ONE, None, PLAIN, 80, shown)) == [HEAD[0], HEAD[1] + said, HEAD[2], *lines]


def test_a_hit_has_one_number_whatever_is_shown() -> None:
    marks = {1: [Span(0, 2)], 3: [Span(0, 2)]}
    assert list(article(ONE, marks, PLAIN, 80, {3}))[-1] == "#2   3  La mer."


def test_neighbours() -> None:
    assert near([1, 5], 1, 9) == {1, 2, 4, 5, 6}
    assert near([0], 2, 9) == {1, 2}
    assert near([0], 0, 9) == set()
    assert near([9], 10**9, 9) == set(range(1, 10))


def test_an_article_of_a_title_alone() -> None:
    assert list(article(Article("a-1", "Calais", ()), None, PLAIN, 80)) == ["Calais", "a-1"]


def test_nothing_in_an_article_commands_the_terminal() -> None:
    bad = "\x1b[2J\u202ea\nb"
    one = Article(bad, bad, (bad,), bad, bad, bad, bad, bad)
    for columns in (None, 40):
        printed = "\n".join(article(one, {1: [Span(0, 3)]}, PLAIN, columns))
        assert not set(printed) & set("\x1b\u202e\r\t")
        assert "�[2J�a" in printed


def test_titles_lead_to_their_articles() -> None:
    linked = Style(colour=True, links=True)
    one = Article("a", "T", (), url="https://a.fr/été")
    assert next(article(one, None, linked, 20)) == (
        "\x1b]8;;https://a.fr/%C3%A9t%C3%A9\x1b\\\x1b[1mT\x1b[0m\x1b]8;;\x1b\\"
    )


words = st.lists(st.sampled_from(["port", "Calais", "港港港", "a", "longuement"]), min_size=1, max_size=40)


@given(st.lists(words, min_size=1, max_size=12), st.integers(40, 70), st.data())
def test_all_hits_have_their_numbers_once_in_their_order(
    texts: list[list[str]], columns: int, data: st.DataObject
) -> None:
    paragraphs = tuple(map(" ".join, texts))
    marks: dict[int, list[Span]] = {}
    for number, some in enumerate(texts, 1):
        starts = [sum(map(len, some[:at])) + at for at in range(len(some))]
        spans = [Span(start, start + len(word)) for start, word in zip(starts, some, strict=True)]
        marks[number] = sorted(data.draw(st.sets(st.sampled_from(spans))))
    lines = list(article(Article("a", "", paragraphs), marks, BRACKETS, columns))
    seen: list[int] = []
    for line in lines[2:]:
        assert width(line) <= columns
        if line.startswith("#"):
            first, _, last = line.split()[0][1:].partition("-")
            numbers = range(int(first), int(last or first) + 1)
            assert line.count("[") == len(numbers)
            seen += numbers
        else:
            assert "[" not in line
    assert seen == list(range(1, sum(map(len, marks.values())) + 1))
