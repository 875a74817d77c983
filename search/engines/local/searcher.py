"""The local engine: a query tree in, ranked articles out."""

import os
import struct
from _thread import RLock  # all of threading is not needed
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING

from search.engines.local import folder as index_folder
from search.engines.local.codec.files import Damaged
from search.engines.local.codec.opened import Opened
from search.engines.local.codec.records import METADATA, storable
from search.engines.local.codec.variants import Variants
from search.engines.local.kernels import kernel_for
from search.engines.local.later import HitMaker, Markers
from search.engines.local.lexicon import Lexicon
from search.engines.local.plan import Plan, scored
from search.engines.local.postings import SegmentPostings
from search.engines.local.resolve import Resolver
from search.engines.local.spots import rows
from search.engines.protocol import Place, RankedUnit, Scope, Sort, Stats, WordForms
from search.errors import DamagedIndex, NotFound, SearchError
from search.hits import Hit, Hits, Span
from search.language import fold, forms
from search.query import Node, field_name
from search.zstd import ZstdError

if TYPE_CHECKING:
    from search.article import Article
    from search.counts import Count
    from search.engines.local.tally import Tally
    from search.explained import Account, Part
    from search.keyness import Keywords
    from search.likeness import TellingWord


Articles = list[tuple[int, list[int]]]
"""Articles: the title document of each, and those of its documents that match."""


