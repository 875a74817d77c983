"""Bars and shares."""

import pytest

from search.render.bars import bar, percent


@pytest.mark.parametrize(
    ("part", "expected"), [(0, ""), (1, "████"), (0.5, "██"), (0.0001, "▏"), (0.28, "█▏"), (0.97, "███▉")]
)
def test_bars(part: float, expected: str) -> None:
    assert bar(part, 4) == expected


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0, "0 %"), (1, "100 %"), (0.123, "12 %"), (0.0123, "1.2 %"), (0.00123, "0.12 %"), (0.000123, "0.012 %")],
)
def test_shares(share: float, expected: str) -> None:
    assert percent(share) == expected
