"""What fetches postings: the only place that knows that an index is made of segments.

`Postings` is all that evaluation and scoring ask for. Documents are numbers from 0, those of one segment after
those of the one before; an article's title is the first of its documents, its paragraphs follow.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from search.engines.local.codec.segment import Segment
from search.engines.local.codec.variants import Variants
from search.engines.local.lexicon import Lexicon
from search.errors import QueryError

if TYPE_CHECKING:
    from search.article import Article


MOST = 25_000
"""A pattern may stand for so many words of metadata."""

MetadataWords = Sequence[tuple[str, Callable[[str], bool] | None]]
"""Terms of metadata; with a test, all that begin so and whose rest passes it."""


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

    def number(self, document: int) -> int:
        """The document's number in its article: 0 for the title."""
        ...

    def documents(self) -> Iterable[int]:
        """All documents that are texts."""
        ...

    def article(self, document: int) -> range:
        """The documents of the article to which a document belongs."""
        ...

    def with_metadata(self, words: MetadataWords) -> set[int]:
        """The title documents whose metadata holds these terms in a row (`search.engines.local.plan.InMetadata`)."""
        ...

    def dated(self, first: int, last: int) -> set[int]:
        """The title documents whose date may lie in these days (``YYYYMMDD``, both included)."""
        ...


class SegmentPostings:
    """`Postings` of segments, and the articles that they hold."""

    def __init__(
        self, segments: Sequence[Segment], lexicon: Lexicon, count: int, words: int, variants: Variants | None = None
    ) -> None:
        self.segments = segments
        self.variants = variants
        self.count, self.words = count, words
        self._lexicon = lexicon
        self.arrays: Any = None
        """What the array kernel keeps between searches."""
        self.looked_at = 0
        """So many postings the plain kernel has looked at."""
        self.bases = [0]
        for segment in segments:
            self.bases.append(self.bases[-1] + segment.documents)
        self._last: tuple[int, int, Any] = 0, 0, None

    def terms(self, form: str) -> list[int | None]:
        """The form's place in the dictionary of each segment, ``None`` where it has none."""
        return self._lexicon.terms(form)

    def frequency(self, form: str) -> int:
        return self._lexicon.df(form)

    def frequencies(self, form: str) -> dict[int, int]:
        found: dict[int, int] = {}
        for base, segment, term in self._places(form):
            listed = segment.text.list(term)
            for document, more in zip(listed.documents(), listed.frequencies(), strict=True):
                if document not in segment.deletions:
                    found[base + document] = more + 1
        return found

    def positions(self, form: str, documents: Iterable[int]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        wanted = sorted(documents)
        for base, segment, term in self._places(form):
            here = [document - base for document in wanted if base <= document < base + segment.documents]
            if here:
                listed = segment.text.list(term).positions(here)
                found.update((base + document, positions) for document, positions in listed.items())
        return found

    def length(self, document: int) -> int:
        base, segment = self.at(document)
        return max(segment.lengths[document - base] - 1, 0)

    def number(self, document: int) -> int:
        base, segment = self.at(document)
        return segment.numbers[document - base]

    def documents(self) -> Iterator[int]:
        for base, segment in zip(self.bases, self.segments, strict=False):
            for document, length in enumerate(segment.lengths):
                if length and document not in segment.deletions:
                    yield base + document

    def article(self, document: int) -> range:
        base, segment = self.at(document)
        found = segment.documents_of(segment.article_at(document - base))
        return range(base + found.start, base + found.stop)

    def with_metadata(self, words: MetadataWords) -> set[int]:
        found: set[int] = set()
        for base, segment in zip(self.bases, self.segments, strict=False):
            found.update(base + document for document in _in_a_row(segment, words))
        return found

    def dated(self, first: int, last: int) -> set[int]:
        return {
            base + start
            for base, segment in zip(self.bases, self.segments, strict=False)
            for start, begin, end in zip(segment.starts, segment.first, segment.last, strict=True)
            if begin and begin <= last and end >= first and start not in segment.deletions
        }

    def day(self, document: int) -> int:
        """The first day of the article's date, 0 if it has none."""
        segment, article = self.article_at(document)
        return segment.first[article]

    def size(self, document: int) -> int:
        """How many words the texts of the article have together."""
        segment, article = self.article_at(document)
        here = segment.documents_of(article)
        return sum(max(one - 1, 0) for one in segment.lengths[here.start : here.stop])

    def identity(self, document: int) -> str:
        """The article's id."""
        segment, article = self.article_at(document)
        return segment.ids[article]

    def find(self, identity: str) -> "Article | None":
        """The article with this id. Before it is said that there is none, the ids are checked."""
        for segment in self.segments:
            if (article := segment.find(identity)) is not None:
                return segment.article(article)
        for segment in self.segments:
            segment.file.check("ids")
        return None

    def place(self, identity: str) -> int:
        """The title document of the article with this id, which there is."""
        for base, segment in zip(self.bases, self.segments, strict=False):
            if (article := segment.find(identity)) is not None:
                return base + segment.starts[article]
        raise LookupError(identity)

    def article_at(self, document: int) -> tuple[Segment, int]:
        """The segment of a document, and the article there to which it belongs."""
        base, segment = self.at(document)
        return segment, segment.article_at(document - base)

    def at(self, document: int) -> tuple[int, Segment]:
        """The segment of a document, and the first document there. (Mostly it is that of the last one asked for.)"""
        segment: Segment
        first, end, segment = self._last
        if not first <= document < end:
            place = bisect_right(self.bases, document) - 1
            first, segment = self.bases[place], self.segments[place]
            self._last = first, self.bases[place + 1], segment
        return first, segment

    def _places(self, form: str) -> Iterator[tuple[int, Segment, int]]:
        for base, segment, term in zip(self.bases, self.segments, self._lexicon.terms(form), strict=False):
            if term is not None:
                yield base, segment, term


def _in_a_row(segment: Segment, words: MetadataWords) -> set[int]:
    """The documents of a segment whose metadata holds these terms in a row."""
    meta = segment.meta
    ends: dict[int, set[int]] = {}
    for place, (word, passes) in enumerate(words):
        if passes is None:
            terms = [term] if (term := meta.find(word)) is not None else []
        else:
            terms = [term for term in meta.beginning(word) if passes(meta.forms[term][len(word) :])]
            if len(terms) > MOST:
                field = word.partition("\t")[0]
                raise QueryError(
                    f'the pattern for "{field}" stands for {len(terms):,} words: expected {MOST:,} at most, '
                    "so give more letters", ""
                )  # fmt: skip
        if len(words) == 1:
            found = {document for term in terms for document in meta.list(term).documents()}
            return {document for document in found if document not in segment.deletions}
        here: dict[int, set[int]] = {}
        for one in terms:
            listed = meta.list(one)
            for document, positions in listed.positions(ends if place else listed.documents()).items():
                if document not in segment.deletions:
                    here.setdefault(document, set()).update(positions)
        if place:
            here = {d: left for d, at in here.items() if (left := at & {end + 1 for end in ends[d]})}
        ends = here
    return set(ends)
