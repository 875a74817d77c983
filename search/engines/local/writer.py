"""The writer: articles in, a new generation of the index out."""

import logging
import os
import shutil
import sys
from array import array
from collections import Counter
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from whoosh import index as whoosh_index
from whoosh import versionstring

from search.article import Article
from search.engines.local import folder as index_folder
from search.engines.local.folder import Manifest
from search.engines.local.lexicon import FILE, Counts
from search.engines.local.schema import (
    column,
    from_record,
    metadata,
    paragraph_document,
    schema,
    storable,
    title_document,
)
from search.engines.protocol import Stats
from search.errors import NoIndex
from search.language import forms, guess

log = logging.getLogger(__name__)

MEMORY_MB = 128
"""What Whoosh may hold in memory before it writes to disk; the process as a whole takes several times that."""


class IndexWriter:
    """A `search.engines.protocol.Writer` for the local index.

    With `fresh` the new generation starts empty, else as a copy of the one that counts. As a context manager it
    aborts unless `commit` was called.
    """

    def __init__(self, folder: str | os.PathLike[str], *, fresh: bool = False) -> None:
        self._folder = Path(folder)
        self._holding: AbstractContextManager[Path] | None = index_folder.writing(self._folder)
        self._path = self._holding.__enter__()
        self._counts = Counts()
        self._copies: dict[str, int] = {}
        self._numbers = array("i")
        try:
            self._index = self._opened(fresh)
            self._ids = _ids(self._index)
            self._deletable = set(self._ids)
            self._whoosh = self._index.writer(limitmb=MEMORY_MB)
        except BaseException:
            self._holding.__exit__(*sys.exc_info())
            raise

    def add(self, article: Article) -> str:
        """Add an article; the id it got."""
        code = article.language or _language(article)
        article = replace(article, id=self._free_id(storable(article.id)), language=code)
        self._ids.add(article.id)
        title = self._counts.add(article.title, code, title=True)
        self._whoosh.add_document(**title_document(article, title))
        for number, text in enumerate(article.paragraphs, 1):
            words = self._counts.add(text, code, title=False)
            self._whoosh.add_document(**paragraph_document(number, text, words))
        return article.id

    def delete(self, identity: str) -> bool:
        """Delete an article of the generation that this writer started from; whether there was one."""
        if identity not in self._deletable:
            return False
        with self._index.reader() as reader:
            start = reader.first_id("id", identity)
            end = self._end(reader, start)
            stored = [reader.stored_fields(number)["stored"] for number in range(start, end)]
        article = from_record(stored[0], tuple(stored[1:]))
        for number, text in article.numbered():
            self._counts.add(text, article.language or "", title=number == 0, sign=-1)
        for document in range(start, end):
            self._whoosh.delete_document(document)
        self._ids.discard(identity)
        self._deletable.discard(identity)
        return True

    def commit(self) -> Stats:
        """Write the new generation and make it the one that counts."""
        assert self._holding, "a writer commits once"
        self._whoosh.commit(optimize=True)
        forms_written = self._counts.write(self._path / FILE)
        with self._index.reader() as reader:
            manifest = _manifest(reader, index_folder.next_number(self._folder), forms_written)
        self._index.close()
        index_folder.publish(self._folder, manifest)
        self._release()
        return stats(self._folder, manifest)

    def abort(self) -> None:
        """Forget everything; the index stays as it was."""
        try:
            if self._holding and not self._whoosh.is_closed:
                self._whoosh.cancel()
        except Exception as error:  # a commit that was interrupted has closed some of Whoosh's files
            log.debug("Whoosh could not cancel: %r", error)
        finally:
            self._release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.abort()

    def _opened(self, fresh: bool) -> Any:
        try:
            old = None if fresh else index_folder.current(self._folder)[1]
        except NoIndex:
            old = None
        if old is None:
            return whoosh_index.create_in(str(self._path), schema())
        shutil.copytree(old, self._path, dirs_exist_ok=True)
        self._counts.load(self._path / FILE)
        (self._path / FILE).unlink()
        return whoosh_index.open_dir(str(self._path))

    def _free_id(self, wanted: str) -> str:
        identity = wanted
        while identity in self._ids:
            self._copies[wanted] = self._copies.get(wanted, 1) + 1
            identity = f"{wanted}~{self._copies[wanted]}"
        return identity

    def _end(self, reader: Any, start: int) -> int:
        """The document after an article's last."""
        self._numbers = self._numbers or column(reader, "number")
        end = start + 1
        while end < len(self._numbers) and self._numbers[end]:
            end += 1
        return end

    def _release(self) -> None:
        holding, self._holding = self._holding, None
        if holding:
            holding.__exit__(None, None, None)


def stats(folder: Path, manifest: Manifest) -> Stats:
    """What a manifest says, with the size of its generation."""
    path = index_folder.generation(folder, manifest.generation)
    return Stats(
        articles=manifest.articles,
        paragraphs=manifest.paragraphs,
        words=manifest.words,
        forms=manifest.forms,
        first=manifest.first,
        last=manifest.last,
        undated=manifest.undated,
        languages=manifest.languages,
        sources=manifest.sources,
        size=index_folder.size(path),
        created=manifest.created,
        versions={**manifest.versions, "index format": str(index_folder.FORMAT)},
    )


def _ids(index: Any) -> set[str]:
    with index.reader() as reader:
        return {text.decode() for text in reader.lexicon("id")} if reader.doc_count() else set()


def _language(article: Article) -> str:
    return guess(form for _, text in article.numbered() for form in forms(text))


def _manifest(reader: Any, number: int, forms_written: int) -> Manifest:
    """Count what is in the index."""
    languages: Counter[str] = Counter()
    sources: Counter[str] = Counter()
    fields: Counter[str] = Counter()
    dates: list[tuple[int, int, str]] = []
    numbers, lengths, first, last = (column(reader, name) for name in ("number", "length", "first", "last"))
    articles = words = 0
    for document in range(reader.doc_count_all()):
        words += max(lengths[document], 0)
        if numbers[document] == 0:
            articles += 1
            article = from_record(reader.stored_fields(document)["stored"])
            languages[article.language or ""] += 1
            sources[article.source or ""] += 1
            fields.update(metadata(article).keys())
            if article.date:
                dates.append((first[document], last[document], article.date))
    return Manifest(
        generation=number,
        articles=articles,
        paragraphs=reader.doc_count_all() - articles,
        words=words,
        forms=forms_written,
        undated=articles - len(dates),
        first=min(dates)[2] if dates else None,
        last=max(dates, key=lambda one: (one[1], one[0]))[2] if dates else None,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        languages=dict(languages.most_common()),
        sources=dict(sources.most_common()),
        fields=dict(fields.most_common()),
        versions={"news-search": version("news-search"), "Whoosh": versionstring()},
    )
