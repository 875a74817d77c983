"""From a text to its paragraphs."""

from itertools import pairwise

from search.lazy import pattern

WIDEST = 120
"""No hard-wrapped file has longer lines than this (characters)."""

_SENTENCE_END = tuple('.!?…:;»”")')
_BLANK = pattern(r"\n\s*\n")
_LINE_END = pattern(r"\r\n|\r|\n")


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs: non-empty lines, or the blocks between blank lines where lines are hard-wrapped."""
    lines = [line.strip() for line in (_LINE_END.split(text) if "\r" in text else text.split("\n"))]
    if not is_hard_wrapped(lines):
        return tuple(filter(None, lines))
    blocks = _BLANK.split("\n".join(lines))
    return tuple(filter(None, (" ".join(block.split("\n")).strip() for block in blocks)))


def is_hard_wrapped(lines: list[str]) -> bool:
    """Whether an editor broke the lines (given without white space around them) at a fixed width.

    Such a line was ended because the next word no longer fitted, and seldom ends a sentence. Both are tested
    on all lines that another one follows directly. Without a blank line anywhere, a few lines that happen to
    look so are not enough.
    """
    width = max(map(len, lines), default=0)
    if width > WIDEST:
        return False
    pairs = [(one, two) for one, two in pairwise(lines) if one and two]
    blank = any(not line for line in lines[:-1])
    if len(pairs) < (1 if blank else 4):
        return False
    full = sum(len(one) + 1 + len(two.split()[0]) > width for one, two in pairs)
    ended = sum(one.endswith(_SENTENCE_END) for one, _ in pairs)
    return full >= 0.8 * len(pairs) and ended <= 0.5 * len(pairs)
