"""Whoosh's own searcher over the segments: what it finds, and what it is told it cannot have."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from whoosh import query, sorting
from whoosh.qparser import QueryParser

from search.article import Article
from search.engines.local.codec.for_whoosh import Codec
from search.engines.local.whoosh_index import WhooshIndex
from search.engines.local.writer import IndexWriter

ARTICLES = [
    Article("a", "Le port de Calais", ("À Calais, le port de pêche.", "L'été, la Manche est calme."),
            date="2019-05-03", source="Le Monde", author="Anne Roux", language="fr"),
    Article("b", "", ("Le port, Calais et la mer.", "Calais, Calais !"), date="2020", source="AFP", language="fr"),
    Article("c", "The Strait", ("The port of Dover.",), date="2018-12-31", source="AFP", language="en"),
]  # fmt: skip


@pytest.fixture(params=[1, 3])
def index(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[WhooshIndex]:
    """The articles in one segment, or in three of which the middle one has deleted documents."""
    if request.param == 1:
        with IndexWriter(tmp_path) as writer:
            for article in ARTICLES:
                writer.add(article)
            writer.commit()
    else:
        write_in_three(tmp_path)
    opened = WhooshIndex(tmp_path)
    yield opened
    opened.close()


def write_in_three(folder: Path) -> None:
    padding = [Article(f"x{number}", "", ("le mot",) * 50, language="fr") for number in range(2)]
    parts = [[*ARTICLES[:1], *[Article("y", "", ("le mot",) * 700)]], [ARTICLES[1], *padding], [ARTICLES[2]]]
    for part in parts:
        with IndexWriter(folder) as writer:
            for article in part:
                writer.add(article)
            writer.commit()
    with IndexWriter(folder) as writer:
        assert writer.delete("x0")
        writer.commit()


def found(index: WhooshIndex, asked: Any, **more: Any) -> list[tuple[str, int]]:
    with index.searcher() as searcher:
        return [(hit["id"], hit["number"]) for hit in searcher.search(asked, limit=None, **more)]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (query.Term("text", "Calais"), {("a", 0), ("a", 1), ("b", 1), ("b", 2)}),
        (query.Term("text", "calais"), set()),
        (query.Term("id", "b"), {("b", 1), ("b", 2)}),
        (query.Term("meta", "author\troux"), {("a", 0)}),
        (query.Phrase("text", ["port", "de", "Calais"]), {("a", 0)}),
        (query.Phrase("text", ["port", "Calais"]), {("b", 1)}),
        (query.Phrase("meta", ["source\tle", "source\tmonde"]), {("a", 0)}),
        (query.And([query.Term("text", "port"), query.Term("source", "AFP")]), {("b", 1), ("c", 1)}),
        (query.Or([query.Term("text", "Manche"), query.Term("text", "Dover")]), {("a", 2), ("c", 1)}),
        (query.And([query.Term("text", "port"), query.Not(query.Term("text", "Calais"))]), {("c", 1)}),
        (query.Prefix("text", "Dov"), {("c", 1)}),
        (query.Wildcard("text", "M*che"), {("a", 2)}),
        (query.FuzzyTerm("text", "Dovar"), {("c", 1)}),
        (query.And([query.Term("text", "port"), query.TermRange("date", "20190101", "20201231")]),
         {("a", 0), ("a", 1), ("b", 1)}),
        (query.TermRange("id", "a", "b"), {("a", 0), ("a", 1), ("a", 2), ("b", 1), ("b", 2)}),
    ],
)  # fmt: skip
def test_queries(index: WhooshIndex, asked: Any, expected: set[tuple[str, int]]) -> None:
    assert set(found(index, asked)) == expected


def test_the_best_comes_first(index: WhooshIndex) -> None:
    assert found(index, query.Term("text", "Calais"))[0] == ("b", 2)


def test_what_is_stored(index: WhooshIndex) -> None:
    with index.searcher() as searcher:
        hit = dict(searcher.search(query.Term("text", "Manche"))[0])
    assert hit == {
        "id": "a", "number": 2, "text": "L'été, la Manche est calme.", "language": "fr", "source": "Le Monde",
        "author": "Anne Roux", "date": "20190503",
    }  # fmt: skip


def test_whooshs_own_parser(index: WhooshIndex) -> None:
    parsed = QueryParser("text", index.schema).parse('"port de Calais" OR (Dover AND date:2018*)')
    assert set(found(index, parsed)) == {("a", 0), ("c", 1)}


def test_sorting_and_groups(index: WhooshIndex) -> None:
    ports = query.Term("text", "port")
    assert [one for one, _ in found(index, ports, sortedby="date")] == ["c", "a", "a", "b"]
    newest = found(index, ports, sortedby=sorting.FieldFacet("date", reverse=True))
    assert newest[0] == ("b", 1)
    with index.searcher() as searcher:
        groups = searcher.search(ports, groupedby="source").groups("source")
    assert {name: len(documents) for name, documents in groups.items()} == {"AFP": 2, "Le Monde": 2}


def test_how_much_there_is(index: WhooshIndex) -> None:
    with index.reader() as reader:
        texts = [reader.stored_fields(document)["text"] for document in reader.all_doc_ids()]
        assert reader.doc_count() == index.doc_count() == len(texts)
        assert reader.doc_frequency("text", "port") == 4
        assert list(reader.lexicon("source")) == [b"AFP", b"Le Monde"]
        assert reader.max_field_length("text") == 6
        assert reader.first_id("id", "b") == next(reader.postings("id", "b").all_ids())


def test_an_empty_index(tmp_path: Path) -> None:
    with IndexWriter(tmp_path) as writer:
        writer.commit()
    index = WhooshIndex(tmp_path)
    assert (index.is_empty(), index.doc_count_all(), found(index, query.Term("text", "Calais"))) == (True, 0, [])


@pytest.mark.parametrize("name", ["per_document_writer", "field_writer", "postings_writer", "new_segment"])
def test_it_does_not_write(name: str) -> None:
    with pytest.raises(NotImplementedError, match="this codec only reads; write with"):
        getattr(Codec(), name)(None, None)
