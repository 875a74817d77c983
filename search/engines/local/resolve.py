"""From a query tree to a plan: what is asked, in the forms of an archive (`search.engines.local.meaning`).

Words of a query term that are joined by hyphens (or anything but a space) are a phrase, each in its grade 2. In
quotes, words match in grade 1; near others, in all grades.

Stop words are left out, unless they stand in a phrase or near something, are marked as exact, counted or excluded, or
nothing else is asked.
"""

from collections.abc import Callable, Iterable
from sys import maxsize

from search.engines.local.conditions import Conditions
from search.engines.local.lexicon import Lexicon
from search.engines.local.meaning import MOST, WHOLE, Meaning
from search.engines.local.placing import Placing, lifted
from search.engines.local.plan import (
    AllOf,
    AnyOf,
    Grade,
    InArticle,
    InTitle,
    Leaf,
    Listed,
    NoneOf,
    Often,
    Placed,
    Plan,
    Term,
    scored,
)
from search.engines.local.spots import Forms, Row, Spot
from search.errors import QueryError
from search.language import forms, without_inversion
from search.query import (
    And,
    AtLeast,
    Between,
    Boost,
    Field,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Regex,
    Wildcard,
    Word,
    field_name,
)
from search.query import InArticle as Spread

_KEPT, _KEPT_FORMS = 10_000, 200_000
"""So many leaves are remembered, whose patterns stand for so many forms together."""


class Resolver:
    """Makes the plans of queries in one archive. `fields` are the metadata fields that it has."""

    def __init__(self, lexicon: Lexicon, languages: Iterable[str], fields: Iterable[str]) -> None:
        self.meaning = Meaning(lexicon, languages)
        self.placing = Placing(self.meaning)
        self._conditions = Conditions(fields)
        self._leaves: dict[tuple[object, ...], tuple[Leaf | None, int]] = {}
        self._held = 0

    def plan(self, tree: Node) -> Plan:
        """The plan of a query; `QueryError` where a field or a date means nothing."""
        self.meaning.spent = 0
        plan = self._whole(tree)
        if plan is None:
            raise QueryError("expected a word to search for, found only signs", "", 1)
        return plan

    def plan_of_all(self, tree: Node) -> Plan:
        """The plan of a query whose patterns may stand for any number of forms."""
        self.meaning.most = maxsize
        try:
            return self.plan(tree)
        finally:
            self.meaning.most = MOST

    def keeps_stop_words(self, tree: Node) -> bool:
        """Whether nothing but stop words is asked, which therefore count."""
        return self.part(tree, keep_stop_words=False) is None

    def _whole(self, tree: Node) -> Plan | None:
        return self.part(tree, keep_stop_words=False) or self.part(tree, keep_stop_words=True)

    def part(self, tree: Node, *, keep_stop_words: bool) -> Plan | None:
        """The plan of a part of a query; ``None`` where nothing is left of it."""
        match tree:
            case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy() | Regex():
                key = (tree.text, tree.exact) if isinstance(tree, Word) else tree  # texts are compared in no time
                return self._once((key, keep_stop_words), lambda: self._leaf(tree, keep_stop_words))
            case Near() | AtLeast():
                return self._near(tree)
            case Boost(part, factor):
                plan = self.part(part, keep_stop_words=keep_stop_words)
                return self._scaled(plan, factor) if plan else None
            case And(parts):
                return self._parts(AllOf, parts, keep_stop_words)
            case Or(parts):
                return self._parts(AnyOf, parts, keep_stop_words)
            case Not(part):
                excluded = self.part(part, keep_stop_words=True)
                return NoneOf(excluded) if excluded else None
            case Spread(part, listed):
                inside = self.part(part, keep_stop_words=keep_stop_words)
                return _spread(inside, listed=listed) if inside else None
            case Field(name, part, column):
                return self._field(name, part, column)
            case Between(name, low, high, column):
                return self._conditions.between(name, low, high, column)

    def _parts(self, kind: type[AllOf] | type[AnyOf], parts: tuple[Node, ...], keep_stop_words: bool) -> Plan | None:
        plans = [self.part(part, keep_stop_words=keep_stop_words) for part in parts]
        left = tuple(plan for plan in plans if plan)
        if not left:
            return None
        if len(left) < len(plans) and not keep_stop_words and not any(next(scored(plan), None) for plan in left):
            return None  # nothing but stop words was asked for here: they are taken after all
        return left[0] if len(left) == 1 else kind(left)

    def _once(self, key: tuple[object, ...], make: Callable[[], Leaf | None]) -> Leaf | None:
        """The same leaf whenever the same is asked for, so that kernels know it again."""
        known = self._leaves.get(key)
        if known:
            leaf, spent = known
            if spent:
                self.meaning.spend(spent, str(key[0]))
            return leaf
        before = self.meaning.spent
        leaf = make()
        spent = self.meaning.spent - before
        self._held += spent
        if len(self._leaves) >= _KEPT or self._held > _KEPT_FORMS:
            self._leaves.clear()
            self._held = spent
        self._leaves[key] = leaf, spent
        return leaf

    def _leaf(self, node: Node, keep_stop_words: bool) -> Leaf | None:
        match node:
            case Word(text, exact):
                return self._word(text, exact, keep_stop_words)
            case Phrase(text, exact):
                return _leaf(self.placing.phrase(text, exact=exact))
            case Fuzzy(text, distance) if len(words := forms(text)) == 1:
                return Term(self.meaning.similar(words[0], distance))
        return _row(self.placing.pattern(node))

    def _word(self, text: str, exact: bool, keep_stop_words: bool) -> Leaf | None:
        words = forms(text)
        if not exact:
            if not keep_stop_words and all(map(self.meaning.is_stop_word, words)):
                return None
            words = without_inversion(words)
            if len(words) == 1:
                return Term(self.meaning.grades(words[0]))
        return _row(self.placing.word(text, exact=exact))

    def _near(self, tree: Near | AtLeast) -> Plan | None:
        match lifted(tree):
            case Near(column=column) as node:
                return self._once((node,), lambda: _leaf(self.placing.spot(node, "NEAR", column)))
            case AtLeast(count, part, column):
                leaf = self._once((part, "counted"), lambda: self._counted(part, column))
                return Often(count, leaf, in_article=False) if leaf else None
            case joined:
                return self.part(joined, keep_stop_words=True)

    def _counted(self, part: Node, column: int) -> Leaf | None:
        if isinstance(part, Or | Near):
            return _leaf(self.placing.spot(part, "ATLEAST", column))
        return self._leaf(part, keep_stop_words=True)

    def _scaled(self, plan: Plan, factor: float) -> Plan:
        """The plan with the scores of its leaves multiplied."""
        match plan:
            case Term() | Placed():
                leaf = self._once((plan, factor), lambda: _times(plan, factor))
                assert leaf
                return leaf
            case Often(count, leaf, in_article):
                scaled = self._scaled(leaf, factor)
                assert isinstance(scaled, Leaf)
                return Often(count, scaled, in_article)
            case AllOf(parts):
                return AllOf(tuple(self._scaled(part, factor) for part in parts))
            case AnyOf(parts):
                return AnyOf(tuple(self._scaled(part, factor) for part in parts))
            case InTitle(part):
                return InTitle(self._scaled(part, factor))
            case InArticle(part):
                return InArticle(self._scaled(part, factor))
        return plan  # the others do not score

    def _field(self, name: str, part: Node, column: int) -> Plan | None:
        known = field_name(name)
        if known == "text":
            return self._whole(part)
        if known == "title":
            inside = self._whole(part)
            return InTitle(inside) if inside else None
        return self._conditions.field(name, part, column)


