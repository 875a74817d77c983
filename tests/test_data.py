"""The product on real data, which is not in the repository (see CONTRIBUTING): skipped where it is absent."""

import os
from collections.abc import Iterator
from pathlib import Path
from statistics import mean, median

import pytest

import search
from benchmarks import pages, relevance
from search import Archive
from tests.conftest import ROOT, Shell

DATA = Path(os.environ.get("SEARCH_TEST_DATA", ROOT.parent / "shared"))
ARTICLE = DATA / "corpus/calais-grande-synthe.txt"
NEWS = DATA / "data/fr-news.jsonl.xz"
PAGES = DATA / "data/html-pages.tar.xz"

PIAF = DATA / "data/piaf"

needs_article = pytest.mark.skipif(not ARTICLE.exists(), reason=f"needs {ARTICLE.name} (see CONTRIBUTING)")
needs_news = pytest.mark.skipif(not NEWS.exists(), reason=f"needs {NEWS.name} (see CONTRIBUTING)")


@needs_article
@pytest.mark.parametrize(
    ("query", "printed", "paragraphs"),
    [
        ("Calais", {"Calais", "calais"}, 6),
        ("Manche", {"Manche"}, 4),
        ('"Royaume-Uni"', {"Royaume-Uni"}, 5),
        ("immigration", {"immigration"}, 3),
        ("l’immigration", {"immigration"}, 3),
        ("Utopia", {"Utopia"}, 1),
        ("grande-synthe", {"Grande-Synthe", "grande-synthe"}, 2),
        ("migrant", {"migrants"}, 5),
        ("funeraire", {"funéraires"}, 1),
    ],
)
def test_a_real_article(tmp_path: Path, query: str, printed: set[str], paragraphs: int) -> None:
    search.build(ARTICLE, index=tmp_path)
    with search.open(tmp_path) as archive:
        found = archive.search(query)
        marks = {one.text[a:b] for hit in found for one in hit.paragraphs for a, b in one.marks}
        assert (marks, found.paragraphs) == (printed, paragraphs)


@needs_article
def test_a_real_article_from_the_shell(shell: Shell) -> None:
    ran = shell("build", str(ARTICLE))
    assert ran.out.startswith("1 article, 27 paragraphs, 1,045 words in ")
    assert (ran.err, ran.status) == ("", 0)
    assert shell("for", "Calais", "--count") == ("6\t1\n", "", 0)


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("news")
    built = search.build(NEWS, index=folder)
    assert (built.problems, built.notes) == ((), ())
    with search.open(folder) as archive:
        yield archive


def texts(archive: Archive, query: str) -> list[tuple[str, int]]:
    return sorted((hit.article, one.number) for hit in archive.search(query, limit=None) for one in hit.paragraphs)


def printed(archive: Archive, query: str) -> set[str]:
    hits = archive.search(query, limit=None)
    return {one.text[a:b] for hit in hits for one in hit.paragraphs for a, b in one.marks}


@pytest.mark.full
@needs_news
def test_the_news_are_all_there_but_five_that_are_there_twice(news: Archive) -> None:
    stats = news.stats()
    assert (stats.articles, stats.paragraphs, stats.languages) == (17_001, 137_266, {"fr": 17_001})


@pytest.mark.full
@needs_news
def test_names_and_their_look_alikes_stay_apart(news: Archive) -> None:
    assert {word.lower() for word in printed(news, "Calais")} == {"calais"}
    assert "calais" not in {word.lower() for word in printed(news, "cale")}
    assert {"cale", "caler", "calé"} <= printed(news, "cale")


@pytest.mark.full
@needs_news
@pytest.mark.parametrize(
    "spellings",
    [
        ("election", "élection", "ÉLECTIONS", "e\u0301lection", "l'élection", "l’élection", "éle\u00adction"),
        ("aujourd'hui", "aujourd’hui", "AUJOURD'HUI"),
        ("27 000", "27.000", "27000", "27\u00a0000", "27\u202f000"),
        ("œuvre", "oeuvre", "ŒUVRES"),
    ],
)
def test_spellings_find_the_same(news: Archive, spellings: tuple[str, ...]) -> None:
    first, *others = (texts(news, spelling) for spelling in spellings)
    assert first
    assert all(other == first for other in others)


@pytest.mark.full
@needs_news
def test_a_phrase_is_found_word_for_word(news: Archive) -> None:
    found = printed(news, '"fin de vie"')
    assert {" ".join(phrase.lower().replace("’", "'").split()) for phrase in found} == {"fin de vie"}


@pytest.mark.full
@needs_news
@pytest.mark.parametrize("word", ["été", "Est", "or", "son", "an"])
def test_words_that_stop_lists_swallow_are_found(news: Archive, word: str) -> None:
    assert word in printed(news, word)
    assert len(texts(news, f"{word} Paris")) < len(texts(news, "Paris"))


@pytest.mark.full
@needs_news
def test_exact_words_differ_by_case(news: Archive) -> None:
    assert (printed(news, "=Tours"), printed(news, "=tours")) == ({"Tours"}, {"tours"})
    assert texts(news, "=Tours") != texts(news, "=tours")


@pytest.mark.skipif(not PAGES.exists(), reason=f"needs {PAGES.name} (see CONTRIBUTING)")
def test_saved_pages_are_read_as_they_should_be() -> None:
    known = pages.pages(PAGES)
    found = [(pages.ours(name, data), right) for name, data, right in known]
    assert len(found) == 300
    assert sum(ours.title == right.title for ours, right in found) >= 291
    assert sum(ours.date == right.date for ours, right in found) >= 291
    assert median(pages.overlap(pages.words(ours.text), pages.words(right.text)) for ours, right in found) >= 0.95
    assert mean(pages.overlap(pages.boundaries(o.text), pages.boundaries(r.text)) for o, r in found) >= 0.85


@pytest.mark.full
@pytest.mark.skipif(not PIAF.exists(), reason=f"needs {PIAF.name} (see CONTRIBUTING)")
def test_the_ranking_measures_as_the_benchmark_says(shell: Shell) -> None:
    pytest.importorskip("ir_measures")
    topics = relevance.piaf(PIAF.parent)
    find = relevance.ours(topics.articles, shell.folder / "index")
    found = [(find(text), right) for text, right in topics.queries]
    mrr, p1, r10, ndcg10 = relevance.measure([hits.index(id) + 1 if id in hits else 0 for hits, id in found])
    files = [str(PIAF / name) for name in ("queries.tsv", "qrels.tsv")]
    ran = shell("eval", *files, "--any", "-n", str(relevance.DEPTH), "-m", "MRR,P@1,R@10,nDCG@10", "--csv")
    assert ran.out.splitlines()[1].split(",")[1:] == [f"{one:.6g}" for one in (mrr, p1, r10, ndcg10)]
