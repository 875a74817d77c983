"""How well ``search like`` finds what is like an article: the first half of an article must find the second.

    python -m benchmarks.like DATA [--articles 1600] [--set WORDS=40 --set SHARE=0] [--report FILE]

DATA holds ``fr-news.jsonl.xz``. Of some of its articles, drawn with a seed among those of six paragraphs or more,
only the second half is indexed, without a title, beside all other articles; title and first half are asked. The first
five hundred results are judged. One half of the questions was used to choose the constants (*chosen on*), the other
was not (*held out*). Beside it: the same words, asked as a search that ranks articles by their best paragraph, and
the titles alone, asked in both ways.
"""

import argparse
import ast
import json
import lzma
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import search
from benchmarks.relevance import measure
from search import like, likeness
from search.archive import Archive
from search.article import Article
from search.engines.local import wholes
from search.query import Or

SEED, LONG, DEPTH = 7, 6, 500

Ranking = Callable[[Archive, Article], list[str]]


def halves(data: Path, count: int) -> tuple[list[Article], list[Article]]:
    """What is indexed, and what is asked."""
    with lzma.open(data / "fr-news.jsonl.xz", "rt", encoding="utf-8") as lines:
        every = [_article(json.loads(line)) for line in lines]
    chosen = random.Random(SEED).sample([one for one in every if len(one.paragraphs) >= LONG], count)
    ids = {one.id for one in chosen}
    return [_second(one) if one.id in ids else one for one in every], [_first(one) for one in chosen]


def _article(record: dict[str, str]) -> Article:
    paragraphs = tuple(text for text in map(str.strip, record["text"].split("\n")) if len(text) > 3)
    return Article(record["id"], record["title"], paragraphs, language="fr")


def _first(one: Article) -> Article:
    return Article(one.id, one.title, one.paragraphs[: len(one.paragraphs) // 2], language="fr")


def _second(one: Article) -> Article:
    return Article(one.id, "", one.paragraphs[len(one.paragraphs) // 2 :], language="fr")


def as_wholes(archive: Archive, article: Article) -> list[str]:
    """``search like``."""
    return [one.hit.article for one in archive.like(article, limit=DEPTH, variants=True).found]


def by_paragraph(archive: Archive, article: Article) -> list[str]:
    """The same words, as a search."""
    engine = archive._engine
    words = engine.gist([text for _, text in article.numbered()], likeness.WORDS, indexed=False)
    found = engine.search(Or(tuple(one.asked for one in words)), limit=DEPTH, variants=True)
    return [hit.article for hit in found]


def title_as_whole(archive: Archive, article: Article) -> list[str]:
    """``search like`` with the title alone."""
    return as_wholes(archive, Article(article.id, "", (article.title,), language="fr"))


def title_by_paragraph(archive: Archive, article: Article) -> list[str]:
    """The title alone, as a search."""
    return by_paragraph(archive, Article(article.id, "", (article.title,), language="fr"))


def row(name: str, archive: Archive, ranking: Ranking, asked: Sequence[Article]) -> str:
    """A line of the table."""
    started = time.perf_counter()
    found = [ranking(archive, one) for one in asked]
    taken = (time.perf_counter() - started) / len(asked)
    ranks = [ids.index(one.id) + 1 if one.id in ids else 0 for ids, one in zip(found, asked, strict=True)]
    one = measure(ranks)
    return f"| {name} | {one.mrr:.3f} | {one.p1:.3f} | {one.r10:.3f} | {1000 * taken:.0f} |"


def change(settings: Sequence[str]) -> None:
    """Change constants: ``WORDS=40``."""
    for setting in settings:
        name, _, value = setting.partition("=")
        for module in (like, likeness, wholes):
            if hasattr(module, name):
                setattr(module, name, ast.literal_eval(value))


def main() -> None:
    """Measure, and print a table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("data", type=Path)
    options.add_argument("--articles", type=int, default=1600)
    options.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
    options.add_argument("--report", type=Path)
    given = options.parse_args()
    change(given.set)
    indexed, asked = halves(given.data, given.articles)
    middle = len(asked) // 2
    lines = ["| ranking | MRR | P@1 | R@10 | ms |", "|---|---|---|---|---|"]
    with tempfile.TemporaryDirectory() as folder:
        search.build(articles=indexed, index=folder)
        with search.open(folder) as archive:
            for ranking in (as_wholes, by_paragraph, title_as_whole, title_by_paragraph):
                for name, part in (("chosen on", asked[:middle]), ("held out", asked[middle:])):
                    said = (ranking.__doc__ or "").rstrip(".")
                    lines.append(row(f"{said} ({name})", archive, ranking, part))
                    print(lines[-1], flush=True)
    if given.report:
        given.report.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
