"""Cross tables of queries, against facets and counting one by one."""

from collections.abc import Iterator

import pytest

import search
from search import Archive, QueryError
from search.archive import Limits
from search.errors import SearchError
from tests.conftest import Opener
from tests.test_timeline import ARTICLES

QUERIES = ("Calais", "numéro", "port OR titre", "zorglub", "port section:France")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("cross")
    search.build(articles=ARTICLES, index=folder)
    with search.open(folder) as opened:
        yield opened


@pytest.mark.parametrize("query", QUERIES)
def test_without_a_field_all_is_counted(archive: Archive, query: str) -> None:
    found, hits = archive.crosstab().row(query), archive.search(query, limit=0)
    assert (found.articles, found.paragraphs, found.values) == (hits.articles, hits.paragraphs, {})


@pytest.mark.parametrize("limits", [{}, {"since": "2019", "until": "2019-06"}])
@pytest.mark.parametrize("by", ["source", "section", "language", "year", "quarter", "month", "week", "day"])
@pytest.mark.parametrize("query", QUERIES)
def test_a_row_is_what_facets_are(archive: Archive, query: str, by: str, limits: Limits) -> None:
    cross = archive.crosstab(by, **limits)
    found, facets = cross.row(query), archive.facets(query, by, **limits)
    assert found.values == {one.value: one for one in facets}
    assert found.paragraphs == archive.search(query, limit=0, **limits).paragraphs
    assert set(found.values) <= set(cross.of)
    assert all(one.of == cross.of[value] > 0 for value, one in found.values.items())


def test_periods_come_in_their_order_and_values_by_their_number(archive: Archive) -> None:
    assert list(archive.crosstab("year").of) == ["2019", "2020", "2021"]
    by_source = archive.crosstab("source").of
    assert list(by_source.values()) == sorted(by_source.values(), reverse=True)


def test_what_has_no_period_counts_in_all(archive: Archive) -> None:
    found = archive.crosstab("month").row("numéro")
    assert sum(one.paragraphs for one in found.values.values()) < found.paragraphs


def test_a_value_has_one_name_whatever_is_asked(archive_of: Opener) -> None:
    """It is printed as the first article has it, and so its share is known."""
    spelled = [("port", "Sport"), ("tunnel", "sport")]
    articles = [search.Article(text, "", (text,), metadata={"section": section}) for text, section in spelled]
    archive = archive_of(*articles)
    assert archive.crosstab("section").of == {"Sport": 2}
    for query in ("port", "tunnel"):
        (facet,) = archive.facets(query, "section")
        assert (facet.value, facet.of, facet.share) == ("Sport", 2, 0.5)


def test_what_cannot_be_asked(archive: Archive) -> None:
    with pytest.raises(SearchError, match=r'^expected a field of this archive to count by .*, found "colour"$'):
        archive.crosstab("colour")
    with pytest.raises(QueryError, match=r"^since: expected a date"):
        archive.crosstab("year", since="zorglub")
    with pytest.raises(QueryError, match=r'^nothing can be since "2020" and until "2019"$'):
        archive.crosstab(since="2020", until="2019")
    with pytest.raises(QueryError) as refused:
        archive.crosstab("year").row("colour:red")
    assert (refused.value.column, refused.value.query) == (1, "colour:red")
