"""Queries that ask for less: what each change makes of a query, and that it never finds less."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import search
from search import Article
from search.engines.local.searcher import LocalEngine
from search.engines.protocol import Engine
from search.looser import conditions, looser
from search.query import And
from search.syntax import parse


def changes(query: str) -> dict[str, str]:
    found = looser(parse(query).tree, parse(query, any_word=True).tree)
    return {one.change: str(one.tree) for one in found}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Calais", {}),
        ("port Calais", {"with --any": "port OR Calais", "with --in article": "article:(port Calais)"}),
        ("port OR Calais", {}),
        ("article:(port Calais)", {"with --any": "article:(port OR Calais)"}),
        ('"fin de vie"', {"without the quotation marks": "fin de vie"}),
        ('"zorglub"', {}),
        (
            '"le * =Port im* d?s"',
            {
                "without the quotation marks": "le =Port im* d?s",
                "without the =": '"le * Port im* d?s"',
            },
        ),
        ("port NEAR/3 Calais", {"without NEAR": "port Calais"}),
        ("(port NEAR/3 (a OR b)) BEFORE/2 c", {"without NEAR": "port NEAR/3 (a OR b) c"}),
        ("ATLEAST/3 port", {"without ATLEAST": "port"}),
        ('="Le port"', {"without the =": '"Le port"', "without the quotation marks": "=Le =port"}),
        ("=port^2", {"without the =": "port^2"}),
        (
            "port date:2019 since:2018",
            {
                "without the date": "port",
                "with --in article": "article:(port date:2019 date:2018..)",
            },
        ),
        (
            "port -gare source:gazette date:2019",
            {
                "with --in article": "article:(port NOT gare source:gazette date:2019)",
                "without the date": "port NOT gare source:gazette",
                "without NOT gare": "port source:gazette date:2019",
                "without source:gazette": "port NOT gare date:2019",
                "without all that narrows": "port",
            },
        ),
        ("date:2019", {}),
        ('title:"le port" lang:fr', {
            "with --in article": 'article:(title:"le port" lang:fr)',
            "without the quotation marks": "title:(le port) lang:fr",
            'without title:"le port"': "lang:fr",
            "without lang:fr": 'title:"le port"',
        }),
    ],
)  # fmt: skip
def test_what_asks_for_less(query: str, expected: dict[str, str]) -> None:
    found = changes(query)
    assert {change: text for change, text in found.items() if change in expected} == expected
    assert found.keys() - expected.keys() <= {"with --any"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("port date:2019 -source:gazette -gare title:x lang:fr", "date:2019 NOT source:gazette lang:fr"),
        ("(port date:2019)^2", "date:2019"),
        ("port OR date:2019", ""),
    ],
)
def test_the_conditions_of_a_query(query: str, expected: str) -> None:
    found = conditions(parse(query).tree)
    assert str(And(tuple(found))) == expected


WORDS = st.sampled_from(["port", "Calais", "mer", '"port de Calais"', "=Port", "mer NEAR/2 vent", "ATLEAST/2 port",
                         "-vent", "date:2019", "date:2020", "title:port", "lang:fr", "lang:en"])  # fmt: skip


@settings(max_examples=60)
@given(st.lists(WORDS, min_size=1, max_size=5))
def test_a_looser_query_finds_no_less(spoken: Engine, words: list[str]) -> None:
    query = " ".join(words)
    tree = parse(query).tree
    least = spoken.search(tree, limit=0).paragraphs
    for one in looser(tree, parse(query, any_word=True).tree):
        if "-vent" in words and one.change == "with --in article":
            continue  # there the word may stand nowhere in the article
        assert spoken.search(one.tree, limit=0).paragraphs >= least, one


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    texts = ("Le port de Calais.", "Port, port et mer.", "Le vent et la mer.", "Un Port sur la mer calme, sans vent.")
    articles = [
        Article("a", "Le port", texts, "2019", language="fr"),
        Article("b", "La mer", texts[1:], "2020", language="fr"),
        Article("c", "Port", texts[:1], language="en"),
    ]
    folder = tmp_path_factory.mktemp("spoken") / "index"
    search.build(articles=articles, index=folder)
    return LocalEngine(folder)
