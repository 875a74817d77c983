"""The segments as a Whoosh codec, so that Whoosh's own ``Searcher`` reads them, and any program that uses Whoosh.

========================  ============================================================================================
field                     what Whoosh finds there
========================  ============================================================================================
``text``                  the printed forms of titles and paragraphs, with positions and lengths; stored
``meta``                  words of the metadata, with positions: ``source<tab>monde``; in title documents
``id``, ``language``,     one term for each document of an article: the value as it is; columns to sort and group by
``source``, ``author``
``date``                  likewise, the first day of the article's date, ``20190503``; none where there is no date
``number``                stored: 0 for the title, then 1, 2 …
========================  ============================================================================================

A Whoosh document is a title or a paragraph. What Whoosh can ask of a codec and this one does not have: vectors,
writing (`search.engines.local.writer` writes), and values of postings as bytes, in which Whoosh keeps pickles.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from whoosh import columns, fields, formats
from whoosh.analysis import Token, Tokenizer
from whoosh.codec import base
from whoosh.matching import ListMatcher, ReadTooFar
from whoosh.reading import TermInfo, TermNotFound

from search.engines.local.codec.forms import Forms
from search.engines.local.codec.segment import Segment
from search.language import words

VALUES = ("id", "language", "source", "author", "date")
"""The fields whose terms are whole values."""


class PrintedForms(Tokenizer):  # type: ignore[misc]  # Whoosh has no types
    """Parts a text, or the words of a query, into printed forms."""

    def __call__(self, value: str, positions: bool = False, chars: bool = False, **_: Any) -> Iterator[Any]:
        token = Token(positions, chars)
        for position, word in enumerate(words(value)):
            token.text, token.pos = word.form, position
            token.startchar, token.endchar = word.start, word.end
            token.boost, token.stopped = 1.0, False
            yield token


def schema() -> Any:
    """Whoosh's schema of an index."""
    return fields.Schema(
        text=fields.FieldType(formats.Positions(), PrintedForms(), scorable=True, stored=True),
        meta=fields.FieldType(formats.Positions(), PrintedForms()),
        number=fields.STORED(),
        **{name: fields.ID(stored=True, sortable=True) for name in VALUES},
    )


class Codec(base.Codec):  # type: ignore[misc]
    """Reads segments for Whoosh."""

    def terms_reader(self, storage: object, segment: "WhooshSegment") -> "TermsReader":
        """The terms of a segment."""
        return TermsReader(segment.segment)

    def per_document_reader(self, storage: object, segment: "WhooshSegment") -> "DocumentReader":
        """The documents of a segment."""
        return DocumentReader(segment.segment)

    def _not_here(self, *_: object, **__: object) -> Any:
        raise NotImplementedError("this codec only reads; write with search.build, or with IndexWriter")

    per_document_writer = field_writer = postings_writer = postings_reader = new_segment = _not_here


class WhooshSegment(base.Segment):  # type: ignore[misc]
    """A segment, as Whoosh knows segments."""

    def __init__(self, segment: Segment) -> None:
        super().__init__("news-search")
        self.segment = segment
        self.segid = segment.file.name

    def codec(self) -> Codec:
        """What reads it."""
        return Codec()


class ValueTerms:
    """The terms of a field of whole values: for each value, the documents of the articles that have it."""

    def __init__(self, segment: Segment, field: str) -> None:
        self._articles: dict[bytes, list[int]] = {}
        for article in range(segment.articles):
            if value := value_of(segment, field, article):
                self._articles.setdefault(value, []).append(article)
        self._segment = segment
        self.names = sorted(self._articles)

    def documents(self, name: bytes) -> list[int]:
        """The documents of a value."""
        return [one for article in self._articles[name] for one in self._segment.documents_of(article)]


class ListedTerms:
    """The terms of a field with posting lists, in the order of their bytes."""

    def __init__(self, segment: Segment, field: str) -> None:
        self.terms = segment.text if field == "text" else segment.meta
        forms = self.terms.forms
        self.order = sorted(range(len(forms)), key=forms.bytes)
        self.names = _InOrder(forms, self.order)


class _InOrder(Sequence[bytes]):
    """Strings in another order, as bytes."""

    def __init__(self, strings: Forms, order: Sequence[int]) -> None:
        self._strings, self._order = strings, order

    def __len__(self) -> int:
        return len(self._order)

    def __getitem__(self, place: int) -> bytes:  # type: ignore[override]  # no slices
        return self._strings.bytes(self._order[place])


