"""What the words of a query mean in an archive: the printed forms that each stands for.

A word is looked up in three grades, each within the next:

=====  ==========================================================  ======
grade  forms                                                       weight
=====  ==========================================================  ======
1      the word as printed, ignoring case and accents              0.5
2      those that share a light stem (plural, feminine) with it    0.5
3      those that share a Snowball stem with it                    1.5
=====  ==========================================================  ======

A name has grade 1 only, and is in no other word's grades 2 and 3. Grades with the same forms are one grade, with
the sum of their weights. A word typed with a capital that is not always a name has one grade more, of the forms
with a capital. What is like a word by its letters (``word~``) has a grade for each edit, with the same weights.
"""

from collections.abc import Callable, Iterable

from search.engines.local.codec.stems import LIGHT, STEM
from search.engines.local.lexicon import Lexicon
from search.engines.local.patterns import edits, expressions, wildcards
from search.engines.local.plan import Grade
from search.engines.local.spots import Forms
from search.errors import QueryError
from search.language import Language, fold, forms, has_capital, is_stop_word, language
from search.lazy import pattern

WEIGHTS = (0.5, 0.5, 1.5)
"""What grades 1, 2 and 3 count; the sum is what an exact word or a phrase counts."""

CAPITAL_WEIGHT = 0.5
"""What the forms with a capital count in addition, for a word typed with one."""

WHOLE = sum(WEIGHTS)

MOST = 25_000
"""The patterns of a query may stand for so many forms together: a query for more is refused."""

LONG = 5
"""Words of so many letters are alike that are two edits apart, shorter ones if one is enough."""

_ASKS = pattern(r"\?(?=[\w*?]*\w)")
_LETTERS = range(0xA4D0, 0xA4F8)
"""Lisu letters, one of which stands for a ``*`` while a pattern is parted into words, and one for a ``?``."""