class LocalEngine:
    """An `search.engines.protocol.Engine` on an index folder. Threads may share it; one searches at a time."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self._folder = os.fspath(folder)
        self._lock = RLock()
        manifest = self._manifest = index_folder.current(self._folder)
        self._closed = False
        with self._damage():
            self._size = index_folder.size(self._folder, manifest)
            self._opened = Opened(self._path, manifest.segments, manifest.dictionary)
            lexicon = Lexicon(self._opened.segments)
            variants = Variants(self._path(manifest.variants)) if manifest.variants else None
            self._postings = SegmentPostings(self._opened.segments, lexicon, manifest.texts, manifest.words, variants)
            self._tally: Tally | None = None
            self._resolver = Resolver(lexicon, manifest.languages, manifest.fields)

    def search(self, tree: Node, *, limit: int | None = 10, sort: Sort = "relevance", variants: bool = False) -> Hits:
        """The best articles, and how many there are (see the protocol)."""
        with self._lock, self._damage():
            plan = self._resolver.plan(tree)
            leaves = list(scored(plan))
            ranking = kernel_for(plan, self._postings).rank(plan, leaves, limit, sort, variants=variants)
            hit = HitMaker(self._postings, leaves).hit
            hits = tuple([hit(rank, one) for rank, one in enumerate(ranking.best, 1)])
            return Hits(hits, ranking.articles, ranking.paragraphs, (), ranking.variants)

    def rank(self, tree: Node, unit: RankedUnit, limit: int) -> list[Place]:
        """The ids and scores of the best."""
        from search.engines.local import places

        with self._lock, self._damage():
            plan = self._resolver.plan(tree)
            of_articles = unit == "article"
            ranking = kernel_for(plan, self._postings).rank(
                plan, list(scored(plan)), limit if of_articles else None, "relevance"
            )
            if of_articles:
                return places.articles(self._postings, ranking.best)
            return places.paragraphs(self._postings, ranking.best, limit)

    def walk(self, tree: Node, *, variants: bool = False) -> Iterator[Hit]:
        """All articles that match, in the order of the archive."""
        with self._lock, self._damage():
            plan = self._resolver.plan(tree)
            maker = HitMaker(self._postings, list(scored(plan)))
            documents = kernel_for(plan, self._postings).matching(plan)
            others = {} if variants else self._others(documents)
            copies = _copies(others)
            articles = (one for one in self._by_article(documents) if one[0] not in copies)
        for rank in count(1):
            with self._lock, self._damage():
                title, found = next(articles, (-1, []))
                if not found:
                    return
                ranked = (0.0, title, dict.fromkeys(found, 0.0), others.get(title, []))
                hit = maker.hit(rank, ranked, passing=True)
            yield hit

    def tally(self, tree: Node | None, field: str, limit: int | None = None) -> "list[Count]":
        """The values that the matching articles have."""
        from search.engines.local.tally import Tally

        with self._lock, self._damage():
            if self._tally is None:
                self._tally = Tally(self._postings, self._manifest.fields)
            return self._tally.counts(None if tree is None else self._resolver.plan(tree), field_name(field), limit)

    def keywords(self, tree: Node, against: Node | None = None) -> "Keywords":
        """The words that the matching texts use more than others do."""
        from search.engines.local.kernels.arrays import array_kernel
        from search.engines.local.keywords import LARGE, KeywordFinder, Sides

        def matching(part: Node) -> Sequence[int]:
            plan = self._resolver.plan(part)
            return kernel_for(plan, self._postings).matching(plan)

        with self._lock, self._damage():
            if self._postings.words > LARGE:
                array_kernel(self._postings)  # which then answers all that follows
            meaning = self._resolver.meaning
            main = next(iter(sorted(self._manifest.languages.items(), key=lambda one: (-one[1], one[0]))), ("", 0))[0]
            plan = self._resolver.plan(tree)
            texts, copies = map(_documents, self._articles(plan)[:2])
            others = None
            if against is not None:
                others = _documents(self._articles(self._resolver.plan(against))[0])
                both = set(texts) & set(others)
                texts, others = ([one for one in side if one not in both] for side in (texts, others))
            slots = [slot for leaf, _ in scored(plan) for row in rows(leaf.spot) for slot in row.slots]
            asked = frozenset(fold(form) for slot in slots for form in slot)
            return KeywordFinder(self._postings, meaning, main, matching).keywords(
                Sides(texts, others, copies), asked
            )

    def gist(self, texts: Sequence[str], limit: int, *, indexed: bool) -> "tuple[TellingWord, ...]":
        """The words that tell some texts from all others."""
        from search.engines.local.gist import gist  # few searches ask what is alike

        with self._lock, self._damage():
            return gist(self._postings, self._resolver.meaning, texts, limit, indexed=indexed)

    def alike(
        self, words: Sequence[Node], conditions: Node | None, *, least: int, limit: int | None, variants: bool = False
    ) -> list[tuple[Hit, tuple[int, ...]]]:
        """The articles that have some of the words."""
        from search.engines.local.wholes import wholes

        with self._lock, self._damage():
            plans = list(map(self._resolver.plan, words))
            among = self._resolver.plan(conditions) if conditions else None
            alike = None if variants else self._postings.variants
            ranked, others = wholes(
                self._postings, plans, among, self._manifest.articles, least=least, limit=limit, variants=alike
            )
            maker = HitMaker(self._postings, [leaf for plan in plans for leaf in scored(plan)])
            return [
                (maker.hit(rank, (one.score, one.title, {}, others.get(one.title, []))), one.words)
                for rank, one in enumerate(ranked, 1)
            ]

    def copies(self, identity: str) -> list[str]:
        """The ids of the near-copies of an article."""
        with self._lock, self._damage():
            alike = self._postings.variants
            found = alike.of(self._postings.place(storable(identity))) if alike else []
            return list(map(self._postings.identity, found))

    def article(self, identity: str) -> "Article":
        """The article of this id."""
        with self._lock, self._damage():
            article = self._postings.find(storable(identity))
            if article is None:
                raise NotFound(f'no article has the id "{identity}"; search for … prints the ids')
            return article

    def marks(self, tree: Node, article: "Article") -> dict[int, tuple[Span, ...]]:
        """Where the query's words stand in an article."""
        with self._lock, self._damage():
            markers = Markers(list(scored(self._resolver.plan(tree))))
            return {number: markers.of(number)(text) for number, text in article.numbered()}

    def forms(self, word: str) -> list[WordForms]:
        """What the words of a query term mean here."""
        with self._lock, self._damage():
            return [self._word_forms(form) for form in forms(word)]

    def explain(self, tree: Node) -> "Part":
        """What a query means here."""
        from search.engines.local.explain import Explainer

        with self._lock, self._damage():
            df = self._postings.frequency
            return Explainer(self._resolver, df, lambda plan: len(self._matching(plan))).query(tree)

    def account(self, tree: Node, identity: str) -> "Account":
        """Why an article is found, or not."""
        from search.engines.local.account import Accountant
        from search.engines.local.scoring import rules

        with self._lock, self._damage():
            article, title = self.article(identity), self._postings.place(storable(identity))
            idf, norm = rules(self._postings)
            return Accountant(self._resolver, idf, norm, self._matching).article(tree, article, title)

    def words(self, pattern: Node) -> list[tuple[str, int]]:
        """The printed forms of a pattern."""
        with self._lock, self._damage():
            found = {
                form
                for leaf, _ in scored(self._resolver.plan_of_all(pattern))
                for row in rows(leaf.spot)
                for slot in row.slots
                for form in slot
            }
            counted = [(form, df) for form in found if (df := self._postings.frequency(form))]
            return sorted(counted, key=lambda one: (-one[1], fold(one[0]), one[0]))

    def nearest(self, word: str, limit: int = 3) -> list[tuple[str, int]]:
        """The words that are most like one."""
        with self._lock, self._damage():
            return self._resolver.meaning.nearest(word, limit)

    def values(self, field: str, start: str = "") -> list[str]:
        """The values of a field that begin so."""
        from search.engines.local.offered import values

        known = {"language": self._manifest.languages, "source": self._manifest.sources}
        with self._lock, self._damage():
            return values(self._opened.segments, known, field_name(field), start)

    def ids(self, start: str, limit: int) -> list[str]:
        """The first ids that begin so."""
        from search.engines.local.offered import ids

        with self._lock, self._damage():
            return ids(self._opened.segments, storable(start), limit)

    def fields(self) -> list[str]:
        """The fields that articles have."""
        return sorted({*METADATA, *self._manifest.fields})

    def tallied(self) -> list[str]:
        """The fields that can be counted by."""
        from search.engines.local.tally import fields_of

        return fields_of(self._manifest.fields)

    def scope(self, conditions: Node | None = None) -> Scope:
        """What is in the articles that meet these conditions."""
        if conditions is None:
            known = self._manifest
            return Scope(known.paragraphs, known.first, known.last, len(known.sources.keys() - {""}))
        from search.engines.local.scope import scope

        with self._lock, self._damage():
            return scope(self._postings, self._resolver.plan(conditions))

    def stats(self) -> Stats:
        """What is in the index."""
        return index_folder.stats(self._manifest, self._size)

    def close(self) -> None:
        """Let go of all files."""
        with self._lock:
            self._closed = True
            self._opened.close()
            if self._postings.variants:
                self._postings.variants.close()

    def _articles(self, plan: Plan) -> tuple[Articles, Articles, dict[int, list[int]]]:
        """The articles that match, in the order of the archive, and apart from them those that are near-copies of
        others that match; and of which these are the copies."""
        documents = kernel_for(plan, self._postings).matching(plan)
        others = self._others(documents)
        copies = _copies(others)
        articles = list(self._by_article(documents))
        kept = [one for one in articles if one[0] not in copies]
        return kept, [one for one in articles if one[0] in copies], others

    def _others(self, documents: Sequence[int]) -> dict[int, list[int]]:
        """Of the articles that match, those that are near-copies of another that matches, by this one."""
        alike = self._postings.variants
        return alike.among(title for title, _ in self._by_article(documents)) if alike else {}

    def _by_article(self, documents: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
        """The title document of each article, with those of its documents that match."""
        number = self._postings.number
        before, found = -1, list[int]()
        for document in documents:
            if (title := document - number(document)) != before:
                if found:
                    yield before, found
                before, found = title, []
            found.append(document)
        if found:
            yield before, found

    def _matching(self, plan: Plan) -> set[int]:
        from search.engines.local.kernels.arrays import array_kernel

        return set(array_kernel(self._postings).matching(plan))

    def _path(self, name: str) -> str:
        return os.path.join(self._folder, name)

    @contextmanager
    def _damage(self) -> Iterator[None]:
        """Turn what broken files cause into one clear error."""
        if self._closed:
            raise SearchError("the archive is closed")
        try:
            yield
        except (Damaged, OSError, ValueError, LookupError, OverflowError, struct.error, ZstdError) as error:
            raise DamagedIndex(
                f'the index at "{self._folder}" is damaged ({type(error).__name__}: {error}): '
                "build it again with: search build"
            ) from error

    def _word_forms(self, form: str) -> WordForms:
        meaning = self._resolver.meaning
        grades = meaning.grades(form)
        return WordForms(
            word=form,
            stop=meaning.is_stop_word(form),
            name=meaning.is_name(form),
            grades=tuple(
                (grade.weight, {one: self._postings.frequency(one) for one in grade.forms}) for grade in grades
            ),
        )


def _copies(others: Mapping[int, list[int]]) -> set[int]:
    return {title for group in others.values() for title in group}


def _documents(articles: Articles) -> list[int]:
    return [document for _, found in articles for document in found]
