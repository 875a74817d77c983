"""Posting lists: what is encoded is decoded, by plain Python one list at a time and by numpy many at once."""

import random
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.local.codec import bits, packing
from search.engines.local.codec.encode import Lists, decode, encode
from search.engines.local.codec.lists import BLOCK, PostingList

Postings = dict[int, list[int]]  # document → positions

runs = st.integers(0, 32).flatmap(
    lambda width: st.tuples(st.just(width), st.lists(st.integers(0, (1 << width) - 1), max_size=70))
)
gaps = st.one_of(st.integers(1, 3), st.integers(1, 300), st.integers(1, 70_000), st.just(2_000_000))


def ascending(steps: Sequence[int]) -> list[int]:
    return (np.cumsum(np.array(steps, np.int64)) - 1).tolist() if steps else []


positions = st.lists(gaps, min_size=1, max_size=4).map(ascending)
postings = st.lists(st.tuples(gaps, positions), min_size=1, max_size=20).map(
    lambda items: dict(zip(ascending([gap for gap, _ in items]), [at for _, at in items], strict=True))
)


def long_one(count: int, seed: int) -> Postings:
    chance = random.Random(seed)
    documents = ascending([chance.choice([1, 1, 2, 3, 200, 100_000]) for _ in range(count)])
    return {
        document: ascending([chance.choice([1, 2, 5, 90_000]) for _ in range(chance.choice([1, 1, 1, 2, 300]))])
        for document in documents
    }


long_postings = st.builds(long_one, st.integers(BLOCK - 1, 3 * BLOCK), st.integers(0, 1000))


def as_arrays(lists: list[Postings]) -> Lists:
    return Lists(
        df=np.array([len(one) for one in lists], np.int64),
        documents=np.array([document for one in lists for document in one], np.int64),
        tf=np.array([len(at) for one in lists for at in one.values()], np.int64),
        positions=np.array([place for one in lists for at in one.values() for place in at], np.int64),
    )


@given(st.lists(runs, max_size=12))
def test_runs(given_runs: list[tuple[int, list[int]]]) -> None:
    width = np.array([one for one, _ in given_runs], np.int64)
    counts = np.array([len(values) for _, values in given_runs], np.int64)
    values = np.array([value for _, values in given_runs for value in values], np.int64)
    data, sizes = packing.pack(values, counts, width)
    starts = np.cumsum(sizes) - sizes
    assert packing.unpack_runs(data, starts, counts, width).tolist() == values.tolist()
    for (wide, expected), start, size in zip(given_runs, starts.tolist(), sizes.tolist(), strict=True):
        assert bits.size(len(expected), wide) == size
        assert packing.unpack(data.tobytes(), start, len(expected), wide).tolist() == expected
        for first in range(0, len(expected) + 1, 9):
            read = bits.read(memoryview(data.tobytes()), start, len(expected), wide, first, len(expected))
            assert list(read) == expected[first:]
        some = np.arange(0, len(expected), 3)
        assert packing.pick(data, start, len(expected), wide, some).tolist() == expected[::3]
        blocks = packing.unpack_blocks(data, start, len(expected), wide, np.arange(-(-len(expected) // 32)), 32)
        assert blocks.reshape(-1).tolist()[: len(expected)] == expected


@given(st.lists(st.integers(0, 2**32)))
def test_bit_length(numbers: list[int]) -> None:
    assert packing.bit_length(np.array(numbers, np.int64)).tolist() == [one.bit_length() for one in numbers]


def test_what_does_not_fit_is_cut_off() -> None:
    data, _ = packing.pack(np.array([3, 300, 5]), np.array([3]), np.array([4]))
    assert packing.unpack(data, 0, 3, 4).tolist() == [3, 300 & 15, 5]


@given(st.lists(st.one_of(postings, long_postings), min_size=1, max_size=5))
@settings(max_examples=60)
def test_lists(lists: list[Postings]) -> None:
    arrays = as_arrays(lists)
    data, sizes = encode(arrays)
    starts = np.cumsum(sizes) - sizes
    for expected, found in zip(arrays, decode(data, starts, arrays.df), strict=True):
        assert found.tolist() == expected.tolist()
    for one, start in zip(lists, starts.tolist(), strict=True):
        plain = PostingList(memoryview(data.tobytes()), start, len(one))
        assert plain.documents() == list(one)
        assert [more + 1 for more in plain.frequencies()] == [len(at) for at in one.values()]
        some = list(one)[::3]
        assert plain.positions([*some, 10**8]) == {document: one[document] for document in some}


def test_no_lists() -> None:
    data, sizes = encode(as_arrays([]))
    assert (len(data), len(sizes)) == (0, 0)
    assert all(len(part) == 0 for part in decode(data, sizes, sizes))


@pytest.mark.parametrize("count", [BLOCK, 5 * BLOCK])
def test_a_few_large_gaps_do_not_widen_a_long_list(count: int) -> None:
    near = {document: [0] for document in range(count)}
    far = {**near, 2_000_000_000: [0]}
    sizes = [len(encode(as_arrays([one]))[0]) for one in (near, far)]
    assert sizes[1] - sizes[0] <= 32
