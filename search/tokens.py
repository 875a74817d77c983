"""The tokens of the query language (`search.syntax` has the grammar)."""

import re
from typing import NamedTuple

from search.lazy import pattern

OPERATORS = {"AND": "AND", "ET": "AND", "OR": "OR", "OU": "OR", "NOT": "NOT", "SAUF": "NOT"}
CLOSING = {'"': '"', "“": "”", "”": "”", "„": "”“", "«": "»", "»": "»"}  # fmt: skip
DASHES = "-‐‑‒–—−"  # fmt: skip

_NUMBERED = {"NEAR": "NEAR", "PROCHE": "NEAR", "BEFORE": "BEFORE", "AVANT": "BEFORE", "ATLEAST": "ATLEAST",
             "AUMOINS": "ATLEAST"}  # fmt: skip
_SPACE = pattern(r"\s+")
_LETTERS = pattern(r"[^\W\d_]+(?:['’-][^\W\d_]+)*(?!\S)")
_THOUSANDS = pattern(r"""(?:[^\s()"“”„«»]*?(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?!\d))+[^\s()"“”„«»]*""")
_NAME = pattern(r"([^\W\d_][\w-]*):(?=[^\s:)])")
_WORD = pattern(r"[^\s()\"“”„«»]+")
_WORD_OR_OPENING = pattern(r"[^\s)" + re.escape(DASHES) + "]")
_REGEX = pattern(r"/((?:[^\s/\\]|\\\S)+)/(?=[\s()^~\"“”„«»]|$)")
_AFTER = pattern(r"[\^~][\d.,]*")
_WITH_NUMBER = pattern("(" + "|".join(_NUMBERED) + r""")/\d+(?=[\s()"“”„«»]|$)""", re.IGNORECASE)


class Token(NamedTuple):
    """A token: ``word``, ``phrase``, ``regex``, ``name``, ``(``, ``)``, ``AND``, ``OR``, ``NOT``, ``NEAR``,
    ``BEFORE``, ``ATLEAST``, ``after`` (``^2`` or ``~2`` right after a phrase, an expression or a bracket) or ``end``.

    `column` counts from 1; `end` is the column after it. A phrase may not be `closed`; it may be `exact`.
    """

    kind: str
    text: str
    column: int
    end: int = 0
    closed: bool = True
    exact: bool = False

    def __str__(self) -> str:
        return "the end" if self.kind == "end" else f'"{self.text}"' if self.kind != "phrase" else "a phrase"

    @property
    def number(self) -> int:
        """The number of an operator that has one."""
        return int(self.text.rpartition("/")[2])


def tokens(text: str) -> list[Token]:
    """The tokens of a query, and the end."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        if space := _SPACE.match(text, at):
            at = space.end()
            continue
        found.append(_token(text, at, found[-1] if found else None))
        at = found[-1].end - 1
    found.append(Token("end", "", len(text) + 1, len(text) + 1))
    return found


def _token(text: str, at: int, before: Token | None) -> Token:
    """The token at `at`, which is not white space."""
    column, char = at + 1, text[at]
    if letters := _LETTERS.match(text, at):  # as most are: no other rule is for them
        return Token(OPERATORS.get(letters[0], "word"), letters[0], column, letters.end() + 1)
    if (
        before
        and before.end == column
        and before.kind in {"phrase", "regex", ")"}
        and (after := _AFTER.match(text, at))
    ):
        return Token("after", after[0], column, after.end() + 1)
    if char in "()":
        return Token(char, char, column, column + 1)
    if char in CLOSING:
        return _phrase(text, at)
    if char == "=" and text[at + 1 : at + 2] in CLOSING:
        return _phrase(text, at + 1)._replace(column=column, exact=True)
    if char == "-" and _WORD_OR_OPENING.match(text, at + 1):
        return Token("NOT", "-", column, column + 1)
    if regex := _REGEX.match(text, at):
        return Token("regex", regex[1], column, regex.end() + 1)
    if name := _NAME.match(text, at):
        return Token("name", name[1], column, name.end() + 1)
    if numbered := _WITH_NUMBER.match(text, at):
        return Token(_NUMBERED[numbered[1].upper()], numbered[0], column, numbered.end() + 1)
    found = _THOUSANDS.match(text, at) or _WORD.match(text, at)
    assert found, "every character is a space, a bracket, a quotation mark or part of a word"
    return Token(OPERATORS.get(found[0], "word"), found[0], column, found.end() + 1)


def _phrase(text: str, at: int) -> Token:
    end = min((i for mark in CLOSING[text[at]] if (i := text.find(mark, at + 1)) >= 0), default=-1)
    if end < 0:
        return Token("phrase", text[at + 1 :], at + 1, len(text) + 1, closed=False)
    return Token("phrase", text[at + 1 : end], at + 1, end + 2)
