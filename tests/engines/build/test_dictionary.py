"""The dictionary of a build: made while units are worked on already, or not at all."""

import json
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import pytest

import search
from search.engines.local import writer
from search.engines.local.build import dictionary, units, waiting
from search.engines.local.build.dictionary import NAME, Dictionary, Item
from search.engines.local.build.units import awaited
from search.readers import Problem, Record, SourceFile


@pytest.fixture(autouse=True)
def small_head(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dictionary is made of a few thousand bytes, and who waits for one does not wait long."""
    for module in (dictionary, writer):
        monkeypatch.setattr(module, "HEAD", 20_000)
    monkeypatch.setattr(writer, "FEW", 5_000)
    monkeypatch.setattr(units, "PATIENCE", 2)


def _items(count: int) -> Iterator[Item]:
    source = SourceFile(Path("a.jsonl"), "a", 1, "jsonl")
    for number in range(count):
        words = " ".join(f"Calais{(number + 7) * place}" for place in range(100))
        yield Record(source, number + 1, json.dumps({"id": str(number), "text": words}).encode()), number
    yield Problem("a.jsonl:9", "nothing"), count


def test_it_is_expected_until_it_is_known_that_there_is_none(tmp_path: Path) -> None:
    with Dictionary(tmp_path) as made:
        items = iter(made.of(_items(3)))
        next(items)
        assert made.expected() == NAME
        assert len(list(items)) == 3
        assert made.expected() == ""
        assert made.made() is None
        assert awaited(tmp_path / NAME) == b""


def test_it_is_made_of_the_first_records(tmp_path: Path) -> None:
    with Dictionary(tmp_path) as made:
        assert list(made.of(_items(60))) == list(_items(60))
        assert made.expected() == NAME
        assert made.made() == tmp_path / NAME
        assert len(awaited(tmp_path / NAME)) > 1000


def test_who_stops_before_the_end_leaves_nothing_to_wait_for(tmp_path: Path) -> None:
    (folder := tmp_path / "new").mkdir()
    with Dictionary(folder) as made:
        items = iter(made.of(_items(60)))
        next(items)
        rmtree(folder)
        items.close()  # type: ignore[attr-defined]  # it is a generator
        assert made.made() is None


@pytest.mark.parametrize("jobs", [1, 2])
def test_units_that_wait_for_it_do_not_keep_it_from_being_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    for module in (units, writer, waiting):
        monkeypatch.setattr(module, "LARGEST", 40_000)
    (tmp_path / "press.jsonl").write_bytes(
        b"\n".join(item.data for item, _ in _items(300) if isinstance(item, Record))
    )
    built = search.build(tmp_path / "press.jsonl", index=tmp_path / "index", jobs=jobs, memory=1)
    assert built.stats.articles == 300
    assert [path.name for path in (tmp_path / "index").glob("*.dict")] == ["000001.dict"]
