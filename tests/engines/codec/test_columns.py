"""Columns and forms: what is written is read, one by one and in blocks."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.local.codec.columns import EVERY, Narrow, Sizes, write_narrow, write_sizes
from search.engines.local.codec.files import SectionFile, SectionWriter
from search.engines.local.codec.forms import Forms, write_forms

numbers = st.lists(st.one_of(st.integers(0, 300), st.just(255), st.just(254), st.integers(0, 2**40)), max_size=60)
WORDS = [
    "",
    "a",
    "cal",
    "calais",
    "Calais",
    "caler",
    "été",
    "étés",
    "東京",
    "x" * 254,
    "x" * 255,
    "x" * 300,
    "\ud800",
]
words = st.lists(st.one_of(st.sampled_from(WORDS), st.text("aeé", max_size=5)), max_size=70)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("columns") / "file"


@given(values=numbers)
def test_narrow_columns_and_sizes(path: Path, values: list[int]) -> None:
    with SectionWriter(path) as file:
        write_narrow(file, "narrow", np.array(values, np.int64))
        write_sizes(file, "parts", np.array(values, np.int64))
        file.close()
    opened = SectionFile(path)
    assert list(Narrow(opened, "narrow")) == values
    sizes = Sizes(opened, "parts")
    assert [sizes.begin(place) for place in range(len(values))] == [
        sum(values[:place]) for place in range(len(values))
    ]
    opened.close()


@given(given_words=words)
def test_forms(path: Path, given_words: list[str]) -> None:
    ordered = sorted(given_words)
    encoded = [word.encode("utf-8", "surrogatepass") for word in ordered]
    with SectionWriter(path) as file:
        write_forms(file, "forms", bytearray(b"".join(encoded)), np.array([len(one) for one in encoded], np.int64))
        file.close()
    opened = SectionFile(path)
    forms = Forms(opened, "forms", len(ordered))
    assert [forms[place] for place in range(len(forms))] == list(forms) == ordered
    assert [forms.bytes(place) for place in range(len(forms))] == encoded
    for wanted in (*WORDS, "m"):
        assert forms.place(wanted, str) == sum(word < wanted for word in ordered)
    opened.close()


def test_forms_share_what_they_begin_with(path: Path) -> None:
    alike = [f"communication{number:03}".encode() for number in range(10 * EVERY)]
    with SectionWriter(path) as file:
        write_forms(file, "forms", bytearray(b"".join(alike)), np.array([len(one) for one in alike]))
        file.close()
    opened = SectionFile(path)
    assert len(opened.section("forms")) < sum(map(len, alike)) / 3
    opened.close()
