"""The query language: text → tree (`search.query`), with the column of every error.

    query  := all { (OR | OU) all }
    all    := unary { [AND | ET] unary }              words side by side must all be there
    unary  := (NOT | SAUF | -) unary | (ATLEAST/n | AUMOINS/n) near | near
    near   := boosted { (NEAR/n | PROCHE/n | BEFORE/n | AVANT/n) boosted }
    boosted:= primary [^factor]                       without a space before the ^
    primary:= ( query ) | [=]"a phrase" | word | name:value
    value  := ( query ) | [=]"a phrase" | word | low..high | low.. | ..high
    word   := word | =word | word* | wo?d | w*rd | word~ | word~2 | /expression/

What is near binds tightest, then NOT and ATLEAST, then AND, then OR. Operators are written in capitals; with a number
they may be small, too. With `any_word`, words side by side are joined by OR, while what excludes (``-word``) or
narrows (``name:value``) still must hold.

A word ends at white space, a bracket or a quotation mark (" “ ” « »). A ``?`` at its end is just a question mark. A
name and its colon are followed directly by the value: in ``Calais: la ville`` there is no field, just words. The
thousands of a number may be parted by spaces: ``27 000`` is one word. A phrase may lack its closing mark, and a dash
may stand alone: both are forgiven with a note.
"""

from functools import lru_cache
from typing import NamedTuple

from search.errors import QueryError
from search.lazy import pattern
from search.query import (
    And,
    AtLeast,
    Between,
    Boost,
    Field,
    Fuzzy,
    InArticle,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Regex,
    Wildcard,
    Word,
)
from search.tokens import DASHES, OPERATORS, Token, tokens

DEEPEST = 50
"""How many brackets may stand in each other; a deeper query is refused."""

FARTHEST, OFTENEST, STRONGEST = 1000, 1000, 1000.0
"""The largest numbers after NEAR/, ATLEAST/, and after ``^``."""

IN_A_ROW, IN_ALL = 10, 50
"""So many NEAR and BEFORE may stand in a row, and in a query."""

SINCE, UNTIL = frozenset(("since", "depuis")), frozenset(("until", "jusque"))
ARTICLE = frozenset(("article",))

_BOOST = pattern(r"\^(\d+(?:[.,]\d+)?)$")
_FUZZY = pattern(r"~(\d*)$")
_STARS = pattern(r"\*+")
_ASKS = pattern(r"\?(?=[\w*?]*\w)")
_NO_WORD = pattern(r"[/=&:]")
_ESCAPED = pattern(r"\\(.)")


class Parsed(NamedTuple):
    """A query's tree, and remarks on what was forgiven in its text."""

    tree: Node
    notes: tuple[str, ...]


@lru_cache(maxsize=256)
def parse(text: str, *, any_word: bool = False) -> Parsed:
    """Read a query; `QueryError` with the column where that is not possible."""
    reader = _Reader(text, tokens(text), any_word)
    tree = reader.query()
    if reader.here.kind != "end":
        raise reader.expected("a word or an operator")
    return Parsed(tree, tuple(reader.notes))


