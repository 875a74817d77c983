"""The words of a text that tell it from all others in an archive (`search.likeness`).

Forms that fold alike are one word. Names of several words are kept whole: they are asked as phrases, with a gap for
the particles in them, which stand everywhere; a word counts by itself only where it is not part of such a name, but
for the last word, by which people are called. How rare a name is is not known before it is looked for: it is as rare
as its rarest word, at least. Stop words, numbers and single letters are left out, as is what no other text has.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from heapq import nsmallest

from search.engines.local.keywords import NUMBER
from search.engines.local.meaning import Meaning
from search.engines.local.postings import SegmentPostings
from search.engines.local.runs import runs
from search.engines.local.scoring import idf
from search.language import Word, fold, words
from search.language.normal import fold_all
from search.likeness import TellingWord, weight
from search.query import Boost, Phrase

MOST = 500_000
"""So many characters of a text are read: what a book is about is told by its beginning."""

LONGEST = 6
"""A longer row of words with a capital is no name, but a heading."""

CHINESE = "\u3005"
"""From here on a single letter is a word."""

Name = tuple[str, ...]
"""The words of a name, folded; stop words are not among them."""


class Gist:
    """Finds the telling words of texts in an archive of `count` texts, where so many have a form that folds like a
    word (`df`); `is_stop` and `is_name` say what a word is there."""

    def __init__(
        self, count: int, df: Callable[[str], int], is_stop: Callable[[str], bool], is_name: Callable[[str], bool]
    ) -> None:
        self._count, self._df, self._is_stop, self._is_name = count, df, is_stop, is_name
        self._forms, self._names = Counter[str](), Counter[Name]()
        self._texts = Counter[str]()
        self._printed: dict[Name, tuple[str, str]] = {}

    def read(self, text: str) -> None:
        """Count the words and names of one more text."""
        every = words(text)
        done, single = 0, list[Word]()
        for start, end in runs(text, every, self._is_name):
            run = every[start:end]
            name = tuple(fold(one.form) for one in run if not self._is_stop(one.form))
            if 1 < len(name) <= LONGEST:
                single += [*every[done:start], run[-1]]
                self._names[name] += 1
                asked = " ".join("*" if self._is_stop(one.form) else one.form for one in run)
                self._printed.setdefault(name, (text[run[0].start : run[-1].end], asked))
                done = end
        single += every[done:]
        forms = [one.form for one in single]
        self._forms.update(forms)
        self._texts.update(set(forms))

    def words(self, limit: int, *, indexed: bool) -> tuple[TellingWord, ...]:
        """The `limit` most telling words of the texts read; if these are `indexed`, those of no others are left
        out."""
        names = list(self._telling_names(least=1 + indexed))
        found = [*names, *self._telling_words(indexed=indexed)]
        return tuple(nsmallest(limit, found, key=lambda one: (-one.worth, one.word)))

    def _telling_names(self, least: int) -> Iterator[TellingWord]:
        """The names whose words are known; the words of others count by themselves."""
        for name, times in self._names.items():
            df = min(map(self._df, name))
            label, asked = self._printed[name]
            if df >= least:
                yield self._telling(label, asked.strip("* "), times, df)
            else:
                self._forms.update(dict.fromkeys(_words_of(asked)[:-1], times))

    def _telling_words(self, *, indexed: bool) -> Iterator[TellingWord]:
        kept = [form for form, _ in self._forms.most_common() if not self._is_left_out(form)]
        same: dict[str, list[str]] = {}
        for form, key in zip(kept, fold_all(kept), strict=True):
            same.setdefault(key, []).append(form)
        for key, forms in same.items():
            df = self._df(key) - (max(self._texts[form] for form in forms) if indexed else 0)
            if df > 0:
                yield self._telling(forms[0], forms[0], sum(self._forms[form] for form in forms), df)

    def _is_left_out(self, form: str) -> bool:
        return (len(form) < 2 and form < CHINESE) or NUMBER.fullmatch(form) is not None or self._is_stop(form)

    def _telling(self, label: str, asked: str, times: int, df: int) -> TellingWord:
        counts = weight(times)
        return TellingWord(label, Boost(Phrase(asked), counts), counts * idf(df, self._count))


def _words_of(asked: str) -> list[str]:
    """The words of a phrase without its gaps."""
    return [word for word in asked.split() if word != "*"]


def gist(
    postings: SegmentPostings, meaning: Meaning, texts: Sequence[str], limit: int, *, indexed: bool
) -> tuple[TellingWord, ...]:
    """The most telling words of some texts in an archive."""

    @cache
    def df(key: str) -> int:
        return min(sum(map(postings.frequency, meaning.spellings(key))), postings.count)

    found = Gist(postings.count, df, cache(meaning.is_stop_word), meaning.is_name)
    for text in _beginning(texts):
        found.read(text)
    return found.words(limit, indexed=indexed)


def _beginning(texts: Sequence[str]) -> Iterator[str]:
    """The texts, up to so many characters together."""
    left = MOST
    for text in texts:
        if left <= 0:
            return
        yield text[:left]
        left -= len(text)
