"""The engine finds what the oracle finds: the same articles and paragraphs, with the same scores, in the same order.

If a fault of the engine gets past this test, the test must become better.
"""

import atexit
import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.article import Article
from search.engines.local.build import store
from search.engines.local.searcher import LocalEngine
from search.engines.local.writer import IndexWriter
from search.engines.protocol import Sort
from search.errors import QueryError
from search.query import (
    And,
    AtLeast,
    Between,
    Boost,
    Field,
    Fuzzy,
    InArticle,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Regex,
    Wildcard,
    Word,
)
from tests.engines.kernels.ways import WAYS, ranking
from tests.oracle import Oracle

PRINTED = """Calais CALAIS calais cale calé caler cales élection élections Elections ÉLECTIONS électorale le la les
de du fin vie vies Tours tours tour Grande-Synthe grande synthe
l'immigration d'immigration L'Immigration immigré migrants
migrant Migrants 27 000 S.N.C.F. SNCF Manche manche manches or an été Été Est est son chevaux cheval aujourd'hui
port ports port-la-nouvelle the of lines line channel Channel but car Ét\u0065\u0301 œuvre oeuvres""".split()
PUNCTUATION = [" "] * 8 + [", ", ". ", " : ", " « ", " - ", "\u00a0", "’"]

ARCHIVES = 6


@cache
def archive(seed: int) -> tuple[LocalEngine, Oracle]:
    """An engine and an oracle over the same random articles."""
    chance = random.Random(seed)
    articles = [article(chance, f"{chance.choice('zay')}{place}") for place in range(4 + 6 * seed)]
    folder = TemporaryDirectory()
    write(Path(folder.name), articles, parts=(1, 2, 7)[seed % 3])
    engine = LocalEngine(folder.name)
    atexit.register(folder.cleanup)
    atexit.register(engine.close)
    return engine, Oracle(articles)


