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
    """Words in this order, one right after the other, stop words included; case and accents do not count.

    A ``*`` that stands alone is a gap of one to three words; a word with a ``*`` or ``?`` in it is a pattern; one
    with a ``=`` before it counts as printed, and with `exact` all do.
    """

    text: str
    exact: bool = False

    def __str__(self) -> str:
        return "=" * self.exact + _marked(self.text)


class Prefix(Value):
    """Every word that begins with this text; case and accents do not count."""

    text: str

    def __str__(self) -> str:
        return f"{self.text}*"


class Wildcard(Value):
    """Every word of this pattern: ``?`` is any one character, ``*`` any number of them; case and accents do not
    count."""

    text: str

    def __str__(self) -> str:
        return self.text


class Fuzzy(Value):
    """Every word that becomes this one by at most so many edits (1 or 2): a character more, less or another, or two
    neighbours exchanged; case and accents do not count."""

    text: str
    distance: int = 1

    def __str__(self) -> str:
        return f"{self.text}~{self.distance if self.distance > 1 else ''}"


class Regex(Value):
    """Every word that this regular expression matches as a whole; case and accents do not count."""

    text: str
    column: int = 0
    _apart: ClassVar[frozenset[str]] = frozenset({"column"})

    def __str__(self) -> str:
        return f"/{self.text.replace('/', chr(92) + '/')}/"


class Near(Value):
    """Both parts, with at most `distance` words from one to the other (1: side by side); `ordered`: the left one
    first. The parts are words, phrases, what is near each other, or groups of these."""

    left: "Node"
    right: "Node"
    distance: int
    ordered: bool = False
    column: int = 0
    _apart: ClassVar[frozenset[str]] = frozenset({"column"})

    def __str__(self) -> str:
        operator = "BEFORE" if self.ordered else "NEAR"
        right = _grouped(self.right, And, Or, Near, AtLeast)
        return f"{_grouped(self.left, And, Or, AtLeast)} {operator}/{self.distance} {right}"


class AtLeast(Value):
    """The part, which `Near` could have, so many times."""

    count: int
    part: "Node"
    column: int = 0
    _apart: ClassVar[frozenset[str]] = frozenset({"column"})

    def __str__(self) -> str:
        return f"ATLEAST/{self.count} {_grouped(self.part, And, Or)}"


class Boost(Value):
    """The part, with its score multiplied."""

    part: "Node"
    factor: float

    def __str__(self) -> str:
        return f"{_grouped(self.part, And, Or, Not, Near, AtLeast, Boost, Field, Between, InArticle)}^{self.factor:g}"


class InArticle(Value):
    """The part, whose words may be spread over an article; `listed`: only the paragraphs that have one of them."""

    part: "Node"
    listed: bool = False

    def __str__(self) -> str:
        return f"article:{_grouped(self.part, *_COMPOUND)}"


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
        return "NOT " + _grouped(self.part, Or, And, Not)


class Field(Value):
    """Paragraphs of the articles whose field (``title``, ``source``, ``date`` …) matches the part."""

    name: str
    part: "Node"
    column: int = 0
    _apart: ClassVar[frozenset[str]] = frozenset({"column"})

    def __str__(self) -> str:
        return f"{self.name}:{_grouped(self.part, *_COMPOUND)}"


class Between(Value):
    """Paragraphs of the articles whose field lies between two values, both included; ``""`` is no bound."""

    name: str
    low: str
    high: str
    column: int = 0
    _apart: ClassVar[frozenset[str]] = frozenset({"column"})

    def __str__(self) -> str:
        return f"{self.name}:{_quoted(self.low)}..{_quoted(self.high)}"


FIELD_ALIASES = {
    "titre": "title", "auteur": "author", "langue": "language", "lang": "language", "texte": "text",
    "rubrique": "section",
}  # fmt: skip


def field_name(name: str) -> str:
    """The name of a field, small and in English, whatever it is called in a query."""
    return FIELD_ALIASES.get(name.lower(), name.lower())


Pattern = Prefix | Wildcard | Fuzzy | Regex
"""What stands for many words."""

Node = Word | Phrase | Pattern | Near | AtLeast | Boost | And | Or | Not | Field | Between | InArticle

_COMPOUND = (Or, And, Not, Near, AtLeast, Boost, Field, Between, InArticle)


_PLAIN = "0123456789-/"


def restrict(tree: Node, *conditions: Node) -> Node:
    """The tree with conditions that must hold as well."""
    return And((tree, *conditions)) if conditions else tree


def _marked(text: str) -> str:
    """A text in quotation marks that are not in it."""
    opening, closing = next(pair for pair in ('""', "«»", "“”") if pair[1] not in text)
    return f"{opening}{text}{closing}"


def _quoted(value: str) -> str:
    return _marked(value) if value.strip(_PLAIN) or value[:1] in ("-", "/") else value


def _grouped(part: Node, *kinds: type) -> str:
    return f"({part})" if isinstance(part, kinds) else str(part)
