"""The hash table: what a dictionary would give, many keys at a time."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.local.build.table import Keys, Table

numbers = st.one_of(st.integers(0, 3), st.integers(0, 2**64 - 1))


def columns(keys: list[tuple[int, ...]], width: int) -> Keys:
    return [np.array([key[place] for key in keys], np.uint64) for place in range(width)]


@pytest.mark.parametrize("width", [1, 3])
@given(st.data())
@settings(max_examples=50)
def test_it_finds_what_was_added(width: int, data: st.DataObject) -> None:
    table, known = Table(width), dict[tuple[int, ...], int]()
    for _ in range(data.draw(st.integers(0, 4))):
        keys = data.draw(st.lists(st.tuples(*[numbers] * width), max_size=40))
        expected = [known.get(key, -1) for key in keys]
        assert table.find(columns(keys, width)).tolist() == expected
        new = list({key for key in keys if key not in known})
        table.add(columns(new, width), np.arange(len(known), len(known) + len(new), dtype=np.int32))
        known |= {key: number for number, key in enumerate(new, len(known))}
    assert table.find(columns(list(known), width)).tolist() == list(known.values())


def test_it_grows() -> None:
    table = Table(1)
    for start in range(0, 100_000, 20_000):
        keys = np.arange(start, start + 20_000).astype(np.uint64) << np.uint64(40)
        table.add([keys], np.arange(start, start + 20_000, dtype=np.int32))
    wanted = np.arange(100_100).astype(np.uint64) << np.uint64(40)
    found = table.find([wanted])
    assert found[:100_000].tolist() == list(range(100_000))
    assert set(found[100_000:].tolist()) == {-1}
