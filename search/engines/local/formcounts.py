"""In how many of some texts each printed form stands."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from search.engines.local.codec.segment import Segment
from search.engines.local.postings import SegmentPostings
from search.language import forms

if TYPE_CHECKING:
    from search.engines.local.codec.packing import Numbers

READ = 4_000
"""Reading a text and looking its words up takes as long as going through so many postings of all lists."""

AT_ONCE, LONG = 250_000, 1_000
"""So many postings of short lists are gone through at a time; a list of so many documents is long."""


class FormCounts(NamedTuple):
    """In how many of some texts each form stands (of those that stand in any), and what tells in how many of all."""

    texts: Mapping[str, int]
    of_all: Callable[[str], int]


def form_counts(postings: SegmentPostings, documents: Sequence[int]) -> FormCounts:
    """The counts of some texts (ascending documents): told from the texts, or, where they are many, from all posting
    lists."""
    found = Counter[str]()
    if len(documents) * READ < postings.words:
        for text in texts_of(postings, documents):
            found.update(set(forms(text)))
        return FormCounts(found, postings.frequency)
    every: dict[str, int] = {}
    for base, segment in zip(postings.bases, postings.segments, strict=False):
        here = [one - base for one in documents if base <= one < base + segment.documents]
        for form, texts, df in _from_lists(segment, here):
            found[form] += texts
            every[form] = df
    # a form may stand in segments where none of the texts is
    return FormCounts(found, every.__getitem__ if len(postings.segments) == 1 else postings.frequency)


def texts_of(postings: SegmentPostings, documents: Sequence[int]) -> Iterator[str]:
    """The texts of documents."""
    for document in documents:
        segment, article = postings.article_at(document)
        yield segment.texts(article).text(postings.number(document))


def _from_lists(segment: Segment, documents: Sequence[int]) -> Iterator[tuple[str, int, int]]:
    """The forms that stand in these texts of a segment: in how many, and in how many of all."""
    import numpy as np

    counts = _counts(segment, documents)
    for term in np.flatnonzero(counts).tolist():
        yield segment.text.forms[term], int(counts[term]), segment.text.df(term)


def _counts(segment: Segment, documents: Sequence[int]) -> "Numbers":
    """In how many of these texts of a segment each term stands: long lists are read one by one, short ones many at a
    time."""
    import numpy as np

    from search.engines.local.codec.encode import decode_only_documents
    from search.engines.local.kernels.lists import ListArrays

    wanted = np.zeros(segment.documents, np.uint8)
    wanted[list(documents)] = 1
    data, starts, df = segment.text.all_lists()
    counts = np.zeros(len(df), np.int64)
    for term in np.flatnonzero(df >= LONG).tolist():
        counts[term] = wanted[ListArrays(segment.text.list(term)).documents].sum(dtype=np.int64)
    short = np.flatnonzero(df < LONG)
    ends = np.cumsum(df[short])
    first = 0
    while first < len(short):
        done = int(ends[first] - df[short[first]])
        last = max(first + 1, int(np.searchsorted(ends, done + AT_ONCE)))
        terms = short[first:last]
        in_lists = decode_only_documents(data, starts[terms], df[terms])
        counts[terms] = np.add.reduceat(wanted[in_lists], ends[first:last] - df[terms] - done, dtype=np.int64)
        first = last
    return counts
