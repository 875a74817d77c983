"""Building again: whatever happened to the files, the index is the one that a fresh build makes."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import search
from search import Article
from search.engines.local import catalogue, update
from search.engines.local.build import sameness
from search.engines.local.update import Changes
from search.errors import InputError
from search.readers import Problem, Record, parse

WORDS = "Calais calais port ports élection elections Tours tours tunnel ferry la de".split()
QUERIES = [*WORDS, "Calais OU port", "t*", "=Tours", "language:fr", "-Calais", '"la port"', "date:2019", "title:a"]
NAMES = ["a.txt", "b.txt", "c.md", "d.jsonl", "x/a.txt", "x/e.jsonl", "y/d.txt"]
paragraphs = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), min_size=1, max_size=3)
names = st.sampled_from(NAMES)
ids = st.sampled_from(["a", "b", "a~2", "x/a", None])
lines = st.tuples(ids, paragraphs, st.integers(0, 5))


def everything(index: Path) -> tuple[Any, ...]:
    """All that can be asked of an index."""
    with search.open(index) as archive:
        stats = archive.stats()
        found = [(one, repr(archive.search(one, limit=None))) for one in QUERIES]
    return stats.__replace__(size=0, created=""), found


class Following(RuleBasedStateMachine):
    """Files come, change, move and go; now and then the index is built again."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.texts, self.built = self.folder / "texts", False
        self.texts.mkdir()
        self.shortest, sameness.SHORTEST = sameness.SHORTEST, 4

    def teardown(self) -> None:
        shutil.rmtree(self.folder)
        sameness.SHORTEST = self.shortest

    @initialize(text=paragraphs)
    def begin(self, text: list[str]) -> None:
        self.write("keep.txt", text)

    def write(self, name: str, text: list[str]) -> None:
        path = self.texts / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n\n".join(text), encoding="utf-8")

    @rule(name=names, text=paragraphs)
    def write_text(self, name: str, text: list[str]) -> None:
        if name.endswith(".jsonl"):
            self.write_lines(name, [("a", text, 1), (None, text[:1], 2)])
        else:
            self.write(name, text)

    @rule(
        name=st.sampled_from(["d.jsonl", "x/e.jsonl"]),
        lines=st.lists(st.tuples(ids, paragraphs, st.integers(0, 5)), max_size=4),
    )
    def write_lines(self, name: str, lines: list[tuple[str | None, list[str], int]]) -> None:
        rows = [
            json.dumps({"id": one, "paragraphs": text, "date": "2019", "url": f"https://a.fr/{number or ''}"})
            for one, text, number in lines
        ]
        self.write(name, ["\n".join([*rows, "broken"] if len(rows) == 3 else rows)])

    @rule(name=names)
    def delete(self, name: str) -> None:
        (self.texts / name).unlink(missing_ok=True)

    @rule(name=names, other=names)
    def move(self, name: str, other: str) -> None:
        if (self.texts / name).exists() and Path(name).suffix == Path(other).suffix:
            (self.texts / other).parent.mkdir(exist_ok=True)
            (self.texts / name).replace(self.texts / other)

    @rule(name=names, time=st.integers(1_500_000_000, 1_500_000_003))
    def touch(self, name: str, time: int) -> None:
        if (self.texts / name).exists():
            os.utime(self.texts / name, (time, time))

    @rule()
    def build(self) -> None:
        built = search.build(self.texts, index=self.folder / "index", jobs=1)
        fresh = search.build(self.texts, index=self.folder / "fresh", jobs=1, fresh=True)
        self.built = True
        assert everything(self.folder / "index") == everything(self.folder / "fresh")
        assert built.copies == fresh.copies
        assert sorted(map(str, built.problems)) == sorted(map(str, fresh.problems))

    @invariant()
    def the_index_opens(self) -> None:
        if self.built:
            search.open(self.folder / "index").close()


Following.TestCase.settings = settings(
    max_examples=25, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)
