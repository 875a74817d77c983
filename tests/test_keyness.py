"""Keywords: the measures, and what they find in an archive."""

from math import log, log2
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import search
from search import Article
from search.engines.local import formcounts
from search.engines.local.searcher import LocalEngine
from search.engines.local.writer import IndexWriter
from search.keyness import SURE, g2, log_ratio
from search.syntax import parse

sides = st.integers(1, 1000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@given(sides, sides)
def test_g2_is_the_likelihood_of_two_shares_against_that_of_one(one: tuple[int, int], two: tuple[int, int]) -> None:
    def likelihood(seen: int, of: int, share: float) -> float:
        parts = ((seen, share), (of - seen, 1 - share))
        return sum(count * log(chance) for count, chance in parts if count)

    both = (one[0] + two[0]) / (one[1] + two[1])
    apart = likelihood(*one, one[0] / one[1]) + likelihood(*two, two[0] / two[1])
    together = likelihood(*one, both) + likelihood(*two, both)
    assert g2(*one, *two) == pytest.approx(2 * (apart - together), abs=1e-6)


def test_log_ratio() -> None:
    assert log_ratio(20, 100, 10, 100) == pytest.approx(1)
    assert log_ratio(5, 100, 10, 100) == pytest.approx(-1)
    assert log_ratio(5, 100, 0, 100) == pytest.approx(log2(10))


def articles() -> list[Article]:
    """Of sixty articles, twenty are on the port; a name of two words, an inflected word, and one that all have."""
    about_port = "Au port, le maire Jean Dupont a parlé du navire {0} et des navires de pêche, c'est sûr."
    others = "Le stade {0} était plein pour le match, a dit le maire, c'est sûr."
    return [
        Article(f"a{number}", "", ((about_port if number % 3 == 0 else others).format(number),), language="fr")
        for number in range(60)
    ]


@pytest.fixture(params=[1, 2])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> LocalEngine:
    every = articles()
    parts = [every] if request.param == 1 else [every[:50], every[50:]]
    for part in parts:
        with IndexWriter(tmp_path) as writer:
            for one in part:
                writer.add(one)
            writer.commit()
    return LocalEngine(tmp_path)


@pytest.mark.parametrize("read", [1, 1_000_000])
def test_what_the_texts_of_a_query_use_more(engine: LocalEngine, read: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formcounts, "READ", read)
    found = engine.keywords(parse("port")[0])
    of = found.texts, found.others
    words = {one.word: one for one in found.words}
    assert "port" not in words
    assert "maire" not in words
    assert "Dupont" not in words
    assert {"Jean Dupont", "parlé", "pêche"} <= words.keys()
    (ships,) = [one for one in found.words if "navire" in one.forms]
    assert set(ships.forms) == {"navire", "navires"}
    name = words["Jean Dupont"]
    assert (name.texts, name.others) == (of[0], 0)
    assert name.g2 == g2(of[0], of[0], 0, of[1])
    assert [one.g2 for one in found.words] == sorted((one.g2 for one in found.words), reverse=True)
    assert all(one.g2 >= SURE for one in found.words)


def test_one_query_against_another(engine: LocalEngine) -> None:
    found = engine.keywords(parse("match")[0], parse("port")[0])
    assert "stade" in {one.word for one in found.words}
    assert not {"maire", "navire", "match"} & {one.word for one in found.words}
    same = engine.keywords(parse("maire")[0], parse("maire")[0])
    assert (same.texts, same.others, same.words) == (0, 0, ())


def test_near_copies_count_once(tmp_path: Path) -> None:
    text = "Dépêche sur l'incendie : " + " ".join(f"mot{number} suite{number}" for number in range(80))
    copies = [Article(f"c{n}", "", (f"{text} {'Journal' * n}",), language="fr") for n in range(6)]
    search.build(articles=[*copies, *articles()], index=tmp_path)
    engine = LocalEngine(tmp_path)
    assert engine.keywords(parse("incendie")[0]).texts == 1
