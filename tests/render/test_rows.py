"""Hits as rows: an article or a paragraph each."""

import json

import pytest

from search import Article
from search.errors import SearchError
from search.hits import Hit, ParagraphHit, Span, Variant
from search.render.rows import USUAL, checked, document, plain, records
from search.render.tables import table

HIT = Hit(
    2, "a-1", "Été", "2019-05", "AFP", "fr", None, "a.txt", 2.5,
    (ParagraphHit(0, 1.0, "Été", (Span(0, 3),)), ParagraphHit(7, 1.5, "En\t« été »\nici", (Span(5, 8),))),
    variants=(Variant("b", None, None), Variant("c", "2020", "X")), author="Anne",
)  # fmt: skip


def nothing(identity: str) -> Article:
    raise AssertionError(f"{identity} need not be read")


def test_a_row_for_each_article() -> None:
    assert list(records([HIT], ["article", "rank", "author", "variants"], nothing)) == [
        {"article": "a-1", "rank": 2, "author": "Anne", "variants": ["b", "c"]}
    ]


def test_a_row_for_each_paragraph() -> None:
    names = ("reference", "date", "number", "paragraph_score")
    found = list(records([HIT], names, nothing))
    assert [tuple(one) for one in found] == [names, names]
    assert [tuple(one.values()) for one in found] == [("a-1:0", "2019-05", 0, 1.0), ("a-1:7", "2019-05", 7, 1.5)]


def test_the_usual_fields() -> None:
    found = list(records([HIT], checked(None, []), nothing))
    assert [tuple(one) for one in found] == [USUAL, USUAL]


def test_fields_of_the_archive_are_read_from_the_article() -> None:
    article = Article("a-1", "", ("Un.",), metadata={"section": "ville"})
    found = records([HIT], ["section", "colour", "rank"], lambda identity: article)
    assert list(found) == [{"section": "ville", "colour": None, "rank": 2}]


def test_names_that_are_none() -> None:
    assert checked(["section", "rank", "rank"], ["section"]) == ("section", "rank")
    with pytest.raises(SearchError) as caught:
        checked(["rank", ""], ["section"])
    assert str(caught.value) == (
        "--fields: expected some of rank, article, title, date, source, author, language, url, path, line, score, "
        'lead, variants, number, reference, text, paragraph_score, section, found ""'
    )


def test_plain_values() -> None:
    record = {"text": "En\t« été »\n\x1b", "score": 1.23456789, "url": None, "variants": ["b", "c"], "rank": 3}
    assert plain(record, raw=False) == "En « été » �\t1.23457\t\tb; c\t3"
    assert plain(record, raw=True) == "En\t« été »\n\x1b\t1.23457\t\tb; c\t3"


def test_variants_in_tables() -> None:
    assert list(table("csv", ["variants"], records([HIT], ["variants"], nothing))) == ["variants", "b; c"]


def test_a_document() -> None:
    for lines in ([], ['{"a": 1}'], ['{"a": 1}', '{"a": 2}']):
        shown = list(document({"articles": 3}, lines))
        assert len(shown) == len(lines) + 2
        assert json.loads("\n".join(shown)) == {"v": 1, "articles": 3, "hits": [json.loads(one) for one in lines]}
