"""The same answers, byte by byte, whichever kernel ranks, and however the articles came into segments."""

import random
import re
from collections.abc import Iterator
from itertools import islice

import pytest

import search
from search import Archive, Article, QueryError
from search.engines.local import writer
from search.engines.local.build import dictionary, store, units
from search.engines.local.writer import IndexWriter
from search.readers import find, read
from search.render import jsonl
from tests.conftest import ROOT
from tests.engines.kernels.ways import WAYS, ranking

QUERIES = 2_000
SEGMENTS, JOBS = (1, 2, 7), (1, 3)


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    files = find([ROOT / "corpus"]).files
    return [one for file in files for one, _ in read(file) if isinstance(one, Article)]


@pytest.fixture(scope="module")
def archives(articles: list[Article], tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Archive]]:
    folder = tmp_path_factory.mktemp("same")
    names = [f"segments{count}" for count in SEGMENTS]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "FANOUT", 0)
        for name, count in zip(names, SEGMENTS, strict=True):
            for part in range(count):
                with IndexWriter(folder / name) as added:
                    for article in articles[part::count]:
                        added.add(article)
                    added.commit()
        for module in (units, writer):
            patch.setattr(module, "LARGEST", 20_000)
        for module in (dictionary, writer):
            patch.setattr(module, "HEAD", 20_000)
        patch.setattr(writer, "FEW", 5_000)
        patch.chdir(ROOT)
        for jobs in JOBS:
            names.append(f"jobs{jobs}")
            search.build("corpus", index=folder / names[-1], jobs=jobs)
    opened = [search.open(folder / name) for name in names]
    assert [len(one._engine._opened.segments) for one in opened[: len(SEGMENTS)]] == list(SEGMENTS)  # type: ignore[attr-defined]
    yield opened
    for one in opened:
        one.close()


def queries(articles: list[Article]) -> Iterator[tuple[str, bool]]:
    """Queries of all kinds, made of the articles' words; and whether any word is enough."""
    chance = random.Random(5)
    words: list[str] = []
    for article in articles:
        for _, text in article.numbered():
            words += re.findall(r"\w+", text)

    def word() -> str:
        return chance.choice(words)

    for _ in range(QUERIES):
        start = chance.randrange(len(words) - 4)
        row = " ".join(words[start : start + chance.randint(2, 4)])
        yield chance.choice(
            [
                (word(), False),
                (f"{word()} {word()}", True),
                (" ".join(word() for _ in range(4)), True),
                (f"{word()} {word()}", False),
                (f'"{row}"', False),
                (f'"{row}" OU {word()}', False),
                (f"{word()[: chance.randint(1, 4)]}*", False),
                (f"={word()} -{word()}", False),
                (f"{word()} OU ({word()} SAUF {word()})", False),
                (f"title:{word()} {word()} date:{chance.choice(['1900..', '..1950', '1940'])}", True),
                (f"source:{chance.choice(['gazette', 'détroit', 'mém*'])} {word()}", False),
            ]
        )


def answer(archive: Archive, query: str, any_word: bool, limit: int | None) -> str:
    try:
        found = archive.search(query, any_word=any_word, limit=limit)
    except QueryError as error:
        return str(error)
    lines = (jsonl.line(hit.__replace__(path=None, line=0)) for hit in found)
    return "\n".join([f"{found.articles} {found.paragraphs}", *lines])


@pytest.mark.parametrize("count", [300, pytest.param(QUERIES, marks=pytest.mark.full)])
def test_random_queries(count: int, articles: list[Article], archives: list[Archive]) -> None:
    for number, (query, any_word) in enumerate(islice(queries(articles), count)):
        answers = set()
        for way in WAYS:
            with ranking(way):
                for archive in archives:
                    answers.add(answer(archive, query, any_word, limit=(None, 3, 10)[number % 3]))
        assert len(answers) == 1, query
