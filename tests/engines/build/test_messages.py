"""Units as messages: whatever is in them, and wherever their data is, they come out as they went in."""

from io import BytesIO
from mmap import mmap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.local.build.messages import from_bytes, to_bytes
from search.engines.local.build.units import Unit
from search.readers import Problem, Record, SourceFile

SOURCES = [
    SourceFile(Path("a.jsonl"), "a", 1, "jsonl", (("title", "headline"),)),
    SourceFile(Path("b\udce9.html"), "b", 2, "html", (), "https://a.fr/é", "2019-05-03", "utf-8"),
]
items = st.one_of(
    st.builds(Record, st.sampled_from(SOURCES), st.integers(0, 6), st.binary(max_size=30)),
    st.builds(Problem, st.sampled_from(["a", "a:3"]), st.text(max_size=5)),
)


@given(contents=st.lists(items, max_size=12), room=st.sampled_from([0, 1, 50, 1000]))
def test_units_come_out_as_they_went_in(contents: list[Record | Problem], room: int) -> None:
    memory = mmap(-1, room) if room else None
    for number in range(2):  # the memory serves one after the other
        unit = Unit(number, 1, 64, contents[number:], 99)
        message = BytesIO(to_bytes(unit, memory))
        assert from_bytes(message.read, memory) == unit
        assert message.read() == b""
        assert from_bytes(message.read, memory) is None


@pytest.mark.parametrize(("size", "is_shared"), [(100, True), (101, False)])
def test_data_for_which_there_is_no_room_goes_through_the_pipe(size: int, is_shared: bool) -> None:
    unit = Unit(0, 0, 0, [Record(SOURCES[0], 1, b"x" * size)], 0)
    assert (b"xxx" not in to_bytes(unit, mmap(-1, 100))) == is_shared
