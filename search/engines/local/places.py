"""Just where the best of what matches is: ids and scores, for which no text is read."""

from heapq import nsmallest

from search.engines.local.kernels import Ranked
from search.engines.local.postings import SegmentPostings
from search.engines.protocol import Place


def articles(postings: SegmentPostings, best: list[Ranked]) -> list[Place]:
    """The places of articles that are ranked."""
    return [Place(postings.identity(title), None, score) for score, title, _, _ in best]


def paragraphs(postings: SegmentPostings, every: list[Ranked], limit: int) -> list[Place]:
    """The best paragraphs of all articles that match (titles are none); those that tie by id and number."""
    scores = {
        document: score for _, title, texts, _ in every for document, score in texts.items() if document != title
    }
    last = nsmallest(limit, (-score for score in scores.values()))[-1:]
    return sorted(
        (
            Place(postings.identity(document - number), number, score)
            for document, score in scores.items()
            if last and -score <= last[0]
            for number in [postings.number(document)]
        ),
        key=lambda one: (-one.score, one.article, one.number),
    )[:limit]
