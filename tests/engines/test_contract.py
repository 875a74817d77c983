"""What every engine promises (`search.engines.protocol`). Each engine runs all of it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from search.article import Article
from search.engines.local.searcher import LocalEngine
from search.engines.local.writer import IndexWriter
from search.engines.protocol import Engine, Scope
from search.errors import NotFound, QueryError
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

ARTICLES = [
    Article(
        "calais", "Le port de Calais", ("À Calais, la cale est pleine.", "La Manche est belle en été."),
        date="2019-05-03", source="Le Monde", author="Anne Roux", language="fr", url="https://example.org/calais",
        path="a.txt", metadata={"section": "France"},
    ),
    Article("tours", "Les élections à Tours", ("L'élection du maire de Tours.", "Trois tours de piste."), date="2020",
            source="AFP", language="fr"),
    Article("strait", "", ("The ferries leave Calais for Dover.",), date="2018-12", language="en"),
    Article("undated", "Sans date", ("La fin, la vie.", "C'est la fin de vie."), language="fr"),
]  # fmt: skip

Make = Callable[[list[Article]], Engine]


@pytest.fixture(params=["local"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Make]:
    """Makes an engine of the kind under test over these articles."""
    engines: list[Engine] = []

    def local(articles: list[Article]) -> Engine:
        folder = tmp_path / f"index{len(engines)}"
        with IndexWriter(folder) as writer:
            for article in articles:
                writer.add(article)
            writer.commit()
        engines.append(LocalEngine(folder))
        return engines[-1]

    yield {"local": local}[request.param]
    for engine in engines:
        engine.close()


@pytest.fixture
def engine(make: Make) -> Engine:
    return make(ARTICLES)


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (Word("Calais"), {"calais", "strait"}),
        (Word("cale"), {"calais"}),
        (Word("ELECTIONS"), {"tours"}),
        (Near(Word("Calais"), Word("pleine"), 4), {"calais"}),
        (Near(Word("Calais"), Word("pleine"), 3), set()),
        (Near(Word("pleine"), Word("Calais"), 4, ordered=True), set()),
        (AtLeast(2, Word("fin")), set()),
        (InArticle(AtLeast(2, Word("fin"))), {"undated"}),
        (InArticle(And((Word("cale"), Word("Manche")))), {"calais"}),
        (Boost(Word("cale"), 2.0), {"calais"}),
        (Wildcard("*orts"), set()),
        (Wildcard("p?rt"), {"calais"}),
        (Wildcard("l'élect*n"), {"tours"}),
        (Wildcard("?ale-e?t"), {"calais"}),
        (Fuzzy("Calias"), {"calais", "strait"}),
        (Fuzzy("\u0301"), set()),
        (Regex("Élections?"), {"tours"}),
        (Phrase("fin * vie"), {"undated"}),
        (Phrase("=Fin"), set()),
        (Phrase("La fin", exact=True), {"undated"}),
        (Field("source", Wildcard("*onde")), {"calais"}),
        (Field("section", Fuzzy("frnce")), {"calais"}),
        (Field("source", Regex("a.p")), {"tours"}),
        (Between("date", "mai 2019", "décembre 2019"), {"calais"}),
        (Word("Tours", exact=True), {"tours"}),
        (Phrase("fin de vie"), {"undated"}),
        (Prefix("ferr"), {"strait"}),
        (And((Word("Calais"), Word("Dover"))), {"strait"}),
        (Or((Word("Dover"), Word("Manche"))), {"strait", "calais"}),
        (And((Word("Calais"), Not(Word("Dover")))), {"calais"}),
        (Not(Word("Calais")), {"calais", "tours", "undated"}),
        (Field("title", Word("port")), {"calais"}),
        (Field("titre", Word("port")), {"calais"}),
        (Field("source", Word("monde")), {"calais"}),
        (Field("author", Phrase("anne roux")), {"calais"}),
        (Field("auteur", Prefix("rou")), {"calais"}),
        (Field("section", Word("france")), {"calais"}),
        (Field("lang", Word("en")), {"strait"}),
        (Field("url", Word("example.org")), {"calais"}),
        (Field("date", Word("2019")), {"calais"}),
        (Field("date", Or((Word("2018"), Word("2019-05-03")))), {"calais", "strait"}),
        (Between("date", "2019", ""), {"calais", "tours"}),
        (Between("date", "", "2018"), {"strait"}),
        (Between("date", "2020-06", "2020-07"), {"tours"}),
        (Field("text", Word("Dover")), {"strait"}),
        (Word("absent"), set()),
        (Field("title", Word("...")), set()),
    ],
    ids=str,
)
def test_a_query_finds_these_articles(engine: Engine, tree: Node, expected: set[str]) -> None:
    if str(tree) == "title:...":
        with pytest.raises(QueryError, match="only signs"):
            engine.search(tree)
    else:
        assert {hit.article for hit in engine.search(tree)} == expected


def test_a_hit_tells_all_about_its_article(engine: Engine) -> None:
    hit = engine.search(And((Word("Manche"), Word("été"))))[0]
    assert (hit.rank, hit.article, hit.title, hit.date, hit.source, hit.language, hit.url, hit.path) == (
        1, "calais", "Le port de Calais", "2019-05-03", "Le Monde", "fr", "https://example.org/calais", "a.txt",
    )  # fmt: skip
    assert [one.number for one in hit.paragraphs] == [2]
    assert [hit.paragraphs[0].text[a:b] for a, b in hit.paragraphs[0].marks] == ["Manche", "été"]


def test_marks_show_the_query_in_the_title_even_if_the_title_does_not_match(engine: Engine) -> None:
    hit = engine.search(And((Word("Calais"), Word("cale"))))[0]
    assert [one.number for one in hit.paragraphs] == [1]
    assert [hit.title[a:b] for a, b in hit.title_marks] == ["Calais"]


def test_a_limit_leaves_the_counts_alone(engine: Engine) -> None:
    found = engine.search(Not(Word("absent")), limit=1)
    assert (len(found), found.articles, found.paragraphs) == (1, 4, 10)


def test_articles_that_tie_come_by_id(make: Make) -> None:
    same = [Article(name, "", ("La même phrase.",), language="fr") for name in ("b", "a", "c")]
    assert [hit.article for hit in make(same).search(Word("phrase"))] == ["a", "b", "c"]


@pytest.mark.parametrize("tree", [Word("Calais"), Or((Word("fin"), Word("élection"))), Word("zorglub")])
def test_ranked_articles_are_those_of_a_search(engine: Engine, tree: Node) -> None:
    hits = engine.search(tree, limit=None, variants=True)
    assert engine.rank(tree, "article", 10) == [(hit.article, None, hit.score) for hit in hits]
    assert engine.rank(tree, "article", 1) == engine.rank(tree, "article", 10)[:1]


def test_ranked_paragraphs_are_the_best_of_all_articles(make: Make) -> None:
    texts = ("Le port.", "Le port, le port et le port.", "Le tunnel.", "Le port.")
    engine = make([Article(name, "Port", texts, language="fr") for name in "cab"])
    hits = engine.search(Word("port"), limit=None, variants=True)
    every = [(hit.article, one.number, one.score) for hit in hits for one in hit.paragraphs if one.number]
    ordered = sorted(every, key=lambda one: (-one[2], one[0], one[1]))
    assert [one[:2] for one in ordered][:4] == [("a", 2), ("b", 2), ("c", 2), ("a", 1)]
    for limit in (1, 2, 4, 5, 9, 100):
        assert engine.rank(Word("port"), "paragraph", limit) == ordered[:limit]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [("newest", ["tours", "calais", "strait", "undated"]), ("oldest", ["strait", "calais", "tours", "undated"])],
)
def test_dates_sort_and_the_undated_come_last(engine: Engine, sort: str, expected: list[str]) -> None:
    hits = engine.search(Not(Word("absent")), sort=sort)  # type: ignore[arg-type]
    assert [hit.article for hit in hits] == expected


@pytest.mark.parametrize(
    ("tree", "message"),
    [
        (Field("colour", Word("red")), 'no field "colour" here; there are title, text, date, article, author,'),
        (
            Field("date", Word("soon")),
            'expected a date such as 2019, 2019-05-03, 03/05/2019, "mai 2019" or "3 months ago", found "soon"',
        ),
        (Field("date", Prefix("201")), 'expected a date, found "201*": for all of 2019 write date:2019'),
        (Between("source", "a", "b"), 'only "date" has ranges (..), "source" has none'),
        (Between("date", "2019-13", ""), 'there is no such day as "2019-13"'),
        (Field("source", Field("title", Word("a"))), "expected a value, found a field within a field"),
        (Word("..."), "expected a word to search for, found only signs"),
        (Regex("(a"), 'expected a regular expression, found "(a" (missing ): (a)'),
        (Field("source", Regex("(a")), 'expected a regular expression, found "(a" (missing ): (a)'),
        (Field("source", Near(Word("a"), Word("b"), 1)), "expected a value, found a field within a field"),
        (Phrase("/port.*/"), 'a "*" needs letters beside it, found "/port.*/"'),
        (Near(Word("a"), Word("..."), 1), 'expected a word beside NEAR, found only signs: "..."'),
        (AtLeast(2, Or((Word("a"), Word("...")))), 'expected a word beside ATLEAST, found only signs: "..."'),
        (
            Near(And((Word("a"),) * 17), And((Word("b"),) * 17), 1),
            "the groups beside NEAR make 289 pairs, at most 256 are read",
        ),
    ],
    ids=str,
)
def test_what_means_nothing_is_refused(engine: Engine, tree: Node, message: str) -> None:
    with pytest.raises(QueryError) as refused:
        engine.search(tree)
    assert refused.value.problem.startswith(message)


def test_articles_come_back_as_they_went_in(engine: Engine) -> None:
    for article in ARTICLES:
        assert engine.article(article.id) == article


@pytest.mark.parametrize("identity", ["", "nowhere", "\ud800", "calais "])
def test_an_unknown_id_is_not_found(engine: Engine, identity: str) -> None:
    with pytest.raises(NotFound, match="no article has the id"):
        engine.article(identity)


def test_marks_of_a_whole_article(engine: Engine) -> None:
    article = engine.article("tours")
    marks = engine.marks(Or((Word("tours"), Field("title", Word("élection")))), article)
    texts = dict(article.numbered())
    assert {number: [texts[number][a:b] for a, b in spans] for number, spans in marks.items()} == {
        0: ["élections", "Tours"], 1: ["Tours"], 2: ["tours"],
    }  # fmt: skip


def test_forms_tell_what_a_word_means(engine: Engine) -> None:
    (calais,) = engine.forms("Calais")
    assert (calais.name, calais.stop, calais.grades) == (True, False, ((2.5, {"Calais": 3}),))
    (election,) = engine.forms("l’élection")
    assert (election.name, election.grades) == (
        False,
        ((0.5, {"élection": 1}), (2.0, {"élection": 1, "élections": 1})),
    )
    assert [one.stop for one in engine.forms("est-ce l'Est")] == [True, True, False]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (Prefix("cal"), [("Calais", 3), ("cale", 1)]),
        (Wildcard("?lection*"), [("élection", 1), ("élections", 1)]),
        (Fuzzy("tour"), [("Tours", 2)]),
        (Regex("f(in|erries)"), [("fin", 2), ("ferries", 1)]),
        (Word("Tours", exact=True), [("Tours", 2)]),
        (Word("tours", exact=True), [("tours", 1)]),
        (Prefix("zz"), []),
    ],
    ids=str,
)
def test_words_of_a_pattern_with_their_texts(engine: Engine, pattern: Node, expected: list[tuple[str, int]]) -> None:
    found = engine.words(pattern)
    assert found[: len(expected)] == expected
    assert found == sorted(found, key=lambda one: -one[1])


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Calias", [("Calais", 3)]),
        ("CALAIS", []),
        ("ferry", []),
        ("feries", [("ferries", 1)]),
        ("vei", [("vie", 2)]),
        ("tour", [("Tours", 2)]),
        ("\u0301", []),
    ],
)
def test_the_nearest_words(engine: Engine, word: str, expected: list[tuple[str, int]]) -> None:
    assert engine.nearest(word)[: len(expected)] == expected
    assert len(engine.nearest(word, 1)) <= 1


def test_a_pattern_of_a_query_stands_for_so_many_words_and_a_listed_one_for_any(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.engines.local.resolve.MOST", 3)
    assert len(engine.words(Prefix("t"))) == 4
    with pytest.raises(
        QueryError, match=r'the patterns up to "t\*" stand for 4 words: expected 3 at most, so give more'
    ):
        engine.search(Prefix("t"))


def test_a_query_is_explained_part_by_part(engine: Engine) -> None:
    part = engine.explain(And((Word("Calais"), Word("le"), Not(Word("élection")))))
    assert (part.text, part.says, part.paragraphs) == ("Calais le NOT élection", "all of", 3)
    calais, le, no = part.parts
    assert (calais.says, calais.forms) == ("a name: only as it is printed", (("as printed", {"Calais": 3}),))
    assert (le.says, le.forms, le.paragraphs) == ("a stop word: left out", (), None)
    assert no.says == "not"
    assert [heading for heading, _ in no.parts[0].forms] == ["as printed", "plural, feminine"]


def test_an_article_is_accounted_for(engine: Engine) -> None:
    account = engine.account(Word("Calais"), "calais")
    [hit] = [hit for hit in engine.search(Word("Calais")) if hit.article == "calais"]
    assert (account.matches, account.score, account.best) == (True, hit.score, 1)
    assert [(text.number, text.matches) for text in account.texts] == [(0, True), (1, True), (2, False)]
    assert account.texts[2].failing == (("Calais", "not there; it stands in the title and paragraph 1"),)
    with pytest.raises(NotFound):
        engine.account(Word("Calais"), "absent")


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        (None, Scope(7, "2018-12", "2020", 2)),
        (Field("date", Word("2019")), Scope(2, "2019-05-03", "2019-05-03", 1)),
        (Between("date", "2019", ""), Scope(4, "2019-05-03", "2020", 2)),
        (Field("lang", Word("en")), Scope(1, "2018-12", "2018-12", 0)),
        (Field("lang", Word("de")), Scope(0, None, None, 0)),
    ],
    ids=str,
)
def test_what_a_search_looks_through(engine: Engine, conditions: Node | None, expected: Scope) -> None:
    assert engine.scope(conditions) == expected


@pytest.mark.parametrize(
    ("field", "start", "expected"),
    [
        ("source", "", ["AFP", "Le Monde"]),
        ("source", "le m", ["Le Monde"]),
        ("langue", "", ["fr", "en"]),
        ("auteur", "ANN", ["Anne Roux"]),
        ("section", "f", ["france"]),
        ("url", "", ["https", "calais", "example", "org"]),
        ("colour", "", []),
    ],
)
def test_the_values_of_a_field(engine: Engine, field: str, start: str, expected: list[str]) -> None:
    found = engine.values(field, start)
    assert sorted(found) == sorted(expected) if field == "url" else found == expected


def test_ids_by_how_they_begin(engine: Engine) -> None:
    assert engine.ids("", 2) == ["calais", "strait"]
    assert engine.ids("t", 5) == ["tours"]
    assert engine.ids("x", 5) == []
    assert engine.fields() == ["author", "language", "section", "source", "url"]


def test_stats_count_what_is_there(engine: Engine) -> None:
    stats = engine.stats()
    assert (stats.articles, stats.paragraphs, stats.words, stats.undated) == (4, 7, 46, 1)
    assert (stats.first, stats.last) == ("2018-12", "2020")
    assert (stats.languages, stats.sources) == ({"fr": 3, "en": 1}, {"": 2, "Le Monde": 1, "AFP": 1})
    assert stats.size > 0


def test_threads_may_share_an_engine(engine: Engine) -> None:
    trees: list[Node] = [Word("Calais"), Phrase("fin de vie"), Prefix("c"), Field("source", Word("AFP"))] * 25
    alone = [engine.search(tree) for tree in trees]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(engine.search, trees)) == alone


def test_an_article_without_paragraphs_is_found_by_its_title(make: Make) -> None:
    engine = make([Article("t", "Calais, brève", (), language="fr"), Article("p", "", ("Rien.",), language="fr")])
    (hit,) = engine.search(Word("Calais"))
    assert [one.number for one in hit.paragraphs] == [0]
    assert hit.score == pytest.approx(0.25 * hit.paragraphs[0].score)


def test_broken_characters_go_in_and_come_out(make: Make) -> None:
    broken = Article(
        "id\ud800", "Calais \udcff", ("la \ud83d Manche",), source="\udfff", metadata={"\ud800": "\ud800"}
    )
    engine = make([broken])
    (hit,) = engine.search(Word("Manche"))
    assert hit.article == "id?"
    assert engine.article("id?").paragraphs == ("la \ud83d Manche",)


def test_the_words_that_tell_a_text(engine: Engine) -> None:
    assert [one.word for one in engine.gist(["À Calais, la cale, Calais et zorglub."], 30, indexed=False)] == [
        "cale",
        "Calais",
    ]
    assert [one.word for one in engine.gist(["Calais et Douvres"], 1, indexed=True)] == ["Calais"]


def test_what_is_alike(engine: Engine) -> None:
    words: list[Node] = [Word("Calais"), Boost(Phrase("fin de vie"), 2.0), Word("ferries")]
    found = engine.alike(words, None, least=1, limit=None)
    assert [(hit.article, places) for hit, places in found] == [
        ("undated", (1,)),
        ("strait", (0, 2)),
        ("calais", (0,)),
    ]
    assert [hit.rank for hit, _ in found] == [1, 2, 3]
    assert [hit.article for hit, _ in engine.alike(words, None, least=2, limit=5)] == ["strait"]
    assert [hit.article for hit, _ in engine.alike(words, Field("lang", Word("fr")), least=1, limit=1)] == ["undated"]
    assert engine.alike(words, Word("zorglub"), least=1, limit=None) == []
    (hit, _), *_ = engine.alike(words[2:], None, least=1, limit=None)
    assert (hit.title, hit.paragraphs, hit.lead) == ("", (), "The ferries leave Calais for Dover.")


def test_what_has_no_copies(engine: Engine) -> None:
    assert engine.copies("calais") == []
