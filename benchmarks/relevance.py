"""How well the ranking finds the right article, beside tantivy's and stock Whoosh's French analyzers.

    python -m benchmarks.relevance DATA [--only piaf|known-items] [--report FILE]
    python -m benchmarks.relevance DATA --only piaf --set K1=1.2 --set "WEIGHTS=(0,0,2.5)"

With ``--set``, constants of the ranking are changed and only this project is measured.

DATA holds ``piaf/`` (questions and the one paragraph that answers each; titles are searched with the text) and
``fr-news.jsonl.xz`` with ``known-items/`` (headlines, and the article each belongs to; titles are left out of the
index). Every system gets the same texts, one document a paragraph, and the same words of each query, any of which
is enough; its articles are ranked by their best paragraph, and the first 100 are judged.

The peers index a title and its paragraph as one text, which serves them best where there are titles: tantivy
with its simple tokenizer, lowercase, French stop words and the French Snowball stemmer; Whoosh 2.7.4 with
``LanguageAnalyzer("fr")``; both with their own BM25.
"""

import argparse
import ast
import json
import lzma
import math
import platform
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import search
from benchmarks.systems import french
from search.article import Article
from search.engines.local import meaning, resolve, scoring

DEPTH = 100
_SIGNS = re.compile(r"[\"()«»“”„*?=:~^\[\]{}/\\+!]|(?<!\w)-|-(?!\w)")


class Topics(NamedTuple):
    """Articles, and queries with the id of the article that each should find."""

    name: str
    articles: list[Article]
    queries: list[tuple[str, str]]


class Measures(NamedTuple):
    """Means over all queries, with one right article each."""

    mrr: float
    p1: float
    r10: float
    ndcg10: float


Searcher = Callable[[str], list[str]]
System = Callable[[list[Article], Path], Searcher]


def piaf(data: Path) -> Topics:
    """Questions on encyclopedia paragraphs."""
    records = [json.loads(line) for line in _lines(data / "piaf/docs.jsonl")]
    articles = [Article(r["id"], r["title"], (r["text"],), language="fr") for r in records]
    return Topics("piaf", articles, _queries(data / "piaf"))


def known_items(data: Path) -> Topics:
    """Headlines of news articles."""
    with lzma.open(data / "fr-news.jsonl.xz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    articles = [
        Article(r["id"], "", tuple(p for p in map(str.strip, r["text"].split("\n")) if p), language="fr")
        for r in records
    ]
    return Topics("known-items", articles, _queries(data / "known-items"))


def _queries(folder: Path) -> list[tuple[str, str]]:
    right = {line.split("\t")[0]: line.split("\t")[2] for line in _lines(folder / "qrels.tsv")}
    parted = (line.split("\t", 1) for line in _lines(folder / "queries.tsv"))
    return [(_SIGNS.sub(" ", text), right[name]) for name, text in parted]


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def ours(articles: list[Article], folder: Path) -> Searcher:
    """This project."""
    search.build(articles=articles, index=folder)
    archive = search.open(folder)
    return lambda text: [hit.article for hit in archive.search(text, limit=DEPTH, any_word=True, variants=True)]


