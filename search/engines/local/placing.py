"""From query nodes to spots: what stands at which places (`search.engines.local.spots`)."""

from typing import NamedTuple

from search.engines.local.meaning import Meaning
from search.engines.local.spots import Close, Either, Forms, Gapped, Row, Spot
from search.errors import QueryError
from search.language import forms, without_inversion
from search.query import And, AtLeast, Fuzzy, Near, Node, Or, Phrase, Prefix, Regex, Wildcard, Word
from search.syntax import is_pattern

GAP = (1, 3)
"""A ``*`` in a phrase stands for so many words."""

MOST = 256
"""Groups of words that must all be near others make so many pairs at most."""


class Piece(NamedTuple):
    """A piece of a phrase: ``plain`` words, ``exact`` ones, a ``pattern``, or a ``gap``."""

    kind: str
    text: str


def pieces(text: str, *, exact: bool) -> list[Piece]:
    """The pieces of a phrase."""
    kind = "exact" if exact else "plain"
    found: list[Piece] = []
    for word in text.split():
        if not word.strip("*"):
            found.append(Piece("gap", word))
        elif is_pattern(word):
            found.append(Piece("pattern", word))
        elif word.startswith("=") and not exact:
            found.append(Piece("exact", word.lstrip("=")))
        elif found and found[-1].kind == kind:
            found[-1] = Piece(kind, f"{found[-1].text} {word}")  # numbers may hold spaces
        else:
            found.append(Piece(kind, word))
    return found


class Placing:
    """Makes spots of the words of one archive."""

    def __init__(self, meaning: Meaning) -> None:
        self._meaning = meaning

    def phrase(self, text: str, *, exact: bool = False) -> Spot | None:
        """A phrase; ``None`` if there are only signs in it."""
        rows: list[list[Forms]] = [[]]
        gaps: list[tuple[int, int]] = []
        for piece in pieces(text, exact=exact):
            if piece.kind != "gap":
                rows[-1] += self.slots(piece)
            elif rows[-1]:
                rows.append([])
                gaps.append(GAP)
            elif gaps:
                gaps[-1] = gaps[-1][0] + GAP[0], gaps[-1][1] + GAP[1]
        filled = [Row(tuple(row)) for row in rows if row]
        if len(filled) < 2:
            return filled[0] if filled else None
        return Gapped(tuple(filled), tuple(gaps[: len(filled) - 1]))

    def word(self, text: str, *, exact: bool) -> list[Forms]:
        """The forms of the words of a query term that is more than one word (or exact)."""
        if exact:
            return [(form,) for form in forms(text)]
        return [self._meaning.inflections(form) for form in without_inversion(forms(text))]

    def pattern(self, node: Node) -> list[Forms]:
        """The forms for each word of a pattern."""
        match node:
            case Prefix(text):
                return self._meaning.beginning(text)
            case Wildcard(text):
                return self._meaning.wildcards(text)
            case Regex(text, column):
                return [self._meaning.expression(text, column)]
            case Fuzzy(text, distance):
                return [self._meaning.similar(form, distance)[-1].forms for form in forms(text)]
        raise TypeError(f"no pattern: {node!r}")

    def spot(self, node: Node, operator: str, column: int) -> Spot:
        """What stands on a side of NEAR, BEFORE or ATLEAST."""
        found: Spot | None
        match node:
            case Or(parts):
                return Either(tuple(self.spot(part, operator, column) for part in parts))
            case Near(left, right, distance, ordered):
                return Close(self.spot(left, operator, column), self.spot(right, operator, column), distance, ordered)
            case Word(text, exact):
                words = without_inversion(forms(text))
                alone = len(words) == 1 and not exact
                found = _row([self._meaning.related(words[0])] if alone else self.word(text, exact=exact))
            case Phrase(text, exact):
                found = self.phrase(text, exact=exact)
            case _:
                found = _row(self.pattern(node))
        if found is None:
            raise QueryError(f'expected a word beside {operator}, found only signs: "{node}"', "", column)
        return found

    def slots(self, piece: Piece) -> list[Forms]:
        """The forms for each word of a piece."""
        match piece.kind:
            case "exact":
                return [(form,) for form in forms(piece.text)]
            case "pattern":
                return self._meaning.wildcards(piece.text)
        return [self._meaning.spellings(form) for form in forms(piece.text)]


def lifted(node: Near | AtLeast) -> Node:
    """The node with all that joins words by AND outside: ``(a b) NEAR/5 c`` is ``(a NEAR/5 c) (b NEAR/5 c)``."""
    found = _lifted(node)
    if (count := _leaves(found)) > MOST:
        raise QueryError(f"the groups beside NEAR make {count:,} pairs, at most {MOST} are read", "", node.column)
    return found


def _lifted(node: Node) -> Node:
    match node:
        case AtLeast(_, part):
            whole = _lifted(part)
            if isinstance(whole, And | Or) and _has_and(whole):
                return type(whole)(tuple(_lifted(node.__replace__(part=one)) for one in whole.parts))
            return node.__replace__(part=whole)
        case Near(left, right):
            for side, part in (("left", _lifted(left)), ("right", _lifted(right))):
                if isinstance(part, And | Or) and _has_and(part):
                    _check(node, part)
                    return type(part)(tuple(_lifted(node.__replace__(**{side: one})) for one in part.parts))
            return node.__replace__(left=_lifted(left), right=_lifted(right))
        case And(parts) | Or(parts):
            return type(node)(tuple(map(_lifted, parts)))
    return node


def _check(node: Near, part: Node) -> None:
    if (count := _leaves(part)) > MOST:
        raise QueryError(f"the groups beside NEAR make {count:,} pairs, at most {MOST} are read", "", node.column)


def _has_and(node: Node) -> bool:
    return isinstance(node, And) or (isinstance(node, Or) and any(map(_has_and, node.parts)))


def _leaves(node: Node) -> int:
    return sum(map(_leaves, node.parts)) if isinstance(node, And | Or) else 1


def _row(slots: list[Forms]) -> Spot | None:
    return Row(tuple(slots)) if slots else None
