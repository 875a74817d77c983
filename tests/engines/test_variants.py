"""Near-copies: an agency's text in several papers is one result, and names the others."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import search
from search import Archive, Article
from search.engines.local.build import store
from search.engines.local.build.sketch import SIZE, likeness, sketches
from search.engines.local.build.variants import LIKE, groups
from search.engines.local.codec.opened import open_index
from search.engines.local.folder import current
from search.engines.local.writer import IndexWriter
from search.engines.protocol import Sort
from search.hits import Variant
from tests.conftest import Shell
from tests.engines.kernels.ways import WAYS, ranking

WIRE = (
    "Le trafic transmanche a repris lundi matin au port de Calais après deux jours d'interruption, a annoncé la "
    "société d'exploitation des ports du détroit.",
    "Une tempête avec des rafales à plus de cent vingt kilomètres à l'heure avait contraint les compagnies à "
    "garder leurs ferries à quai samedi et dimanche.",
    "Plusieurs centaines de camions patientaient encore à la mi-journée sur l'autoroute, et un retour à la normale "
    "n'était pas attendu avant mardi soir.",
    "De l'autre côté du détroit, à Douvres, la police du Kent a levé dans la nuit le dispositif qui range les poids "
    "lourds sur la chaussée.",
)
OTHER = (
    "Le musée de la dentelle rouvre ses portes samedi avec une exposition consacrée aux métiers mécaniques du "
    "siècle dernier, dont plusieurs tournent encore devant le public.",
    "Arrivés d'Angleterre en pièces détachées, ces métiers ont fait vivre des milliers d'ouvriers dans les ateliers "
    "du quartier Saint-Pierre.",
)


def paper(
    identity: str, source: str | None, date: str, paragraphs: tuple[str, ...], title: str = "Calais"
) -> Article:
    return Article(identity, title, paragraphs, date=date, source=source, language="fr")


WRITTEN = [
    paper(
        "voix", "La Voix", "2019-03-12", (*WIRE[:3], "Notre reporter a passé la nuit avec les routiers."), "Le port"
    ),
    paper("afp", "AFP", "2019-03-11", WIRE, "Le trafic transmanche reprend"),
    paper("phare", "Le Phare", "2019-03-12", WIRE[1:]),
    paper("nord", "Nord", "2019-03-13", tuple(text.replace("lundi", "hier") for text in WIRE)),
    paper("nord-2", "Nord", "2019-03-14", tuple(text.replace("samedi", "vendredi") for text in WIRE)),
    paper("dentelle", "Nord", "2019-03-11", OTHER, "La dentelle à Calais"),
]


def written(folder: Path, articles: list[Article], parts: int = 1) -> Archive:
    """An index of articles, in so many segments."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "FANOUT", 0)
        for part in range(parts):
            with IndexWriter(folder) as made:
                for article in articles[part::parts]:
                    made.add(article)
                made.commit()
    return search.open(folder)


def shown(archive: Archive, query: str, *, variants: bool = False) -> list[tuple[str, list[str]]]:
    """The hits, each with its variants."""
    found = archive.search(query, limit=None, variants=variants)
    return [(hit.article, [one.article for one in hit.variants]) for hit in found]


@pytest.fixture(params=WAYS, autouse=True)
def way(request: pytest.FixtureRequest) -> Iterator[None]:
    with ranking(request.param):
        yield


@pytest.mark.parametrize("parts", [1, 2, 5])
def test_the_first_stands_for_all(tmp_path: Path, parts: int) -> None:
    with written(tmp_path / "index", WRITTEN, parts) as archive:
        found = archive.search("tempête")
        [hit] = found
        assert hit.article == "afp"
        assert hit.variants == (
            Variant("phare", "2019-03-12", "Le Phare"),
            Variant("voix", "2019-03-12", "La Voix"),
            Variant("nord", "2019-03-13", "Nord"),
            Variant("nord-2", "2019-03-14", "Nord"),
        )
        assert (found.articles, found.paragraphs, found.variants) == (5, 5, 4)
        assert sorted(shown(archive, "Calais")) == [("afp", ["phare", "voix", "nord", "nord-2"]), ("dentelle", [])]


