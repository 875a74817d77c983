"""Deleting: what is left of a segment's numbers when some of its articles no longer count."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np

from search.article import Article
from search.engines.local.build.draft import Draft
from search.engines.local.build.finder import new_finders
from search.engines.local.build.watching import Places, Watched
from search.engines.local.codec.deletions import Deletions
from search.engines.local.codec.files import SectionWriter
from search.engines.local.codec.segment import Segment, by_folded, by_itself
from search.engines.local.codec.stems import speech_bit

Changes = dict[str, dict[int, int]]


AT_ONCE = 4_000_000
"""About so many characters of articles are looked at together."""


class Tally(NamedTuple):
    """What some articles count: in how many texts each form is, how often it is evidence of what is a name, and in
    how many articles each term of metadata is; in the order of a segment."""

    df: dict[str, int]
    evidence: Counter[str]
    articles: dict[str, int]

    @classmethod
    def of(cls, articles: Iterable[Article]) -> Self:
        """What these articles count, found out as it was when they were added."""
        df, evidence, of_terms = Counter[str](), Counter[str](), Counter[str]()
        for draft in _drafts(articles):
            counted = draft.counted()
            df.update(dict(zip(counted.forms, counted.df, strict=True)))
            evidence.update(dict(zip(counted.forms, counted.evidence, strict=True)))
            of_terms.update(dict(zip(counted.terms, counted.articles, strict=True)))
        forms, terms = sorted(df, key=by_folded), sorted(of_terms, key=by_itself)
        return cls({form: df[form] for form in forms}, evidence, {term: of_terms[term] for term in terms})

    def watched(self) -> Watched:
        """The forms, and the terms of metadata."""
        return Watched(list(self.df), list(self.articles))


def without(segment: Segment, articles: Collection[int]) -> Deletions:
    """The deletions of a segment when these articles are deleted as well."""
    tally = Tally.of(map(segment.article, articles))
    forms, terms = tally.watched()
    of_forms, of_terms = segment.text.forms.places(forms, by_folded), segment.meta.forms.places(terms, by_itself)
    return less(segment, articles, tally, Places(list(of_forms), list(of_terms)))


def less(segment: Segment, articles: Iterable[int], tally: Tally, places: Places) -> Deletions:
    """The same, where it is known what these articles count, and where what is watched for that stands."""
    documents = segment.deletions.documents.union(*map(segment.documents_of, articles))
    changes: Changes = {name: dict(column) for name, column in segment.deletions.changes.items()}
    speech = _Speech(segment, documents)
    for (form, df), term in zip(tally.df.items(), places.forms, strict=True):
        changes.setdefault("text.df", {})[term] = left = segment.text.df(term) - df
        assert left >= 0, f"{form} is in more texts of what is deleted than of all"
        changes.setdefault("text.evidence", {})[term] = segment.evidence(term) - tally.evidence[form]
        changes.setdefault("text.speech", {})[term] = speech.left(term, left)
    for df, term in zip(tally.articles.values(), places.terms, strict=True):
        changes.setdefault("meta.df", {})[term] = segment.meta.df(term) - df
    return Deletions(documents, changes)


def _drafts(articles: Iterable[Article]) -> Iterator[Draft]:
    """Articles in drafts, some at a time."""
    finders = new_finders()
    draft = Draft(finders, bytes)
    for article in articles:
        draft.add(article, 0)
        if draft.size > AT_ONCE:
            yield draft
            finders = finders.renewed()
            draft = Draft(finders, bytes)
    if len(draft):
        yield draft


def write(path: Path, deletions: Deletions) -> None:
    """Write the file of some deletions. It is for others to make it durable."""
    with SectionWriter(path, durable=False) as file:
        file.column("documents", np.array(sorted(deletions.documents), np.int64))
        for field, names in (("text", ("df", "evidence", "speech")), ("meta", ("df",))):
            terms = sorted(deletions.changes.get(f"{field}.df", {}))
            file.column(f"{field}.terms", np.array(terms, np.int64))
            for name in names:
                column = deletions.changes.get(f"{field}.{name}", {})
                file.column(f"{field}.{name}", np.array([column[term] for term in terms], np.int64))
        file.close()


class _Speech:
    """The languages of the articles of a segment that are not deleted."""

    def __init__(self, segment: Segment, deleted: frozenset[int]) -> None:
        self._segment, self._deleted = segment, deleted
        self._is_one = len({speech_bit(code) for code in segment.all_values("language")}) == 1

    def left(self, term: int, df: int) -> int:
        """Those in which a term still stands, as it does in so many documents."""
        segment = self._segment
        left = segment.speech(term)
        if not df or self._is_one:
            return left if df else 0
        found = 0
        for document in segment.text.list(term).documents():
            if found == left:
                break
            if document not in self._deleted:
                found |= speech_bit(segment.value("language", segment.article_at(document)))
        return found