class Meaning:
    """Looks words up in one archive, whose articles are in these languages."""

    def __init__(self, lexicon: Lexicon, languages: Iterable[str]) -> None:
        self._lexicon = lexicon
        self.spent = 0
        """How many forms the patterns of this query stand for so far."""
        self.most = MOST
        self._languages = list({one.code: one for one in map(language, sorted(languages))}.values())

    def is_stop_word(self, form: str) -> bool:
        """Whether a query may leave this word out."""
        return is_stop_word(form, self._languages)

    def is_name(self, form: str) -> bool:
        """Whether the archive prints this word as a name."""
        return self._lexicon.is_name(fold(form))

    def grades(self, form: str) -> tuple[Grade, ...]:
        """The grades of a word."""
        key = fold(form)
        printed = set(self._lexicon.folded(key))
        if self._lexicon.is_name(key):
            return (Grade(WHOLE, tuple(sorted(printed))),)
        inflected = printed | self._sharing(LIGHT, Language.light_stem, form, printed)
        related = inflected | self._sharing(STEM, Language.stem, form, printed)
        grades = list(zip(WEIGHTS, (printed, inflected, related), strict=True))
        if _titled(form) and (capital := {one for one in printed if has_capital(one)}) and capital < printed:
            grades.insert(0, (CAPITAL_WEIGHT, capital))
        return _merged(grades)

    def spellings(self, form: str) -> Forms:
        """The forms of grade 1."""
        return tuple(self._lexicon.folded(fold(form)))

    def inflections(self, form: str) -> Forms:
        """The forms of grade 2."""
        printed = set(self._lexicon.folded(fold(form)))
        if self.is_name(form):
            return tuple(sorted(printed))
        return tuple(sorted(printed | self._sharing(LIGHT, Language.light_stem, form, printed)))

    def related(self, form: str) -> Forms:
        """The forms of all grades."""
        return self.grades(form)[-1].forms

    def beginning(self, text: str) -> list[Forms]:
        """Of a text that words begin with: the forms of its words but the last, and those that begin with that."""
        *others, last = forms(text) or [""]
        if not last:
            return []
        return [*map(self.inflections, others), self._few(f"{text}*", self._lexicon.beginning(fold(last)))]

    def wildcards(self, text: str) -> list[Forms]:
        """The forms for each word of a pattern."""
        parted, (star, ask) = marked(text)
        return [
            self._pattern(text, fold(form).replace(star, wildcards.ANY).replace(ask, wildcards.ONE))
            if star in form or ask in form
            else self.inflections(form)
            for form in forms(parted)
        ]

    def expression(self, text: str, column: int) -> Forms:
        """The forms that a regular expression matches."""
        try:
            found = self._lexicon.matching(lambda folded: expressions.matching(folded, text))
        except expressions.Refused as error:
            raise QueryError(f'expected a regular expression, found "{text}" ({error})', "", column) from None
        return self._few(f"/{text}/", found)

    def similar(self, form: str, distance: int) -> tuple[Grade, ...]:
        """The grades of what is at most so many edits from a word."""
        word = fold(form)
        found = self._few(f"{form}~", self._lexicon.matching(lambda folded: edits.matching(folded, word, distance)))
        far = {one: edits.distance(word, fold(one), distance) for one in found}
        weights = WEIGHTS if distance > 1 else (sum(WEIGHTS[:2]), WEIGHTS[2])
        return _merged([(weight, {one for one in found if far[one] <= edit}) for edit, weight in enumerate(weights)])

    def nearest(self, form: str, limit: int) -> list[tuple[str, int]]:
        """The words that are most like one by their letters: by edits, then the most frequent; with their df."""
        if not (word := fold(form)):
            return []
        by_key: dict[str, tuple[int, int, str]] = {}
        for one in self._lexicon.matching(lambda folded: edits.matching(folded, word, 1 if len(word) < LONG else 2)):
            if (key := fold(one)) != word:
                new = (edits.distance(word, key, 2), -self._lexicon.df(one), one)
                by_key[key] = min(new, by_key.get(key, new))
        return [(one, -less) for _, less, one in sorted(by_key.values())[:limit]]

    def _sharing(self, grade: int, stem: Callable[[Language, str], str], form: str, printed: set[str]) -> set[str]:
        """The forms that share a stem with the typed word or a printed one, each in the languages it is printed
        in; in all of the archive's where it is not printed at all."""
        spoken = {one: self._lexicon.languages(one) for one in printed}
        printed_in = set().union(*spoken.values())
        found: set[str] = set()
        for tongue in self._languages:
            if printed and tongue.code not in printed_in:
                continue
            own = [one for one in printed if tongue.code in spoken[one]]
            for key in {stem(tongue, one) for one in own or [form]}:
                found.update(self._lexicon.stemmed(tongue.code, grade, key))
        return found

    def _pattern(self, text: str, wanted: str) -> Forms:
        if not wanted.strip(wildcards.ANY):
            raise QueryError(f'a "*" needs letters beside it, found "{text}"', "")
        return self._few(text, self._lexicon.matching(lambda folded: wildcards.matching(folded, wanted)))

    def _few(self, text: str, found: list[str]) -> Forms:
        self.spend(len(found), text)
        return tuple(found)

    def spend(self, count: int, text: str) -> None:
        """Count the forms that patterns stand for; `QueryError` where they are too many."""
        self.spent += count
        if self.spent > self.most:
            raise QueryError(
                f'the patterns up to "{text}" stand for {self.spent:,} words: expected {self.most:,} at most, '
                "so give more letters", ""
            )  # fmt: skip


def marked(text: str) -> tuple[str, tuple[str, str]]:
    """A pattern with letters in place of ``*`` and ``?``, and these letters."""
    star, ask = [letter for letter in map(chr, _LETTERS) if letter not in text][:2]
    return _ASKS.sub(ask, text).replace("*", star), (star, ask)


def _titled(form: str) -> bool:
    """Whether a word is typed as names are: a capital first, and not all in capitals."""
    return has_capital(form) and not form.isupper()


def _merged(grades: list[tuple[float, set[str]]]) -> tuple[Grade, ...]:
    """The grades in order, those with the same forms as one."""
    merged: list[tuple[float, set[str]]] = []
    for weight, members in grades:
        if merged and merged[-1][1] == members:
            merged[-1] = (merged[-1][0] + weight, members)
        else:
            merged.append((weight, members))
    return tuple(Grade(weight, tuple(sorted(members))) for weight, members in merged)
