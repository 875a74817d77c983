"""Edit distance from one word to all of a dictionary, with arrays: each row of the table as bits of one number.

G. Myers, A fast bit-vector algorithm for approximate string matching, JACM 46, 1999; with exchanged neighbours: H.
Hyyrö, A bit-vector algorithm for computing Levenshtein and Damerau edit distances, Nordic Journal of Computing 10,
2003.
"""

import numpy as np
from numpy.typing import NDArray

from search.engines.local.codec.folded import Folded
from search.engines.local.codec.packing import Numbers

_LAST = 0xFFFF
"""Characters from here on are taken for one, which no word has that is looked for here."""

_ONE = np.uint64(1)


def near(folded: Folded, word: str, most: int) -> list[int]:
    """The line ends before the forms that are at most so many edits from a word of at most 63 characters, none
    of them beyond the first 65,535."""
    codes, ends = _arrays(folded)
    sizes = np.diff(ends) - 1
    lines = np.flatnonzero(np.abs(sizes - len(word)) <= most)
    lines = lines[np.argsort(-sizes[lines], kind="stable")]  # the longest first: those that go on are the first ones
    starts, sizes = ends[lines], sizes[lines]
    found = _distances(codes, starts, sizes, word) <= most
    return sorted(starts[found].tolist())


def _arrays(folded: Folded) -> tuple[NDArray[np.uint16], Numbers]:
    """The characters of the text, and where its lines end."""
    if folded.arrays is None:
        points = np.frombuffer(folded.text.encode("utf-32-le", "surrogatepass"), "<u4")
        folded.arrays = np.minimum(points, _LAST).astype(np.uint16), np.flatnonzero(points == ord("\n"))
    arrays: tuple[NDArray[np.uint16], Numbers] = folded.arrays
    return arrays


def _distances(codes: NDArray[np.uint16], starts: Numbers, sizes: Numbers, word: str) -> Numbers:
    """The edits from a word to each line, whose sizes descend."""
    table = np.zeros(_LAST + 1, np.uint64)
    for place, char in enumerate(word):
        table[ord(char)] |= _ONE << np.uint64(place)
    last = np.uint64(len(word) - 1)
    found = np.full(len(starts), len(word), np.int64)
    plus, minus, diagonal, seen = (np.full(len(starts), fill, np.uint64) for fill in (~np.uint64(0), 0, 0, 0))
    for column in range(int(sizes[0]) if len(sizes) else 0):
        count = int(np.searchsorted(-sizes, -column))  # those that are longer
        here = table[codes[starts[:count] + 1 + column]]
        up, down = plus[:count], minus[:count]
        exchanged = ((~diagonal[:count] & here) << _ONE) & seen[:count]
        zero = (((here & up) + up) ^ up) | here | down | exchanged
        more, less = down | ~(zero | up), zero & up
        found[:count] += ((more >> last) & _ONE).astype(np.int64) - ((less >> last) & _ONE).astype(np.int64)
        more, less = (more << _ONE) | _ONE, less << _ONE
        plus[:count], minus[:count] = less | ~(zero | more), more & zero
        diagonal[:count], seen[:count] = zero, here
    return found
