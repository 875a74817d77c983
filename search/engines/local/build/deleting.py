"""Deleting: what is left of a segment's numbers when some of its articles no longer count."""

from collections import Counter
from collections.abc import Iterable
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
    df, meta_df, seen = Counter[int](), Counter[int](), Counter[int]()
    terms, meta = _Terms(segment.text), _Terms(segment.meta)
    documents = set(segment.deletions.documents)
    for number in articles:
        documents.update(segment.documents_of(number))
        article = segment.article(number)
        names = language(article.language or "").names
        for place, text in article.numbered():
            found = list(evidence(words(text)))
            df.update(map(terms.__getitem__, {form for form, _ in found}))
            if place and names:
                seen.update(terms[form] for form, telling in found if telling)
        words_of = {(field, fold(form)) for field, value in metadata(article).items() for form in forms(value)}
        meta_df.update(meta[meta_word(*word)] for word in words_of)
    changes: Changes = {name: dict(column) for name, column in segment.deletions.changes.items()}
    for term, less in df.items():
        changes.setdefault("text.df", {})[term] = segment.text.df(term) - less
        changes.setdefault("text.evidence", {})[term] = segment.evidence(term) - seen[term]
        changes.setdefault("text.speech", {})[term] = _speech(segment, term, documents, changes["text.df"][term])
    for term, less in meta_df.items():
        changes.setdefault("meta.df", {})[term] = segment.meta.df(term) - less
    return Deletions(frozenset(documents), changes)


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


class _Terms(dict[str, int]):
    """The terms of forms: where one is looked up, those around it are kept too."""

    def __init__(self, terms: Terms) -> None:
        super().__init__()
        self._terms = terms

    def __missing__(self, form: str) -> int:
        place, around = self._terms.forms.around(self._terms.key(form), self._terms.key)
        self.update(zip(around, range(place, place + len(around)), strict=True))
        assert form in self, "an article's words are in its segment"
        return self[form]


def _speech(segment: Segment, term: int, deleted: set[int], df: int) -> int:
    """The languages of the articles in which a term still stands, as it does in so many documents."""
    left = segment.speech(term)
    if not df:
        return 0
    if len({speech_bit(code) for code in segment.all_values("language")}) == 1:
        return left
    found = 0
    for document in segment.text.list(term).documents():
        if found == left:
            break
        if document not in deleted:
            found |= speech_bit(segment.value("language", segment.article_at(document)))
    return found
