"""What every engine offers: a `Writer` that makes an index, and an `Engine` that answers from it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from search.hits import Hit, Hits, Span
from search.query import Node
from search.value import Value

if TYPE_CHECKING:
    from search.article import Article
    from search.counts import Count
    from search.explained import Account, Part
    from search.keyness import Keywords
    from search.likeness import TellingWord

Sort = Literal["relevance", "newest", "oldest"]
RankedUnit = Literal["article", "paragraph"]


class Stats(Value):
    """What is in an index.

    `paragraphs` counts those of the articles' texts, `words` those of texts and titles, `forms` the different
    printed words. `first` and `last` are dates as the articles give them. `languages` and `sources` count
    articles, the most frequent first. `size` is in bytes, `created` in ISO 8601 (UTC).
    """

    articles: int
    paragraphs: int
    words: int
    forms: int
    first: str | None
    last: str | None
    undated: int
    languages: Mapping[str, int]
    sources: Mapping[str, int]
    size: int
    created: str
    versions: Mapping[str, str]


class Scope(Value):
    """What a search looks through: so many paragraphs, of articles from `first` to `last`, of so many sources."""

    paragraphs: int
    first: str | None
    last: str | None
    sources: int


class WordForms(Value):
    """What a query word means in an archive: the printed forms that it finds in each grade, with the number of
    paragraphs that hold them. A stop word is ignored beside other words; a name is found as printed only."""

    word: str
    stop: bool
    name: bool
    grades: tuple[tuple[float, Mapping[str, int]], ...]


class Place(NamedTuple):
    """An article, or a paragraph of it (its `number`), and its score."""

    article: str
    number: int | None
    score: float


class Engine(Protocol):
    """Answers queries from one state of an index, until it is closed."""

    def search(self, tree: Node, *, limit: int | None = 10, sort: Sort = "relevance", variants: bool = False) -> Hits:
        """The `limit` best articles (all with ``None``), and the number of all that match. Near-copies stand beside
        the first of them, or with `variants` on their own.

        `QueryError` where a field or value of the tree means nothing here.
        """
        ...

    def rank(self, tree: Node, unit: RankedUnit, limit: int) -> list[Place]:
        """The ids and scores of the `limit` best articles, near-copies each by itself, or of the best paragraphs
        (without titles); those that tie by id."""
        ...

    def walk(self, tree: Node, *, variants: bool = False) -> Iterator[Hit]:
        """All articles that match, in the order of the archive, each made when it is asked for. Nothing is scored:
        their scores are 0."""
        ...

    def keywords(self, tree: Node, against: Node | None = None) -> "Keywords":
        """The words that the matching texts use more than all others do, or than those that match `against` (texts
        that match both count for neither). Of near-copies that match one is counted."""
        ...

    def gist(self, texts: Sequence[str], limit: int, *, indexed: bool) -> "tuple[TellingWord, ...]":
        """The words of some texts that tell them from all others here, the most telling first; those that stand in
        these texts alone are none, if they are `indexed`."""
        ...

    def alike(
        self, words: Sequence[Node], conditions: Node | None, *, least: int, limit: int | None, variants: bool = False
    ) -> list[tuple[Hit, tuple[int, ...]]]:
        """The articles that have at least so many of some words (or phrases) anywhere, and meet conditions; the best
        first, scored as wholes, each with the places of the words that it has. Near-copies as in `search`. A hit has
        no paragraphs."""
        ...

    def copies(self, identity: str) -> list[str]:
        """The ids of all near-copies of an article."""
        ...

    def tally(self, tree: Node | None, field: str, limit: int | None = None) -> "list[Count]":
        """The values of a field (``date``, ``source`` …) that the matching articles have (``None``: all articles),
        those with most matching texts first; `SearchError` where there is no such field."""
        ...

    def article(self, identity: str) -> "Article":
        """The article of this id; `NotFound` if there is none."""
        ...

    def marks(self, tree: Node, article: "Article") -> dict[int, tuple[Span, ...]]:
        """Where the query's words stand in an article's texts, by paragraph number (the title is 0)."""
        ...

    def forms(self, word: str) -> list[WordForms]:
        """What the words of a query term mean here."""
        ...

    def explain(self, tree: Node) -> "Part":
        """What a query means here, part by part."""
        ...

    def account(self, tree: Node, identity: str) -> "Account":
        """Why the article of this id is found, or not; `NotFound` if there is none."""
        ...

    def words(self, pattern: Node) -> list[tuple[str, int]]:
        """The printed forms that a word or a pattern stands for, with the number of texts that hold each, the most
        frequent first."""
        ...

    def nearest(self, word: str, limit: int = 3) -> list[tuple[str, int]]:
        """The words of this archive that are most like one by their spelling, with their number of texts."""
        ...

    def values(self, field: str, start: str = "") -> list[str]:
        """The values of a field that begin so, the most frequent first."""
        ...

    def ids(self, start: str, limit: int) -> list[str]:
        """The first ids of articles that begin so, in their order."""
        ...

    def fields(self) -> list[str]:
        """The fields of metadata that articles have here."""
        ...

    def tallied(self) -> list[str]:
        """The fields that `tally` counts by, but for the date."""
        ...

    def scope(self, conditions: Node | None = None) -> Scope:
        """What is in the articles that meet these conditions; without, in all."""
        ...

    def stats(self) -> Stats:
        """What is in the index."""
        ...

    def close(self) -> None:
        """Let go of all files."""
        ...


class Writer(Protocol):
    """Changes an index. Nothing is seen by anyone before `commit`, and nothing is left of it after `abort`."""

    def add(self, article: "Article") -> str:
        """Add an article; the id it got (its own, or with ``~2`` … where that is taken)."""
        ...

    def delete(self, identity: str) -> bool:
        """Delete the article of this id; whether there was one."""
        ...

    def commit(self) -> Stats:
        """Put the changed index in place of the old one, all at once."""
        ...

    def abort(self) -> None:
        """Forget all changes; the index stays as it was."""
        ...
