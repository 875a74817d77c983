"""What an index offers to those who type: the values of a field, and ids, by how they begin."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from search.engines.local.codec.articles import VALUES
from search.engines.local.codec.records import METADATA, meta_word
from search.engines.local.codec.segment import Segment
from search.language import fold


def values(segments: Sequence[Segment], known: Mapping[str, Mapping[str, int]], field: str, start: str) -> list[str]:
    """The values of a field that begin so (case and accents do not count), the most frequent first where that is
    `known`; of a field that is not kept as a column, words."""
    if field in known:
        found = [value for value, _ in sorted(known[field].items(), key=lambda one: (-one[1], one[0]))]
    elif field in VALUES:
        found = sorted({value for segment in segments for value in segment.all_values(field)})
    elif field in METADATA and field != "url":
        return []
    else:
        return _words(segments, meta_word(field, ""), fold(start))
    return [value for value in found if value and fold(value).startswith(fold(start))]


def _words(segments: Sequence[Segment], before: str, start: str) -> list[str]:
    counts: dict[str, int] = {}
    for segment in segments:
        for term in segment.meta.beginning(before + start):
            word = segment.meta.forms[term][len(before) :]
            counts[word] = counts.get(word, 0) + segment.meta.df(term)
    return [word for word, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])) if count]


def ids(segments: Sequence[Segment], start: str, limit: int) -> list[str]:
    """The first ids that begin so."""
    return sorted({one for segment in segments for one in islice(_ids(segment, start), limit)})[:limit]


def _ids(segment: Segment, start: str) -> Iterator[str]:
    for article in segment.articles_from(start):
        identity = segment.ids[article]
        if not identity.startswith(start):
            return
        if segment.starts[article] not in segment.deletions:
            yield identity
