"""Regular expressions, by RE2: it takes time in proportion to the text, whatever the expression.

What RE2 does not have (``(?=…)``, ``\\1``), it refuses, and so do we, with its own words.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from search.engines.local.codec.folded import Folded
from search.language import fold

LARGEST = 8 << 20
"""So many bytes RE2 may take for an expression."""

_LITERAL = re.compile(r"\\[pP]\{[^}]*\}|\\.|\[:\^?\w+:\]|[^\W\d_]")


class Refused(ValueError):
    """An expression that is none."""


def matching(folded: Folded, expression: str) -> Iterator[int]:
    """The forms that an expression matches as a whole."""
    _compiled(_folded(expression))  # which refuses it in its own words
    every = _compiled(f"(?m)^(?:{_folded(expression)})$").finditer(folded.data)
    return folded.places((found.start() - 1 for found in every if found.end() > found.start()), in_data=True)


def test(expression: str) -> Callable[[str], bool]:
    """Whether a folded word matches an expression."""
    compiled = _compiled(_folded(expression))
    return lambda word: compiled.fullmatch(word.encode("utf-8", "replace")) is not None


def _folded(expression: str) -> str:
    """The expression for folded words: its letters folded, its signs as they are."""
    return _LITERAL.sub(lambda found: fold(found[0]) if found[0][0] not in "\\[" else found[0], expression)


def _compiled(expression: str) -> Any:
    import re2  # only for queries with expressions

    options = re2.Options()
    options.log_errors = False
    options.never_nl = True
    options.never_capture = True
    options.max_mem = LARGEST
    try:
        return re2.compile(expression.encode("utf-8", "replace"), options)
    except re2.error as error:
        said = error.args[0] if error.args else error
        raise Refused(said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)) from None
