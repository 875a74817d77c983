"""Runs: six columns, whatever the names are, and scores that keep the order."""

import struct
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.hits import Hit
from search.render.trec import TAG, column, falling, run, run_line


def test_a_line() -> None:
    assert run_line("301", "a-1", 1, 12.5, TAG) == "301 Q0 a-1 1 12.5 news-search"
    assert run_line("port de Calais", "a b", 12, -3.0, "") == "port%20de%20Calais Q0 a%20b 12 -3 -"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("fr/a-1~2", "fr/a-1~2"),
        ("été", "été"),
        ("50%", "50%"),
        ("a\u00a0b\u2028c", "a%C2%A0b%E2%80%A8c"),
        ("\x1b[2J\n", "%1B[2J%0A"),
        ("\ud800\u202e", "%ED%A0%80%E2%80%AE"),
        ("", "-"),
    ],
)
def test_names_are_one_column(text: str, written: str) -> None:
    assert column(text) == written


@given(st.text(st.characters(codec=None)), st.text(), st.integers(1, 10**7), st.floats(-1e30, 1e30), st.text())
def test_a_line_has_six_columns(topic: str, article: str, rank: int, score: float, tag: str) -> None:
    parts = run_line(topic, article, rank, score, tag).split()
    assert (len(parts), parts[1], parts[3]) == (6, "Q0", str(rank))
    assert "".join(parts).isprintable() or not (topic + article + tag).isprintable()


@given(st.lists(st.floats(-1e30, 1e30)))
def test_scores_fall_in_32_bits_as_they_are_printed(scores: list[float]) -> None:
    printed = [run_line("1", "a", 1, score, "x").split()[4] for score in falling(scores)]
    read = [struct.unpack("f", struct.pack("f", float(one)))[0] for one in printed]
    assert all(above > below for above, below in pairwise(read))


def test_scores_that_fall_stay_as_they_are() -> None:
    assert list(falling([2.5, 2.5, 2.0, 0.0, 0.0])) == [2.5, 2.5 - 2**-22, 2.0, 0.0, -(2.0**-126)]


def test_a_run_keeps_the_order() -> None:
    hits = [Hit(rank, f"a{rank}", "", None, None, None, None, None, 2.0, ()) for rank in (3, 4)]
    assert list(run(hits, "q 1", "t", is_ranked=True)) == ["q%201 Q0 a3 3 2 t", "q%201 Q0 a4 4 1.99999988 t"]
    assert list(run(iter(hits), "1", "t", is_ranked=False)) == ["1 Q0 a3 3 -3 t", "1 Q0 a4 4 -4 t"]
    assert list(run([], "1", "t", is_ranked=True)) == []
