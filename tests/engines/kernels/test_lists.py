"""Posting lists as arrays: read whole or in blocks, alone or together, they are what plain Python reads."""

import random

import numpy as np
import pytest
from numpy.typing import NDArray

from search.engines.local.codec.encode import Lists, encode
from search.engines.local.codec.lists import BLOCK, PostingList
from search.engines.local.kernels import lists as kernel_lists
from search.engines.local.kernels.lists import FormArrays, ListArrays, positions_together, read_together

Postings = dict[int, list[int]]
NONE = np.zeros(0, np.int64)
BASE = 1 << 40


def postings(count: int, seed: int) -> Postings:
    chance = random.Random(seed)
    found: Postings = {}
    document = -1
    for _ in range(count):
        document += chance.choice([1, 1, 2, 9, 4000])
        position, at = -1, []
        for _ in range(chance.choice([1, 1, 1, 2, 40])):
            position += chance.choice([1, 3, 70_000])
            at.append(position)
        found[document] = at
    return found


def encoded(*lists: Postings) -> list[PostingList]:
    data, sizes = encode(
        Lists(
            np.array([len(one) for one in lists]),
            np.array([document for one in lists for document in one]),
            np.array([len(at) for one in lists for at in one.values()]),
            np.array([position for one in lists for at in one.values() for position in at]),
        )
    )
    starts = (np.cumsum(sizes) - sizes).tolist()
    return [
        PostingList(memoryview(data.tobytes()), start, len(one)) for start, one in zip(starts, lists, strict=True)
    ]


def as_rows(documents: NDArray[np.int64], positions: NDArray[np.int64]) -> list[tuple[int, int]]:
    return list(zip(documents.tolist(), positions.tolist(), strict=True))


SIZES = [1, 5, 23, 24, BLOCK - 1, BLOCK, BLOCK + 1, 9 * BLOCK, 40 * BLOCK - 3]


@pytest.mark.parametrize("count", SIZES)
def test_whole_and_in_blocks(count: int) -> None:
    expected = postings(count, count)
    one = encoded(expected)[0]
    arrays = ListArrays(one)
    assert arrays.documents.tolist() == list(expected)
    assert arrays.tf.tolist() == [len(at) for at in expected.values()]
    every = list(expected)
    for wanted in (
        [],
        every[:1],
        every[-1:],
        [every[-1] + 1],
        [0, every[len(every) // 2], 10**9],
        every[:: count // 9 + 1],
    ):
        asked = np.array(sorted(set(wanted)), np.int64)
        here = [document for document in asked.tolist() if document in expected]
        rows = [(document, position) for document in here for position in expected[document]]
        for reader in (arrays, ListArrays(one)):
            assert asked[reader.has(asked)].tolist() == here
            assert as_rows(*reader.positions(asked)) == rows


def test_together() -> None:
    every = [postings(count, count) for count in SIZES]
    lists = encoded(*every)
    arrays = [ListArrays(one) for one in lists]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kernel_lists, "TOGETHER", 2)
        patch.setattr(kernel_lists, "AT_ONCE", 500)
        read_together(arrays)
    assert sum("documents" in one.__dict__ for one in arrays) == sum(one.df < kernel_lists.LONG for one in lists)
    for found, expected in zip(arrays, every, strict=True):
        assert found.documents.tolist() == list(expected)
        assert found.tf.tolist() == [len(at) for at in expected.values()]


def test_positions_together() -> None:
    every = [postings(count, count) for count in SIZES]
    forms = []
    for part in zip(encoded(*every), encoded(*every), strict=True):
        form = FormArrays(NONE)
        for base, one in zip((0, BASE), part, strict=True):
            form.add(base, one)
        forms.append(form)
    wanted = np.unique(np.concatenate([list(one)[::2] for one in every]))
    wanted = np.concatenate((wanted, wanted + BASE))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kernel_lists, "TOGETHER", 2)
        patch.setattr(kernel_lists, "AT_ONCE", 500)
        documents, positions = positions_together(forms, wanted)
    expected = [
        (base + document, position)
        for one in every
        for base in (0, BASE)
        for document, at in one.items()
        for position in at
        if base + document in set(wanted.tolist())
    ]
    assert sorted(zip(documents.tolist(), positions.tolist(), strict=True)) == sorted(expected)


@pytest.mark.parametrize("deleted", [[], [3], list(range(0, 90_000, 3))])
def test_forms_of_several_segments(deleted: list[int]) -> None:
    one, two = postings(700, 1), postings(60, 2)
    base = max(one) + 10
    form = FormArrays(np.array(deleted, np.int64))
    for first, part in zip((0, base), encoded(one, two), strict=True):
        form.add(first, part)
    every = {**one, **{base + document: at for document, at in two.items()}}
    left = {document: at for document, at in every.items() if document not in set(deleted)}
    asked = np.array(list(left)[::50], np.int64)
    assert form.has(asked).all()
    assert as_rows(*form.positions(asked)) == [(one, at) for one in asked.tolist() for at in left[one]]
    assert form.documents.tolist() == list(left)
    assert form.tf.tolist() == [len(at) for at in left.values()]
    assert form.has(asked).all()
    assert form.size == len(every)


def test_a_form_that_stands_nowhere() -> None:
    form = FormArrays(NONE)
    asked = np.array([1, 5])
    assert (form.documents.tolist(), form.tf.tolist(), form.has(asked).tolist()) == ([], [], [False, False])
    assert as_rows(*form.positions(asked)) == []
