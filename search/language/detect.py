"""The language of a text whose article does not say it.

French and English are told by their stop words, which takes no time; whatever has too few of both goes to a library
(py3langid: naive Bayes over byte n-grams, M. Lui and T. Baldwin, "langid.py: An Off-the-shelf Language Identification
Tool", 2012).
"""

from functools import cache
from typing import Protocol

CLEAR = 0.35
"""If so large a share of the words are stop words that tell French from English, the text is in that language. (Of
the articles of French news 99 in 100 have more.)"""

ENOUGH = 12
"""With less words than this nothing but stop words is asked: the library would guess."""

SURE = 0.9
"""The library is believed from this probability on."""

LOOKED_AT = 2000
"""Characters of a text."""


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


def detect(text: str, words: int, guessed: str, telling: int) -> str:
    """The ISO 639-1 code of a text of so many words, of which so many are stop words that tell the guessed language,
    French or English, from the other."""
    if words < ENOUGH or telling >= CLEAR * words:
        return guessed
    code, probability = _identifier().classify(text[:LOOKED_AT])
    return code if probability >= SURE else guessed


@cache
def _identifier() -> _Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # takes a second to load, and is seldom needed

    found: _Identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return found
