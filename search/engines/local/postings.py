"""What fetches postings: the only place that reads Whoosh's files.

`Postings` is all that evaluation and scoring ask for. Documents are numbers from 0; an article's title is the
first of its documents, its paragraphs follow (`search.engines.local.schema`).
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from search.engines.local.schema import NO_TITLE, column, from_record


class Postings(Protocol):
    """The postings of one state of an index."""

    @property
    def count(self) -> int:
        """How many texts there are: titles and paragraphs (N in BM25)."""
        ...

    @property
    def words(self) -> int:
        """How many words they have together."""
        ...

    @property
    def starts(self) -> Sequence[int]:
        """The title documents, ascending."""
        ...

    def frequency(self, form: str) -> int:
        """In how many texts a printed form stands (df)."""
        ...

    def frequencies(self, form: str) -> Mapping[int, int]:
        """How often the form stands in each of these documents (tf)."""
        ...

    def positions(self, form: str, documents: Iterable[int]) -> Mapping[int, list[int]]:
        """Where the form stands in those of the documents that have it, by ascending position."""
        ...

    def length(self, document: int) -> int:
        """How many words a document has."""
        ...

    def documents(self) -> Iterable[int]:
        """All documents that are texts."""
        ...

    def article(self, document: int) -> range:
        """The documents of the article to which a document belongs."""
        ...

    def with_metadata(self, words: list[str], *, prefix: bool) -> set[int]:
        """The title documents whose metadata holds these terms in a row; `prefix`: the last one's beginning."""
        ...

    def dated(self, first: int, last: int) -> set[int]:
        """The title documents whose date may lie in these days (``YYYYMMDD``, both included)."""
        ...


class WhooshPostings:
    """`Postings` from an index in Whoosh's own codec."""

    def __init__(self, path: Path) -> None:
        from whoosh.index import IndexError as NoSuchIndex
        from whoosh.index import open_dir

        try:
            self._index: Any = open_dir(str(path))
        except NoSuchIndex as error:
            raise ValueError(str(error)) from error
        self._reader: Any = self._index.reader()
        self._numbers = column(self._reader, "number")
        self._lengths = column(self._reader, "length")
        self._days: list[tuple[int, int, int]] | None = None
        self.starts = [document for document, number in enumerate(self._numbers) if number == 0]
        self.count = sum(length != NO_TITLE for length in self._lengths)
        self.words = sum(max(length, 0) for length in self._lengths)

    def frequency(self, form: str) -> int:
        return int(self._reader.doc_frequency("text", form))

    def frequencies(self, form: str) -> dict[int, int]:
        found: dict[int, int] = {}
        if ("text", form) in self._reader:
            matcher = self._reader.postings("text", form)
            while matcher.is_active():
                found[matcher.id()] = int(matcher.weight())
                matcher.next()
        return found

    def positions(self, form: str, documents: Iterable[int]) -> dict[int, list[int]]:
        return self._positions("text", form, documents)

    def length(self, document: int) -> int:
        return max(self._lengths[document], 0)

    def documents(self) -> list[int]:
        return [document for document, length in enumerate(self._lengths) if length != NO_TITLE]

    def number(self, document: int) -> int:
        """The paragraph's number in its article."""
        return self._numbers[document]

    def article(self, document: int) -> range:
        start = document - self._numbers[document]
        place = bisect_right(self.starts, start)
        return range(start, self.starts[place] if place < len(self.starts) else len(self._numbers))

    def with_metadata(self, words: list[str], *, prefix: bool) -> set[int]:
        slots = [[word] for word in words]
        if prefix:
            slots[-1] = [term.decode() for term in self._reader.expand_prefix("meta", words[-1])]
        found: set[int] = set()
        ends: dict[int, set[int]] = {}
        for place, terms in enumerate(slots):
            wanted = self.starts if place == 0 else ends
            here: dict[int, set[int]] = {}
            for term in terms:
                for document, positions in self._positions("meta", term, wanted).items():
                    here.setdefault(document, set()).update(positions)
            if place:
                here = {d: left for d, at in here.items() if (left := at & {p + 1 for p in ends[d]})}
            ends = here
        found.update(ends)
        return found

    def dated(self, first: int, last: int) -> set[int]:
        if self._days is None:
            firsts, lasts = column(self._reader, "first"), column(self._reader, "last")
            self._days = [(start, firsts[start], lasts[start]) for start in self.starts if firsts[start]]
        return {start for start, begin, end in self._days if begin <= last and end >= first}

    def day(self, document: int) -> int:
        """The first day of the article's date, 0 if it has none."""
        return int(self._reader.column_reader("first")[document])

    def identity(self, document: int) -> str:
        """The article's id."""
        return str(self._reader.column_reader("id")[document])

    def find(self, identity: str) -> int | None:
        """The title document of the article with this id."""
        return self._reader.first_id("id", identity) if ("id", identity) in self._reader else None

    def stored(self, document: int) -> str:
        """A paragraph's text; for a title document, the article's record."""
        return str(self._reader.stored_fields(document)["stored"])

    def text(self, document: int) -> str:
        """The text of a paragraph or a title."""
        stored = self.stored(document)
        return stored if self._numbers[document] else from_record(stored).title

    def close(self) -> None:
        """Let go of the files."""
        self._reader.close()
        self._index.close()

    def _positions(self, field: str, term: str, documents: Iterable[int]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        if (field, term) not in self._reader:
            return found
        matcher = self._reader.postings(field, term)
        for document in sorted(documents):
            if not matcher.is_active():
                break
            if matcher.id() < document:
                matcher.skip_to(document)
            if matcher.is_active() and matcher.id() == document:
                found[document] = matcher.value_as("positions")
        return found
