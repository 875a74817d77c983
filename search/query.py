"""The query tree: what is asked, without a word on how it is found.

`search.syntax` makes it from text, an engine answers it. Words stand in it as they were typed; what they mean
(elision, inflection, names, stop words) is the engine's to say. ``str(node)`` writes a node in the query
language, and parsing that gives the same tree.
"""

from typing import ClassVar

from search.value import Value


class Word(Value):
    """A word in all its forms; with `exact`, only as it is typed, case and accents included."""

    text: str
    exact: bool = False

    def __str__(self) -> str:
        return "=" * self.exact + self.text


class Phrase(Value):
    """Words in this order, one right after the other, stop words included; case and accents do not count."""

    text: str

    def __str__(self) -> str:
        opening, closing = next(pair for pair in ('""', "«»", "“”") if pair[1] not in self.text)
        return f"{opening}{self.text}{closing}"


class Prefix(Value):
    """Every word that begins with this text; case and accents do not count."""

    text: str

    def __str__(self) -> str:
        return f"{self.text}*"


class And(Value):
    """All of the parts."""

    parts: "tuple[Node, ...]"

    def __str__(self) -> str:
        said = ""
        for text in (_grouped(part, Or, And) for part in self.parts):
            is_number = said[-1:].isdigit() and text[:1].isdigit()  # 27 000 would be one word
            said += (" AND " if is_number else " " if said else "") + text
        return said


class Or(Value):
    """Any of the parts."""

    parts: "tuple[Node, ...]"

    def __str__(self) -> str:
        return " OR ".join(_grouped(part, Or) for part in self.parts)


class Not(Value):
    """Whatever the part does not match. It never changes a score."""

    part: "Node"

    def __str__(self) -> str:
        return "NOT " + _grouped(self.part, Or, And)


class Field(Value):
    """Paragraphs of the articles whose field (``title``, ``source``, ``date`` …) matches the part."""

    name: str
    part: "Node"
    column: int = 0
    _apart: ClassVar[frozenset[str]] = frozenset({"column"})

    def __str__(self) -> str:
        return f"{self.name}:{_grouped(self.part, Or, And, Not, Field, Between)}"


class Between(Value):
    """Paragraphs of the articles whose field lies between two values, both included; ``""`` is no bound."""

    name: str
    low: str
    high: str
    column: int = 0
    _apart: ClassVar[frozenset[str]] = frozenset({"column"})

    def __str__(self) -> str:
        return f"{self.name}:{self.low}..{self.high}"


Node = Word | Phrase | Prefix | And | Or | Not | Field | Between


def restrict(tree: Node, *conditions: Node) -> Node:
    """The tree with conditions that must hold as well."""
    return And((tree, *conditions)) if conditions else tree


def _grouped(part: Node, *kinds: type) -> str:
    return f"({part})" if isinstance(part, kinds) else str(part)
