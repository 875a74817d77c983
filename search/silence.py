"""What there is to say when nothing is found: where was looked, which words are missing, and what finds something."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial

from search.engines.protocol import Engine, Scope
from search.errors import QueryError
from search.language import forms
from search.looser import Looser, asked, changed, conditions, looser
from search.query import And, Field, Fuzzy, Node, Phrase, Prefix, Regex, Wildcard, Word
from search.value import Value

PAIRS = 3
"""So many queries with two changes are named, where none with one finds anything."""


VALUES = 5
"""So many values of a field are named."""


class Missing(Value):
    """A word or pattern that the archive does not have, and what it has that is spelled most like it, each with the
    number of texts that hold it."""

    text: str
    nearest: tuple[tuple[str, int], ...]


class Found(Value):
    """What a query with one change finds: ``with --any`` and so on, and how many paragraphs."""

    change: str
    query: str
    paragraphs: int


class Unmet(Value):
    """A condition that no article meets, and values that its field has here, of so many."""

    condition: str
    field: str
    values: tuple[str, ...]
    count: int


class Silence(Value):
    """Why a query finds nothing: the conditions on articles and what they leave to be searched, what there is in the
    whole archive, the words that it does not have, and changes that find something."""

    conditions: str
    scope: Scope
    whole: Scope
    missing: tuple[Missing, ...]
    changes: tuple[Found, ...]
    unmet: tuple[Unmet, ...] = ()


def silence(engine: Engine, tree: Node, any_word: Node) -> Silence:
    """What to say of a query that finds nothing; `any_word` is the same query asking for any of its words."""
    narrow = _all(conditions(tree))
    missing = tuple(_missing(engine, tree))
    changes = [*_respelled(tree, missing), *looser(tree, any_word)]
    found = tuple(_found(engine, changes)) or tuple(_found(engine, _twice(changes)))[:PAIRS]
    whole = engine.scope()
    scope = engine.scope(narrow) if narrow else whole
    unmet = () if scope.paragraphs else tuple(_unmet(engine, conditions(tree)))
    return Silence(str(narrow or ""), scope, whole, missing, found, unmet)


def _unmet(engine: Engine, parts: list[Node]) -> Iterator[Unmet]:
    for one in parts:
        if isinstance(one, Field) and not engine.scope(one).paragraphs and (known := engine.values(one.name)):
            yield Unmet(str(one), one.name, tuple(known[:VALUES]), len(known))


def _found(engine: Engine, changes: Iterable[Looser]) -> Iterator[Found]:
    """Those of the queries that find something."""
    for one in changes:
        with suppress(QueryError):  # nothing but signs is left of it
            if count := engine.search(one.tree, limit=0).paragraphs:
                yield Found(one.change, str(one.tree), count)


def _twice(changes: list[Looser]) -> Iterator[Looser]:
    """The queries with two changes."""
    known = {one.tree for one in changes}
    for one in changes:
        for other in looser(one.tree, one.tree):
            if other.tree not in known:
                known.add(other.tree)
                yield Looser(f"{one.change} and {other.change}", other.tree)


def _all(parts: list[Node]) -> Node | None:
    return parts[0] if len(parts) == 1 else And(tuple(parts)) if parts else None


def _missing(engine: Engine, tree: Node) -> Iterator[Missing]:
    known: set[str] = set()
    for leaf in asked(tree):
        for one in _missing_of(engine, leaf):
            if one.text not in known:
                known.add(one.text)
                yield one


def _missing_of(engine: Engine, leaf: Node) -> Iterator[Missing]:
    match leaf:
        case Word(text, exact) | Phrase(text, exact):
            for word in text.split():
                plain = word.lstrip("=")
                if "*" not in plain and "?" not in plain.rstrip("?"):
                    yield from _missing_words(engine, plain, exact or plain != word)
        case Prefix() | Wildcard() | Fuzzy() | Regex():
            with suppress(QueryError):  # a pattern of nothing but signs
                if not engine.words(leaf):
                    near = engine.nearest(leaf.text) if isinstance(leaf, Prefix | Fuzzy) else []
                    yield Missing(str(leaf), tuple(near))


def _missing_words(engine: Engine, text: str, exact: bool) -> Iterator[Missing]:
    for word in engine.forms(text):
        printed = {form: df for _, grade in word.grades for form, df in grade.items() if df}
        if exact and word.word not in printed:
            spelled = sorted(printed.items(), key=lambda one: (-one[1], one[0]))
            yield Missing(f"={word.word}", tuple(spelled[:3] or engine.nearest(word.word)))
        elif not printed:
            yield Missing(word.word, tuple(engine.nearest(word.word)))


def _respelled(tree: Node, missing: tuple[Missing, ...]) -> Iterator[Looser]:
    """The query with the nearest spelling of each missing word that has one, and without these words."""
    nearest = {one.text: one.nearest[0][0] for one in missing if one.nearest}
    if nearest and (other := changed(tree, lambda node: _with(node, nearest))) and other != tree:
        yield Looser("with " + ", ".join(f"{new} for {old}" for old, new in nearest.items()), other)
    left: Node | None = tree
    for one in missing:
        left = left and changed(left, partial(_without, one.text))
    if left and left != tree:
        yield Looser("without " + ", ".join(one.text for one in missing), left)


def _with(node: Node, nearest: dict[str, str]) -> Node:
    if str(node) in nearest and not isinstance(node, Wildcard | Regex):
        return Word(nearest[str(node)], exact=isinstance(node, Word) and node.exact)
    if isinstance(node, Word | Phrase):
        text = node.text
        for old, new in nearest.items():
            if old in (text if old.startswith("=") else forms(text)):
                text = text.replace(old, new)
        return node.__replace__(text=text)
    return node


def _without(text: str, node: Node) -> Node | None:
    """A part of a query without a word."""
    if isinstance(node, Phrase):
        left = [word for word in node.text.split() if text not in (word, *forms(word))]
        return node.__replace__(text=" ".join(left)) if any(word.strip("*") for word in left) else None
    return None if str(node) == text or (isinstance(node, Word) and text in forms(node.text)) else node