def test_each_on_its_own(tmp_path: Path) -> None:
    with written(tmp_path / "index", WRITTEN) as archive:
        found = shown(archive, "tempête", variants=True)
        assert sorted(found) == [(name, []) for name in ("afp", "nord", "nord-2", "phare", "voix")]
        assert archive.search("tempête", variants=True).variants == 0


def test_only_what_matches_counts(tmp_path: Path) -> None:
    with written(tmp_path / "index", WRITTEN) as archive:
        assert shown(archive, "tempête source:nord") == [("nord", ["nord-2"])]
        assert shown(archive, "vendredi") == [("nord-2", [])]
        assert shown(archive, "lundi") == [("afp", ["voix", "nord-2"])]
        assert archive.search("tempête", limit=0).articles == 5


@pytest.mark.parametrize("order", ["newest", "oldest", "relevance"])
def test_a_limit_counts_what_is_shown(tmp_path: Path, order: Sort) -> None:
    with written(tmp_path / "index", WRITTEN) as archive:
        found = archive.search("Calais", limit=2, sort=order)
        assert {hit.article for hit in found} == {"afp", "dentelle"}
        assert [hit.rank for hit in found] == [1, 2]
        assert (found.articles, found.variants) == (6, 4)


def test_what_is_deleted_is_no_variant(tmp_path: Path) -> None:
    written(tmp_path / "index", WRITTEN, 2).close()
    with IndexWriter(tmp_path / "index") as changed:
        assert changed.delete("afp")
        assert changed.delete("voix")
        changed.commit()
    with search.open(tmp_path / "index") as archive:
        assert shown(archive, "tempête") == [("phare", ["nord", "nord-2"])]


def test_without_near_copies_there_is_no_file(tmp_path: Path) -> None:
    written(tmp_path / "index", WRITTEN[-2:]).close()
    assert current(tmp_path / "index").variants == ""
    assert not list((tmp_path / "index").glob("*.variants"))


def test_short_texts_say_too_little(tmp_path: Path) -> None:
    brief = [paper(f"bref-{number}", None, "2019", ("Vent fort sur le détroit, ports fermés.",)) for number in (1, 2)]
    with written(tmp_path / "index", brief) as archive:
        assert shown(archive, "vent") == [("bref-1", []), ("bref-2", [])]


WORDS = [f"mot{number}" for number in range(400)]


@given(st.integers(0, 10**9), st.integers(0, 100))
@settings(max_examples=30)
def test_the_likeness_is_about_what_is_shared(seed: int, kept: int) -> None:
    chance = random.Random(seed)
    one = [chance.choice(WORDS) for _ in range(2000)]
    two = one[: 20 * kept] + [chance.choice(WORDS) for _ in range(2000 - 20 * kept)]
    triples = [{tuple(text[at : at + 3]) for at in range(len(text) - 2)} for text in (one, two)]
    jaccard = len(triples[0] & triples[1]) / len(triples[0] | triples[1])
    hashes = np.random.default_rng(1).integers(0, 1 << 32, len(WORDS), np.uint64)
    forms = np.array([WORDS.index(word) for word in one + two])
    found = sketches(hashes, forms, np.repeat([0, 1], 2000), 2)
    alike = jaccard + (1 - jaccard) / 255  # bytes that are the same by chance
    assert abs(float(likeness(found[0], found[1])) - alike) < 5 * (alike * (1 - alike) / SIZE) ** 0.5 + 0.05


@given(st.permutations(range(8)), st.integers(1, 4))
@settings(max_examples=20)
def test_groups_depend_on_nothing_but_the_articles(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], parts: int
) -> None:
    """A chain: each text has a paragraph that the one before had not."""
    texts = [*WIRE, *OTHER] * 2
    articles = [paper(f"a{number}", None, "2019", tuple(texts[number : number + 4])) for number in range(8)]
    folder = tmp_path_factory.mktemp("chain") / "index"
    with written(folder, [articles[number] for number in order], parts) as archive:
        found = [(name, others) for name, others in shown(archive, "a* OU l* OU d*") if others]
    assert sorted(found) == _expected(folder)


