"""How articles lie in Whoosh: one document for each title and each paragraph, an article's one after the other.

===========  =================================================  ================================================
field        in which documents                                 what it is
===========  =================================================  ================================================
``text``     all                                                the printed forms, with positions
``number``   all (column)                                       0 for the title, then 1, 2 …
``length``   all (column)                                       words; -1 where an article has no title
``id``       title (term and column)                            the article's id
``first``    title (column)                                     first day of its date, ``YYYYMMDD``; 0 if none
``last``     title (column)                                     last day of its date
``meta``     title                                              words of the metadata: ``source<tab>orange``
``stored``   all (stored)                                       title: the record, as JSON; else the text
===========  =================================================  ================================================
"""

import json
from array import array
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from whoosh import columns, fields, formats
from whoosh.analysis import IDTokenizer

from search.article import Article
from search.dates import days
from search.language import fold, forms

NO_TITLE = -1
"""The length of a title that is not there: such a document is no text, and never found."""

METADATA = ("source", "author", "language", "url")
"""The fields of an article that are searched as metadata, beside what its `metadata` holds."""


def schema() -> Any:
    """Whoosh's schema of an index."""
    return fields.Schema(
        text=_words(),
        meta=_words(),
        id=fields.ID(unique=True, sortable=True),
        number=fields.COLUMN(columns.NumericColumn("i")),
        length=fields.COLUMN(columns.NumericColumn("i", default=NO_TITLE)),
        first=fields.COLUMN(columns.NumericColumn("i")),
        last=fields.COLUMN(columns.NumericColumn("i")),
        stored=fields.STORED(),
    )


def title_document(article: Article, words: list[str]) -> dict[str, Any]:
    """The fields of an article's first document."""
    first, last = days(article.date) if article.date else (0, 0)
    return {
        "text": words,
        "number": 0,
        "length": len(words) if article.title else NO_TITLE,
        "id": article.id,
        "first": first,
        "last": last,
        "meta": list(_metadata_words(article)),
        "stored": record(article),
    }


def paragraph_document(number: int, text: str, words: list[str]) -> dict[str, Any]:
    """The fields of a paragraph's document."""
    return {"text": words, "number": number, "length": len(words), "stored": text}


def metadata(article: Article) -> dict[str, str]:
    """All of an article's metadata that can be asked for, by field."""
    own = {name: value for name in METADATA if (value := getattr(article, name))}
    return {**article.metadata, **own}


def meta_word(field: str, word: str) -> str:
    """The term of a (folded) word in a metadata field."""
    return f"{field}\t{word}"


def record(article: Article) -> str:
    """The article without its paragraphs, as JSON."""
    return json.dumps({**asdict(article), "paragraphs": []}, ensure_ascii=False)


def from_record(stored: str, paragraphs: tuple[str, ...] = ()) -> Article:
    """The article of a record."""
    return Article(**{**json.loads(stored), "paragraphs": paragraphs})


def column(reader: Any, name: str) -> "array[int]":
    """A numeric column, whole."""
    if not reader.doc_count_all():
        return array("i")  # Whoosh's reader of an empty index has no columns
    values = reader.column_reader(name)
    return array("i", (values[document] for document in range(reader.doc_count_all())))


def storable(identity: str) -> str:
    """The id as UTF-8 can hold it (file names and JSON can smuggle in what it cannot)."""
    return identity.encode("utf-8", "replace").decode()


def _metadata_words(article: Article) -> Iterator[str]:
    for field, value in metadata(article).items():
        for form in forms(value):
            yield meta_word(field, fold(form))


def _words() -> Any:
    return fields.FieldType(formats.Positions(), IDTokenizer(), scorable=True)
