"""What the compiled kernel does with documents, and what it refuses."""

from bisect import bisect_right

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.local import scoring
from search.engines.local.kernels.sets import NONE, both, union
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


@given(
    documents.filter(bool),
    st.lists(st.tuples(st.dictionaries(st.integers(0, 200), SCORES, max_size=50), st.booleans()), max_size=3),
    documents,
    st.sets(st.integers(1, 200)).map(sorted),
    st.integers(1, 8),
    st.sampled_from([np.uint8, np.uint16, np.uint32, np.int64]),
)
def test_the_best_articles(
    found: list[int],
    leaves: list[tuple[dict[int, float], bool]],
    skipped: list[int],
    starts: list[int],
    limit: int,
    kind: type[np.generic],
) -> None:
    assert kernel
    titles = [0, *starts]
    numbers = np.array([one - titles[bisect_right(titles, one) - 1] for one in range(201)], kind)
    given_leaves = [
        (array(sorted(one)), np.array([one[document] for document in sorted(one)], np.float64), in_title)
        for one, in_title in leaves
    ]

    def score(document: int) -> float:
        is_title = not int(numbers[document])
        return sum((one.get(document, 0.0) for one, in_title in leaves if is_title or not in_title), 0.0)

    articles: dict[int, dict[int, float]] = {}
    for document in found:
        articles.setdefault(document - int(numbers[document]), {})[document] = score(document)
    every = [
        (
            max([0.0, *(of for one, of in texts.items() if one > title)]) + scoring.TITLE_SHARE * score(title),
            title,
            texts,
        )
        for title, texts in articles.items()
    ]
    kept = [row for row in every if row[1] not in skipped]
    least = sorted((row[0] for row in kept), reverse=True)[:limit][-1:] or [0.0]
    for totals in (np.zeros(201), np.zeros(0)):
        count, rows = kernel.rank(
            array(found), given_leaves, numbers, array(skipped), totals, scoring.TITLE_SHARE, limit
        )
        assert count == len(articles)
        assert [row for row in rows if row[0] >= least[0]] == [row for row in kept if row[0] >= least[0]]
        assert len(kept) <= limit or len(rows) == len([row for row in kept if row[0] >= least[0]])
        assert not totals.any()


def test_what_is_no_document_is_refused() -> None:
    assert kernel
    numbers = np.zeros(5, np.uint8)
    for found, in_leaf, leaves in ([9], [1], 1), ([-1], [1], 1), ([1], [9], 3):
        leaf = (array(in_leaf), np.ones(1), False)
        with pytest.raises(ValueError, match="expected documents of the index"):
            kernel.rank(array(found), [leaf] * leaves, numbers, NONE, np.zeros(5), 0.25, 3)
    with pytest.raises(ValueError, match="expected a score for each document"):
        kernel.rank(array([1]), [(array([1]), np.ones(2), False)], numbers, NONE, np.zeros(5), 0.25, 3)
    for numbers_of_three in (np.zeros(5, "V3"), np.zeros(5, "V0")):
        with pytest.raises(TypeError, match=r"expected numbers of 1, 2, 4 or 8 bytes, found some of \d"):
            kernel.rank(array([1]), [], numbers_of_three, NONE, np.zeros(5), 0.25, 3)
    with pytest.raises(ValueError, match="expected documents of the index"):
        kernel.rank(array([1]), [], np.full(5, -9, np.int64), NONE, np.zeros(5), 0.25, 3)


def test_lists_that_do_not_ascend_do_no_harm() -> None:
    assert kernel
    for lists in ([array([300, 5]), array([7])], [array([-4, 5]), array([7])]):
        assert len(kernel.union(lists)) == 8 * 3