def with_tantivy(articles: list[Article], folder: Path) -> Searcher:
    """tantivy-py with a French analyzer."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", tokenizer_name="french")
    folder.mkdir()
    index = tantivy.Index(builder.build(), path=str(folder))
    index.register_tokenizer("french", french(tantivy))
    writer = index.writer(heap_size=256_000_000, num_threads=1)
    for identity, text in _documents(articles):
        writer.add_document(tantivy.Document(id=identity, text=text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def find(text: str) -> list[str]:
        words = re.sub(r"[^\w]+", " ", text)
        query, _ = index.parse_query_lenient(words, ["text"])
        found = searcher.search(query, limit=DEPTH * 10).hits
        return _articles(searcher.doc(address)["id"][0] for _, address in found)

    return find


def with_whoosh(articles: list[Article], folder: Path) -> Searcher:
    """Whoosh as it comes, with its French analyzer."""
    from whoosh import fields, index, query
    from whoosh.analysis import LanguageAnalyzer

    folder.mkdir()
    schema = fields.Schema(id=fields.STORED(), text=fields.TEXT(analyzer=LanguageAnalyzer("fr")))
    made = index.create_in(str(folder), schema)
    writer = made.writer(limitmb=512)
    for identity, text in _documents(articles):
        writer.add_document(id=identity, text=text)
    writer.commit()
    searcher = made.searcher()

    def find(text: str) -> list[str]:
        terms = [query.Term("text", word) for word in schema["text"].process_text(text, mode="query")]
        found: Any = searcher.search(query.Or(terms), limit=DEPTH * 10) if terms else []
        return _articles(hit["id"] for hit in found)

    return find


SYSTEMS: dict[str, System] = {"news-search": ours, "tantivy": with_tantivy, "Whoosh": with_whoosh}


def _documents(articles: list[Article]) -> Iterator[tuple[str, str]]:
    for article in articles:
        for text in article.paragraphs:
            yield article.id, f"{article.title}\n{text}"


def _articles(ids: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(ids))[:DEPTH]


def measure(ranks: list[int]) -> Measures:
    """The measures of the right articles' ranks, counted from 1; 0 where one was not among the first 100."""
    count = len(ranks)
    return Measures(
        mrr=sum(1 / rank for rank in ranks if rank) / count,
        p1=sum(rank == 1 for rank in ranks) / count,
        r10=sum(1 <= rank <= 10 for rank in ranks) / count,
        ndcg10=sum(1 / math.log2(rank + 1) for rank in ranks if 1 <= rank <= 10) / count,
    )


def change(settings: list[str]) -> None:
    """Change constants of the ranking: ``K1=1.2``."""
    for setting in settings:
        name, _, value = setting.partition("=")
        module = next(module for module in (scoring, meaning, resolve) if hasattr(module, name))
        setattr(module, name, ast.literal_eval(value))
    for module in (meaning, resolve):
        vars(module).update(WHOLE=sum(meaning.WEIGHTS))


def run(topics: Topics, systems: dict[str, System]) -> Iterator[str]:
    """The rows of a table, one for each system."""
    for name, system in systems.items():
        with tempfile.TemporaryDirectory() as folder:
            started = time.monotonic()
            find = system(topics.articles, Path(folder, "index"))
            built = time.monotonic()
            ranks = [_rank(find(text), right) for text, right in topics.queries]
            asked = time.monotonic()
        figures = " | ".join(f"{figure:.3f}" for figure in measure(ranks))
        each = (asked - built) / len(ranks) * 1000
        yield f"| {topics.name} | {name} | {figures} | {built - started:.0f} | {each:.0f} |"


def _rank(found: list[str], right: str) -> int:
    return found.index(right) + 1 if right in found else 0


def report(data: Path, only: str | None, settings: list[str]) -> Iterator[str]:
    """The report, in Markdown."""
    change(settings)
    systems: dict[str, System] = {f"news-search, {', '.join(settings)}": ours} if settings else SYSTEMS
    versions = ", ".join(f"{name} {version(name)}" for name in ("news-search", "tantivy", "whoosh"))
    yield f"# Relevance\n\nPython {platform.python_version()}, {platform.machine()}; {versions}.\n"
    yield "| topics | system | MRR | P@1 | R@10 | nDCG@10 | build, s | a query, ms |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, topics in (("piaf", piaf), ("known-items", known_items)):
        if only in (None, name):
            yield from run(topics(data), systems)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--only", choices=["piaf", "known-items"])
    parser.add_argument("--report", type=Path)
    parser.add_argument("--set", metavar="NAME=VALUE", action="append", default=[])
    options = parser.parse_args()
    lines = []
    for line in report(options.data, options.only, options.set):
        print(line, flush=True)
        lines.append(line)
    if options.report:
        options.report.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
