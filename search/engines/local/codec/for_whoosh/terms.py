"""The terms of a segment for Whoosh, and their postings."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from whoosh import formats
from whoosh.codec import base
from whoosh.matching import ListMatcher, ReadTooFar
from whoosh.reading import TermInfo, TermNotFound

from search.engines.local.codec.for_whoosh.values import VALUES, value_of
from search.engines.local.codec.forms import Forms
from search.engines.local.codec.segment import Segment


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
