"""Keywords: the words that some texts use more than others do.

How sure it is that they do (*G²*) is told from the number of texts in which a word stands: T. Dunning, "Accurate
methods for the statistics of surprise and coincidence", Computational Linguistics 19, 1993. Texts are counted, not
occurrences, so that one text that repeats a word does not make it a keyword: J. Egbert and D. Biber, "Incorporating
text dispersion into keyword analyses", Corpora 14, 2019. How much more they use it says the *log ratio*: A. Hardie,
"Log Ratio: an informal introduction", Lancaster University, 2014.
"""

from math import log, log2
from typing import TYPE_CHECKING

from search.value import Value

if TYPE_CHECKING:
    from search.concordance import Line

SURE = 10.83
"""From this G² on, chance makes such a difference once in a thousand times at most (χ², one degree of freedom)."""


class Keyword(Value):
    """A word or a name that some texts use more than others: `word` as it is most often printed, with all its printed
    `forms`; it stands in `texts` of some and in `others` of the others. `example` is a place of it in one of the
    texts, where such was asked for."""

    word: str
    forms: tuple[str, ...]
    texts: int
    others: int
    g2: float
    ratio: float
    example: "Line | None" = None


class Keywords(Value):
    """The keywords of so many `texts` against so many `others`, the surest first."""

    texts: int
    others: int
    words: tuple[Keyword, ...]


def g2(texts: int, of: int, others: int, of_others: int) -> float:
    """The log-likelihood ratio of a word that stands in `texts` of some texts, and in `others` of others: over the
    four cells of the table, 2·Σ O·ln(O / E)."""
    total = of + of_others
    with_word = texts + others
    cells = (
        (texts, with_word * of),
        (others, with_word * of_others),
        (of - texts, (total - with_word) * of),
        (of_others - others, (total - with_word) * of_others),
    )
    return 2 * sum(seen * log(seen * total / product) for seen, product in cells if seen)


def log_ratio(texts: int, of: int, others: int, of_others: int) -> float:
    """How many times as often the first have the word, as a power of two (1: twice as often); where the others have
    it nowhere, as if half a text of theirs did."""
    return log2((texts or 0.5) / of) - log2((others or 0.5) / of_others)
