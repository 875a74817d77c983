"""Bulk building: the same index whoever works on it, and nothing lost when something goes wrong."""

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import search
from search import IndexProblem, SearchError, native
from search.engines.local import writer
from search.engines.local.build import bulk, dictionary, finder, joining, messages, store, units, workers
from search.engines.local.build.draft import Draft
from search.engines.local.build.finder import new_finders
from search.engines.local.codec.records import codec
from search.readers import Problem, Record, SourceFile
from search.readers.tables import plain
from search.readers.tables.plain import Plain

WORDS = "Calais port mer Manche tunnel élection élections été 27 000 l'île Grande-Synthe « fin » vie. Le la".split()


@pytest.fixture(autouse=True)
def small_units(monkeypatch: pytest.MonkeyPatch) -> None:
    """Units so small that a few hundred articles make several."""
    for module in (units, writer):
        monkeypatch.setattr(module, "LARGEST", 20_000)
    for module in (dictionary, writer):
        monkeypatch.setattr(module, "HEAD", 20_000)
    monkeypatch.setattr(writer, "FEW", 5_000)


@pytest.fixture
def press(tmp_path: Path) -> Path:
    """Four hundred articles, with a broken line and ids that are taken."""
    chance = random.Random(1)
    path = tmp_path / "press.jsonl"
    with path.open("w") as file:
        for number in range(400):
            text = "\n".join(" ".join(chance.choices(WORDS, k=30)) for _ in range(3))
            article = {
                "id": f"a{number % 390}",
                "title": f"Titre {number}",
                "text": text,
                "date": "2019",
                "n": number,
            }
            file.write("oups\n" if number == 200 else json.dumps(article) + "\n")
    return path


def contents(index: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in index.iterdir() if path.suffix in (".seg", ".dict")}


def test_processes_and_memory_do_not_change_the_index(press: Path, tmp_path: Path) -> None:
    built = {}
    for name, jobs, memory in (("one", 1, 256), ("three", 3, 256), ("little", 2, 1)):
        built[name] = search.build(press, index=tmp_path / name, jobs=jobs, memory=memory * 1_000_000)
    one, *others = (contents(tmp_path / name) for name in built)
    assert sorted(one) == ["000001.dict", "000002.seg"]
    assert all(other == one for other in others)
    for result in built.values():
        assert (result.stats.articles, result.problems) == (399, built["one"].problems)
        assert [problem.place for problem in result.problems] == [f"{press}:201"]
        assert result.notes[0] == f'{press}:391: the id "a0" is taken; this article is "a0~2"'
        assert len(result.notes) == 10
    with search.open(tmp_path / "three") as archive:
        assert archive.read("a3~2").metadata == {"n": "393"}


def test_texts_too_few_for_a_dictionary(press: Path, tmp_path: Path) -> None:
    lines = press.read_bytes().splitlines(keepends=True)
    press.write_bytes(b"".join(lines[:20]))
    assert writer.FEW < press.stat().st_size < units.HEAD
    for jobs in (1, 3):
        assert search.build(press, index=tmp_path / f"{jobs}", jobs=jobs).stats.articles == 20
    assert sorted(contents(tmp_path / "1")) == ["000001.seg"]
    assert contents(tmp_path / "1") == contents(tmp_path / "3")


