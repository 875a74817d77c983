"""What a search looks through."""

from bisect import bisect_left

from search.engines.local.kernels.arrays import array_kernel
from search.engines.local.plan import Plan
from search.engines.local.postings import SegmentPostings
from search.engines.protocol import Scope


def scope(postings: SegmentPostings, plan: Plan) -> Scope:
    """The paragraphs that match, and the dates and the number of sources of their articles."""
    kernel = array_kernel(postings)
    found = kernel.found(plan)
    paragraphs = int((kernel.numbers[found] > 0).sum())
    documents = found.tolist()
    dates: list[tuple[int, int, str | None]] = []
    sources: set[str] = set()
    for base, end, segment in zip(postings.bases, postings.bases[1:], postings.segments, strict=False):
        here = documents[bisect_left(documents, base) : bisect_left(documents, end)]
        articles = {segment.article_at(document - base) for document in here}
        sources |= segment.values("source", articles)
        dates += [(first, segment.last[one], segment.date(one)) for one in articles if (first := segment.first[one])]
    oldest = min(dates, key=lambda one: one[:2])[2] if dates else None
    newest = max(dates, key=lambda one: (one[1], one[0]))[2] if dates else None
    return Scope(paragraphs, oldest, newest, len(sources - {""}))
