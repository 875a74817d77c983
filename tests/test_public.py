"""What is public is what is listed."""

import types
from pathlib import Path

import pytest

import search
from search import Article, IndexProblem, QueryError, SearchError


def test_the_list_names_everything_and_nothing_else() -> None:
    public = {
        name
        for name, value in ((name, getattr(search, name)) for name in dir(search))
        if not name.startswith("_") and not isinstance(value, types.ModuleType)
    }
    assert public == set(search.__all__)
    assert search.__all__ == sorted(search.__all__)


def test_everything_public_is_described() -> None:
    assert all(getattr(search, name).__doc__ for name in search.__all__)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    search.build(articles=[Article("a", "Calais", ("Le port.",), language="fr")], index=tmp_path / "index")
    return tmp_path / "index"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"sort": "bad"}, 'expected the order "relevance", "newest" or "oldest", found "bad"'),
        ({"limit": -1}, "expected a limit of 0 or more, found -1"),
    ],
)
def test_wrong_arguments(index: Path, arguments: dict[str, object], message: str) -> None:
    with search.open(index) as archive, pytest.raises(QueryError) as refused:
        archive.search("Calais", **arguments)  # type: ignore[arg-type]
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"unit": "line"}, 'expected to rank by "article" or "paragraph", found "line"'),
        ({"limit": -1}, "expected a limit of 0 or more, found -1"),
    ],
)
def test_wrong_arguments_of_a_ranking(index: Path, arguments: dict[str, object], message: str) -> None:
    with search.open(index) as archive, pytest.raises(QueryError) as refused:
        archive.rank("Calais", **arguments)  # type: ignore[arg-type]
    assert str(refused.value) == message


def test_a_plain_text_is_no_query(index: Path) -> None:
    with search.open(index) as archive:
        assert archive.search("(Calais : NOT ?", plain=True, any_word=True).articles == 1
        assert archive.rank("« port » ?", plain=True)[0].article == "a"


def test_a_query_may_not_be_endless(index: Path) -> None:
    with search.open(index) as archive:
        assert archive.search("Calais " * 714).articles == 1
        with pytest.raises(QueryError, match=r"^a query may have 5,000 characters, this one has 5,005$"):
            archive.search("Calais " * 715)


def test_a_closed_archive_says_so(index: Path) -> None:
    archive = search.open(index)
    archive.close()
    with pytest.raises(SearchError, match=r"^the archive is closed$"):
        archive.search("Calais")


def test_an_archive_outlives_two_builds(index: Path) -> None:
    with search.open(index) as archive:
        for name in "bc":
            search.build(articles=[Article(name, "Douvres", ("La mer.",))], index=index)
        assert archive.stats().articles == 1
        assert archive.search("Calais").articles == 1


def test_an_article_that_cannot_be_indexed_is_left_out(tmp_path: Path) -> None:
    numbered = Article("b", "t", ("b",), metadata={"n": 5})  # type: ignore[dict-item]
    articles = [Article("a", "t", ("a",), date="bad"), numbered, Article("a", "t", ())]
    built = search.build(articles=articles, index=tmp_path / "index")
    assert (built.stats.articles, built.notes, [problem.place for problem in built.problems]) == (1, (), ["a", "b"])
    one, other = (problem.reason for problem in built.problems)
    assert one.startswith("cannot be indexed (expected a date such as 2019")
    assert other == 'cannot be indexed (metadata "n": expected a string, found int)'


def test_a_path_that_no_folder_can_have() -> None:
    with pytest.raises(IndexProblem, match="can be no folder"):
        search.open("a\0b")
