"""Language: from text to words, and from a word to its other forms.

`words` parts any text (no language needed); `fold` joins spellings; a `Language` joins inflected forms and knows
the stop words. `analyse` shows what becomes of a text step by step.
"""

from search.language.languages import Language, guess, is_stop_word, language, without_inversion
from search.language.names import evidence, has_capital, is_name, is_shouted
from search.language.normal import fold, normalise
from search.language.trace import Analysis, analyse
from search.language.words import Word, folded_forms, forms, words

__all__ = [
    "Analysis",
    "Language",
    "Word",
    "analyse",
    "evidence",
    "fold",
    "folded_forms",
    "forms",
    "guess",
    "has_capital",
    "is_name",
    "is_shouted",
    "is_stop_word",
    "language",
    "normalise",
    "without_inversion",
    "words",
]
