"""Queries that ask for a little less than another, each in one respect."""

from collections.abc import Callable, Iterator
from functools import partial

from search.query import (
    And,
    AtLeast,
    Between,
    Boost,
    Field,
    InArticle,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Wildcard,
    Word,
    field_name,
)
from search.value import Value

TEXTS = ("title", "text")
"""The fields whose value is words of the texts."""

Change = Callable[[Node], Node | None]
"""What becomes of a node: itself, another, or nothing."""


class Looser(Value):
    """A query that asks for less: what is changed, and its tree."""

    change: str
    tree: Node


def looser(tree: Node, any_word: Node) -> Iterator[Looser]:
    """The queries that ask for less than `tree`; `any_word` is the one for which any of its words is enough."""
    if any_word != tree:
        yield Looser("with --any", any_word)
    if not isinstance(tree, InArticle) and any(isinstance(part, And) for part in _inside(tree)):
        yield Looser("with --in article", InArticle(tree, listed=True))
    for change, simpler in _SIMPLER.items():
        yield from _if_changed(f"without {change}", tree, simpler)
    narrowing = [part for part in conjuncts(tree) if is_condition(part) or isinstance(part, Not)]
    dates = [part for part in narrowing if _is_date(part)]
    others = [part for part in narrowing if not _is_date(part)]
    for change, dropped in (("the date", dates), *((str(part), [part]) for part in others)):
        yield from _if_changed(f"without {change}", tree, partial(_dropped, dropped))
    if len(others) + bool(dates) > 1:
        yield from _if_changed("without all that narrows", tree, partial(_dropped, narrowing))


def conditions(tree: Node) -> list[Node]:
    """The conditions on articles that a query's hits must meet."""
    return [part for part in conjuncts(tree) if is_condition(part) and not _is_text(part)]


def conjuncts(tree: Node) -> Iterator[Node]:
    """What must hold: the query itself, or its parts if it is all of them."""
    match tree:
        case And(parts):
            for part in parts:
                yield from conjuncts(part)
        case Boost(part) | InArticle(part):
            yield from conjuncts(part)
        case _:
            yield tree


def is_condition(node: Node) -> bool:
    """Whether a node narrows what is searched: a field, a date, or none of these."""
    return isinstance(node, Field | Between) or (isinstance(node, Not) and is_condition(node.part))


def asked(tree: Node) -> Iterator[Node]:
    """The words, phrases and patterns that are asked for."""
    match tree:
        case And(parts) | Or(parts):
            for part in parts:
                yield from asked(part)
        case Near(left, right):
            yield from asked(left)
            yield from asked(right)
        case Boost(part) | InArticle(part) | AtLeast(_, part):
            yield from asked(part)
        case Field(name, part) if field_name(name) in TEXTS:
            yield from asked(part)
        case Field() | Between() | Not():
            return
        case _:
            yield tree


def changed(node: Node, change: Change) -> Node | None:
    """A tree with a change made to all of its nodes that are asked for, from the top; ``None`` if nothing is left."""
    new = change(node)
    if new is not node:
        return new
    match node:
        case And(parts) | Or(parts):
            some = [part for one in parts if (part := changed(one, change))]
            return type(node)(tuple(some)) if len(some) > 1 else some[0] if some else None
        case Near(left_part, right_part):
            left, right = changed(left_part, change), changed(right_part, change)
            return node.__replace__(left=left, right=right) if left and right else left or right
        case Boost(part) | InArticle(part) | AtLeast(_, part):
            inner = changed(part, change)
            return inner and node.__replace__(part=inner)
        case Field(name, part) if field_name(name) in TEXTS:
            inner = changed(part, change)
            return inner and node.__replace__(part=inner)
    return node


def _if_changed(said: str, tree: Node, change: Change) -> Iterator[Looser]:
    if (found := changed(tree, change)) and found != tree:
        yield Looser(said, found)


def _inside(tree: Node) -> Iterator[Node]:
    yield tree
    if isinstance(tree, Boost | InArticle):
        yield from _inside(tree.part)
    elif isinstance(tree, And | Or):
        for part in tree.parts:
            yield from _inside(part)


def _unquoted(node: Node) -> Node:
    """The words of a phrase, wherever they stand."""
    if not isinstance(node, Phrase):
        return node
    words = [_word(one, node.exact) for one in node.text.split() if one.strip("*=")]
    return And(tuple(words)) if len(words) > 1 else node


def _word(text: str, exact: bool) -> Node:
    if exact or text.startswith("="):
        return Word(text.lstrip("="), exact=True)
    if "*" in text or "?" in text.rstrip("?"):
        return Prefix(text[:-1]) if text.find("*") == len(text) - 1 and "?" not in text else Wildcard(text)
    return Word(text)


def _apart(node: Node) -> Node:
    return And((node.left, node.right)) if isinstance(node, Near) else node


def _once(node: Node) -> Node:
    return node.part if isinstance(node, AtLeast) else node


def _inexact(node: Node) -> Node:
    match node:
        case Word(text, exact=True):
            return Word(text)
        case Phrase(text) if node.exact or "=" in text:
            return Phrase(" ".join(one.lstrip("=") for one in text.split(" ")))
    return node


_SIMPLER: dict[str, Change] = {
    "the quotation marks": _unquoted,
    "NEAR": _apart,
    "ATLEAST": _once,
    "the =": _inexact,
}


def _dropped(out: list[Node], node: Node) -> Node | None:
    return None if any(node is one for one in out) else node


def _is_date(node: Node) -> bool:
    return (isinstance(node, Between | Field) and field_name(node.name) == "date") or (
        isinstance(node, Not) and _is_date(node.part)
    )


def _is_text(node: Node) -> bool:
    return (isinstance(node, Field) and field_name(node.name) in TEXTS) or (
        isinstance(node, Not) and _is_text(node.part)
    )
