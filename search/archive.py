"""The Python side of the product: build an index, open it, ask it.

import search

search.build("articles/", index="index")
with search.open("index") as archive:
    for hit in archive.search("Calais"):
        print(hit.date, hit.title, hit.paragraphs[0].text)
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self, TypedDict, Unpack

from search.engines.protocol import Engine, Place, RankedUnit, Sort, Stats, WordForms
from search.errors import QueryError
from search.hits import Hit, Hits, Span
from search.query import Between, Fuzzy, InArticle, Node, Prefix, Regex, Wildcard, Word, restrict
from search.syntax import parse
from search.times import span

if TYPE_CHECKING:
    from search.article import Article
    from search.counts import Facet, Timeline
    from search.crosstab import CrossTable
    from search.explained import Account, Part
    from search.keyness import Keywords
    from search.likeness import Likeness
    from search.periods import Unit
    from search.silence import Silence

Path = str | os.PathLike[str]

Within = Literal["paragraph", "article"]


class Limits(TypedDict, total=False):
    """What `Archive.search` takes beside the query to say what matches."""

    any_word: bool
    since: str | None
    until: str | None
    within: Within
    plain: bool


LONGEST = 5_000
"""How many characters a query may have; a longer one is refused, for it could take minutes."""


def open(index: Path = "index") -> "Archive":
    """Open an index for searching; `IndexProblem` where there is none that this program can read."""
    from search.engines.local.searcher import LocalEngine

    return Archive(LocalEngine(index))


class Archive:
    """An open index. Threads may share it. Close it when done, or use it in a ``with`` statement."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def search(
        self,
        query: str,
        *,
        limit: int | None = 10,
        any_word: bool = False,
        sort: Sort = "relevance",
        since: str | None = None,
        until: str | None = None,
        variants: bool = False,
        within: Within = "paragraph",
        plain: bool = False,
    ) -> Hits:
        """The articles with paragraphs that match a query, best first (see ``docs/query.md`` for the language).

        `limit` is a number of articles, ``None`` for all. With `any_word`, any of the words is enough. `since` and
        `until` are times (``2019``, ``2019-05-03``, ``mai 2019``, ``3 months ago``), both included. Of near-copies
        only the first is a hit, and names the others; with `variants` each is. `within` an article its words may be
        spread over the paragraphs. In a `plain` query no sign and no operator means anything: it is just words.
        `QueryError` where the query cannot be understood.
        """
        if sort not in ("relevance", "newest", "oldest"):
            raise QueryError(f'expected the order "relevance", "newest" or "oldest", found "{sort}"', query)
        _check_limit(limit, query)
        tree, notes = self.parse(query, any_word=any_word, since=since, until=until, within=within, plain=plain)
        with _about(query):
            found = self._engine.search(tree, limit=limit, sort=sort, variants=variants)
        return Hits(found.hits, found.articles, found.paragraphs, notes, found.variants) if notes else found

    def rank(
        self, query: str, unit: RankedUnit = "article", *, limit: int = 1000, **limits: Unpack[Limits]
    ) -> list[Place]:
        """The ids and scores of the best articles, or of the best paragraphs of all articles (titles are none). No
        text is read, and near-copies are ranked each by itself."""
        if unit not in ("article", "paragraph"):
            raise QueryError(f'expected to rank by "article" or "paragraph", found "{unit}"', query)
        _check_limit(limit, query)
        with self._reading(query, limits) as tree:
            return self._engine.rank(tree, unit, limit)

    def walk(self, query: str, *, variants: bool = False, **limits: Unpack[Limits]) -> Iterator[Hit]:
        """All articles that `search` finds, in the order of the archive and without scores: each is made when it is
        asked for, so that the first are there at once, and however many there are, no memory is taken."""
        tree, _ = self.parse(query, **limits)
        with _about(query):
            yield from self._engine.walk(tree, variants=variants)

    def facets(
        self, query: str, by: str = "source", *, limit: int | None = None, **limits: Unpack[Limits]
    ) -> "tuple[Facet, ...]":
        """How what a query finds is spread over the values of a field (`facet_fields`), those with most paragraphs
        first, or over periods (``day``, ``week``, ``month``, ``quarter``, ``year``), in their order."""
        from search.timeline import facets

        tree, _ = self.parse(query, **limits)
        with _about(query):
            return facets(self._engine, tree, _span(limits), by)[:limit]

    def facet_fields(self) -> list[str]:
        """The fields that `facets` counts by, beside periods."""
        return self._engine.tallied()

    def timeline(self, *queries: str, by: "Unit | None" = None, **limits: Unpack[Limits]) -> "Timeline":
        """How often queries find something over time, as a part of all paragraphs of the time; by a unit that fits if
        none is given."""
        from search.timeline import timeline

        trees = {query: self.parse(query, **limits)[0] for query in queries}
        with _about(next(iter(queries), "")):
            return timeline(self._engine, trees, _span(limits), by)

    def crosstab(self, by: str | None = None, **limits: Unpack[Limits]) -> "CrossTable":
        """What counts many queries, one after the other, each by the values of a field (`facet_fields`) or by periods
        as well."""
        from search.crosstab import CrossTable

        return CrossTable(self._engine, lambda query: self._reading(query, limits), _span(limits), by)

    def terms(
        self, query: str, *, against: str | None = None, limit: int | None = 20, **limits: Unpack[Limits]
    ) -> "Keywords":
        """The words that the texts of a query use more than all others do, or than those of the query `against`; the
        surest first, each with a place where it stands."""
        from search.telling import telling

        tree, _ = self.parse(query, **limits)
        other = None if against is None else self.parse(against, **limits)[0]
        with _about(query):
            return telling(self._engine, tree, other, limit)

    def like(
        self,
        article: "Article | str",
        *,
        where: str | None = None,
        limit: int | None = 10,
        since: str | None = None,
        until: str | None = None,
        variants: bool = False,
    ) -> "Likeness":
        """The articles that are most like one of the archive (its id), or any other, with the words that they share.

        `where` is a query that they must match as well, wherever in them its words are. Near-copies of the article
        are left out, and of others the first stands for all; with `variants` each is there. `NotFound` if no article
        has the id.
        """
        from search.like import like

        _check_limit(limit, where or "")
        limits: Limits = {"since": since, "until": until, "within": "article"}
        conditions = _span(limits) if where is None else self.parse(where, **limits)[0]
        one = self.read(article) if isinstance(article, str) else article
        with _about(where or ""):
            indexed = isinstance(article, str)
            return like(self._engine, one, indexed=indexed, conditions=conditions, limit=limit, variants=variants)

    def read(self, identity: str) -> "Article":
        """An article by its id; `NotFound` if there is none."""
        return self._engine.article(identity)

    def marks(self, query: str, article: "Article") -> dict[int, tuple[Span, ...]]:
        """Where a query's words stand in an article: spans of characters by paragraph number (the title is 0)."""
        tree, _ = self.parse(query)
        with _about(query):
            return self._engine.marks(tree, article)

    def forms(self, word: str) -> list[WordForms]:
        """What a query word means here: its printed forms grade by grade, and whether it is a name or ignored."""
        return self._engine.forms(word)

    def explain(self, query: str, **limits: Unpack[Limits]) -> "Part":
        """What a query means here, part by part."""
        tree, _ = self.parse(query, **limits)
        with _about(query):
            return self._engine.explain(tree)

    def account(self, query: str, identity: str, **limits: Unpack[Limits]) -> "Account":
        """Why the article of this id is found by a query, or not; `NotFound` if there is none."""
        tree, _ = self.parse(query, **limits)
        with _about(query):
            return self._engine.account(tree, identity)

    def silence(self, query: str, **limits: Unpack[Limits]) -> "Silence":
        """What there is to say of a query that finds nothing: what was searched, which words the archive does not
        have, and which changes find something."""
        from search.silence import silence

        tree, _ = self.parse(query, **limits)
        limits["any_word"] = True
        loose, _ = self.parse(query, **limits)
        with _about(query):
            return silence(self._engine, tree, loose)

    def words(self, pattern: str) -> list[tuple[str, int]]:
        """The printed forms that begin so, or that a pattern stands for (``*migr*``, ``calais~``, ``/ca.*/``), with
        the number of texts that hold each, the most frequent first."""
        tree, _ = self.parse(pattern)
        if isinstance(tree, Word) and not tree.exact:
            tree = Prefix(tree.text)
        if not isinstance(tree, Word | Prefix | Wildcard | Fuzzy | Regex):
            raise QueryError(f'expected the beginning of a word or a pattern, found "{tree}"', pattern)
        with _about(pattern):
            return self._engine.words(tree)

    def nearest(self, word: str, limit: int = 3) -> list[tuple[str, int]]:
        """The words of the archive that are spelled most like one, with their number of texts."""
        return self._engine.nearest(word, limit)

    def values(self, field: str, start: str = "") -> list[str]:
        """The values of a field (``source``, ``author``, ``language`` …) that begin so, the most frequent first."""
        return self._engine.values(field, start)

    def ids(self, start: str = "", limit: int = 100) -> list[str]:
        """The first ids of articles that begin so, in their order."""
        return self._engine.ids(start, limit)

    def fields(self) -> list[str]:
        """The fields of metadata that articles have here: what may stand before a colon in a query."""
        return self._engine.fields()

    def stats(self) -> Stats:
        """What is in the index."""
        return self._engine.stats()

    def close(self) -> None:
        """Let go of all files."""
        self._engine.close()

    def parse(
        self,
        query: str,
        *,
        any_word: bool = False,
        since: str | None = None,
        until: str | None = None,
        within: Within = "paragraph",
        plain: bool = False,
    ) -> tuple[Node, tuple[str, ...]]:
        """The tree of a query with these limits in time, and remarks on how its text was read."""
        if len(query) > LONGEST:
            raise QueryError(f"a query may have {LONGEST:,} characters, this one has {len(query):,}", query[:LONGEST])
        tree, notes = (_words if plain else parse)(query, any_word=any_word)
        time = _span({"since": since, "until": until})
        if within not in ("paragraph", "article"):
            raise QueryError(f'expected words within a "paragraph" or an "article", found "{within}"', query)
        if within == "article":
            tree = InArticle(tree, listed=True)
        return restrict(tree, *([time] if time else [])), notes

    @contextmanager
    def _reading(self, query: str, limits: Limits) -> Iterator[Node]:
        """The tree of a query, for as long as the engine works on it."""
        tree, _ = self.parse(query, **limits)
        with _about(query):
            yield tree

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _check_limit(limit: int | None, query: str) -> None:
    if limit is not None and limit < 0:
        raise QueryError(f"expected a limit of 0 or more, found {limit}", query)


def _words(text: str, *, any_word: bool) -> tuple[Node, tuple[str, ...]]:
    from search.plain import plain  # which few ask for

    return plain(text, any_word=any_word), ()


def _span(limits: Limits) -> Node | None:
    """The tree of a stretch of time; ``None`` for all times."""
    since, until = limits.get("since"), limits.get("until")
    low, high = _bound("since", since), _bound("until", until)
    if low and high and span(low)[0] > span(high)[1]:
        raise QueryError(f'nothing can be since "{since}" and until "{until}"', "")
    return Between("date", low, high) if low or high else None


def _bound(name: str, text: str | None) -> str:
    """A date for a range in a query; `QueryError` where it is none."""
    try:
        if text:
            span(text)
        return text or ""
    except ValueError as error:
        raise QueryError(f"{name}: {error}", text or "") from None


@contextmanager
def _about(query: str) -> Iterator[None]:
    """Give errors that the engine finds in a tree the text of their query."""
    try:
        yield
    except QueryError as error:
        raise QueryError(error.problem, query, error.column) from None
