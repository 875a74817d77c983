"""How the articles that match are spread over the values of a field: what facets and timelines are made of."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from search.counts import Count
from search.dates import spanned
from search.engines.local.codec.articles import VALUES
from search.engines.local.codec.records import METADATA, meta_word
from search.engines.local.codec.segment import Segment
from search.engines.local.kernels import kernel_for
from search.engines.local.plan import Plan
from search.engines.local.postings import SegmentPostings
from search.errors import SearchError

Texts = Sequence[tuple[int, int]]
"""Articles of a segment, and how many of the texts of each are counted."""

DATE = "date"
"""The field of which the values are dates, each as precise as it is known."""


class Tally:
    """Counts articles and texts by the values of a field."""

    def __init__(self, postings: SegmentPostings, fields: Sequence[str]) -> None:
        self._postings, self._fields = postings, fields
        self._values: dict[tuple[int, str], list[str]] = {}
        self._prints: dict[tuple[str, str], str] = {}
        self._matched: tuple[Plan, list[Texts]] | None = None

    def counts(self, plan: Plan | None, field: str, limit: int | None = None) -> list[Count]:
        """The values that the articles matching a plan have (``None``: all articles), with the number of articles and
        of matching texts, those with most texts first; ``""`` stands for articles without one."""
        known = (*fields_of(self._fields), DATE)
        if field not in known:
            offered = ", ".join(sorted(known))
            raise SearchError(f'expected a field of this archive to count by ({offered}), found "{field}"')
        counted: dict[str, list[int]] = {}
        for number, texts in enumerate(self._every if plan is None else self._found(plan)):
            of_article = self._value_of(number, field)
            for article, count in texts:
                key = of_article[article]
                entry = counted.get(key)
                if entry is None:
                    counted[key] = entry = [0, 0]
                entry[0] += 1
                entry[1] += count
        ordered = sorted(counted.items(), key=lambda one: (-one[1][1], -one[1][0], one[0]))[:limit]
        return [Count(self._printed(field, key), *entry) for key, entry in ordered]

    def _found(self, plan: Plan) -> list[Texts]:
        """The articles that match; the last ones are kept, for another field."""
        if self._matched is None or self._matched[0] != plan:
            self._matched = plan, list(self._matching(plan))
        return self._matched[1]

    @cached_property
    def _every(self) -> list[Texts]:
        """Of each segment all articles, with all their texts."""
        return list(map(_texts, self._postings.segments))

    def _matching(self, plan: Plan) -> Iterator[Texts]:
        """Of each segment the articles that match."""
        titles, texts = kernel_for(plan, self._postings).articles(plan)
        bases = self._postings.bases
        for base, end, segment in zip(bases, bases[1:], self._postings.segments, strict=False):
            here = slice(bisect_left(titles, base), bisect_left(titles, end))
            starts = segment.starts
            found, at = [], 0
            for title, count in zip(titles[here], texts[here], strict=True):
                at = bisect_left(starts, title - base, at)
                found.append((at, count))
            yield found

    def _value_of(self, number: int, field: str) -> Sequence[str]:
        """The value of each article of a segment, or what stands for it."""
        if (number, field) not in self._values:
            segment = self._postings.segments[number]
            self._values[number, field] = list(_values(segment, field))
        return self._values[number, field]

    def _printed(self, field: str, key: str) -> str:
        """A value as the first article that has it prints it, whatever is asked."""
        if field in (*VALUES, DATE) or not key:
            return key
        if (field, key) not in self._prints:
            number, article = next(
                (number, article)
                for number, texts in enumerate(self._every)
                for article, _ in texts
                if self._value_of(number, field)[article] == key
            )
            record = self._postings.segments[number].texts(article).record()
            self._prints[field, key] = record["metadata"][field]
        return self._prints[field, key]


def _texts(segment: Segment) -> Texts:
    gone, lengths = segment.deletions, segment.lengths
    starts = [*segment.starts, segment.documents]
    return [
        (article, end - start - (lengths[start] == 0))
        for article, (start, end) in enumerate(pairwise(starts))
        if start not in gone
    ]


def _values(segment: Segment, field: str) -> Iterator[str]:
    if field == DATE:
        dates = zip(segment.first, segment.last, strict=True)
        known: dict[tuple[int, int], str] = {(0, 0): ""}
        for one in dates:
            if one not in known:
                known[one] = spanned(*one) if one[0] else ""
            yield known[one]
    elif field in VALUES:
        values = list(segment.all_values(field))
        yield from map(values.__getitem__, segment.column_of(field))
    else:
        yield from _words(segment, field)


def _words(segment: Segment, field: str) -> list[str]:
    """The folded words of each article's value, in their order. (Where there is one word, it has no order.)"""
    start = meta_word(field, "")
    terms = segment.meta.beginning(start)
    word_of: dict[int, str] = {}
    several: set[int] = set()
    for term in terms:
        word, listed = segment.meta.forms[term][len(start) :], segment.meta.list(term)
        for document, more in zip(listed.documents(), listed.frequencies(), strict=True):
            if more or document in word_of:
                several.add(document)
            word_of[document] = word
    placed: dict[int, list[tuple[int, str]]] = {}
    for term in terms if several else ():
        word, listed = segment.meta.forms[term][len(start) :], segment.meta.list(term)
        for document, positions in listed.positions(sorted(several.intersection(listed.documents()))).items():
            placed.setdefault(document, []).extend((position, word) for position in positions)
    word_of.update((document, " ".join(word for _, word in sorted(words))) for document, words in placed.items())
    return [word_of.get(start, "") for start in segment.starts]


def fields_of(fields: Sequence[str]) -> list[str]:
    """The fields that can be counted by, of an archive whose articles bring these of their own."""
    return [*VALUES, *(one for one in fields if one not in METADATA)]
