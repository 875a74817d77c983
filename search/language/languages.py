"""The languages: what is known of each, and which one a text is in.

French and English have files of their own. For the others that Snowball has a stemmer for, words are parted,
folded and stemmed, but have no light stem and no stop words; for the rest there are only printed forms.
"""

from collections.abc import Iterable
from functools import cache
from typing import AnyStr, Protocol

from search.language import english, french
from search.language.names import has_capital
from search.language.normal import fold, fold_all
from search.language.suffixes import Suffixes
from search.value import Value

DEFAULT = "fr"
"""The language of a text that gives no sign of another."""

_SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian", "nb": "norwegian",
    "nn": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
_NOUNS_HAVE_CAPITALS = frozenset({"de", "lb"})


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...
    def stemWords(self, words: list[AnyStr]) -> list[AnyStr]: ...


class Language(Value):
    """What is known of a language.

    `stop` are its stop words, `content` those words of it that other languages take for stop words,
    `with_capital` those stop words that are none with a capital. `names` says whether a capital marks a name.
    """

    code: str
    stop: frozenset[str]
    content: frozenset[str]
    with_capital: frozenset[str]
    light: Suffixes | None
    snowball: str | None
    names: bool

    def light_stem(self, form: str) -> str:
        """The key under which plural and feminine of a form meet (folded)."""
        return fold(self.light(form.lower())) if self.light else fold(form)

    def light_stems(self, lowered: Iterable[str]) -> list[str]:
        """The keys of many forms, which are given in small letters."""
        return fold_all(map(self.light, lowered) if self.light else lowered)

    def stems(self, lowered: Iterable[str]) -> list[str]:
        """The keys of many forms, in small letters, under which all inflected forms meet."""
        return fold_all(self.stemmed(list(lowered)))

    def stemmed(self, lowered: list[AnyStr]) -> list[AnyStr]:
        """The same, not folded; strings or their UTF-8, which takes less time."""
        stemmer = _stemmer(self.snowball) if self.snowball else None
        return stemmer.stemWords(lowered) if stemmer else lowered

    def stem(self, form: str) -> str:
        """The key under which all inflected forms meet, by Snowball's stemmer (folded)."""
        stemmer = _stemmer(self.snowball) if self.snowball else None
        return fold(stemmer.stemWord(form.lower())) if stemmer else fold(form)


@cache
def language(code: str) -> Language:
    """The language of an ISO 639-1 code; a region after it (``fr-CA``) is ignored."""
    code = code.lower().replace("_", "-").partition("-")[0]
    own = {"fr": french, "en": english}.get(code)
    names = code not in _NOUNS_HAVE_CAPITALS
    snowball = _SNOWBALL.get(code)
    if own is None:
        return Language(code, frozenset(), frozenset(), frozenset(), None, snowball, names)
    return Language(code, own.STOP, own.CONTENT, own.WITH_CAPITAL, own.light, snowball, names)


def is_stop_word(form: str, languages: Iterable[Language]) -> bool:
    """Whether a query in an archive of these languages may ignore the word.

    It may if one language has it as a stop word and none has it as a word in its own right.
    """
    small = form.lower()
    known = list(languages)
    if any(small in one.content or (has_capital(form) and small in one.with_capital) for one in known):
        return False
    return any(small in one.stop for one in known)


def without_inversion(words: list[str]) -> list[str]:
    """The words of a hyphenated query word without the pronoun of a French question: ``vit-elle`` → ``vit``."""
    end = len(words)
    while end > 1 and words[end - 1] in french.INVERTED:
        end -= 1
    return words[:end]


def guess(forms: Iterable[str]) -> str:
    """The language (French or English) whose stop words are the more frequent among these words."""
    scores = {"fr": 0, "en": 0}
    for form in forms:
        for code, stop in TELLING.items():
            scores[code] += form.lower() in stop
    return "en" if scores["en"] > scores["fr"] else DEFAULT


TELLING = {"fr": french.STOP - english.STOP, "en": english.STOP - french.STOP}
"""The stop words that tell one of the two languages from the other."""


@cache
def _stemmer(name: str) -> _Stemmer | None:
    import Stemmer  # a C extension: imported only when something is stemmed

    if name not in Stemmer.algorithms():
        return None  # an older PyStemmer
    stemmer: _Stemmer = Stemmer.Stemmer(name, 0)  # its cache takes longer than its work
    return stemmer
