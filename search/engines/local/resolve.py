"""From a query tree to a plan: what the words of a query mean in an archive.

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
with a capital. Words of a query term that are joined by hyphens (or anything but a space) are a phrase, each in
its grade 2. In quotes, words match in grade 1.

Stop words are left out, unless they stand in a phrase, are marked as exact or excluded, or nothing else is asked.
"""

from collections.abc import Callable, Iterable

from search.dates import days
from search.engines.local.codec.records import METADATA, meta_word
from search.engines.local.codec.stems import LIGHT, STEM
from search.engines.local.lexicon import Lexicon
from search.engines.local.plan import (
    AllOf,
    AnyOf,
    Dated,
    Forms,
    Grade,
    InMetadata,
    InTitle,
    Leaf,
    NoneOf,
    PhraseTerm,
    Plan,
    Term,
    scored,
)
from search.errors import QueryError
from search.language import Language, fold, forms, has_capital, is_stop_word, language, without_inversion
from search.query import And, Between, Field, Node, Not, Or, Phrase, Prefix, Word

WEIGHTS = (0.5, 0.5, 1.5)
"""What grades 1, 2 and 3 count; the sum is what an exact word or a phrase counts."""

CAPITAL_WEIGHT = 0.5
"""What the forms with a capital count in addition, for a word typed with one."""

FIELD_ALIASES = {
    "titre": "title", "auteur": "author", "langue": "language", "lang": "language", "texte": "text"
}  # fmt: skip

WHOLE = sum(WEIGHTS)

_KEPT = 10_000


