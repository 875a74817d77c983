"""Articles ranked as wholes: by words wherever they stand in them.

    score(article) = Σ over words:  weight · idf · tf·(k1 + 1) / (tf + k1·(1 − b + b·length/average))
    idf            = ln(1 + (N − df + 0.5) / (df + 0.5))

as in `search.engines.local.scoring`, but tf, length and the average are those of articles, N and df count articles.
A search ranks an article by its best paragraph, which suits a question; what is like an article has its words spread
over all paragraphs: asked by their first halves for the second halves of articles, this has a mean reciprocal rank of
0.56, and a search for the same words 0.38 (``python -m benchmarks.like``).

Lengths are looked up for the articles only that can be among the first: a score is at most what it were for an
article of no length.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from heapq import heappush, heapreplace
from typing import NamedTuple

from search.engines.local.codec.variants import Variants
from search.engines.local.kernels import kernel_for
from search.engines.local.plan import AnyOf, Leaf, Plan, Term, scored
from search.engines.local.postings import SegmentPostings
from search.engines.local.scoring import B, idf

K1 = 1.2
"""How fast repeating a word stops to count: slower than in a paragraph, which is shorter."""

Counts = Mapping[int, int]
"""How often a word stands in each article (title document) that has it."""


class Whole(NamedTuple):
    """An article that has some of the words: its score, its title document, and which of them."""

    score: float
    title: int
    words: tuple[int, ...]


class Wholes:
    """Ranks by words, each with its weight and counts, in an archive of so many `articles`; `length` says what part
    of the average the length of an article is, `identity` its id."""

    def __init__(
        self,
        words: Sequence[tuple[float, Counts]],
        articles: int,
        length: Callable[[int], float],
        identity: Callable[[int], str],
    ) -> None:
        self._length, self._identity = length, identity
        self._counts = [counts for _, counts in words]
        self._weights = [weight * idf(len(counts), articles) * (K1 + 1) for weight, counts in words]

    def candidates(self, least: int) -> dict[int, float]:
        """The articles that have so many of the words at least, each with the highest score that it could have."""
        bounds: dict[int, float] = {}
        shared: dict[int, int] = {}
        shortest = K1 * (1 - B)
        for weight, counts in zip(self._weights, self._counts, strict=True):
            for title, times in counts.items():
                bounds[title] = bounds.get(title, 0.0) + weight * times / (times + shortest)
                shared[title] = shared.get(title, 0) + 1
        return {title: bound for title, bound in bounds.items() if shared[title] >= least}

    def best(self, bounds: Mapping[int, float], among: Collection[int], limit: int | None) -> list[Whole]:
        """The best of some candidates; those that tie by id."""
        lowest: list[float] = []
        found = []
        for title in sorted(among, key=lambda one: (-bounds[one], one)):
            if limit is not None and len(lowest) >= limit and (not limit or bounds[title] < lowest[0]):
                break
            found.append(one := self._whole(title))
            if limit is not None:
                (heappush if len(lowest) < limit else _raise)(lowest, one.score)
        return sorted(found, key=lambda one: (-one.score, self._identity(one.title)))[:limit]

    def _whole(self, title: int) -> Whole:
        norm = K1 * (1 - B + B * self._length(title))
        score, words = 0.0, []
        for place, (weight, counts) in enumerate(zip(self._weights, self._counts, strict=True)):
            if times := counts.get(title):
                score += weight * times / (times + norm)
                words.append(place)
        return Whole(score, title, tuple(words))


def _raise(lowest: list[float], score: float) -> None:
    """Keep the highest scores."""
    if score > lowest[0]:
        heapreplace(lowest, score)


def wholes(
    postings: SegmentPostings,
    words: Sequence[Plan],
    conditions: Plan | None,
    articles: int,
    *,
    least: int,
    limit: int | None,
    variants: Variants | None,
) -> tuple[list[Whole], dict[int, list[int]]]:
    """The best articles that have so many of the words and meet the conditions; with `variants`, the first of those
    that are near-copies of each other, and of which it is the first."""
    kernel = kernel_for(AnyOf(tuple(words)), postings)
    leaves = [leaf for plan in words for leaf, _ in scored(plan)]
    assert len(leaves) == len(words), "words and phrases only"
    counts = kernel.in_articles(leaves)
    average = postings.words / max(articles, 1) or 1.0
    ranking = Wholes(
        [(_weight(leaf), one) for leaf, one in zip(leaves, counts, strict=True)],
        articles,
        lambda title: postings.size(title) / average,
        postings.identity,
    )
    bounds = ranking.candidates(least)
    among = set(bounds)
    if conditions:
        among &= set(kernel_for(conditions, postings).articles(conditions)[0])
    others = variants.among(sorted(among)) if variants else {}
    among.difference_update(*others.values())
    return ranking.best(bounds, among, limit), others


def _weight(leaf: Leaf) -> float:
    return leaf.grades[-1].weight if isinstance(leaf, Term) else leaf.weight
