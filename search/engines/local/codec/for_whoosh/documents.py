"""The documents of a segment for Whoosh: lengths, what is stored, columns."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from whoosh import columns
from whoosh.codec import base

from search.engines.local.codec.for_whoosh.values import VALUES, value_of
from search.engines.local.codec.segment import Segment


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
