"""Keywords as people read them, and as records for other programs."""

from collections.abc import Iterator
from typing import Any

from search.columns import width
from search.concordance import Line
from search.keyness import Keyword, Keywords
from search.render import concordance
from search.render.bars import percent
from search.render.style import Style, safe

LABEL, SHARE, TIMES, SURE = 24, 8, 13, 10
"""The columns that the word and the numbers take."""

ONLY = "only here"


def lines(found: Keywords, style: Style, columns: int | None) -> Iterator[str]:
    """For each word a line of numbers (the texts that have it, which part of them and of the others that is, how many
    times as often, G²), and an example."""
    if not found.words:
        return
    names = f"{'texts':>{SHARE}}{'here':>{SHARE}}{'others':>{SHARE}}{'':{TIMES}}{'G²':>{SURE}}"
    label = min(LABEL, max(8, (columns or 80) - width(names)))
    yield style.faint(concordance.head(" " * label + names, columns or 80))
    for one in found.words:
        name = concordance.head(safe(one.word), label)
        text = f"{' ' * (label - width(name))}{_numbers(one, found)}"
        yield style.strong(name) + concordance.head(text, (columns or 80) - width(name))
        if one.example:
            yield from concordance.lines([one.example], style, columns, None)


def records(found: Keywords, query: str) -> Iterator[dict[str, Any]]:
    """A record for each word."""
    for one in found.words:
        example = one.example.__getstate__() if one.example else dict.fromkeys(Line.__match_args__)
        yield {
            "query": query,
            "word": one.word,
            "forms": " | ".join(one.forms),
            "texts": one.texts,
            "of": found.texts,
            "others": one.others,
            "of_others": found.others,
            "g2": round(one.g2, 2),
            "log_ratio": round(one.ratio, 3),
            **example,
        }


FIELDS = ("query", "word", "forms", "texts", "of", "others", "of_others", "g2", "log_ratio", *Line.__match_args__)


def _numbers(one: Keyword, found: Keywords) -> str:
    shares = f"{percent(one.texts / found.texts):>{SHARE}}{percent(one.others / found.others):>{SHARE}}"
    times = f"{2**one.ratio:,.0f} ×" if one.ratio > 3.3 else f"{2**one.ratio:.1f} ×"
    return f"{one.texts:>{SHARE},}{shares}{times if one.others else ONLY:>{TIMES}}{one.g2:>{SURE},.0f}"
