"""How like articles are: by the words that tell one of them from all others.

The words of a text are weighed as BM25 weighs those of a long query: one that stands `tf` times in it counts
(k3 + 1)·tf / (k3 + tf) times, the more the rarer it is (idf); the weightiest are asked, any of them, and the articles
are scored as wholes: S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond",
Foundations and Trends in Information Retrieval 3, 2009. That the weightiest few do as well as all of them, and much
faster, is known since D. Harman, "Relevance feedback revisited", SIGIR 1992.
"""

from search.hits import Hit
from search.query import Node
from search.value import Value

WORDS = 30
"""So many words of an article are asked. More find no more, and take longer (``benchmarks/runs``)."""

K3 = 1.0
"""How fast repeating a word in the text stops to count."""

TOGETHER = 2
"""Articles that share a single word of several are not alike."""


SHARE = 0.08
"""Articles that share less of the words, by their worth, are not alike. (Of halves of articles that find each other
one in sixty shares less, of all else that is found one in fourteen.)"""


class TellingWord(Value):
    """A word or a name of a text: `word` as it is printed there most often, what is `asked` for it (with its weight),
    and how much it tells (`worth`: the weight with its idf)."""

    word: str
    asked: Node
    worth: float


class Alike(Value):
    """An article that is like another: the words that both have, the most telling first, and what part of all that
    was asked they are by their worth, from 0 to 1. `is_copy`: it says nearly the same."""

    hit: Hit
    shared: tuple[str, ...]
    share: float
    is_copy: bool


class Likeness(Value):
    """The articles that are like one, the most like first; the words that were asked; and how many near-copies of it
    are left out. `itself` is its id, where the archive has it."""

    found: tuple[Alike, ...]
    words: tuple[str, ...]
    copies: int
    itself: str | None


def weight(times: int) -> float:
    """How much a word counts that stands so many times in the text."""
    return (K3 + 1) * times / (K3 + times)
