"""The systems that are measured side by side: how each builds an index of the same texts, and asks it.

Each gets one document a title or paragraph, stores its text, and indexes words with positions. The peers are set up
as their own documentation advises for French, where they can be:

==============  ================================================================================================
``tantivy``     its simple tokenizer, lowercase, French stop words and Snowball stemmer; merged to one segment
``sqlite``      FTS5, ``unicode61 remove_diacritics 2``; optimised
``bm25s``       its own tokenizer, no stemmer; in memory, saved with its corpus
``whoosh``      2.7.4 with ``LanguageAnalyzer("fr")``, on a tenth of the texts
==============  ================================================================================================
"""

import json
import lzma
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import search
from search.readers.paragraphs import paragraphs

Ask = Callable[[str], object]
"""Asks one query; fetches the first ten with their texts."""

CLASSES = ("1 word", "2 any", "4 any", "2 all", "phrase", "prefix")


class Text(NamedTuple):
    """A document: its id and its text."""

    id: str
    text: str


def texts(path: Path) -> Iterator[Text]:
    """The titles and paragraphs of a JSON Lines file, as this project's reader parts them."""
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            for number, text in enumerate((record["title"], *paragraphs(record["text"]))):
                yield Text(f"{record['id']}/{number}", text)


def build_ours(path: Path, folder: Path, jobs: int) -> None:
    """This project, from the file."""
    search.build(path, index=folder, jobs=jobs)


def build_tantivy(path: Path, folder: Path, threads: int) -> None:
    """tantivy-py."""
    import tantivy

    folder.mkdir()
    index = tantivy.Index(_tantivy_schema(tantivy), path=str(folder))
    index.register_tokenizer("french", french(tantivy))
    writer = index.writer(heap_size=256_000_000, num_threads=threads)
    for identity, text in texts(path):
        writer.add_document(tantivy.Document(id=identity, text=text))
    writer.commit()
    writer.wait_merging_threads()


def build_sqlite(path: Path, folder: Path, _: int) -> None:
    """SQLite FTS5."""
    import sqlite3

    folder.mkdir()
    database = sqlite3.connect(folder / "index.sqlite")
    database.execute("PRAGMA journal_mode = OFF")
    database.execute(
        "CREATE VIRTUAL TABLE t USING fts5(id UNINDEXED, text, tokenize='unicode61 remove_diacritics 2')"
    )
    database.executemany("INSERT INTO t VALUES (?, ?)", texts(path))
    database.execute("INSERT INTO t(t) VALUES ('optimize')")
    database.commit()
    database.close()


def build_bm25s(path: Path, folder: Path, _: int) -> None:
    """bm25s."""
    import bm25s

    corpus = [{"id": identity, "text": text} for identity, text in texts(path)]
    index = bm25s.BM25(corpus=corpus)
    index.index(
        bm25s.tokenize([one["text"] for one in corpus], stopwords="fr", show_progress=False), show_progress=False
    )
    index.save(str(folder), corpus=corpus)


def build_whoosh(path: Path, folder: Path, _: int) -> None:
    """Whoosh with its own codec."""
    from whoosh import fields, index
    from whoosh.analysis import LanguageAnalyzer

    folder.mkdir()
    schema = fields.Schema(
        id=fields.STORED(), text=fields.TEXT(analyzer=LanguageAnalyzer("fr"), stored=True, phrase=True)
    )
    writer = index.create_in(str(folder), schema).writer(limitmb=256)
    for number, (identity, text) in enumerate(texts(path)):
        if number % 10 == 0:
            writer.add_document(id=identity, text=text)
    writer.commit()


BUILDERS: dict[str, Callable[[Path, Path, int], None]] = {
    "ours": build_ours,
    "tantivy": build_tantivy,
    "sqlite": build_sqlite,
    "bm25s": build_bm25s,
    "whoosh": build_whoosh,
}


def size(folder: Path) -> int:
    """Bytes of all files of an index."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def ask_ours(folder: Path) -> dict[str, Ask]:
    """This project, by class of query: the ten best articles and the text of the best paragraph of each."""
    archive = search.open(folder)

    def first(hits: search.Hits) -> list[str]:
        return [paragraph.text for hit in hits for paragraph in hit.best(1)]

    joined: dict[str, Ask] = {name: lambda text: first(archive.search(text)) for name in CLASSES}
    joined["2 any"] = joined["4 any"] = lambda text: first(archive.search(text, any_word=True))
    joined["phrase"] = lambda text: first(archive.search(f'"{text}"'))
    joined["prefix"] = lambda text: first(archive.search(f"{text}*"))
    return joined


def ask_tantivy(folder: Path) -> dict[str, Ask]:
    """tantivy-py: the ten best documents and their texts."""
    import tantivy

    index = tantivy.Index(_tantivy_schema(tantivy), path=str(folder), reuse=True)
    index.register_tokenizer("french", french(tantivy))
    index.reload()
    searcher = index.searcher()

    def first(query: Any) -> list[str]:
        return [searcher.doc(address)["text"][0] for _, address in searcher.search(query, limit=10).hits]

    def parsed(text: str) -> list[str]:
        return first(index.parse_query(text, ["text"]))

    return {
        "1 word": parsed,
        "2 any": parsed,
        "4 any": parsed,
        "2 all": lambda text: parsed(" AND ".join(text.split())),
        "phrase": lambda text: parsed(f'"{text}"'),
        "prefix": lambda text: first(tantivy.Query.regex_query(index.schema, "text", f"{text.lower()}.*")),
    }


def ask_sqlite(folder: Path) -> dict[str, Ask]:
    """SQLite FTS5, ranked by its bm25()."""
    import sqlite3

    database = sqlite3.connect(folder / "index.sqlite")

    def first(query: str) -> list[str]:
        found = database.execute("SELECT id, text FROM t WHERE t MATCH ? ORDER BY rank LIMIT 10", (query,))
        return [text for _, text in found]

    def quoted(text: str) -> list[str]:
        return [f'"{word}"' for word in text.split()]

    return {
        "1 word": lambda text: first(quoted(text)[0]),
        "2 any": lambda text: first(" OR ".join(quoted(text))),
        "4 any": lambda text: first(" OR ".join(quoted(text))),
        "2 all": lambda text: first(" AND ".join(quoted(text))),
        "phrase": lambda text: first(f'"{text}"'),
        "prefix": lambda text: first(f'"{text}" *'),
    }


def ask_bm25s(folder: Path) -> dict[str, Ask]:
    """bm25s, which knows only sets of words."""
    import bm25s

    index = bm25s.BM25.load(str(folder), load_corpus=True)

    def first(text: str) -> object:
        return index.retrieve(bm25s.tokenize(text, stopwords="fr", show_progress=False), k=10, show_progress=False)

    return {"1 word": first, "2 any": first, "4 any": first}


ASKERS: dict[str, Callable[[Path], dict[str, Ask]]] = {
    "ours": ask_ours,
    "tantivy": ask_tantivy,
    "sqlite": ask_sqlite,
    "bm25s": ask_bm25s,
}


def fresh(folder: Path) -> Path:
    """The folder, which is not there yet."""
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def words_of(text: str) -> list[str]:
    """The words of a text that are letters."""
    return re.findall(r"[^\W\d_]{2,}", text)


def _tantivy_schema(tantivy: Any) -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", stored=True, tokenizer_name="french", index_option="position")
    return builder.build()


def french(tantivy: Any) -> Any:
    """tantivy's French analyzer."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(255))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.stopword("french"))
        .filter(tantivy.Filter.stemmer("french"))
        .build()
    )
