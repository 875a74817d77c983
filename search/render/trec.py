"""Runs, as ``trec_eval`` and its like read them: six columns, a line for each article found.

    topic Q0 article rank score tag

``trec_eval`` puts the lines of a topic in the order of their scores, which it keeps in 32 bits, and of those with one
score by the names of the articles: it does not look at the ranks. `falling` gives scores that keep our order.
"""

import struct
from collections.abc import Iterable, Iterator
from itertools import tee
from typing import TYPE_CHECKING

from search.hits import Hit
from search.lazy import pattern

if TYPE_CHECKING:
    import re

TAG = "news-search"
"""What the runs of this program are called, if nobody says otherwise."""

_SMALLEST = 2.0**-126

_BREAKS = pattern(r"[\s\x00-\x20\x7f-\xa0\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def run_line(topic: str, article: str, rank: int, score: float, tag: str) -> str:
    """A line of a run, without the line's end."""
    return f"{column(topic)} Q0 {column(article)} {rank} {score:.9g} {column(tag)}"


def run(hits: Iterable[Hit], topic: str, tag: str, *, is_ranked: bool) -> Iterator[str]:
    """The lines of a topic. Where hits are not in the order of their scores, the ranks stand for these."""
    some, others = tee(hits)
    scores = falling(one.score if is_ranked else -one.rank for one in others)
    for one, score in zip(some, scores, strict=True):
        yield run_line(topic, one.article, one.rank, score, tag)


def column(text: str) -> str:
    """A text as one column, as a run and judgements (qrels) name it: what would part or hide it is written as in
    addresses (``a b`` is ``a%20b``), and nothing is a dash."""
    return _BREAKS.sub(_encoded, text) or "-"


def falling(scores: Iterable[float]) -> Iterator[float]:
    """The scores in 32 bits, each less than the one before it: where it is not, by the least that there is."""
    before = float("inf")
    for score in scores:
        before = min(_bits32(score), _below(before))
        yield before


def _encoded(found: "re.Match[str]") -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "surrogatepass"))


def _bits32(number: float) -> float:
    (rounded,) = struct.unpack("<f", struct.pack("<f", number))
    return float(rounded)


def _below(number: float) -> float:
    """The next number of 32 bits below."""
    if number == 0:
        return -_SMALLEST
    (bits,) = struct.unpack("<i", struct.pack("<f", number))
    (below,) = struct.unpack("<f", struct.pack("<i", bits - 1 if number > 0 else bits + 1))
    return float(below)
