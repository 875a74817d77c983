"""Deleting: what is left of a segment's numbers when some of its articles no longer count."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from search.engines.local.codec.deletions import Deletions
from search.engines.local.codec.files import SectionWriter
from search.engines.local.codec.records import meta_word, metadata
from search.engines.local.codec.segment import Segment, Terms
from search.engines.local.codec.stems import speech_bit
from search.language import evidence, fold, forms, language, words

Changes = dict[str, dict[int, int]]


def without(segment: Segment, articles: Iterable[int]) -> Deletions:
    """The deletions of a segment when these articles are deleted as well."""
    df, meta_df, seen = Counter[str](), Counter[str](), Counter[str]()
    documents = set(segment.deletions.documents)
    for number in articles:
        documents.update(segment.documents_of(number))
        article = segment.article(number)
        names = language(article.language or "").names
        for place, text in article.numbered():
            found = list(evidence(words(text)))
            df.update({form for form, _ in found})
            if place and names:
                seen.update(form for form, telling in found if telling)
        fields = metadata(article).items()
        meta_df.update({meta_word(name, fold(form)) for name, value in fields for form in forms(value)})
    changes: Changes = {name: dict(column) for name, column in segment.deletions.changes.items()}
    speech = _Speech(segment, documents)
    for form, term in _terms(segment.text, df):
        changes.setdefault("text.df", {})[term] = left = segment.text.df(term) - df[form]
        changes.setdefault("text.evidence", {})[term] = segment.evidence(term) - seen[form]
        changes.setdefault("text.speech", {})[term] = speech.left(term, left)
    for form, term in _terms(segment.meta, meta_df):
        changes.setdefault("meta.df", {})[term] = segment.meta.df(term) - meta_df[form]
    return Deletions(frozenset(documents), changes)


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
