"""Counts by fields and periods, against counting by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import search
from search import Archive, Article
from search.counts import Facet
from search.errors import SearchError

DATES = ("2019-05-03", "2019-05-30", "2019-07", "2020", "2021-01-03", None)
SOURCES = ("Le Monde", "AFP", None)
SECTIONS = ("France", "Fait divers", "fait divers", "Sport Sport", "")


def article(number: int) -> Article:
    section = SECTIONS[number % len(SECTIONS)]
    return Article(
        f"a{number:02}", "Calais" if number % 4 == 0 else "" if number % 7 == 0 else "Titre",
        tuple(f"Le port {'de Calais' * (number % (at + 2) == 0)} numéro {at}." for at in range(number % 5 + 1)),
        date=DATES[number % len(DATES)], source=SOURCES[number % len(SOURCES)], language="fr",
        metadata={"section": section} if section else {},
    )  # fmt: skip


ARTICLES = [article(number) for number in range(60)]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Articles in several segments, some of them deleted."""
    from search.engines.local.writer import IndexWriter

    folder = tmp_path_factory.mktemp("counts")
    for start, end in ((0, 40), (40, 55), (55, 60)):
        with IndexWriter(folder) as writer:
            for one in ARTICLES[start:end]:
                writer.add(one)
            if start == 55:
                writer.delete("a08")
            writer.commit()
    with search.open(folder) as opened:
        yield opened


def by_hand(archive: Archive, query: str, value: object) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for hit in archive.search(query, limit=None, variants=True):
        key = value(archive.read(hit.article))  # type: ignore[operator]
        articles, paragraphs = found.get(key, (0, 0))
        found[key] = articles + 1, paragraphs + len(hit.paragraphs)
    return found


def counted(facets: tuple[Facet, ...]) -> dict[str, tuple[int, int]]:
    return {one.value: (one.articles, one.paragraphs) for one in facets}


@pytest.mark.parametrize("query", ["Calais", "port", "numéro -Calais", "title:Calais", "date:2019", "zorglub"])
@pytest.mark.parametrize("is_cold", [True, False])
def test_facets(archive: Archive, query: str, is_cold: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if is_cold:
        from search.engines.local import tally
        from search.engines.local.kernels.plain import PlainKernel

        monkeypatch.setattr(tally, "kernel_for", lambda plan, postings: PlainKernel(postings))
    for field in ("source", "language", "author"):
        expected = by_hand(archive, query, lambda one, field=field: getattr(one, field) or "")
        assert counted(archive.facets(query, field)) == expected
    sections = {
        value.lower(): both
        for value, both in by_hand(archive, query, lambda one: one.metadata.get("section", "").lower()).items()
    }
    assert {value.lower(): both for value, both in counted(archive.facets(query, "rubrique")).items()} == sections
    years = by_hand(archive, query, lambda one: (one.date or "")[:4])
    years.pop("", None)
    assert counted(archive.facets(query, "year")) == years


def test_what_there_is_in_all(archive: Archive) -> None:
    all_texts = sum(one.of for one in archive.facets("port", "source"))
    kept = [one for one in ARTICLES if one.id != "a08"]
    assert all_texts == sum(len(one.paragraphs) + bool(one.title) for one in kept)
    (found,) = [one for one in archive.facets("port", "source") if one.value == "AFP"]
    assert found.of == sum(len(one.paragraphs) + bool(one.title) for one in kept if one.source == "AFP")
    assert found.share == found.paragraphs / found.of
    assert Facet("", 0, 0, 0).share == 0


def test_the_most_come_first(archive: Archive) -> None:
    found = archive.facets("port", "section")
    assert [one.paragraphs for one in found] == sorted((one.paragraphs for one in found), reverse=True)
    assert "Fait divers" in {one.value for one in found}
    assert archive.facets("port", "section", limit=2) == found[:2]


def test_no_such_field(archive: Archive) -> None:
    known = "author, date, language, section, source"
    with pytest.raises(SearchError) as refused:
        archive.facets("port", "colour")
    assert str(refused.value) == f'expected a field of this archive to count by ({known}), found "colour"'
    assert archive.facet_fields() == ["language", "source", "author", "section"]


def test_a_timeline(archive: Archive) -> None:
    found = archive.timeline("Calais", "port", by="month")
    assert [one.value for one in found.periods][:3] == ["2019-05", "2019-06", "2019-07"]
    assert found.periods[-1].value == "2021-01"
    assert found.periods[1].of == 0
    for number, query in enumerate(found.queries):
        expected = by_hand(archive, query, lambda one: (one.date or "")[:7])
        undated = sum(paragraphs for month, (_, paragraphs) in expected.items() if len(month) < 7)
        assert found.undated[number] == undated
        printed = {one.value: one.found[number] for one in found.periods if one.found[number].articles}
        assert {month: (one.articles, one.paragraphs) for month, one in printed.items()} == {
            month: both for month, both in expected.items() if len(month) == 7
        }


def test_a_timeline_within_limits(archive: Archive) -> None:
    found = archive.timeline("port", since="2020", until="2021-01-03")
    assert {one.value[:4] for one in found.periods} == {"2020", "2021"}
    assert archive.timeline("port", until="1900").periods == ()


def test_no_such_period(archive: Archive) -> None:
    with pytest.raises(SearchError, match=r'expected a period \(day, week, month, quarter, year\), found "decade"'):
        archive.timeline("port", by="decade")  # type: ignore[arg-type]


@given(query=st.sampled_from(["Calais", "port OR Calais", "numéro -Calais", "titre", "title:Calais", "zorglub"]))
def test_walking_finds_what_searching_finds(archive: Archive, query: str) -> None:
    for variants in (True, False):
        walked = list(archive.walk(query, variants=variants))
        found = archive.search(query, limit=None, variants=variants)
        assert [one.rank for one in walked] == list(range(1, len(walked) + 1))
        assert {_shown(one) for one in walked} == {_shown(one) for one in found}


def _shown(hit: search.Hit) -> tuple[object, ...]:
    paragraphs = tuple((one.number, one.text, one.marks) for one in hit.paragraphs)
    return hit.article, hit.title, paragraphs, hit.title_marks, hit.variants


def test_walking_goes_through_the_archive_in_its_order(archive: Archive) -> None:
    assert [one.article for one in archive.walk("numéro", variants=True)] == [
        one.id for one in ARTICLES if one.id != "a08"
    ]


def test_walking_ends_with_the_archive(tmp_path: Path) -> None:
    search.build(articles=ARTICLES, index=tmp_path)
    with search.open(tmp_path) as archive:
        walked = archive.walk("port")
        next(walked)
    with pytest.raises(SearchError, match="the archive is closed"):
        next(walked)
