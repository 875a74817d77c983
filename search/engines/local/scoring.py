"""How well a text matches: BM25 in Lucene's form, over grades.

    score(term)   = Σ over grades:  weight · idf · tf·(k1 + 1) / (tf + k1·(1 − b + b·length/average))
    idf           = ln(1 + (N − df + 0.5) / (df + 0.5))
    score(spot)   = the same with its words' idf together (`spots.rarity`), and how often it stands there as tf

S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009; Lucene's idf is never
negative. The tf of a grade is the sum of its forms'; its df is *defined* as the sum of its forms' df, at most N.
N and the average length are those of all texts (paragraphs and titles).

A text's score is the sum over the query's leaves, in the order of the query, each leaf's grades added up first,
whatever joins them; filters and exclusions never change it. An article's score is its best matching paragraph's plus
`TITLE_SHARE` of its title's; what the title says is not repeated as if a paragraph had said it.
Additions are made in one fixed order, in 64 bits, so that the same index gives the same scores everywhere.
"""

from collections.abc import Callable, Iterable
from math import log

from search.engines.local.evaluate import Evaluation
from search.engines.local.plan import Leaf, Placed, Term
from search.engines.local.postings import Postings
from search.engines.local.spots import Forms, rarity

K1 = 0.5
"""How fast repeating a word stops to count. In a paragraph, which is short, a second time says little."""

B = 0.75
"""How much a long text is held back."""

TITLE_SHARE = 0.25
"""What an article's title adds to its best paragraph."""


class Scoring:
    """Scores documents for the leaves of one plan; each leaf with whether it counts in titles only."""

    def __init__(self, evaluation: Evaluation, leaves: Iterable[tuple[Leaf, bool]]) -> None:
        self._evaluation = evaluation
        self._postings = evaluation.postings
        self._idf, self._norm = rules(self._postings)
        self._leaves = [(list(self._weighted(leaf)), title) for leaf, title in leaves]

    def score(self, document: int, *, is_title: bool) -> float:
        """The score of a text; 0.0 where it has none of the query's words."""
        total, norm = 0.0, 0.0
        for parts, title_only in self._leaves:
            if is_title or not title_only:
                part = 0.0
                for weight, frequencies in parts:
                    if frequency := frequencies.get(document):
                        norm = norm or self._norm(document)
                        part += weight * (frequency * (K1 + 1) / (frequency + norm))
                total += part
        return total

    def _weighted(self, leaf: Leaf) -> Iterable[tuple[float, dict[int, int]]]:
        """The weight with the idf, and the tf, of each term that a leaf counts as."""
        match leaf:
            case Term(grades):
                for grade in grades:
                    yield grade.weight * self._idf(grade.forms), self._evaluation.together(grade.forms)
            case Placed(weight, spot):
                yield weight * rarity(spot, self._idf), self._evaluation.placed(leaf)


def rules(postings: Postings) -> tuple[Callable[[Forms], float], Callable[[int], float]]:
    """The idf of some forms, and what the length of a document counts: ``k1·(1 − b + b·length/average)``."""
    average = postings.words / max(postings.count, 1) or 1.0

    def of_forms(forms: Forms) -> float:
        return idf(sum(map(postings.frequency, forms)), postings.count)

    def norm(document: int) -> float:
        return K1 * (1 - B + B * postings.length(document) / average)

    return of_forms, norm


def idf(df: int, count: int) -> float:
    """How much it says that a text has one of the forms that `df` of `count` texts have, added up over the forms."""
    df = min(df, count)
    return log(1 + (count - df + 0.5) / (df + 0.5))