def write(folder: Path, articles: list[Article], parts: int) -> None:
    """Write an index in so many segments, of which all but one have deleted documents."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "FANOUT", 0)
        patch.setattr(store, "MOST_DELETED", 1.0)
        for part in range(parts):
            with IndexWriter(folder) as one:
                for number, added in enumerate(articles[part::parts]):
                    one.add(added)
                    if parts > 1 and number % 2:
                        one.add(replace(added, id=f"x{part}.{number}"))
                one.commit()
        with IndexWriter(folder) as one:
            for part in range(parts):
                for number in range(1, len(articles[part::parts]), 2):
                    assert one.delete(f"x{part}.{number}") == (parts > 1)
            one.commit()


def article(chance: random.Random, identity: str) -> Article:
    return Article(
        id=identity,
        title=text(chance, 5) if chance.random() < 0.8 else "",
        paragraphs=tuple(text(chance, 25) or "-" for _ in range(chance.randint(0, 5))),
        date=chance.choice([None, "2018", "2019-05", "2019-05-03", "2020-01-01"]),
        author=chance.choice([None, "Anne Le Goff", "AFP"]),
        source=chance.choice([None, "Le Monde", "actu.orange.fr"]),
        language=chance.choice(["fr", "fr", "en"]),
    )


def text(chance: random.Random, most: int) -> str:
    drawn = [chance.choice(PRINTED) + chance.choice(PUNCTUATION) for _ in range(chance.randint(0, most))]
    return "".join(drawn).strip()


words = st.sampled_from([*PRINTED, "nulle", "Élection", "ELECTION", "l’Est", "27000", "oeuvre", "...", "a-t-il"])
leaves: st.SearchStrategy[Node] = st.one_of(
    st.builds(Word, words, st.booleans()),
    words.map(Word),
    st.lists(words, min_size=1, max_size=3).map(lambda parts: Phrase(" ".join(parts))),
    st.sampled_from(["c", "cal", "Él", "grande-s", "immi", "27"]).map(Prefix),
    st.sampled_from(["c*s", "*ion", "?hannel", "Él*t?on*", "m?nch*"]).map(Wildcard),
    st.builds(
        Fuzzy, st.sampled_from(["Calias", "manhce", "port", "Élection", "lé", "immigrations"]), st.integers(1, 2)
    ),
    st.sampled_from(["c.*s", "(cal|man).*", "[^e]+", "port|tours?", "2\\d+"]).map(Regex),
    st.lists(st.sampled_from([*PRINTED, "*", "*", "=Tours", "=tours", "c*", "27 000", "=", "-"]), min_size=1)
    .map(lambda parts: parts[:4])
    .filter(lambda parts: any(map(str.isalnum, "".join(parts))))
    .flatmap(lambda parts: st.builds(Phrase, st.just(" ".join(parts)), st.booleans())),
)
spoken = st.recursive(
    leaves.filter(lambda node: "..." not in str(node)),
    lambda inner: st.one_of(
        st.builds(Near, inner, inner, st.integers(1, 4), st.booleans()),
        st.lists(inner, min_size=2, max_size=3).map(tuple).map(Or),
        st.lists(inner, min_size=2, max_size=2).map(tuple).map(And),
    ),
    max_leaves=4,
)
"""What has places."""
placed_ones: st.SearchStrategy[Node] = st.one_of(
    st.builds(Near, spoken, spoken, st.integers(1, 6), st.booleans()),
    st.builds(AtLeast, st.integers(1, 3), spoken),
)
values = st.one_of(
    st.sampled_from(["AFP", "afp", "Monde", "orange", "Le", "monde-le"]).map(Word),
    st.sampled_from(["le monde", "orange fr", "goff"]).map(Phrase),
    st.sampled_from(["or", "a", "le mon"]).map(Prefix),
    st.sampled_from(["?onde", "*l*", "a*p"]).map(Wildcard),
    st.builds(Fuzzy, st.sampled_from(["mnode", "goff"]), st.integers(1, 2)),
    st.sampled_from(["a.p", "le|la"]).map(Regex),
)
days = st.sampled_from(["", "2018", "2018-12", "2019", "2019-05-02", "2020"])
filters: st.SearchStrategy[Node] = st.one_of(
    st.builds(Field, st.sampled_from(["source", "author"]), values),
    st.builds(Between, st.just("date"), days, days),
)
several = st.integers(2, 3)


def nested(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    parts = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        parts.map(And),
        parts.map(Or),
        inner.map(Not),
        inner.map(lambda part: Field("title", part)),
        filters,
        placed_ones,
        st.builds(Boost, inner, st.sampled_from([0.0, 0.5, 2.0])),
        st.builds(InArticle, inner, st.booleans()),
    )


trees = st.recursive(st.one_of(leaves, leaves, placed_ones), nested, max_leaves=6)


@pytest.fixture(scope="module", params=WAYS, autouse=True)
def way(request: pytest.FixtureRequest) -> Iterator[None]:
    """All of this holds in whichever way articles are ranked."""
    with ranking(request.param):
        yield


@given(st.integers(0, ARCHIVES - 1), trees)
@example(5, And((Word("le"), Between("date", "2019", "2020"))))
@example(5, Or((And((Word("Calais"), Word("port"))), Not(Word("cale")))))
@example(5, Field("title", Not(Word("Tours"))))
@settings(max_examples=600)
def test_the_engine_finds_what_the_oracle_finds(seed: int, tree: Node) -> None:
    engine, oracle = archive(seed)
    expected = oracle.search(tree)
    if expected is None:
        with pytest.raises(QueryError, match="only signs"):
            engine.search(tree)
        return
    found = engine.search(tree, limit=None)
    assert [
        (hit.article, hit.score, [(one.number, one.score) for one in hit.paragraphs]) for hit in found
    ] == expected
    assert (found.articles, found.paragraphs) == (len(expected), sum(len(hits) for *_, hits in expected))


@given(st.integers(0, ARCHIVES - 1), trees, st.integers(0, 8), st.sampled_from(["relevance", "newest", "oldest"]))
@settings(max_examples=100)
def test_fewer_hits_are_the_first_of_all(seed: int, tree: Node, limit: int, sort: Sort) -> None:
    engine, _ = archive(seed)
    try:
        everything = engine.search(tree, limit=None, sort=sort)
    except QueryError:
        return
    some = engine.search(tree, limit=limit, sort=sort)
    assert some.hits == everything.hits[:limit]
    assert (some.articles, some.paragraphs) == (everything.articles, everything.paragraphs)


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_sorting_by_date_puts_the_undated_last(sort: Sort) -> None:
    engine, _ = archive(5)
    dates = [hit.date for hit in engine.search(Prefix("c"), limit=None, sort=sort)]
    dated = [(date + "-01-01")[:10] for date in dates if date]
    assert dates[len(dated) :] == [None] * (len(dates) - len(dated))
    assert dated == sorted(dated, reverse=sort == "newest")
    assert dated
    assert None in dates


@given(st.integers(0, ARCHIVES - 1), trees)
@settings(max_examples=150)
def test_every_article_is_accounted_for(seed: int, tree: Node) -> None:
    """What explains a result adds up to its score, and what explains that there is none names what fails."""
    engine, oracle = archive(seed)
    try:
        found = {hit.article: hit for hit in engine.search(tree, limit=None)}
    except QueryError:
        return
    assert engine.explain(tree).paragraphs == sum(len(hit.paragraphs) for hit in found.values())
    for one in oracle.articles[:6]:
        account = engine.account(tree, one.id)
        hit = found.get(one.id)
        assert (account.matches, account.score) == ((True, hit.score) if hit else (False, 0.0))
        expected = {text.number: text.score for text in hit.paragraphs} if hit else {}
        assert {text.number: text.score for text in account.texts if text.matches} == expected
        for text in account.texts:
            assert bool(text.failing) != text.matches
            assert all(part for part, _ in text.failing)
            assert all(share.score == share.weight * share.rarity * share.saturation for share in text.shares)
