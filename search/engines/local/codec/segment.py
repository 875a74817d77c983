"""A segment, opened for reading: its dictionary, posting lists, columns and texts (the package says how they lie)."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from search.engines.local.codec.articles import Articles
from search.engines.local.codec.columns import Narrow, Sizes
from search.engines.local.codec.deletions import Deletions
from search.engines.local.codec.files import SectionFile
from search.engines.local.codec.folded import Folded, folded_of
from search.engines.local.codec.forms import Forms
from search.engines.local.codec.lists import PostingList
from search.language import fold

Key = Callable[[str], tuple[str, str]]

if TYPE_CHECKING:
    from search.engines.local.codec.files import AnyPath


def by_folded(form: str) -> tuple[str, str]:
    """The order of printed forms."""
    return fold(form), form


def by_itself(form: str) -> tuple[str, str]:
    """The order of metadata terms."""
    return form, form


class Terms:
    """The terms of a field and where they stand. A term is its place in the dictionary."""

    def __init__(self, file: SectionFile, field: str, key: Key, changes: Mapping[str, Mapping[int, int]]) -> None:
        self._df = Narrow(file, f"{field}.df")
        self.forms = Forms(file, f"{field}.forms", len(self._df))
        self.folded: Folded = folded_of(file, f"{field}.folded")
        self.key = key
        self._lists = Sizes(file, f"{field}.lists")
        self._data = file.section(f"{field}.lists")
        self._changed = changes.get(f"{field}.df", {})

    def __len__(self) -> int:
        return len(self._df)

    def find(self, form: str) -> int | None:
        """The term that is this form."""
        place = self.forms.place(self.key(form), self.key)
        return place if place < len(self) and self.forms[place] == form else None

    def beginning(self, start: str) -> range:
        """The terms whose key begins with this text."""
        first = self.forms.place(start, lambda form: self.key(form)[0])
        return range(first, self.forms.place(True, lambda form: self.key(form)[0][: len(start)] > start))

    def keyed(self, key: str) -> range:
        """The terms that have exactly this key (forms: those that fold to it)."""
        first = end = self.forms.place(key, lambda form: self.key(form)[0])
        while end < len(self) and self.key(self.forms[end])[0] == key:
            end += 1
        return range(first, end)

    def df(self, term: int) -> int:
        """In how many documents that are not deleted the term stands."""
        return self._changed.get(term, self._df[term]) if self._changed else self._df[term]

    def list(self, term: int) -> PostingList:
        """The term's posting list, with deleted documents."""
        return PostingList(self._data, *self.place(term))

    def place(self, term: int) -> tuple[int, int]:
        """Where the term's list begins, and how many documents it has with deleted ones."""
        return self._lists.begin(term), self._df[term]

    def all_lists(self) -> tuple[Any, Any, Any]:
        """The bytes of all lists, where each begins, and how many documents it has with deleted ones (arrays)."""
        import numpy as np

        sizes = self._lists.sizes.array()
        return np.frombuffer(self._data, np.uint8), np.cumsum(sizes) - sizes, self._df.array()


class Segment(Articles):
    """One segment of an index; `deletions` are the documents that no longer count."""

    def __init__(
        self, path: "AnyPath", decompress: Callable[[bytes], bytes], deletions: Deletions | None = None
    ) -> None:
        super().__init__(path, decompress)
        file = self.file
        self.deletions = deletions or Deletions.none()
        self.text = Terms(file, "text", by_folded, self.deletions.changes)
        self.meta = Terms(file, "meta", by_itself, self.deletions.changes)
        self.lengths, self.numbers = file.column("lengths"), file.column("numbers")
        self._by_id = file.column("ids.order")
        self._evidence, self._speech = Narrow(file, "text.evidence"), file.column("text.speech")

    def evidence(self, term: int) -> int:
        """How often the case of a form says whether it is a name (`search.language.names`)."""
        return self.deletions.changes.get("text.evidence", {}).get(term, self._evidence[term])

    def speech(self, term: int) -> int:
        """The languages in which a form is printed (`search.engines.local.codec.stems`)."""
        return self.deletions.changes.get("text.speech", {}).get(term, self._speech[term])

    def stemmed(self, section: str, stem_hash: int) -> Iterator[int]:
        """The terms that are listed under the hash of a stem."""
        if section in self.file:
            hashes, terms = self.file.column(section), self.file.column(f"{section}.forms")
            place = bisect_left(hashes, stem_hash)
            while place < len(hashes) and hashes[place] == stem_hash:
                yield terms[place]
                place += 1

    def find(self, identity: str) -> int | None:
        """The article of this id, if there is one that is not deleted."""
        key = identity.encode()
        place = bisect_left(self._by_id, key, key=lambda article: self.ids.bytes(article))
        if place < len(self._by_id) and self.ids.bytes(article := self._by_id[place]) == key:
            return None if self.starts[article] in self.deletions else article
        return None

    def articles_from(self, identity: str) -> Iterator[int]:
        """The articles in the order of their ids, from this one on."""
        key = identity.encode()
        place = bisect_left(self._by_id, key, key=lambda article: self.ids.bytes(article))
        yield from (self._by_id[at] for at in range(place, len(self._by_id)))