test_any_history_gives_the_same_index = Following.TestCase


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """Twenty files."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(20):
        (folder / f"{number:02}.txt").write_text(f"Le port {number} de Calais.\n\nEncore.")
    return folder


def build(texts: Path, **options: Any) -> Changes:
    return search.build(texts, index=texts.parent / "index", jobs=1, **options).changes


def test_only_what_changed_is_read(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert build(texts) == Changes(new=20, changed=0, gone=0, same=0)
    (texts / "03.txt").write_text("Un autre texte.")
    (texts / "04.txt").unlink()
    (texts / "99.txt").write_text("Nouveau.")
    read: list[str] = []

    def noted(record: Record) -> Iterator[Article | Problem]:
        read.append(record.source.id)
        return parse(record)

    monkeypatch.setattr("search.engines.local.build.units.parse", noted)
    assert build(texts) == Changes(new=1, changed=1, gone=1, same=18)
    assert read == ["03", "99"]
    with search.open(texts.parent / "index") as archive:
        assert {hit.article for hit in archive.search("autre OU nouveau")} == {"03", "99"}
        assert archive.search("port", limit=None).articles == 18


def test_nothing_is_written_if_nothing_changed(texts: Path) -> None:
    build(texts)
    index = texts.parent / "index"
    before = {path.name: path.stat().st_mtime_ns for path in index.iterdir() if path.name != "lock"}
    built = search.build(texts, index=index)
    assert built.changes == Changes(0, 0, 0, 20)
    assert built.stats.articles == 20
    assert {path.name: path.stat().st_mtime_ns for path in index.iterdir() if path.name != "lock"} == before


def test_a_file_that_was_only_touched_is_not_read_again(texts: Path) -> None:
    build(texts)
    os.utime(texts / "07.txt", (1, 1))
    assert build(texts) == Changes(0, 0, 0, 20)


def test_fresh_reads_all(texts: Path) -> None:
    build(texts)
    assert build(texts, fresh=True) == Changes(20, 0, 0, 0)


def test_what_can_be_read_since_then_is_read(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.building.EXTRAS", ("nothing of this name",))
    build(texts)
    monkeypatch.setattr("search.building.EXTRAS", ("json",))
    assert build(texts) == Changes(20, 0, 0, 0)
    assert build(texts) == Changes(0, 0, 0, 20)


def test_other_options_read_all(texts: Path) -> None:
    build(texts)
    assert build(texts, columns={"text": "body"}) == Changes(20, 0, 0, 0)


def test_articles_of_ones_own_make_it_fresh(texts: Path) -> None:
    build(texts, articles=[search.Article("own", "", ("Un port.",))])
    assert build(texts) == Changes(20, 0, 0, 0)
    with search.open(texts.parent / "index") as archive:
        assert archive.search("port", limit=None).articles == 20


def test_an_index_whose_files_are_all_gone_stays(texts: Path) -> None:
    build(texts)
    for path in texts.iterdir():
        path.unlink()
    with pytest.raises(InputError, match="no article in"):
        build(texts)
    with search.open(texts.parent / "index") as archive:
        assert archive.stats().articles == 20


def test_problems_are_told_again(texts: Path) -> None:
    (texts / "z.jsonl").write_text('{"text": "Bien."}\noups\n')
    told = [list(map(str, search.build(texts, index=texts.parent / "index").problems)) for _ in range(2)]
    assert told[0] == told[1] == [f"{texts}/z.jsonl:2: not JSON at column 1 (Expecting value): the line is skipped"]


def test_a_file_that_gave_only_problems_is_read_again(texts: Path) -> None:
    (texts / "z.jsonl").write_text("oups\n")
    build(texts)
    assert build(texts) == Changes(0, 0, 0, 21)


def test_strict_stops_at_the_first_problem(texts: Path) -> None:
    (texts / "z.jsonl").write_text("oups\n")
    with pytest.raises(InputError, match=r"stopped at the first problem, as asked for: .*z.jsonl:1: not JSON"):
        build(texts, strict=True)
    assert not (texts.parent / "index").exists()


def test_a_change_that_leaves_no_sign_is_seen(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two changes in one tick of the clock: size and time are the same."""
    path = texts / "05.txt"
    build(texts)
    status = path.stat()
    path.write_text(path.read_text().replace("port 5", "pont 5"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    monkeypatch.setattr(catalogue, "MARGIN", 10**15)
    assert build(texts).changed == 1


def test_many_deletions_make_it_fresh(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(texts)
    for number in range(3):
        (texts / f"{number:02}.txt").unlink()
    monkeypatch.setattr(update, "MOST", 0.1)
    assert build(texts) == Changes(0, 0, 3, 17)
    with search.open(texts.parent / "index") as archive:
        assert archive.stats().articles == 17


@pytest.mark.parametrize("what", ["*.seg", "*.files", "index.json"])
@pytest.mark.parametrize("place", [100, -30])
def test_a_damaged_index_is_made_afresh(texts: Path, what: str, place: int) -> None:
    build(texts)
    [path] = (texts.parent / "index").glob(what)
    data = bytearray(path.read_bytes())
    data[place] ^= 255
    path.write_bytes(data)
    (texts / "new.txt").write_text("Douvres et Calais")
    built = search.build(texts, index=texts.parent / "index")
    assert built.changes == Changes(21, 0, 0, 0)
    said = [one for one in built.notes if one.endswith(": all files are read again")]
    assert len(said) == (what != "*.files")
    assert len(articles(texts.parent / "index")) == 21


LONG = "Le port de Calais a repris vie ce matin, après trois jours de grève des marins de la compagnie, " * 2


def articles(index: Path) -> list[str]:
    with search.open(index) as archive:
        return [hit.article for hit in archive.search("Calais", limit=None)]


def test_an_article_met_twice_is_kept_once(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "a.txt").write_text(LONG)
    (texts / "b.txt").write_text(LONG.replace(" ", "\n\n", 1).upper())
    (texts / "c.txt").write_text("Calais")
    (texts / "d.txt").write_text("Calais")
    (texts / "e.jsonl").write_text(
        '{"id": "e1", "text": "Calais un", "url": "https://www.a.fr/x/1/"}\n'
        '{"id": "e2", "text": "Calais deux", "url": "http://a.fr/x/1?utm_source=mail#haut"}\n'
        '{"id": "e3", "text": "Calais trois", "url": "https://a.fr/"}\n'
        '{"id": "e4", "text": "Calais quatre", "url": "https://a.fr/"}\n'
    )
    built = search.build(texts, index=tmp_path / "index")
    assert (built.copies, built.stats.articles) == (2, 6)
    assert sorted(articles(tmp_path / "index")) == ["a", "c", "d", "e1", "e3", "e4"]
    (texts / "a.txt").unlink()
    assert search.build(texts, index=tmp_path / "index").copies == 1
    assert sorted(articles(tmp_path / "index")) == ["b", "c", "d", "e1", "e3", "e4"]
    (texts / "0.txt").write_text(LONG)
    assert search.build(texts, index=tmp_path / "index").copies == 2
    assert sorted(articles(tmp_path / "index")) == ["0", "c", "d", "e1", "e3", "e4"]
    assert search.build(texts, index=tmp_path / "index").copies == 2


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("a.jsonl", "a.jsonl"), ("a.jsonl:3", "a.jsonl"), ("p.zip!/x/a.txt", "p.zip"),
        ("p.zip!/q.zip!/a.csv:3", "p.zip"),
        ("C:b.txt:3", "C:b.txt"), ("other.txt:3", None),
    ],
)  # fmt: skip
def test_the_file_of_a_place(place: str, expected: str | None) -> None:
    assert catalogue.owner(place, {"a.jsonl", "p.zip", "C:b.txt"}) == expected
