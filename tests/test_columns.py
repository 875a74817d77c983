"""How wide a text is on a terminal."""

import pytest

from search.columns import width


@pytest.mark.parametrize(
    ("text", "columns"),
    [("Calais", 6), ("été", 3), ("e\u0301te\u0301", 3), ("北京", 4), ("a\u200bb", 2), ("👍", 2), ("", 0)],
)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns
