"""What the compiled kernel does with documents, and what it refuses."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.local import scoring
from search.engines.local.codec.variants import Variants
from search.engines.local.kernels.alike import grouped
from search.engines.local.kernels.sets import both, union
from search.native import kernel

pytestmark = pytest.mark.skipif(not kernel, reason="no compiled kernel here")

documents = st.sets(st.integers(0, 200) | st.integers(0, 40), max_size=60).map(sorted)
SCORES = st.sampled_from([0.0, 0.5, 1.25, 3.0])


def array(numbers: list[int]) -> "np.typing.NDArray[np.int64]":
    return np.array(numbers, np.int64)


@given(st.lists(documents, min_size=1, max_size=5), st.sampled_from([1, 1000]))
def test_sets(lists: list[list[int]], apart: int) -> None:
    spread = [array(one) * apart for one in lists]
    assert union(spread, 201 * apart).tolist() == [apart * one for one in sorted(set().union(*lists))]
    assert both(spread[0], spread[-1]).tolist() == [apart * one for one in lists[0] if one in lists[-1]]
    assert kernel
    common = np.frombuffer(kernel.common(spread), np.int64).tolist()
    assert common == [apart * one for one in sorted(set(lists[0]).intersection(*lists[1:]))]


@st.composite
def indexes(draw: st.DrawFn) -> tuple[list[int], list[tuple[int, int, int]]]:
    """The titles of an index of some documents, and of its near-copies: titles, groups and places in these."""
    titles = [0, *sorted(draw(st.sets(st.integers(1, 200)))), 201]
    spread = draw(st.sampled_from([1, 60]))  # so that articles lie in one window, or in several
    titles = [one * spread for one in titles]
    copies = draw(st.lists(st.sampled_from(titles[:-1]), unique=True, max_size=20).map(sorted))
    groups = [draw(st.integers(0, 4)) for _ in copies]
    places = draw(st.permutations(range(len(copies))))
    return titles, list(zip(copies, groups, places, strict=True))


class Columns(NamedTuple):
    """What an index has of near-copies, for `grouped`."""

    documents: list[int]
    groups: list[int]
    places: list[int]


@given(
    st.data(),
    indexes(),
    st.integers(0, 4),
    st.integers(1, 8),
    st.sampled_from([np.uint8, np.uint16, np.uint32, np.int64]),
    st.booleans(),
)
def test_the_best_articles(
    data: st.DataObject,
    index: tuple[list[int], list[tuple[int, int, int]]],
    many: int,
    limit: int,
    kind: type[np.generic],
    is_known: bool,
) -> None:
    assert kernel
    (*titles, end), copies = index
    known = st.integers(0, end - 1) | st.sampled_from(titles)
    leaves = [
        (data.draw(st.dictionaries(known, SCORES, max_size=50)), is_known and data.draw(st.booleans()))
        for _ in range(many)
    ]
    found = sorted(data.draw(st.sets(known)) if is_known else set().union(*(one for one, _ in leaves)))
    kind = np.uint16 if kind is np.uint8 and end > 255 else kind
    numbers = np.array([one - titles[bisect_right(titles, one) - 1] for one in range(end)], kind)
    groups = grouped(cast(Variants, Columns(*map(list, zip(*copies, strict=True))))) if copies else None
    given_leaves = [
        (array(sorted(one)), np.array([one[document] for document in sorted(one)], np.float64), in_title)
        for one, in_title in leaves
    ]
    articles, texts, variants, rows = kernel.rank(
        array(found) if is_known else None, given_leaves, numbers, groups, scoring.TITLE_SHARE, limit
    )
    every = list(ranked(found, leaves, numbers.tolist()))
    others = beside({title for _, title, _ in every}, copies)
    skipped = {one for group in others.values() for one in group}
    kept = [(*row, others.get(row[1], [])) for row in every if row[1] not in skipped]
    assert (articles, texts, variants) == (len(every), len(found), len(skipped))
    least = sorted((row[0] for row in kept), reverse=True)[:limit][-1:] or [0.0]
    assert rows == [row for row in kept if row[0] >= least[0]] or (len(kept) <= limit and rows == kept)


def ranked(
    found: list[int], leaves: list[tuple[dict[int, float], bool]], numbers: list[int]
) -> Iterator[tuple[float, int, dict[int, float]]]:
    """All articles of the documents found, each with its score, its title, and the scores of its documents."""

    def score(document: int) -> float:
        is_title = not numbers[document]
        return sum((one.get(document, 0.0) for one, in_title in leaves if is_title or not in_title), 0.0)

    articles: dict[int, dict[int, float]] = {}
    for document in found:
        articles.setdefault(document - numbers[document], {})[document] = score(document)
    for title, texts in articles.items():
        best = max([0.0, *(of for one, of in texts.items() if one > title)])
        yield best + scoring.TITLE_SHARE * score(title), title, texts


def beside(matching: set[int], copies: list[tuple[int, int, int]]) -> dict[int, list[int]]:
    """The articles that match and are near-copies, beside the first of each group."""
    groups: dict[int, list[tuple[int, int]]] = {}
    for title, group, place in copies:
        if title in matching:
            groups.setdefault(group, []).append((place, title))
    ordered = [[title for _, title in sorted(group)] for group in groups.values()]
    return {first: others for first, *others in ordered if others}


def test_what_is_no_document_is_refused() -> None:
    assert kernel
    numbers = np.zeros(5, np.uint8)
    one, two = array([1]), array([1, 0])
    for found, in_leaf, leaves in ([9], [1], 1), ([-1], [1], 1), ([1], [9], 3), (None, [9], 1), (None, [-1, 2], 2):
        leaf = (array(in_leaf), np.ones(len(in_leaf)), False)
        with pytest.raises(ValueError, match="expected documents of the index"):
            kernel.rank(None if found is None else array(found), [leaf] * leaves, numbers, None, 0.25, 3)
    with pytest.raises(ValueError, match="expected a score for each document"):
        kernel.rank(one, [(one, np.ones(2), False)], numbers, None, 0.25, 3)
    for numbers_of_three in (np.zeros(5, "V3"), np.zeros(5, "V0")):
        with pytest.raises(TypeError, match=r"expected numbers of 1, 2, 4 or 8 bytes, found some of \d"):
            kernel.rank(one, [], numbers_of_three, None, 0.25, 3)
    for wrong in (np.full(5, -9, np.int64), np.full(5, 9, np.int64)):
        for every in (one, None):
            with pytest.raises(ValueError, match="expected documents of the index"):
                kernel.rank(every, [(one, np.ones(1), False)] * 3, wrong, None, 0.25, 3)
    with pytest.raises(ValueError, match="expected columns of one length"):
        kernel.rank(one, [], numbers, (two, two, one, two), 0.25, 3)
    with pytest.raises(ValueError, match="expected places of near-copies"):
        kernel.rank(one, [], numbers, (two, array([0, 2]), two, two), 0.25, 3)


def test_documents_that_do_not_ascend_do_no_harm_where_all_are_asked_for() -> None:
    assert kernel
    leaf = (array([4, 1, 1]), np.ones(3), False)
    assert kernel.rank(None, [leaf], np.zeros(5, np.uint8), None, 0.25, 3)[1] <= 3


def test_lists_that_do_not_ascend_do_no_harm() -> None:
    assert kernel
    for lists in ([array([300, 5]), array([7])], [array([-4, 5]), array([7])]):
        assert len(kernel.union(lists)) == 8 * 3
