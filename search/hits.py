"""What a search gives back."""

from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from search.value import Value

BEST = "best"
"""What a hit that is made later is asked for, with a number, for so many of its best paragraphs."""


class Span(NamedTuple):
    """A stretch of a text, in characters: ``text[start:end]``."""

    start: int
    end: int


class ParagraphHit(Value):
    """A matching paragraph. `number` is its place in the article (the title is 0), `marks` are the words that
    the query asked for, in order, without overlap."""

    number: int
    score: float
    text: str
    marks: tuple[Span, ...]


class Variant(Value):
    """An article that says nearly the same as a hit: its id, date and source."""

    article: str
    date: str | None
    source: str | None


class Hit(Value):
    """A matching article with all its matching paragraphs, in reading order.

    `rank` counts from 1. `title_marks` are the query's words in the title, whether the title as a whole
    matches or not. `path` is the file that the article was read from, `line` the line (or record, or byte) of it
    where several articles share one, else 0. `variants` are the matching articles that are near-copies of this one,
    which is the first of them. `lead` is the article's first paragraph, whether it matches or not.
    """

    _apart: ClassVar[frozenset[str]] = frozenset({"lead"})

    rank: int
    article: str
    title: str
    date: str | None
    source: str | None
    language: str | None
    url: str | None
    path: str | None
    score: float
    paragraphs: tuple[ParagraphHit, ...]
    title_marks: tuple[Span, ...] = ()
    line: int = 0
    variants: tuple[Variant, ...] = ()
    lead: str = ""
    author: str | None = None

    def best(self, count: int) -> tuple[ParagraphHit, ...]:
        """The `count` best paragraphs (not the title), in reading order."""
        known = self.__dict__
        if "paragraphs" not in known:  # the others need not be made
            found: tuple[ParagraphHit, ...] = known["_find"](self, (BEST, count))
            return found
        body = [p for p in self.paragraphs if p.number]
        if len(body) <= count:
            return tuple(body)
        kept = sorted(body, key=lambda p: (-p.score, p.number))[:count]
        return tuple(sorted(kept, key=lambda p: p.number))


class Hits(Value):
    """The articles found, best first: those asked for, and how many there are in all.

    `articles` and `paragraphs` count everything that matches, however few were asked for; `variants` those of the
    articles that stand beside another, of which they are near-copies. `notes` are remarks on how the query was read.
    """

    hits: tuple[Hit, ...]
    articles: int
    paragraphs: int
    notes: tuple[str, ...] = ()
    variants: int = 0

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)

    def __getitem__(self, place: int) -> Hit:
        return self.hits[place]
