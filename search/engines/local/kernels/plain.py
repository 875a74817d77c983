"""The plain kernel: sets and dictionaries, for lists that are short, and nothing to import."""

import heapq
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from search.engines.local import scoring as rules
from search.engines.local.codec.variants import Variants
from search.engines.local.evaluate import Evaluation
from search.engines.local.kernels import Leaves, Ranked, Ranking
from search.engines.local.plan import Leaf, Plan
from search.engines.local.postings import SegmentPostings
from search.engines.local.scoring import Scoring
from search.engines.protocol import Sort


class PlainKernel:
    """See `search.engines.local.kernels.Kernel`."""

    def __init__(self, postings: SegmentPostings) -> None:
        self._postings = postings

    def rank(self, plan: Plan, leaves: Leaves, limit: int | None, sort: Sort, *, variants: bool = True) -> Ranking:
        """The best articles."""
        evaluation = Evaluation(self._postings)
        found = evaluation.matching(plan)
        if limit == 0:
            articles = {document - self._postings.number(document) for document in found}
            return Ranking([], articles=len(articles), paragraphs=len(found))
        ranked = list(self._articles(sorted(found), Scoring(evaluation, leaves)))
        count = len(ranked)
        if not variants and self._postings.variants:
            ranked = _first_ones(ranked, self._postings.variants)
        return Ranking(self._best(ranked, limit, sort), count, len(found), count - len(ranked))

    def matching(self, plan: Plan) -> list[int]:
        """The documents that match."""
        return sorted(Evaluation(self._postings).matching(plan))

    def articles(self, plan: Plan) -> tuple[list[int], list[int]]:
        """The articles that match, with how many texts."""
        number = self._postings.number
        counted = Counter(document - number(document) for document in self.matching(plan))
        return list(counted), list(counted.values())

    def in_articles(self, leaves: Sequence[Leaf]) -> list[dict[int, int]]:
        """How often each leaf stands in each article."""
        evaluation, number = Evaluation(self._postings), self._postings.number
        found = []
        for leaf in leaves:
            times = dict[int, int]()
            for document, count in evaluation.counted(leaf).items():
                title = document - number(document)
                times[title] = times.get(title, 0) + count
            found.append(times)
        return found

    def _articles(self, found: list[int], scoring: Scoring) -> Iterator[Ranked]:
        """The articles of the documents found (ascending), with their scores."""
        number, score = self._postings.number, scoring.score
        title, best, texts = -1, 0.0, dict[int, float]()
        for document in found:
            place = number(document)
            if document - place != title:
                if texts:
                    yield _article(scoring, title, best, texts)
                title, best, texts = document - place, 0.0, {}
            texts[document] = here = score(document, is_title=place == 0)
            if here > best and place:
                best = here
        if texts:
            yield _article(scoring, title, best, texts)

    def _best(self, ranked: list[Ranked], limit: int | None, sort: Sort) -> list[Ranked]:
        """The first of the articles in the order asked for; those that tie, by id."""
        key = self._order(sort)
        keyed = [(key(one), one) for one in ranked]
        if limit is not None and limit < len(keyed):
            last = heapq.nsmallest(limit, (value for value, _ in keyed))[-1:]
            keyed = [(value, one) for value, one in keyed if last and value <= last[0]]
        keyed.sort(key=lambda pair: (pair[0], self._postings.identity(pair[1][1])))
        return [one for _, one in keyed[:limit]]

    def _order(self, sort: Sort) -> Callable[[Ranked], tuple[float, ...]]:
        if sort == "relevance":
            return lambda one: (-one[0],)
        sign = -1 if sort == "newest" else 1

        def by_date(one: Ranked) -> tuple[float, ...]:
            day = self._postings.day(one[1])
            return (day == 0, sign * day, -one[0])

        return by_date


def _article(scoring: Scoring, title: int, best: float, texts: dict[int, float]) -> Ranked:
    """An article, whose best paragraph has this score."""
    of_title = texts[title] if title in texts else scoring.score(title, is_title=True)
    return best + rules.TITLE_SHARE * of_title, title, texts, []


def _first_ones(ranked: list[Ranked], variants: Variants) -> list[Ranked]:
    """The articles without the variants of others among them, which stand beside these."""
    others = variants.among(title for _, title, _, _ in ranked)
    left_out = {title for group in others.values() for title in group}
    return [(*one[:3], others.get(one[1], [])) for one in ranked if one[1] not in left_out]
