"""The sample corpus: what its README promises, and that the first searches of a newcomer find something good."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import search
from search import Archive, Article
from search.readers import find, read
from tests.conftest import ROOT

WRAPPED = re.compile(r"(?:^.{50,72}\n){3}", re.MULTILINE)


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    items = [item for file in find([ROOT / "corpus"]).files for item, _ in read(file)]
    assert not [str(item) for item in items if not isinstance(item, Article)]
    return [item for item in items if isinstance(item, Article)]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("corpus") / "index"
    search.build(ROOT / "corpus", index=folder)
    with search.open(folder) as archive:
        yield archive


def test_thirty_articles_in_french_and_english(articles: list[Article]) -> None:
    languages = [article.language for article in articles]
    assert (len(articles), languages.count("fr"), languages.count("en")) == (30, 23, 7)


def test_each_has_a_title_a_date_a_source_and_a_name_of_its_own(articles: list[Article]) -> None:
    for article in articles:
        assert article.title != article.id, article.id
        assert article.source, article.id
        assert article.date == article.id[:10], article.id
        assert not article.metadata, article.id
    assert len({article.title for article in articles}) == 30


def test_they_go_from_1802_to_2020(articles: list[Article]) -> None:
    years = sorted((article.date or "")[:4] for article in articles)
    assert (years[0], years[-1]) == ("1802", "2020")


def test_they_are_short_and_of_several_paragraphs(articles: list[Article]) -> None:
    for article in articles:
        assert 120 <= sum(len(text.split()) for text in article.paragraphs) <= 500, article.id
        assert 3 <= len(article.paragraphs) <= 8, article.id


def test_the_three_hard_wrapped_ones_are_parted_at_blank_lines(articles: list[Article]) -> None:
    wrapped = [article for article in articles if WRAPPED.search(Path(article.path or "").read_text("utf-8"))]
    assert len(wrapped) == 3
    for article in wrapped:
        body = Path(article.path or "").read_text("utf-8").split("---\n", 2)[2]
        assert article.paragraphs == tuple(" ".join(block.split()) for block in body.strip().split("\n\n"))


def test_every_paragraph_ends_as_a_sentence_does(articles: list[Article]) -> None:
    for article in articles:
        assert all(text.endswith((".", "!", "?", "»", "…", '"', "”")) for text in article.paragraphs), article.id


@pytest.mark.parametrize(("query", "least"), [("Calais", 15), ("Manche", 10)])
def test_the_first_searches_find_good_articles(archive: Archive, query: str, least: int) -> None:
    found = archive.search(query)
    assert found.articles >= least
    assert len(found) == 10
    assert len({hit.date for hit in found}) == len({hit.title for hit in found}) == 10
    for hit in found:
        assert all(one.text[a:b] == query for one in hit.paragraphs for a, b in one.marks), hit.article
        assert hit.best(1), hit.article
    assert query in found[0].title


def test_both_languages_answer(archive: Archive) -> None:
    assert {hit.language for hit in archive.search("Calais", limit=None)} == {"fr", "en"}
    assert archive.search("Channel").articles >= 3
