"""The writer: an index is the same however it came about, and a failed change leaves no trace."""

from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import search
from search.article import Article
from search.engines.local.build import deleting
from search.engines.local.searcher import LocalEngine
from search.engines.local.writer import IndexWriter
from search.errors import IndexBusy, NoIndex, NotAnIndex, OtherFormat
from search.query import Node, Prefix, Word

TEXTS = [
    "Calais calme Calais.",
    "il cale, la cale",
    "les élections",
    "une élection à Calais",
    "",
    "le calme de Tours",
]


def article(name: str, text: int) -> Article:
    return Article(name, f"Titre {name}", (TEXTS[text], TEXTS[-text]), date="2019", source="AFP", language="fr")


def written(folder: Path, articles: dict[str, Article]) -> None:
    with IndexWriter(folder, fresh=True) as writer:
        for one in articles.values():
            writer.add(one)
        writer.commit()


def answers(folder: Path) -> object:
    with closing(LocalEngine(folder)) as engine:
        queries: list[Node] = [
            Word("Calais"),
            Word("cale"),
            Word("élection"),
            Word("Tours"),
            Prefix("c"),
            Word("titre"),
        ]
        hits = [engine.search(query, limit=None) for query in queries]
        stats = engine.stats()
        forms = [engine.forms(word) for word in ("cale", "Calais", "Tours", "calme")]
        return hits, forms, (stats.articles, stats.paragraphs, stats.words, stats.forms, stats.first)


names = st.sampled_from("abcdef")
steps = st.lists(st.lists(st.tuples(names, st.integers(-1, 5)), min_size=1, max_size=4), min_size=1, max_size=4)


@given(steps)
@settings(max_examples=25)
def test_changed_step_by_step_or_built_at_once(
    tmp_path_factory: pytest.TempPathFactory, steps: list[list[tuple[str, int]]]
) -> None:
    """Adding, replacing and deleting in several commits gives the answers of an index built fresh."""
    folder = tmp_path_factory.mktemp("index")
    kept: dict[str, Article] = {}
    for step in steps:
        with IndexWriter(folder) as writer:
            for name, text in dict(step).items():
                assert writer.delete(name) == (name in kept)
                kept.pop(name, None)
                if text >= 0:
                    kept[name] = article(name, text)
                    writer.add(kept[name])
            writer.commit()
    fresh = tmp_path_factory.mktemp("fresh")
    written(fresh, kept)
    assert answers(folder) == answers(fresh)


def test_a_taken_id_is_counted_on(tmp_path: Path) -> None:
    with IndexWriter(tmp_path / "index") as writer:
        assert [writer.add(article("a", 1)) for _ in range(3)] == ["a", "a~2", "a~3"]
        writer.commit()
    with IndexWriter(tmp_path / "index") as writer:
        assert writer.add(article("a", 1)) == "a~4"


def test_an_aborted_change_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    written(tmp_path, {"a": article("a", 0)})
    before = answers(tmp_path)
    with IndexWriter(tmp_path, fresh=True) as writer:
        writer.add(article("b", 1))  # and no commit
    assert answers(tmp_path) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["000001.seg", "index.json", "lock"]


def test_a_first_build_that_fails_leaves_no_folder(tmp_path: Path) -> None:
    with IndexWriter(tmp_path / "index") as writer:
        writer.add(article("a", 0))
    assert not (tmp_path / "index").exists()