def _expected(folder: Path) -> list[tuple[str, list[str]]]:
    """By the rule itself: each is compared with all that come before."""
    opened = open_index(folder, current(folder).segments, current(folder).dictionary)
    tables = [np.frombuffer(one.file.section("sketches"), np.uint8).reshape(-1, SIZE) for one in opened.segments]
    known = {
        segment.ids[place]: table[place]
        for segment, table in zip(opened.segments, tables, strict=True)
        for place in range(segment.articles)
    }
    assert len(groups(opened.segments).documents) <= len(known)
    opened.close()
    found: dict[str, list[str]] = {}
    for name in sorted(known):
        for first in found:
            if likeness(known[first], known[name]) >= LIKE:
                found[first].append(name)
                break
        else:
            found[name] = []
    return [(first, others) for first, others in found.items() if others]


def test_from_the_shell(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    lines = [
        json.dumps(
            {"id": one.id, "title": one.title, "date": one.date, "source": one.source, "paragraphs": one.paragraphs}
        )
        for one in WRITTEN
    ]
    shell.write("presse.jsonl", "\n".join(lines))
    assert shell("build", "presse.jsonl").status == 0
    ran = shell("for", "tempête")
    assert ran.out.splitlines()[1] == "2019-03-11 · AFP · +3 sources · afp"
    assert ran.err == "search: 5 articles (4 near-copies of others), 5 paragraphs\n"
    [record] = map(json.loads, shell("for", "tempête", "--json").out.splitlines())
    assert record["variants"][0] == {"article": "phare", "date": "2019-03-12", "source": "Le Phare"}
    assert shell("for", "tempête", "--count").out == "5\t5\n"
    assert shell("for", "source:nord", "tempête").out.splitlines()[1] == "2019-03-13 · Nord · +1 near-copy · nord"
    assert len(shell("for", "tempête", "--variants", "--json").out.splitlines()) == 5
    ran = shell("for", "Calais", "-n1")
    assert (
        ran.err == "search: 6 articles (4 near-copies of others), 8 paragraphs, the first 1 shown (-n 0 shows all)\n"
    )


@pytest.mark.parametrize("parts", [1, 2])
def test_the_copies_of_an_article(tmp_path: Path, parts: int) -> None:
    with written(tmp_path / "index", WRITTEN, parts) as archive:
        engine = archive._engine
        assert sorted(engine.copies("afp")) == ["nord", "nord-2", "phare", "voix"]
        assert sorted(engine.copies("voix")) == ["afp", "nord", "nord-2", "phare"]
        assert engine.copies("dentelle") == []


def test_near_copies_are_not_like_each_other_but_copies(tmp_path: Path) -> None:
    with written(tmp_path / "index", WRITTEN, 2) as archive:
        found = archive.like("nord")
        assert (found.found, found.copies, found.itself) == ((), 4, "nord")
        every = archive.like("nord", variants=True)
        assert {one.hit.article for one in every.found} == {"afp", "nord-2", "phare", "voix"}
        assert all(one.is_copy for one in every.found)
        assert every.copies == 0


def test_near_copies_of_others_stand_beside_the_first(tmp_path: Path) -> None:
    text = "Le trafic transmanche a repris au port de Calais après la tempête : les ferries et les camions attendent."
    with written(tmp_path / "index", WRITTEN, 2) as archive:
        (one,) = archive.like(Article("x", "", (text,), language="fr")).found
        assert (one.hit.article, len(one.hit.variants), one.is_copy) == ("afp", 4, False)
        assert one.hit.rank == 1
        assert len(archive.like(Article("x", "", (text,), language="fr"), variants=True).found) == 5
        late = archive.like(Article("x", "", (text,), language="fr"), since="2019-03-13").found
        assert [one.hit.article for one in late] == ["nord"]
