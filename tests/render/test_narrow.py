"""Help and explanations on terminals of any width."""

import pytest

from search.cli.help import QUERY, fitted
from search.columns import width
from search.explained import Part
from search.render.explained import part
from search.render.style import PLAIN

WORD = Part("port", "a word", (("as printed", {"port": 1104, "Port": 102, "PORTS": 1}),), (), 6780)


def test_a_word_in_a_pipe() -> None:
    assert list(part(WORD, PLAIN, None)) == [
        "port",
        "  a word: 6,780 paragraphs",
        "    as printed: port 1,104 · Port 102 · PORTS 1",
    ]


def test_a_form_and_its_number_stay_together() -> None:
    lines = list(part(WORD, PLAIN, 40))
    assert lines[2:] == ["    as printed: port\u00a01,104 · Port\u00a0102", "      · PORTS\u00a01"]
    assert max(map(width, lines)) <= 40


def test_a_wide_terminal_shows_help_as_it_is() -> None:
    assert list(fitted(QUERY, 100)) == QUERY.splitlines()


@pytest.mark.parametrize("columns", [24, 40, 60])
def test_a_narrow_terminal(columns: int) -> None:
    lines = list(fitted(QUERY, columns))
    assert max(map(len, lines)) <= columns
    assert "".join("".join(lines).split()) == "".join(QUERY.split())


def test_the_second_column_goes_below() -> None:
    lines = list(fitted(QUERY, 40))
    at = lines.index("  immigr*  *port  b?teau")
    assert lines[at + 1] == "    words of a pattern"
