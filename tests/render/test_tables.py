"""Rows for programs: they are read back as they were, and no spreadsheet runs them."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.render.tables import table

cells = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
    st.sampled_from(['a "quoted" one', "two\nlines", "a,b", "=1+1", "+33", "-x", "@SUM(A1)", " =1", "", "été"]),
    st.integers(),
    st.none(),
)


@given(st.lists(st.tuples(cells, cells), max_size=6))
def test_csv_is_read_back(rows: list[tuple[object, object]]) -> None:
    text = "\n".join(table("csv", ("a", "b"), [{"a": one, "b": two} for one, two in rows])) + "\n"
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read[0] == ["a", "b"]
    for row, given_row in zip(read[1:], rows, strict=True):
        for cell, value in zip(row, given_row, strict=True):
            expected = "" if value is None else str(value)
            assert cell in (expected, f"'{expected}")
            if isinstance(value, str):
                assert cell[:1] not in ("=", "+", "-", "@")


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@A1",
        "\t=1",
        "\r=1",
        " =1",
        "'=1",
        "＝1",
        '=HYPERLINK("x")',
        '"=1+1"',
        "-2+3+cmd|' /C calc'!A0",
    ],
)
@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_no_cell_is_a_formula(cell: str, form: str) -> None:
    _, row = table(form, ("title",), [{"title": cell}])
    assert row.lstrip('"').startswith("'")


def test_numbers_stay_numbers() -> None:
    assert list(table("csv", ("n", "x"), [{"n": -3, "x": -0.25}])) == ["n,x", "-3,-0.25"]


def test_tsv_has_a_line_for_each_row() -> None:
    record = {"a": "two\nlines\tand \u2028 more", "b": "\x1b[31m"}
    assert list(table("tsv", ("a", "b"), [record])) == ["a\tb", "two lines and   more\t\ufffd[31m"]


def test_json_is_a_line_for_each() -> None:
    (line,) = table("json", ("a",), [{"a": 'two\nlines "=1+1"'}])
    assert json.loads(line) == {"v": 1, "a": 'two\nlines "=1+1"'}