class _Reader:
    """Recursive descent over the tokens; one method for each rule of the grammar."""

    def __init__(self, text: str, found: list[Token], any_word: bool) -> None:
        self.text = text
        self.tokens = found
        self.any_word = any_word
        self.notes: list[str] = []
        self.at = 0
        self.here = found[0]
        self.depth = 0
        self.nears = 0

    def take(self, count: int = 1) -> Token:
        token = self.here
        self.at += count
        self.here = self.tokens[self.at]
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
            elif self.here.kind in {"word", "phrase", "regex", "name", "(", "NOT", "ATLEAST"}:
                groups[-1].append(self.unary())
            else:
                break
        parts = [part for group in groups for part in self.side_by_side(group)]
        return parts[0] if len(parts) == 1 else And(_flat(parts, And))

    def side_by_side(self, group: list[Node]) -> list[Node]:
        if not self.any_word:
            return group
        musts: list[Node] = [part for part in group if isinstance(part, Not | Field | Between | InArticle)]
        wanted: list[Node] = [part for part in group if not isinstance(part, Not | Field | Between | InArticle)]
        return ([Or(_flat(wanted, Or))] if len(wanted) > 1 else wanted) + musts

    def unary(self) -> Node:
        self.skip_dashes()
        negated = False
        while self.here.kind == "NOT":
            self.take()
            self.skip_dashes()
            negated = not negated
        part = self.often() if self.here.kind == "ATLEAST" else self.near()
        return Not(part) if negated else part

    def often(self) -> Node:
        operator = self.take()
        count = self.number(operator, OFTENEST)
        start = self.here
        part = self.near()
        if not is_placed(part):
            raise self.misplaced(operator, start)
        return AtLeast(count, part, operator.column)

    def near(self) -> Node:
        start = self.here
        part = self.boosted()
        in_a_row = 0
        while self.here.kind in {"NEAR", "BEFORE"}:
            operator = self.take()
            distance = self.number(operator, FARTHEST)
            in_a_row, self.nears = in_a_row + 1, self.nears + 1
            if in_a_row > IN_A_ROW or self.nears > IN_ALL:
                most = f"{IN_A_ROW} of NEAR or BEFORE in a row"
                if in_a_row <= IN_A_ROW:
                    most = f"{IN_ALL} of NEAR or BEFORE in a query"
                raise self.error(f"more than {most}", operator.column)
            if not is_placed(part):
                raise self.misplaced(operator, start)
            start = self.here
            right = self.boosted()
            if not is_placed(right):
                raise self.misplaced(operator, start)
            part = Near(part, right, distance, operator.kind == "BEFORE", operator.column)
        return part

    def number(self, operator: Token, most: int) -> int:
        if not 1 <= operator.number <= most:
            raise self.error(
                f'expected a number from 1 to {most:,} after the "/", found "{operator.text}"', operator.column
            )
        return operator.number

    def misplaced(self, operator: Token, operand: Token) -> QueryError:
        return self.error(
            f'"{operator.text}" takes words, phrases and groups of these; a field, a "^" or what is excluded stands '
            "outside, in brackets of its own",
            operand.column,
        )

    def boosted(self) -> Node:
        part = self.primary()
        while self.here.kind == "after":
            part = self.after(part)
        return part

    def after(self, part: Node) -> Node:
        token = self.take()
        if token.text.startswith("~"):
            raise self.error('a "~" can stand only after a word; for words near each other: a NEAR/5 b', token.column)
        found = _BOOST.fullmatch(token.text)
        if not found:
            raise self.error(f'expected a number after "^", found "{token.text}"', token.column)
        return self.boost(part, found[1], token.column)

    def boost(self, part: Node, factor: str, column: int) -> Node:
        value = float(factor.replace(",", "."))
        if value > STRONGEST:
            raise self.error(f'expected a number up to {STRONGEST:g} after "^", found "{factor}"', column)
        return Boost(part, value)

    def primary(self) -> Node:
        token = self.here
        if token.kind == "name":
            self.take()
            return self.field(token)
        return self.value()

    def value(self) -> Node:
        match self.here.kind:
            case "(":
                return self.group()
            case "phrase":
                return self.phrase(self.take())
            case "regex":
                token = self.take()
                return Regex(_ESCAPED.sub(lambda one: "/" if one[1] == "/" else one[0], token.text), token.column)
            case "word":
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

    def field(self, name: Token) -> Node:
        token = self.here
        known = name.text.lower()
        if token.kind in OPERATORS.values():
            raise self.expected("a value")
        if known in ARTICLE:
            return InArticle(self.value())
        if known in SINCE | UNTIL:
            if token.kind not in {"word", "phrase"}:
                raise self.expected("a date")
            text = self.take().text.strip()
            if not text:
                raise self.error("expected a date between the quotation marks", token.column)
            return Between("date", *((text, "") if known in SINCE else ("", text)), name.column)
        return self.between(name) or Field(name.text, self.value(), name.column)

    def between(self, name: Token) -> Node | None:
        """A range, whose ends are words or phrases; ``None`` where there is none."""
        token, after = self.here, self.tokens[min(self.at + 1, len(self.tokens) - 1)]
        if token.kind == "phrase" and after.kind == "word" and after.column == token.end and after.text[:2] == "..":
            low, high = token.text, after.text
            self.take(2)
        elif token.kind == "word" and ".." in token.text:
            low, _, high = token.text.partition("..")
            self.take()
        else:
            return None
        low, high = low.strip(), high.lstrip(".")
        if not high and self.here.kind == "phrase" and self.here.column == self.tokens[self.at - 1].end:
            high = self.take().text.strip()
        if not (low or high):
            raise self.error('expected a value on one side of ".." at least', token.column)
        return Between(name.text, low, high, name.column)

    def phrase(self, token: Token) -> Node:
        if not token.closed:
            self.notes.append(f"the quotation mark of column {token.column} is not closed: read to the end")
        if not token.text.replace("*", "").strip():
            raise self.error("expected words between the quotation marks", token.column)
        return Phrase(token.text, token.exact)

    def word(self, token: Token) -> Node:
        text, boost = token.text, _BOOST.search(token.text)
        if boost and boost.start():
            part = self.word(token._replace(text=text[: boost.start()]))
            return self.boost(part, boost[1], token.column + boost.start())
        if (fuzzy := _FUZZY.search(text)) and text[: fuzzy.start()].strip("~"):
            return self.fuzzy(token, text[: fuzzy.start()], fuzzy[1])
        exact = text.startswith("=")
        if exact and not text.strip("="):
            raise self.error('expected a word right after "="', token.column)
        if not is_pattern(text.lstrip("=")):
            return Word(text.lstrip("=") if exact else text, exact)
        at = min(place for place in (text.find("*"), text.find("?")) if place >= 0)
        if exact:
            raise self.error(f'a "{text[at]}" stands for other letters, "=" for none: take one', token.column + at)
        if not text.strip("*?" + DASHES):
            raise self.error('a "*" needs letters beside it: immigr*, *port, w*rd', token.column + at)
        return Prefix(text.rstrip("*")) if not is_pattern(text.rstrip("*")) else Wildcard(_STARS.sub("*", text))

    def fuzzy(self, token: Token, text: str, distance: str) -> Node:
        column = token.column + len(text)
        if distance not in {"", "1", "2"}:
            raise self.error(f'a "~" takes 1 or 2 edits, found "{distance}"', column)
        if text.startswith("=") or is_pattern(text):
            raise self.error('a "~" stands after a plain word: Calias~', column)
        return Fuzzy(text, int(distance or 1))

    def skip_dashes(self) -> None:
        while self.here.kind == "word" and not self.here.text.strip(DASHES):
            self.notes.append(f'the "{self.here.text}" of column {self.here.column} stands alone: left out')
            self.take()


def is_pattern(text: str) -> bool:
    """Whether a word has a ``*``, or a ``?`` that is no question mark."""
    return "*" in text or ("?" in text and _ASKS.search(text) is not None and not _NO_WORD.search(text))


def is_placed(part: Node) -> bool:
    """Whether a part has places in a text, which may be near others or counted."""
    if isinstance(part, And | Or):
        return all(map(is_placed, part.parts))
    return isinstance(part, Word | Phrase | Prefix | Wildcard | Fuzzy | Regex | Near)


def _flat(parts: list[Node], kind: type[And] | type[Or]) -> tuple[Node, ...]:
    """The parts, with the parts of those that are of this kind in their place."""
    out: list[Node] = []
    for part in parts:
        out.extend(part.parts if isinstance(part, kind) else [part])
    return tuple(out)
