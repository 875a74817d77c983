"""Conditions on articles: fields, dates, metadata."""

from collections.abc import Callable, Iterable

from search.engines.local.codec.records import METADATA, meta_word
from search.engines.local.meaning import marked
from search.engines.local.patterns import edits, expressions, wildcards
from search.engines.local.plan import AllOf, AnyOf, Dated, InMetadata, NoneOf, Plan
from search.errors import QueryError
from search.language import fold, forms
from search.query import And, Boost, Fuzzy, Node, Not, Or, Phrase, Prefix, Regex, Wildcard, Word, field_name

Test = Callable[[str], bool]


class Conditions:
    """Makes plans of conditions in one archive. `fields` are the metadata fields that it has."""

    def __init__(self, fields: Iterable[str]) -> None:
        self.fields = {*METADATA, *fields}

    def field(self, name: str, part: Node, column: int) -> Plan:
        """The articles whose field matches."""
        known = field_name(name)
        if known == "date":
            return _each(part, lambda leaf: _day(leaf, column), column)
        exact = next((field for field in (name, known) if field in self.fields), None)
        if exact is None:
            raise QueryError(self._unknown(name), "", column)
        return _each(part, lambda leaf: _metadata(exact, leaf, column), column)

    def between(self, name: str, low: str, high: str, column: int) -> Plan:
        """The articles whose date lies between two, both included."""
        if name.lower() != "date":
            raise QueryError(f'only "date" has ranges (..), "{name}" has none', "", column)
        return Dated(_bound(low, column)[0] if low else 0, _bound(high, column)[1] if high else 99999999)

    def _unknown(self, name: str) -> str:
        known = ", ".join(["title", "text", "date", "article", *sorted(self.fields)])
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
        case Boost(inside):
            return _each(inside, leaf, column)
        case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy() | Regex():
            return leaf(part)
    raise QueryError("expected a value, found a field within a field", "", column)


def _day(leaf: Node, column: int) -> Plan:
    if not isinstance(leaf, Word | Phrase):
        raise QueryError(f'expected a date, found "{leaf}": for all of 2019 write date:2019', "", column)
    return Dated(*_bound(leaf.text, column))


def _bound(text: str, column: int) -> tuple[int, int]:
    from search.times import span

    try:
        return span(text)
    except ValueError as error:
        raise QueryError(str(error), "", column) from None


def _metadata(field: str, leaf: Node, column: int) -> Plan:
    """A field's words are compared folded."""
    start = meta_word(field, "")
    match leaf:
        case Regex(text):
            try:
                return InMetadata(((start, expressions.test(text)),))
            except expressions.Refused as error:
                raise QueryError(f'expected a regular expression, found "{text}" ({error})', "", column) from None
        case Fuzzy(text, most):
            return _words([(start, _like(fold(form), most)) for form in forms(text)])
        case Wildcard(text):
            parted, (star, ask) = marked(text)
            return _words([_matched(start, fold(form), star, ask) for form in forms(parted)])
        case Prefix(text):
            *others, last = [start + fold(form) for form in forms(text)] or [""]
            return _words([*((one, None) for one in others), (last, lambda rest: True)] if last else [])
    assert isinstance(leaf, Word | Phrase)
    return _words([(start + fold(form), None) for form in forms(leaf.text)])


def _words(words: list[tuple[str, Test | None]]) -> Plan:
    return InMetadata(tuple(words)) if words else AnyOf(())


def _like(word: str, most: int) -> Test:
    return lambda other: edits.distance(word, other, most) <= most


def _matched(start: str, word: str, star: str, ask: str) -> tuple[str, Test | None]:
    if star not in word and ask not in word:
        return start + word, None
    return start, wildcards.test(word.replace(star, wildcards.ANY).replace(ask, wildcards.ONE))