def test_the_compiled_kernel_does_not_change_the_index(
    press: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    search.build(press, index=tmp_path / "with")
    for module in (finder, joining, native, plain):
        monkeypatch.setattr(module, "kernel", None)
    monkeypatch.setenv("SEARCH_KERNEL", "python")  # for the workers
    for jobs in (1, 2):
        search.build(press, index=tmp_path / f"without{jobs}", jobs=jobs)
        assert contents(tmp_path / "with") == contents(tmp_path / f"without{jobs}")


def test_the_kernel_can_be_left_out() -> None:
    code = "from search.native import kernel; print(kernel)"
    environment = {**os.environ, "SEARCH_KERNEL": "python"}
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert found.stdout == "None\n"


def test_one_that_cannot_be_indexed_takes_no_others_with_it(
    press: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add, extend = Draft.add, Draft.extend

    def failing_at_one(self: Draft, article: search.Article, group: int) -> None:
        if article.id == "a7":
            raise MemoryError("too long")
        add(self, article, group)

    def failing(self: Draft, found: Plain, group: int) -> None:
        if "a7" in found.ids:
            raise MemoryError("too long")
        extend(self, found, group)

    monkeypatch.setattr(Draft, "add", failing_at_one)
    monkeypatch.setattr(Draft, "extend", failing)
    built = search.build(press, index=tmp_path / "index", jobs=1)
    assert built.stats.articles == 397
    assert [str(one) for one in built.problems if "indexed" in one.reason] == [
        f"{press}:{line}: cannot be read or indexed (MemoryError: too long)" for line in (8, 398)
    ]


def test_what_fails_leaves_nothing_in_the_draft(tmp_path: Path) -> None:
    draft = Draft(new_finders(), codec(b"")[0])
    with pytest.raises(ValueError, match="no such day"):
        draft.add(search.Article("a", "Calais", ("la mer",), date="2019-02-30"), 0)
    assert (len(draft), draft.size) == (0, 0)


def test_a_worker_that_ends_early(press: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start = workers._process

    def killed() -> object:
        process = start()
        os.kill(process.pid, signal.SIGKILL)
        return process

    monkeypatch.setattr(workers, "_process", killed)
    monkeypatch.setattr(workers, "_is_alone", lambda: False)
    with pytest.raises(SearchError, match=r"a worker process ended early \(status -9\): try again with --jobs 1"):
        search.build(press, index=tmp_path / "index", jobs=2)
    assert not (tmp_path / "index").exists()


def test_no_code_is_taken_from_where_the_build_runs(
    press: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json.py", "numpy.py", "search.py", "sitecustomize.py"):
        (tmp_path / name).write_text("open('ran', 'w')")
    monkeypatch.chdir(tmp_path)
    assert search.build(press, index="index", jobs=2).stats.articles == 399
    assert not (tmp_path / "ran").exists()


def test_units_begin_with_a_group_and_lose_nothing() -> None:
    source = SourceFile(Path("a\udce9.jsonl"), "a", 1)

    def items() -> Iterator[tuple[Record | Problem, int]]:
        for number in range(1, 500):
            if number % 100 == 0:
                yield Problem("a", f"{number}"), number
            yield Record(source, number, b"x" * (number % 50)), number

    cut = list(units.cut(items(), units.Sizes(2000)))
    assert [unit.number for unit in cut] == list(range(len(cut)))
    assert len(cut) > 3
    assert all(unit.first % units.GROUP == 0 for unit in cut)
    assert [item for unit in cut for item in unit.items] == [item for item, _ in items()]
    for unit in cut:
        message = messages.to_bytes(unit)
        read = iter([message])
        rest = bytearray(next(read))

        def take(size: int, rest: bytearray = rest) -> bytes:
            part = bytes(rest[:size])
            del rest[:size]
            return part

        assert messages.from_bytes(take) == unit
        assert messages.from_bytes(take) is None


def test_units_become_smaller_towards_the_end() -> None:
    source = SourceFile(Path("a.jsonl"), "a", 1)
    items = [(Record(source, number, b"x" * 1000), 10 * number) for number in range(1, 4001)]
    sizes = units.Sizes(400_000, total=40_000, jobs=2)
    cut = list(units.cut(iter(items), sizes))
    assert [item for unit in cut for item in unit.items] == [item for item, _ in items]
    made = [len(unit.items) * 1000 for unit in cut]
    assert made[0] > 400_000 > made[-2] > 0
    assert made[:-1] == sorted(made[:-1], reverse=True)
    assert [len(unit.items) for unit in units.cut(iter(items), units.Sizes(400_000, 40_000, 1))][:-1] == [448] * 8
    assert sizes.next(0, 0) == sizes.next(10, 50_000) == 400_000


def test_large_builds_make_segments_in_the_same_places(
    press: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    search.build(press, index=tmp_path / "whole")
    with search.open(tmp_path / "whole") as whole:
        expected, stats = list(whole.search("élection OU tunnel", limit=None)), whole.stats()
    monkeypatch.setattr(units, "SEGMENT", 70_000)
    monkeypatch.setattr(store, "MOST_DOCUMENTS", 300)
    built = {}
    for name, jobs, memory in (("one", 1, 256), ("three", 3, 256), ("little", 2, 1)):
        search.build(press, index=tmp_path / name, jobs=jobs, memory=memory * 1_000_000)
        built[name] = contents(tmp_path / name)
    assert sorted(built["one"]) == ["000001.dict", *(f"{number:06}.seg" for number in range(2, 6))]
    assert built["one"] == built["three"] == built["little"]
    with search.open(tmp_path / "one") as archive:
        assert list(archive.search("élection OU tunnel", limit=None)) == expected
        found = archive.stats()
        assert (found.articles, found.words, found.forms) == (stats.articles, stats.words, stats.forms)


def test_what_reading_raises_ends_the_build(press: Path, tmp_path: Path) -> None:
    def broken() -> Iterator[units.Unit]:
        yield units.Unit(0, 0, 0, [], 0)
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        list(bulk.Crew(tmp_path, "", workers.Workers(1)).spills(broken()))


def test_a_build_that_is_given_up_reads_no_further(tmp_path: Path) -> None:
    read: list[int] = []

    def endless() -> Iterator[units.Unit]:
        while len(read) < 1000:
            read.append(1)
            yield units.Unit(len(read) - 1, 0, 0, [], 0)

    outcomes = bulk.Crew(tmp_path, "", workers.Workers(1)).spills(endless())
    next(outcomes)
    outcomes.close()
    time.sleep(0.3)
    assert len(read) < 20


def test_a_dictionary_that_never_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(units, "PATIENCE", 0.02)
    with pytest.raises(SearchError, match=r"^the dictionary 1\.dict was not made in 0\.02 s: try again$"):
        units.awaited(tmp_path / "1.dict")
    assert not dictionary.train([], tmp_path / "1.dict")
    assert units.awaited(tmp_path / "1.dict") == b""


def test_an_article_that_is_too_long_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(units, "LONGEST", 100)
    (tmp_path / "press.jsonl").write_text(
        "".join(json.dumps({"id": str(size), "text": "a" * size}) + "\n" for size in (100, 101, 5))
    )
    built = search.build(tmp_path / "press.jsonl", index=tmp_path / "index")
    said = "has 101 characters: an article of at most 100 is expected, so part it"
    assert list(map(str, built.problems)) == [f"{tmp_path}/press.jsonl:2: {said}"]
    assert built.stats.articles == 2


def test_a_full_disk_is_named_and_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "a.txt").write_text("Calais")
    search.build(tmp_path / "a.txt", index=tmp_path / "index")
    (tmp_path / "a.txt").write_text("Douvres")
    monkeypatch.setattr("search.engines.local.catalogue.write", full)
    with pytest.raises(IndexProblem) as refused:
        search.build(tmp_path / "a.txt", index=tmp_path / "index", fresh=True)
    where = f'cannot write the index "{tmp_path / "index"}" (No space left on device)'
    assert str(refused.value) == f"{where}: make room and build again; what was there stays as it was"
    with search.open(tmp_path / "index") as archive:
        assert archive.search("Calais").articles == 1
