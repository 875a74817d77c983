"""What tells copies, and the contents of files."""

from array import array
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from search.engines.local.catalogue import digest, free_ids
from search.engines.local.update import Digests, _copies
from search.readers import SourceFile


@given(st.lists(st.tuples(st.integers(0, 6), st.sampled_from([0, 1, 7, 8, 2**64 - 1])), max_size=12))
def test_copies_have_a_key_of_one_before(pairs: list[tuple[int, int]]) -> None:
    seen: set[int] = set()
    expected = []
    for own in pairs:
        expected.append(not seen.isdisjoint(own))
        seen.update(set(own) - {0})
    assert _copies(array("Q", [key for own in pairs for key in own])) == expected


def test_copies_have_no_id_and_take_none() -> None:
    wanted = ["a", "a", "b", "a", "a~2", "b"]
    assert list(free_ids(wanted, [False, True, False, False, False, True])) == ["a", "", "b", "a~2", "a~2~2", ""]


def test_digests_are_found_out_meanwhile(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).write_text(name)
    paths = [str(tmp_path / name) for name in "abc"]
    found = Digests(SourceFile(Path(path), "", 1) for path in paths).found()
    assert found == {path: digest(path) for path in paths}
    assert found[paths[2]] == ""
