"""Errors say where, and point there."""

import pytest

from search.errors import QueryError


def test_a_query_error_points_at_its_column() -> None:
    error = QueryError("expected a word", "Calais ET", 10)
    assert str(error) == "column 10: expected a word"
    assert error.pointed() == "column 10: expected a word\n  Calais ET\n           ^"


@pytest.mark.parametrize(
    ("query", "column", "shown", "indent"),
    [
        ("a\tb)", 4, "a b)", 3),
        ("北京)", 3, "北京)", 4),
        ("e\u0301)", 3, "e\u0301)", 1),
        ("a\u202eb)", 4, "a\ufffdb)", 3),
        ("\ud800)", 2, "\ufffd)", 1),
        ("a\x1b[31m)", 7, "a [31m)", 6),
    ],
)
def test_the_caret_stands_under_the_character(query: str, column: int, shown: str, indent: int) -> None:
    assert QueryError("x", query, column).pointed() == f"column {column}: x\n  {shown}\n  {' ' * indent}^"


@pytest.mark.parametrize(("query", "column"), [("Calais", 0), ("", 1), ("  ", 3)])
def test_where_there_is_nothing_to_point_at(query: str, column: int) -> None:
    assert QueryError("since: no date", query, column).pointed() == "since: no date"
