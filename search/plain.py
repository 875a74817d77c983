"""Texts that are no queries, such as questions and headlines: their words, whatever signs stand between them."""

from search.errors import QueryError
from search.lazy import pattern
from search.query import And, Node, Or, Word
from search.tokens import tokens

_SIGNS = pattern(r"[\"()«»“”„*?=:~^\[\]{}/\\+!]|(?<!\w)-|-(?!\w)")


def plain(text: str, *, any_word: bool = False) -> Node:
    """The tree of a text: all of its words, or any of them. What is a sign or an operator in a query is none here."""
    words = [token.text for token in tokens(_SIGNS.sub(" ", text)) if any(map(str.isalnum, token.text))]
    if not words:
        raise QueryError("expected a word to search for, found only signs", text)
    parts = tuple(map(Word, words))
    return parts[0] if len(parts) == 1 else Or(parts) if any_word else And(parts)