class TermsReader(base.TermsReader):  # type: ignore[misc]
    """The terms of all fields of a segment."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._fields: dict[str, ValueTerms | ListedTerms] = {}

    def indexed_field_names(self) -> list[str]:
        """The fields that have terms."""
        return sorted(["text", "meta", *VALUES])

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._postings(*term) is not None

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """All terms, by field and bytes."""
        for field in self.indexed_field_names():
            yield from self.terms_from(field, b"")

    def terms_from(self, field: str, start: bytes) -> Iterator[tuple[str, bytes]]:
        """The terms of a field from these bytes on."""
        names = self.field(field).names
        for place in range(bisect_left(names, start), len(names)):
            yield field, names[place]

    def items(self) -> Iterator[tuple[tuple[str, bytes], Any]]:
        """All terms with what is known of them."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, field: str, start: bytes) -> Iterator[tuple[tuple[str, bytes], Any]]:
        """The terms of a field from these bytes on, with what is known of them."""
        return ((term, self.term_info(*term)) for term in self.terms_from(field, start))

    def term_info(self, field: str, name: bytes) -> Any:
        """What is known of a term; `KeyError` if there is none."""
        found = self._postings(field, name)
        if found is None:
            raise KeyError((field, name))
        documents, frequencies, _ = found
        lengths = [max(self._segment.lengths[document] - 1, 0) for document in documents]
        return TermInfo(
            weight=float(sum(frequencies)),
            df=len(documents),
            minlength=min(lengths),
            maxlength=max(lengths),
            maxweight=float(max(frequencies)),
            minid=documents[0],
            maxid=documents[-1],
        )

    def matcher(self, field: str, name: bytes, format_: Any, scorer: Any = None) -> "PostingMatcher":
        """A matcher over the documents of a term."""
        found = self._postings(field, name)
        if found is None:
            raise TermNotFound(f"{field}:{name!r}")
        documents, frequencies, positions = found
        return PostingMatcher(
            documents,
            [float(count) for count in frequencies],
            positions,
            scorer=scorer,
            term=(field, name),
            terminfo=self.term_info(field, name),
        )

    def cursor(self, field: str, _: Any = None) -> "Cursor":
        """A cursor over the terms of a field."""
        return Cursor(self, field)

    def close(self) -> None:
        """The segment is closed by the index."""

    def field(self, name: str) -> ValueTerms | ListedTerms:
        """The terms of a field."""
        if name not in self._fields:
            self._fields[name] = (ValueTerms if name in VALUES else ListedTerms)(self._segment, name)
        return self._fields[name]

    def _postings(self, field: str, name: bytes) -> "Found | None":
        """A term's documents, its frequency in each, and what gives its positions in the document at a place."""
        if field in VALUES:
            terms = self.field(field)
            assert isinstance(terms, ValueTerms)
            if (place := bisect_left(terms.names, name)) == len(terms.names) or terms.names[place] != name:
                return None
            documents = terms.documents(name)
            return documents, [1] * len(documents), lambda place: [0]
        listed = self._segment.text if field == "text" else self._segment.meta
        term = listed.find(name.decode("utf-8", "surrogatepass"))
        if term is None:
            return None
        postings = listed.list(term)
        return (
            postings.documents(),
            [more + 1 for more in postings.frequencies()],
            postings.positions_at,
        )


Found = tuple[Sequence[int], Sequence[int], Callable[[int], list[int]]]


class PostingMatcher(ListMatcher):  # type: ignore[misc]
    """Whoosh's matcher over a list, which reads positions when it is asked for them."""

    def __init__(
        self, ids: Sequence[int], weights: list[float], positions: Callable[[int], list[int]], **more: Any
    ) -> None:
        super().__init__(ids, weights, None, formats.Positions(), **more)
        self._positions = positions

    def copy(self) -> "PostingMatcher":
        """Another one at the same place."""
        return PostingMatcher(
            self._ids, self._weights, self._positions,
            scorer=self._scorer, position=self._i, term=self._term, terminfo=self._terminfo,
        )  # fmt: skip

    def skip_to(self, id: int) -> None:
        """Go on to the first document that is not before this one."""
        if not self.is_active():
            raise ReadTooFar
        self._i: int = bisect_left(self._ids, id, lo=self._i)

    def value_as(self, kind: str) -> Any:
        """The positions, the frequency or the weight in this document."""
        if kind in ("frequency", "weight"):
            return self.weight()
        return self._positions(self._i)