@pytest.mark.parametrize(
    "moment",
    [
        "build.store.merge",
        "writer.counts.manifest",
        "writer.variants.groups",
        "folder.publish",
        "folder.sync",
        "folder.json.dump",
    ],
)
def test_a_commit_that_is_interrupted_leaves_the_old_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    written(tmp_path, {"a": article("a", 0)})
    before = answers(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(f"search.engines.local.{moment}", interrupted)
        with pytest.raises(KeyboardInterrupt):
            written(tmp_path, {"b": article("b", 1)})
    assert answers(tmp_path) == before
    assert not (tmp_path / "new").exists()
    written(tmp_path, {"a": article("a", 0)})
    assert answers(tmp_path) == before


def test_nothing_is_seen_before_the_commit(tmp_path: Path) -> None:
    with IndexWriter(tmp_path) as writer:
        writer.add(article("a", 0))
        with pytest.raises(NoIndex):
            LocalEngine(tmp_path)
        writer.commit()
    with closing(LocalEngine(tmp_path)) as engine:
        assert engine.stats().articles == 1


def test_a_reader_keeps_its_generation_and_only_the_last_two_stay(tmp_path: Path) -> None:
    written(tmp_path, {"a": article("a", 0)})
    with closing(LocalEngine(tmp_path)) as engine:
        for text in (1, 2, 3):
            written(tmp_path, {"b": article("b", text)})
        assert [hit.article for hit in engine.search(Word("Calais"))] == ["a"]
        assert engine.article("a").id == "a"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "000003.seg",
        "000004.seg",
        "index.json",
        "lock",
        "previous.json",
    ]


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    with IndexWriter(tmp_path), pytest.raises(IndexBusy) as refused:
        IndexWriter(tmp_path)
    assert str(refused.value) == f'another build is writing "{tmp_path}": wait for it to end'
    IndexWriter(tmp_path).abort()


def test_what_a_killed_build_left_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "half").write_text("x")
    (tmp_path / "000007.seg").write_text("x")
    (tmp_path / "g000003").mkdir()
    written(tmp_path, {"a": article("a", 0)})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["000008.seg", "index.json", "lock"]


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("x")
    with pytest.raises(NotAnIndex) as refused:
        IndexWriter(tmp_path)
    assert str(refused.value) == (
        f'"{tmp_path}" is not an index and not empty: name an empty or new folder with --index'
    )
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotAnIndex, match="is not an index and not empty"):
        IndexWriter(tmp_path / "file")
    with pytest.raises(NotAnIndex, match="cannot write to the index folder"):
        IndexWriter(tmp_path / "file" / "index")


def test_an_index_of_another_format_may_be_replaced(tmp_path: Path) -> None:
    (tmp_path / "index.json").write_text('{"magic": "news-search index", "format": 99}')
    with pytest.raises(OtherFormat) as refused:
        LocalEngine(tmp_path)
    assert str(refused.value) == (
        f'"{tmp_path}" has index format 99, this program reads 5: build the index again with: search build'
    )
    written(tmp_path, {"a": article("a", 0)})
    with closing(LocalEngine(tmp_path)) as engine:
        assert engine.stats().articles == 1


def test_a_language_is_guessed_where_none_is_given(tmp_path: Path) -> None:
    with IndexWriter(tmp_path) as writer:
        writer.add(Article("en", "", ("The ferries leave for Dover and the sea is calm.",)))
        writer.add(Article("fr", "", ("Les ferries partent pour Douvres et la mer est calme.",)))
        writer.commit()
    with closing(LocalEngine(tmp_path)) as engine:
        assert [engine.article(one).language for one in ("en", "fr")] == ["en", "fr"]


def test_a_field_with_a_line_end_in_its_name(tmp_path: Path) -> None:
    metadata = {"a\nb": "Calais", "a b": "Douvres", "port": "Dunkerque"}
    articles = [Article(str(number), "Titre", ("la mer",), metadata=metadata) for number in range(3)]
    search.build(index=tmp_path / "index", articles=articles)
    with search.open(tmp_path / "index") as archive:
        assert archive.search("port:Dunkerque").articles == 3
        assert archive.read("1").metadata == metadata
    with IndexWriter(tmp_path / "index") as writer:
        assert writer.delete("1")
        writer.commit()
    with search.open(tmp_path / "index") as archive:
        assert archive.search("port:Dunkerque").articles == 2


def test_articles_are_deleted_some_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for at_once in (deleting.AT_ONCE, 0):
        monkeypatch.setattr(deleting, "AT_ONCE", at_once)
        folder = tmp_path / f"{at_once}"
        written(folder, {name: article(name, number % 5) for number, name in enumerate("abcdefghij")})
        with IndexWriter(folder) as writer:
            assert all(map(writer.delete, "ad"))
            writer.commit()
        found.append((answers(folder), *(path.read_bytes() for path in sorted(folder.glob("*.del")))))
    assert len(found[0]) == 2
    assert found[0] == found[1]
