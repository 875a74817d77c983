"""Explanations, line by line."""

import pytest

from search.columns import width
from search.explained import Account, Part, Share, TextAccount
from search.render.explained import SHOWN, account, part
from search.render.style import PLAIN, Style, without_style

PORT = Part("port", "a word", (("as printed", {"port": 1200, "Port": 1}), ("same stem", {})), (), 1201)
STOP = Part("le", "a stop word: left out", (), (), None)
TREE = Part("le port", "all of", (), (STOP, PORT), 1201)


def share(text: str = "port", grade: str = "grade 1 of 2", times: int = 2) -> Share:
    return Share(text, grade, {"port": times - 1, "Port": 1}, times, 0.5, 2.0, 1.1, 1.1)


def text(number: int, *, matches: bool = True, score: float = 1.1, failing: tuple[str, ...] = ()) -> TextAccount:
    return TextAccount(number, matches, score, (share(),), tuple((one, f"not {one}") for one in failing))


def whole(*texts: TextAccount, title: str = "Le port", best: int | None = 1) -> Account:
    return Account("a-1", title, any(one.matches for one in texts), 1.375, best, 0.25, texts)


def test_a_query_part_by_part() -> None:
    assert list(part(TREE, PLAIN, None)) == [
        "le port",
        "  all of: 1,201 paragraphs",
        "  le",
        "    a stop word: left out",
        "  port",
        "    a word: 1,201 paragraphs",
        "      as printed: port 1,200 · Port 1",
        "      same stem",
    ]


def test_many_forms() -> None:
    forms = {f"mot{place}": 100 - place for place in range(SHOWN + 2)}
    *_, last = part(Part("mot*", "words", (("", forms),), (), 1), PLAIN, None)
    assert last.endswith(f"mot{SHOWN - 1} {101 - SHOWN} … and 2 more")


def test_an_article_that_is_found() -> None:
    others = [text(2), text(3, score=0.5), text(4, matches=False)]
    assert list(account(whole(text(0, matches=False), text(1), *others), PLAIN, None)) == [
        "Le port",
        "score 1.375: 1.100 of paragraph 1 + 0.25 × 1.100 of the title",
        "  title: 1.100",
        "    1.100  port, grade 1 of 2 (port, Port): 0.5 weight × 2.000 rarity × 1.100 for 2 in it",
        "  paragraph 1: 1.100",
        "    1.100  port, grade 1 of 2 (port, Port): 0.5 weight × 2.000 rarity × 1.100 for 2 in it",
        "also found in paragraphs 2 (1.100), 3 (0.500)",
    ]


def test_an_article_found_by_its_title_alone() -> None:
    lines = list(account(whole(text(0), text(1, matches=False), title="", best=None), PLAIN, None))
    assert lines[:2] == ["a-1", "score 1.375: no paragraph found + 0.25 × 1.100 of the title"]


def test_an_article_that_is_not_found_shows_what_comes_nearest() -> None:
    texts = text(1, matches=False, failing=("b", "c")), text(2, matches=False, failing=("b",))
    assert list(account(whole(*texts, best=None), PLAIN, None)) == [
        "Le port",
        "not found by this query",
        "  paragraph 2: 1.100",
        "    1.100  port, grade 1 of 2 (port, Port): 0.5 weight × 2.000 rarity × 1.100 for 2 in it",
        "    lacks b: not b",
    ]


def test_one_paragraph() -> None:
    assert next(account(whole(text(0), text(1), text(2)), PLAIN, None, 2)) == "  paragraph 2: 1.100"


@pytest.mark.parametrize("columns", [20, 40, 60, 80])
def test_no_line_is_too_wide(columns: int) -> None:
    for style in (PLAIN, Style(colour=True), Style(brackets=True)):
        lines = [*part(TREE, style, columns), *account(whole(text(0), text(1), text(2)), style, columns)]
        assert max(width(without_style(line)) for line in lines) <= max(columns, 28)


def test_control_characters_stay_out() -> None:
    forms = {"po\x1b[31mrt": 1}
    assert "\x1b" not in "".join(part(Part("x\x1b[2J", "a word", (("", forms),), (), 1), PLAIN, 40))
