"""Joining: the lists of several sources become the same bytes, with the compiled kernel and without."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.local.build import joining, uniting
from search.engines.local.build.joining import Joining
from search.engines.local.build.uniting import Dictionary, unite
from search.engines.local.codec.columns import Lines
from search.engines.local.codec.encode import Lists, decode
from search.engines.local.codec.packing import Numbers
from search.engines.local.codec.records import packed
from search.language import fold
from search.native import kernel
from tests.engines.codec.test_lists import Postings, as_arrays, long_postings, postings

TERMS = 6

source = st.dictionaries(st.integers(0, TERMS - 1), st.one_of(postings, long_postings), min_size=1, max_size=TERMS)


def joined(sources: list[dict[int, Postings]]) -> tuple[bytes, list[int], list[int]]:
    """The bytes of all lists, their sizes and their numbers of documents."""
    ordered = [dict(sorted(one.items())) for one in sources]
    sizes = [1 + max(document for found in one.values() for document in found) for one in sources]
    bases = np.cumsum([0, *sizes])[:-1].tolist()
    lists = [as_arrays(list(one.values())) for one in ordered]
    terms = [np.array(list(one), np.int64) for one in ordered]
    parts = list(Joining(bases).join(lists, terms, TERMS))
    columns: list[Numbers] = [np.concatenate([part[place] for part in parts]) for place in range(3)]
    data, of_lists, df = columns
    return data.astype(np.uint8).tobytes(), of_lists.tolist(), df.tolist()


def in_every_term(sources: list[dict[int, Postings]]) -> list[dict[int, Postings]]:
    """The sources, and one that has every term."""
    return [*sources, {term: {term: [term]} for term in range(TERMS)}]


@given(st.lists(source, min_size=1, max_size=3).map(in_every_term))
@settings(max_examples=60)
def test_lists_of_several_sources(sources: list[dict[int, Postings]]) -> None:
    data, sizes, df = joined(sources)
    assert df == [sum(len(one.get(term, {})) for one in sources) for term in range(TERMS)]
    starts = np.cumsum(sizes) - sizes
    found = decode(np.frombuffer(data, np.uint8), starts, np.array(df))
    tf = Counter[int]()
    for one in sources:
        for term, documents in one.items():
            tf[term] += sum(map(len, documents.values()))
    of_term = np.repeat(np.arange(TERMS), found.df)
    assert np.bincount(of_term, found.tf).tolist() == [tf[term] for term in range(TERMS)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(joining, "kernel", None)
        assert joined(sources) == (data, sizes, df)


spellings = st.text(st.characters(exclude_characters="\n"), min_size=1, max_size=6) | st.sampled_from(
    ["a", "A", "à", "À", "ab", "a\tb", "a b", "\ud800", "œ", "OE", "oe"]
)


@given(st.lists(st.sets(spellings, max_size=12), min_size=1, max_size=9), st.booleans())
def test_dictionaries_of_several_sources(sources: list[set[str]], by_folded: bool) -> None:
    key = fold if by_folded else str
    ordered = [sorted(one, key=lambda form: (key(form), form)) for one in sources]
    given_dictionaries = [Dictionary(Lines.of(one), Lines.of(list(map(key, one)))) for one in ordered]
    distinct = sorted(set().union(*sources), key=lambda form: (key(form), form))
    for own in [None, kernel]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(uniting, "kernel", own)
            made, terms = unite(given_dictionaries)
        assert made.forms.strings() == distinct
        assert made.folded.strings() == list(map(key, distinct))
        assert [[distinct[place] for place in one.tolist()] for one in terms] == ordered
        again = Lines.of(distinct)
        assert (made.forms.data, made.forms.ends.tolist()) == (again.data, again.ends.tolist())


@pytest.mark.skipif(not kernel, reason="no compiled kernel here")
def test_lines_that_are_none_are_refused() -> None:
    assert kernel
    two = Lines.of(["a", "b"])
    with pytest.raises(ValueError, match="expected as many folded forms as forms"):
        kernel.unite([(*two, *Lines.of(["a"]))])
    for ends in ([2, 9], [2, 2], [0, 4]):
        with pytest.raises(ValueError, match="expected the ends of lines, ascending"):
            kernel.unite([(*two, two.data, np.array(ends, np.int64))])


@pytest.mark.skipif(not kernel, reason="no compiled kernel here")
@given(st.lists(st.text(max_size=20), max_size=5))
def test_texts_are_packed_alike(texts: list[str]) -> None:
    with_kernel = packed(texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("search.native.kernel", None)
        assert packed(texts) == with_kernel


@pytest.mark.skipif(not kernel, reason="no compiled kernel here")
def test_what_does_not_fit_together_is_refused() -> None:
    assert kernel
    two, one, none = np.array([2], np.int32), np.array([1], np.int32), np.zeros(0, np.int32)
    for lists in (Lists(two, one, one, one), Lists(one, one, two, one), Lists(one, one, -one, one)):
        with pytest.raises(ValueError, match="the columns of a posting list do not fit together"):
            kernel.encode([tuple(lists)], [np.zeros(1, np.int32)], [0], 1)
    with pytest.raises(ValueError, match="the columns of a source do not fit together"):
        kernel.encode([(one, one, none, one)], [np.zeros(1, np.int32)], [0], 1)
    for terms in ([0, 0], [1, 0], [0, 7]):
        both = np.ones(2, np.int32)
        with pytest.raises(ValueError, match="the columns of a posting list do not fit together"):
            kernel.encode([(both, both, both, both)], [np.array(terms, np.int32)], [0], 2)
    with pytest.raises(ValueError, match="as many lists of terms and bases are expected as there are sources"):
        kernel.encode([], [np.zeros(1, np.int32)], [0], 1)
