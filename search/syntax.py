"""The query language: text → tree (`search.query`), with the column of every error.

    query  := all { (OR | OU) all }
    all    := unary { [AND | ET] unary }              words side by side must all be there
    unary  := (NOT | SAUF | -) unary | primary
    primary:= ( query ) | "a phrase" | word | word* | =word | name:value
    value  := ( query ) | "a phrase" | word | word* | =word | low..high | low.. | ..high

NOT binds tighter than AND, AND tighter than OR. Operators are written in capitals. With `any_word`, words side
by side are joined by OR, while what excludes (``-word``) or narrows (``name:value``) still must hold.

A word ends at white space, a bracket or a quotation mark (" “ ” « »). A name and its colon are followed
directly by the value: in ``Calais: la ville`` there is no field, just words. The thousands of a number may be
parted by spaces: ``27 000`` is one word. A phrase may lack its closing mark, and a dash may stand alone: both
are forgiven with a note.
"""

import re
from typing import NamedTuple

from search.errors import QueryError
from search.lazy import pattern
from search.query import And, Between, Field, Node, Not, Or, Phrase, Prefix, Word

DEEPEST = 50
"""How many brackets may stand in each other; a deeper query is refused."""

OPERATORS = {"AND": "AND", "ET": "AND", "OR": "OR", "OU": "OR", "NOT": "NOT", "SAUF": "NOT"}
CLOSING = {'"': '"', "“": "”", "”": "”", "„": "”“", "«": "»", "»": "»"}  # fmt: skip

_SPACE = pattern(r"\s+")
_THOUSANDS = pattern(r"""(?:[^\s()"“”„«»]*?(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?!\d))+[^\s()"“”„«»]*""")
_NAME = pattern(r"([^\W\d_][\w-]*):(?=[^\s:)])")
_WORD = pattern(r"[^\s()\"“”„«»]+")
_DASHES = "-‐‑‒–—−"  # fmt: skip


class Parsed(NamedTuple):
    """A query's tree, and remarks on what was forgiven in its text."""

    tree: Node
    notes: tuple[str, ...]


def parse(text: str, *, any_word: bool = False) -> Parsed:
    """Read a query; `QueryError` with the column where that is not possible."""
    reader = _Reader(text, _tokens(text), any_word)
    tree = reader.query()
    if reader.here.kind != "end":
        raise reader.expected("a word or an operator")
    return Parsed(tree, tuple(reader.notes))


class _Token(NamedTuple):
    kind: str  # word, phrase, name, (, ), AND, OR, NOT, end
    text: str
    column: int  # from 1
    closed: bool = True

    def __str__(self) -> str:
        return "the end" if self.kind == "end" else f'"{self.text}"' if self.kind != "phrase" else "a phrase"


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    at = 0
    while at < len(text):
        if space := _SPACE.match(text, at):
            at = space.end()
        else:
            token, at = _token(text, at)
            tokens.append(token)
    tokens.append(_Token("end", "", len(text) + 1))
    return tokens


def _token(text: str, at: int) -> tuple[_Token, int]:
    """The token at `at`, which is not white space, and where the next one may begin."""
    column, char = at + 1, text[at]
    if char in "()":
        return _Token(char, char, column), at + 1
    if char in CLOSING:
        return _phrase(text, at)
    if char == "-" and _WORD_OR_OPENING.match(text, at + 1):
        return _Token("NOT", "-", column), at + 1
    if name := _NAME.match(text, at):
        return _Token("name", name[1], column), name.end()
    found = _THOUSANDS.match(text, at) or _WORD.match(text, at)
    assert found, "every character is a space, a bracket, a quotation mark or part of a word"
    return _Token(OPERATORS.get(found[0], "word"), found[0], column), found.end()


_WORD_OR_OPENING = pattern(r"[^\s)" + re.escape(_DASHES) + "]")


def _phrase(text: str, at: int) -> tuple[_Token, int]:
    end = min((i for mark in CLOSING[text[at]] if (i := text.find(mark, at + 1)) >= 0), default=-1)
    if end < 0:
        return _Token("phrase", text[at + 1 :], at + 1, closed=False), len(text)
    return _Token("phrase", text[at + 1 : end], at + 1), end + 1