class Resolver:
    """Looks up the words of queries in one archive. `fields` are the metadata fields that it has."""

    def __init__(self, lexicon: Lexicon, languages: Iterable[str], fields: Iterable[str]) -> None:
        self._lexicon = lexicon
        self._languages = list({one.code: one for one in map(language, sorted(languages))}.values())
        self._fields = {*METADATA, *fields}
        self._leaves: dict[tuple[str, str], Leaf | None] = {}

    def plan(self, tree: Node) -> Plan:
        """The plan of a query; `QueryError` where a field or a date means nothing."""
        plan = self._plan(tree, keep_stop_words=False) or self._plan(tree, keep_stop_words=True)
        if plan is None:
            raise QueryError("expected a word to search for, found only signs", "", 1)
        return plan

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

    def _plan(self, tree: Node, *, keep_stop_words: bool) -> Plan | None:
        """The plan of a node; ``None`` where nothing is left of it."""
        match tree:
            case Word(text, exact):
                kind = f"word {exact:d}{keep_stop_words:d}"
                return self._once(kind, text, lambda: self._word(text, exact, keep_stop_words))
            case Phrase(text):
                return self._once("phrase", text, lambda: self._phrase(forms(text), self._spellings))
            case Prefix(text):
                return self._once("prefix", text, lambda: self._prefix(text))
            case And(parts):
                return self._parts(AllOf, parts, keep_stop_words)
            case Or(parts):
                return self._parts(AnyOf, parts, keep_stop_words)
            case Not(part):
                excluded = self._plan(part, keep_stop_words=True)
                return NoneOf(excluded) if excluded else None
            case Field(name, part, column):
                return self._field(name, part, column)
            case Between(name, low, high, column):
                return self._between(name, low, high, column)

    def _parts(self, kind: type[AllOf] | type[AnyOf], parts: tuple[Node, ...], keep_stop_words: bool) -> Plan | None:
        plans = [self._plan(part, keep_stop_words=keep_stop_words) for part in parts]
        left = tuple(plan for plan in plans if plan)
        asks = any(next(scored(plan), None) for plan in left)
        if not left or (len(left) < len(plans) and not asks and not keep_stop_words):
            return None  # nothing but stop words was asked for here: they are taken after all
        return left[0] if len(left) == 1 else kind(left)

    def _once(self, kind: str, text: str, make: Callable[[], Leaf | None]) -> Leaf | None:
        """The same leaf whenever the same is asked for, so that kernels know it again."""
        key = kind, text
        if key not in self._leaves:
            if len(self._leaves) >= _KEPT:
                self._leaves.clear()
            self._leaves[key] = make()
        return self._leaves[key]

    def _word(self, text: str, exact: bool, keep_stop_words: bool) -> Leaf | None:
        words = forms(text)
        if exact:
            return self._phrase(words, lambda form: (form,))
        if not keep_stop_words and all(map(self.is_stop_word, words)):
            return None
        words = without_inversion(words)
        return Term(self.grades(words[0])) if len(words) == 1 else self._phrase(words, self._inflections)

    def _phrase(self, words: list[str], spelled: Callable[[str], Forms]) -> Leaf | None:
        if len(words) == 1:
            return Term((Grade(WHOLE, spelled(words[0])),))
        return PhraseTerm(WHOLE, tuple(spelled(word) for word in words)) if words else None

    def _spellings(self, form: str) -> Forms:
        return tuple(self._lexicon.folded(fold(form)))

    def _inflections(self, form: str) -> Forms:
        """The forms of grade 2."""
        printed = set(self._lexicon.folded(fold(form)))
        if self.is_name(form):
            return tuple(sorted(printed))
        return tuple(sorted(printed | self._sharing(LIGHT, Language.light_stem, form, printed)))

    def _prefix(self, text: str) -> Leaf | None:
        words = forms(text)
        if not words:
            return None
        beginning = tuple(self._lexicon.beginning(fold(words[-1])))
        if len(words) == 1:
            return Term((Grade(WHOLE, beginning),))
        return PhraseTerm(WHOLE, (*map(self._inflections, words[:-1]), beginning))

    def _field(self, name: str, part: Node, column: int) -> Plan | None:
        known = FIELD_ALIASES.get(name.lower(), name.lower())
        if known == "text":
            return self._plan(part, keep_stop_words=False) or self._plan(part, keep_stop_words=True)
        if known == "title":
            inside = self._plan(part, keep_stop_words=False) or self._plan(part, keep_stop_words=True)
            return InTitle(inside) if inside else None
        if known == "date":
            return _each(part, lambda leaf: _day(leaf, column), column)
        exact = next((field for field in (name, known) if field in self._fields), None)
        if exact is None:
            raise QueryError(self._unknown(name), "", column)
        return _each(part, lambda leaf: _metadata(exact, leaf), column)

    def _between(self, name: str, low: str, high: str, column: int) -> Plan:
        if name.lower() != "date":
            raise QueryError(f'only "date" has ranges (..), "{name}" has none', "", column)
        return Dated(_bound(low, column)[0] if low else 0, _bound(high, column)[1] if high else 99999999)

    def _unknown(self, name: str) -> str:
        known = ", ".join(["title", "text", "date", *sorted(self._fields)])
        return f'no field "{name}" here; there are {known} (to search for the text itself, put it in quotes)'


def _each(part: Node, leaf: Callable[[Node], Plan], column: int) -> Plan:
    """The plan of a field's value, which may be a group of values."""
    match part:
        case And(parts):
            return AllOf(tuple(_each(one, leaf, column) for one in parts))
        case Or(parts):
            return AnyOf(tuple(_each(one, leaf, column) for one in parts))
        case Not(inside):
            return NoneOf(_each(inside, leaf, column))
        case Field() | Between():
            raise QueryError("expected a value, found a field within a field", "", column)
    return leaf(part)


def _day(leaf: Node, column: int) -> Plan:
    if isinstance(leaf, Prefix):
        raise QueryError(f'expected a date, found "{leaf}": for all of 2019 write date:2019', "", column)
    assert isinstance(leaf, Word | Phrase)
    return Dated(*_bound(leaf.text, column))


def _bound(text: str, column: int) -> tuple[int, int]:
    try:
        return days(text)
    except ValueError as error:
        raise QueryError(str(error), "", column) from None


def _metadata(field: str, leaf: Node) -> Plan:
    assert isinstance(leaf, Word | Phrase | Prefix)
    words = tuple(meta_word(field, fold(form)) for form in forms(leaf.text))
    return InMetadata(words, isinstance(leaf, Prefix)) if words else AnyOf(())


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
