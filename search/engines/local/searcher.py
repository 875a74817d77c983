"""The local engine: a query tree in, ranked articles out."""

import heapq
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING

from search.engines.local import folder as index_folder
from search.engines.local.codec.opened import Opened
from search.engines.local.codec.records import storable
from search.engines.local.evaluate import Evaluation
from search.engines.local.lexicon import Lexicon
from search.engines.local.plan import Leaf, scored
from search.engines.local.postings import SegmentPostings
from search.engines.local.resolve import Resolver
from search.engines.local.scoring import TITLE_SHARE, Scoring
from search.engines.protocol import Sort, Stats, WordForms
from search.errors import DamagedIndex, NotFound, SearchError
from search.hits import Hit, Hits, ParagraphHit, Span
from search.language import forms
from search.marks import marks
from search.query import Node

if TYPE_CHECKING:
    from search.article import Article

_Ranked = tuple[float, int, dict[int, float]]  # an article's score, its title document, its texts' scores


class LocalEngine:
    """An `search.engines.protocol.Engine` on an index folder. Threads may share it; one searches at a time."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self._folder = os.fspath(folder)
        self._lock = RLock()
        manifest = self._manifest = index_folder.current(self._folder)
        with self._damage():
            self._opened = Opened(self._path, manifest.segments, manifest.dictionary)
            lexicon = Lexicon(self._opened.segments)
            self._postings = SegmentPostings(self._opened.segments, lexicon, manifest.texts, manifest.words)
            self._resolver = Resolver(lexicon, manifest.languages, manifest.fields)

    def search(self, tree: Node, *, limit: int | None = 10, sort: Sort = "relevance") -> Hits:
        """The best articles, and how many there are (see the protocol)."""
        with self._lock, self._damage():
            plan = self._resolver.plan(tree)
            evaluation = Evaluation(self._postings)
            found = evaluation.matching(plan)
            leaves = list(scored(plan))
            ranked = list(self._articles(sorted(found), Scoring(evaluation, leaves)))
            best = self._best(ranked, limit, sort)
            hits = tuple(self._hit(rank, one, leaves) for rank, one in enumerate(best, 1))
            return Hits(hits, articles=len(ranked), paragraphs=len(found))

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
            leaves = list(scored(self._resolver.plan(tree)))
            return {number: _marks(text, leaves, number) for number, text in article.numbered()}

    def forms(self, word: str) -> list[WordForms]:
        """What the words of a query term mean here."""
        with self._lock, self._damage():
            return [self._word_forms(form) for form in forms(word)]

    def stats(self) -> Stats:
        """What is in the index."""
        from pathlib import Path

        return index_folder.stats(Path(self._folder), self._manifest)

    def close(self) -> None:
        """Let go of all files."""
        with self._lock:
            self._opened.close()

    def _path(self, name: str) -> str:
        return os.path.join(self._folder, name)

    @contextmanager
    def _damage(self) -> Iterator[None]:
        """Turn what broken files cause into one clear error. Whoosh may raise anything on overwritten bytes."""
        try:
            yield
        except SearchError:
            raise
        except Exception as error:
            raise DamagedIndex(
                f'the index at "{self._folder}" is damaged ({type(error).__name__}: {error}): '
                "build it again with: search build"
            ) from error

    def _articles(self, found: list[int], scoring: Scoring) -> Iterator[_Ranked]:
        """The articles of the documents found (ascending), with their scores."""
        place = 0
        while place < len(found):
            documents = self._postings.article(found[place])
            title = documents[0]
            texts: dict[int, float] = {}
            while place < len(found) and found[place] in documents:
                texts[found[place]] = scoring.score(found[place], is_title=found[place] == title)
                place += 1
            of_title = texts[title] if title in texts else scoring.score(title, is_title=True)
            best = max((score for document, score in texts.items() if document != title), default=0.0)
            yield best + TITLE_SHARE * of_title, title, texts

    def _best(self, ranked: list[_Ranked], limit: int | None, sort: Sort) -> list[_Ranked]:
        """The first of the articles in the order asked for; those that tie, by id."""
        key = self._order(sort)
        keyed = [(key(one), one) for one in ranked]
        if limit is not None and limit < len(keyed):
            last = heapq.nsmallest(limit, (value for value, _ in keyed))[-1:]
            keyed = [(value, one) for value, one in keyed if last and value <= last[0]]
        keyed.sort(key=lambda pair: (pair[0], self._postings.identity(pair[1][1])))
        return [one for _, one in keyed[:limit]]

    def _order(self, sort: Sort) -> Callable[[_Ranked], tuple[float, ...]]:
        if sort == "relevance":
            return lambda one: (-one[0],)
        sign = -1 if sort == "newest" else 1

        def by_date(one: _Ranked) -> tuple[float, ...]:
            day = self._postings.day(one[1])
            return (day == 0, sign * day, -one[0])

        return by_date

    def _hit(self, rank: int, one: _Ranked, leaves: list[tuple[Leaf, bool]]) -> Hit:
        score, title, matching = one
        texts = self._postings.texts(title)
        record = texts.record()
        paragraphs = []
        for document in sorted(matching):
            number = document - title
            text = texts.text(number)
            paragraphs.append(ParagraphHit(number, matching[document], text, _marks(text, leaves, number)))
        return Hit(
            rank=rank,
            article=self._postings.identity(title),
            title=texts.text(0),
            date=record.get("date"),
            source=record.get("source"),
            language=self._postings.value("language", title),
            url=record.get("url"),
            path=record.get("path"),
            score=score,
            paragraphs=tuple(paragraphs),
            title_marks=_marks(texts.text(0), leaves, 0),
        )

    def _word_forms(self, form: str) -> WordForms:
        grades = self._resolver.grades(form)
        return WordForms(
            word=form,
            stop=self._resolver.is_stop_word(form),
            name=self._resolver.is_name(form),
            grades=tuple(
                (grade.weight, {one: self._postings.frequency(one) for one in grade.forms}) for grade in grades
            ),
        )


def _marks(text: str, leaves: list[tuple[Leaf, bool]], number: int) -> tuple[Span, ...]:
    """The words of the leaves in a text; what counts in titles only is marked in titles only."""
    return marks(text, [leaf.slots for leaf, title_only in leaves if number == 0 or not title_only])
