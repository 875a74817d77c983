"""Articles ranked as wholes, against a computation that reads every article; the telling words of a text."""

import random
from collections.abc import Callable, Sequence
from math import log
from pathlib import Path

import pytest

from search.article import Article
from search.engines.local import gist, wholes
from search.engines.local.kernels.arrays import array_kernel
from search.engines.local.kernels.plain import PlainKernel
from search.engines.local.searcher import LocalEngine
from search.engines.local.writer import IndexWriter
from search.language import folded_forms
from search.query import Between, Boost, Node, Phrase

WORDS = "Calais port Tours tunnel ferry dentelle jungle élection marée quai".split()
ASKED = [("Calais", 1.0), ("port", 0.5), ("Tours tunnel", 1.5), ("ferry", 1.25), ("elections", 1.0), ("zorglub", 1.0)]
TREES: list[Node] = [Boost(Phrase(text), weight) for text, weight in ASKED]


def written(seed: int) -> list[Article]:
    chance = random.Random(seed)
    return [
        Article(
            f"a{number:02}",
            " ".join(chance.choices(WORDS, k=chance.randrange(3))),
            tuple(" ".join(chance.choices(WORDS, k=chance.randrange(1, 9))) for _ in range(chance.randrange(1, 5))),
            date=f"20{chance.randrange(10, 20)}",
            language="fr",
        )
        for number in range(60)
    ]


def engine_of(articles: Sequence[Article], folder: Path, parts: int) -> LocalEngine:
    """The articles in several segments, of which the first has one more that is deleted again."""
    for part in range(parts):
        with IndexWriter(folder) as writer:
            for article in [*articles[part::parts], *([Article("gone", "", ("Calais port",))] * (part == 0))]:
                writer.add(article)
            writer.commit()
    with IndexWriter(folder) as writer:
        writer.delete("gone")
        writer.commit()
    return LocalEngine(folder)


def times(article: Article, text: str) -> int:
    """How often a phrase stands in the texts of an article."""
    wanted = folded_forms(text)
    every = [folded_forms(one) for _, one in article.numbered()]
    return sum(one[at : at + len(wanted)] == wanted for one in every for at in range(len(one)))


def expected(articles: Sequence[Article], among: Callable[[Article], bool], least: int) -> list[tuple[str, float]]:
    """What the formula says, read off the texts."""
    sizes = [sum(len(folded_forms(text)) for _, text in one.numbered()) for one in articles]
    average = sum(sizes) / len(sizes)
    having = {text: sum(times(one, text) > 0 for one in articles) for text, _ in ASKED}
    found = []
    for article, size in zip(articles, sizes, strict=True):
        here = [(weight, text, tf) for text, weight in ASKED if (tf := times(article, text))]
        if len(here) < least or not among(article):
            continue
        norm = 1.2 * (1 - 0.75 + 0.75 * size / average)
        score = sum(
            2.5
            * weight
            * log(1 + (len(articles) - having[text] + 0.5) / (having[text] + 0.5))
            * tf
            * 2.2
            / (tf + norm)
            for weight, text, tf in here
        )
        found.append((article.id, score))
    return sorted(found, key=lambda one: (-round(one[1], 9), one[0]))


@pytest.mark.parametrize("kernel", [PlainKernel, array_kernel])
@pytest.mark.parametrize("parts", [1, 3])
@pytest.mark.parametrize("limit", [None, 0, 1, 7])
def test_the_best_are_those_of_the_formula(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kernel: type[PlainKernel], parts: int, limit: int | None
) -> None:
    monkeypatch.setattr(wholes, "kernel_for", lambda _, postings: kernel(postings))
    for seed in range(3):
        articles = written(seed)
        engine = engine_of(articles, tmp_path / str(seed), parts)
        for conditions, among in ((None, lambda _: True), (Between("date", "2015", ""), lambda a: a.date >= "2015")):
            for least in (1, 3):
                found = engine.alike(TREES, conditions, least=least, limit=limit, variants=True)
                right = expected(articles, among, least)
                assert [hit.article for hit, _ in found] == [one for one, _ in right[:limit]]
                assert [hit.score for hit, _ in found] == pytest.approx([score for _, score in right[:limit]])
                for hit, places in found:
                    article = next(one for one in articles if one.id == hit.article)
                    assert places == tuple(n for n, (text, _) in enumerate(ASKED) if times(article, text))
        engine.close()


def test_lengths_are_looked_up_for_few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = engine_of(written(1), tmp_path, 1)
    looked_up: list[int] = []
    size = engine._postings.size

    def noted(title: int) -> int:
        looked_up.append(title)
        return size(title)

    monkeypatch.setattr(engine._postings, "size", noted)
    engine.alike(TREES, None, least=1, limit=1)
    assert 0 < len(looked_up) < 30
    engine.close()


@pytest.fixture
def press(tmp_path: Path) -> LocalEngine:
    return engine_of(
        [
            Article("a", "Le port", ("Adama Traoré a vu le port, les ports. Selon M. Traoré, rien.",), language="fr"),
            Article("b", "", ("La Région Île de France et le port de Calais.", "À Calais."), language="fr"),
            Article("c", "", ("Un port, un quai, une île.",), language="fr"),
        ],
        tmp_path,
        1,
    )


def told(engine: LocalEngine, *texts: str, indexed: bool = False, limit: int = 30) -> list[tuple[str, str]]:
    return [(one.word, str(one.asked)) for one in engine.gist(texts, limit, indexed=indexed)]


def test_names_are_kept_whole_and_called_by_their_last_word(press: LocalEngine) -> None:
    assert told(press, "On a vu Adama Traoré, non Traoré.") == [
        ("Traoré", '"Traoré"^1.33333'),
        ("Adama Traoré", '"Adama Traoré"^1'),
        ("vu", '"vu"^1'),
    ]
    assert told(press, "On va en Île-de-France.") == [("France", '"France"^1'), ("Île-de-France", '"Île * France"^1')]


def test_a_name_of_unknown_words_is_taken_apart(press: LocalEngine) -> None:
    assert told(press, "On dit que Calais Zorglub, Zorglub Traoré.") == [
        ("Traoré", '"Traoré"^1'),
        ("Calais", '"Calais"^1'),
    ]


def test_what_is_repeated_tells_more_and_what_is_rare(press: LocalEngine) -> None:
    assert [word for word, _ in told(press, "port port port quai la les")] == ["quai", "port"]
    assert told(press, "quai quai, Quai, quai")[0] == ("quai", '"quai"^1.6')
    assert told(press, "port quai calais", limit=1) in ([("calais", '"calais"^1')], [("quai", '"quai"^1')])


def test_what_no_other_text_has_tells_nothing(press: LocalEngine) -> None:
    article = press.article("a")
    words = [word for word, _ in told(press, *(text for _, text in article.numbered()), indexed=True)]
    assert words == ["port"]
    assert told(press, "Привет") == told(press, "") == told(press, "la de et 5") == []


def test_of_a_book_the_beginning_is_read(press: LocalEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gist, "MOST", 12)
    assert [word for word, _ in told(press, "port", "le quai, Calais", "Calais")] == ["quai", "port"]


def test_a_chinese_letter_is_a_word(tmp_path: Path) -> None:
    engine = engine_of([Article("a", "", ("加来港口",)), Article("b", "", ("在加来", "x y"))], tmp_path, 1)
    assert {word for word, _ in told(engine, "加来 x")} == {"加", "来"}
    engine.close()
