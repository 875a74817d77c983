"""Columns and forms: what is written is read, one by one and in blocks."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.local.codec.columns import Lines, Narrow, Sizes, write_narrow, write_sizes
from search.engines.local.codec.files import SectionFile, SectionWriter
from search.engines.local.codec.folded import TOGETHER as ALL_TOGETHER
from search.engines.local.codec.folded import FoldedWriter, folded_of
from search.engines.local.codec.forms import TOGETHER, Forms, FormsWriter

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
    forms = written(path, ordered)
    assert [forms[place] for place in range(len(forms))] == list(forms) == ordered
    assert [forms.bytes(place) for place in range(len(forms))] == [encoded(word) for word in ordered]
    for wanted in (*WORDS, "m"):
        assert forms.place(wanted, str) == sum(word < wanted for word in ordered)


def test_forms_of_several_frames(path: Path) -> None:
    ordered = sorted(f"communication{number}" for number in range(3 * TOGETHER + 1))
    for count in (TOGETHER - 1, TOGETHER, TOGETHER + 1, len(ordered)):
        forms = written(path, ordered[:count])
        assert list(forms) == [forms[place] for place in range(count)] == ordered[:count]
        assert [forms.place(form, str) for form in ordered[:count]] == list(range(count))
        assert forms.place("x", str) == count
    assert len(SectionFile(path).section("forms")) < sum(map(len, ordered)) / 3


@given(given_words=words)
def test_folded_forms(path: Path, given_words: list[str]) -> None:
    with SectionWriter(path) as file:
        writer = FoldedWriter()
        for word in given_words:
            writer.add(Lines.of([word]))
        writer.write(file, "folded")
        file.close()
    assert folded_of(SectionFile(path), "folded").text == "".join(["\n", *(f"{word}\n" for word in given_words)])


def test_folded_forms_of_several_frames(path: Path) -> None:
    with SectionWriter(path) as file:
        writer = FoldedWriter()
        writer.add(Lines.of([str(number) for number in range(2 * ALL_TOGETHER + 1)]))
        writer.write(file, "folded")
        file.close()
    opened = SectionFile(path)
    assert len(opened.column("folded.ends")) == 3
    assert folded_of(opened, "folded").text.split() == [str(number) for number in range(2 * ALL_TOGETHER + 1)]


def written(path: Path, forms: list[str]) -> Forms:
    with SectionWriter(path) as file:
        writer = FormsWriter()
        writer.add(Lines.of(forms[:7]))
        writer.add(Lines.of(forms[7:]))
        writer.write(file, "forms")
        file.close()
    return Forms(SectionFile(path), "forms", len(forms))


def encoded(form: str) -> bytes:
    return form.encode("utf-8", "surrogatepass")


@given(words=st.sets(st.text("abé'", min_size=1, max_size=6), min_size=1, max_size=900), every=st.integers(1, 40))
@settings(max_examples=30)
def test_places_of_forms(tmp_path_factory: pytest.TempPathFactory, words: set[str], every: int) -> None:
    ordered = sorted(words)
    forms = written(tmp_path_factory.mktemp("forms") / "forms", ordered)
    assert list(forms.places(ordered[::every], lambda form: form)) == list(range(0, len(ordered), every))
    assert list(forms.places([ordered[-1]], lambda form: form)) == [len(ordered) - 1]