def _spread(plan: Plan, *, listed: bool) -> Plan:
    """The plan for words that are spread over an article; `listed`: of the texts of such an article only those that
    have one of its words, if any has."""
    wide = _wide(plan)
    words = tuple(leaf for leaf, in_title in scored(plan) if not in_title)
    if not listed or not words:
        return wide
    return AllOf((wide, Listed(AnyOf((*words, NoneOf(InArticle(AnyOf(words))))))))


def _wide(plan: Plan) -> Plan:
    match plan:
        case Term() | Placed():
            return InArticle(plan)
        case Often(count, leaf):
            return Often(count, leaf, in_article=True)
        case AllOf(parts):
            return AllOf(tuple(map(_wide, parts)))
        case AnyOf(parts):
            return AnyOf(tuple(map(_wide, parts)))
        case NoneOf(part):
            return NoneOf(_wide(part))
    return plan  # the others hold for all of an article


def _times(leaf: Leaf, factor: float) -> Leaf:
    if isinstance(leaf, Placed):
        return Placed(leaf.weight * factor, leaf.spot)
    return Term(tuple(Grade(grade.weight * factor, grade.forms) for grade in leaf.grades))


def _row(slots: list[Forms]) -> Leaf | None:
    return _leaf(Row(tuple(slots))) if slots else None


def _leaf(spot: Spot | None) -> Leaf | None:
    """The leaf of a spot; one word is a term."""
    if isinstance(spot, Row) and len(spot.slots) == 1:
        return Term((Grade(WHOLE, spot.slots[0]),))
    return Placed(WHOLE, spot) if spot else None
