"""Deleting: what is left of a segment's numbers when some of its articles no longer count."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from search.engines.local.build.draft import Draft
from search.engines.local.build.finder import new_finders
from search.engines.local.codec.deletions import Deletions
from search.engines.local.codec.files import SectionWriter
from search.engines.local.codec.segment import Segment, Terms
from search.engines.local.codec.stems import speech_bit

Changes = dict[str, dict[int, int]]


AT_ONCE = 4_000_000
"""About so many characters of articles are looked at together."""


def without(segment: Segment, articles: Iterable[int]) -> Deletions:
    """The deletions of a segment when these articles are deleted as well. What they count is found out as it was when
    they were added."""
    documents = set(segment.deletions.documents)
    df, seen, meta_df = Counter[str](), Counter[str](), Counter[str]()
    for part in _drafts(segment, articles, documents):
        counted = part.counted()
        df.update(dict(zip(counted.forms, counted.df, strict=True)))
        seen.update(dict(zip(counted.forms, counted.evidence, strict=True)))
        meta_df.update(dict(zip(counted.terms, counted.articles, strict=True)))
    changes: Changes = {name: dict(column) for name, column in segment.deletions.changes.items()}
    speech = _Speech(segment, documents)
    for form, term in _terms(segment.text, df):
        changes.setdefault("text.df", {})[term] = left = segment.text.df(term) - df[form]
        changes.setdefault("text.evidence", {})[term] = segment.evidence(term) - seen[form]
        changes.setdefault("text.speech", {})[term] = speech.left(term, left)
    for form, term in _terms(segment.meta, meta_df):
        changes.setdefault("meta.df", {})[term] = segment.meta.df(term) - meta_df[form]
    return Deletions(frozenset(documents), changes)


def _drafts(segment: Segment, articles: Iterable[int], documents: set[int]) -> Iterator[Draft]:
    """The articles in drafts, some at a time; their documents are added to the others."""
    finders = new_finders()
    draft = Draft(finders, bytes)
    for number in articles:
        documents.update(segment.documents_of(number))
        draft.add(segment.article(number), 0)
        if draft.size > AT_ONCE:
            yield draft
            finders = finders.renewed()
            draft = Draft(finders, bytes)
    if len(draft):
        yield draft


def _terms(terms: Terms, every: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Some forms, and which terms they are."""
    ordered = sorted(every, key=terms.key)
    return zip(ordered, terms.forms.places(ordered, terms.key), strict=True)


def write(path: Path, deletions: Deletions) -> None:
    """Write the file of some deletions."""
    with SectionWriter(path) as file:
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

    def __init__(self, segment: Segment, deleted: set[int]) -> None:
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