class _Reader:
    """Recursive descent over the tokens; one method for each rule of the grammar."""

    def __init__(self, text: str, tokens: list[_Token], any_word: bool) -> None:
        self.text = text
        self.tokens = tokens
        self.any_word = any_word
        self.notes: list[str] = []
        self.at = 0
        self.depth = 0

    @property
    def here(self) -> _Token:
        return self.tokens[self.at]

    def take(self) -> _Token:
        token = self.here
        self.at += 1
        return token

    def error(self, problem: str, column: int) -> QueryError:
        return QueryError(problem, self.text, column)

    def expected(self, what: str) -> QueryError:
        before = self.tokens[self.at - 1] if self.at else None
        after = f" after {before}" if before and before.kind != "word" else ""
        hint = "; an operator is searched as a word in quotes" if self.here.text in OPERATORS else ""
        return self.error(f"expected {what}{after}, found {self.here}{hint}", self.here.column)

    def query(self) -> Node:
        parts = [self.all_of()]
        while self.here.kind == "OR":
            self.take()
            parts.append(self.all_of())
        return parts[0] if len(parts) == 1 else Or(_flat(parts, Or))

    def all_of(self) -> Node:
        first = self.unary()
        groups: list[list[Node]] = [[first]]  # side by side within a group, AND between groups
        while True:
            self.skip_dashes()
            if self.here.kind == "AND":
                self.take()
                groups.append([self.unary()])
            elif self.here.kind in {"word", "phrase", "name", "(", "NOT"}:
                groups[-1].append(self.unary())
            else:
                break
        parts = [part for group in groups for part in self.side_by_side(group)]
        return parts[0] if len(parts) == 1 else And(_flat(parts, And))

    def side_by_side(self, group: list[Node]) -> list[Node]:
        if not self.any_word:
            return group
        musts: list[Node] = [part for part in group if isinstance(part, Not | Field | Between)]
        wanted: list[Node] = [part for part in group if not isinstance(part, Not | Field | Between)]
        return ([Or(_flat(wanted, Or))] if len(wanted) > 1 else wanted) + musts

    def unary(self) -> Node:
        self.skip_dashes()
        negated = False
        while self.here.kind == "NOT":
            self.take()
            self.skip_dashes()
            negated = not negated
        part = self.primary()
        return Not(part) if negated else part

    def primary(self) -> Node:
        token = self.here
        if token.kind == "name":
            self.take()
            return self.field(token)
        return self.value()

    def value(self) -> Node:
        token = self.here
        if token.kind == "(":
            return self.group()
        if token.kind == "phrase":
            return self.phrase(self.take())
        if token.kind == "word":
            return self.word(self.take())
        raise self.expected("a word")

    def group(self) -> Node:
        opening = self.take()
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.error(f"more than {DEEPEST} brackets within each other", opening.column)
        tree = self.query()
        if self.here.kind != ")":
            raise self.error(
                f'expected ")" for the "(" of column {opening.column}, found {self.here}', self.here.column
            )
        self.take()
        self.depth -= 1
        return tree

    def field(self, name: _Token) -> Node:
        token = self.here
        if token.kind in OPERATORS.values():
            raise self.expected("a value")
        if token.kind == "word" and ".." in token.text:
            self.take()
            low, _, high = token.text.partition("..")
            if not (low or high):
                raise self.error('expected a value on one side of ".." at least', token.column)
            return Between(name.text, low, high.lstrip("."), name.column)
        return Field(name.text, self.value(), name.column)

    def phrase(self, token: _Token) -> Node:
        if not token.closed:
            self.notes.append(f"the quotation mark of column {token.column} is not closed: read to the end")
        if not token.text.strip():
            raise self.error("expected words between the quotation marks", token.column)
        return Phrase(token.text)

    def word(self, token: _Token) -> Node:
        text = token.text
        exact = text.startswith("=")
        if exact and not text.strip("="):
            raise self.error('expected a word right after "="', token.column)
        star = text.find("*")
        if star < 0:
            return Word(text.lstrip("=") if exact else text, exact)
        if star == 0 or exact or text.rstrip("*") != text[:star]:
            raise self.error('a "*" can stand only at the end of a word: immigr*', token.column + max(star, 0))
        return Prefix(text[:star])

    def skip_dashes(self) -> None:
        while self.here.kind == "word" and not self.here.text.strip(_DASHES):
            self.notes.append(f'the "{self.here.text}" of column {self.here.column} stands alone: left out')
            self.take()


def _flat(parts: list[Node], kind: type[And] | type[Or]) -> tuple[Node, ...]:
    """The parts, with the parts of those that are of this kind in their place."""
    out: list[Node] = []
    for part in parts:
        out.extend(part.parts if isinstance(part, kind) else [part])
    return tuple(out)