class Cursor(base.FieldCursor):  # type: ignore[misc]
    """Goes through the terms of a field in the order of their bytes."""

    def __init__(self, reader: TermsReader, field: str) -> None:
        self._reader, self._field = reader, field
        self._names = reader.field(field).names
        self._place = 0

    def first(self) -> str | None:
        """Go to the first term."""
        self._place = 0
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        """Go to the first term that is not before this one."""
        self._place = bisect_left(self._names, term if isinstance(term, bytes) else term.encode())
        return self.text()

    def next(self) -> str | None:
        """Go to the next term."""
        self._place += 1
        return self.text()

    def text(self) -> str | None:
        """The term; ``None`` after the last one."""
        return self._names[self._place].decode("utf-8", "surrogatepass") if self.is_valid() else None

    def term_info(self) -> Any:
        """What is known of the term."""
        return self._reader.term_info(self._field, self._names[self._place]) if self.is_valid() else None

    def is_valid(self) -> bool:
        """Whether there is a term here."""
        return self._place < len(self._names)


class DocumentReader(base.PerDocumentReader):  # type: ignore[misc]
    """The documents of a segment."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    @cached_property
    def _gone(self) -> frozenset[int]:
        """Deleted documents, and titles that are not there."""
        empty = (document for document, length in enumerate(self._segment.lengths) if not length)
        return self._segment.deletions.documents.union(empty)

    def doc_count_all(self) -> int:
        """How many documents there are, with deleted ones."""
        return self._segment.documents

    def doc_count(self) -> int:
        """How many documents there are."""
        return self._segment.documents - len(self._gone)

    def has_deletions(self) -> bool:
        """Whether some documents do not count."""
        return bool(self._gone)

    def is_deleted(self, document: int) -> bool:
        """Whether a document does not count."""
        return document in self._gone

    def deleted_docs(self) -> Iterable[int]:
        """The documents that do not count."""
        return self._gone

    def supports_columns(self) -> bool:
        """There are columns."""
        return True

    def has_column(self, field: str) -> bool:
        """Whether a field is a column."""
        return field in VALUES

    def list_columns(self) -> list[str]:
        """The fields that are columns."""
        return list(VALUES)

    def column_reader(self, field: str, column: Any) -> "ValueColumn":
        """The column of a field."""
        return ValueColumn(self._segment, field)

    def doc_field_length(self, document: int, field: str, default: int = 0) -> int:
        """How many words a document has."""
        return max(self._segment.lengths[document] - 1, 0) if field == "text" else default

    def field_length(self, field: str) -> int:
        """How many words all documents have together."""
        lengths = self._segment.lengths
        return (
            sum(lengths) - len(lengths) + len(self._gone - self._segment.deletions.documents)
            if field == "text"
            else 0
        )

    def min_field_length(self, field: str) -> int:
        """How many words the shortest document has."""
        return min((length - 1 for length in self._segment.lengths if length), default=0) if field == "text" else 0

    def max_field_length(self, field: str) -> int:
        """How many words the longest document has."""
        return max(max(self._segment.lengths, default=0) - 1, 0) if field == "text" else 0

    def stored_fields(self, document: int) -> dict[str, Any]:
        """What is stored of a document."""
        segment = self._segment
        article = segment.article_at(document)
        number = segment.numbers[document]
        stored: dict[str, Any] = {"text": segment.texts(article).text(number), "number": number}
        for field in VALUES:
            if value := value_of(segment, field, article):
                stored[field] = value.decode("utf-8", "surrogatepass")
        return stored

    def close(self) -> None:
        """The segment is closed by the index."""


class ValueColumn(columns.ColumnReader):  # type: ignore[misc]
    """The values of a field, document by document."""

    def __init__(self, segment: Segment, field: str) -> None:
        super().__init__(None, 0, 0, segment.documents)
        self._segment, self._field = segment, field
        self._reverse = False

    def __getitem__(self, document: int) -> bytes:
        return value_of(self._segment, self._field, self._segment.article_at(document))

    def set_reverse(self) -> None:
        """Whoosh sorts the other way round with the same values."""


def value_of(segment: Segment, field: str, article: int) -> bytes:
    """The value of an article in a field, as bytes."""
    if field == "id":
        return segment.ids.bytes(article)
    if field == "date":
        return str(segment.first[article] or "").encode()
    return segment.value(field, article).encode("utf-8", "surrogatepass")
