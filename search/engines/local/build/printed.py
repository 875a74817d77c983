"""Texts as arrays of characters, and their chunks and runs of letters. The rules are in `search.language.words`.

Most chunks (runs without white space) are *simple*: Latin letters, joined by hyphens or parted by an elision, with a
few common signs around them. Their words are runs of letters, and are found for all texts at once. Every other chunk
is looked up in a vocabulary.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.engines.local.build.table import Table
from search.engines.local.codec.packing import Flags, Numbers, places

SPACE, APOSTROPHE, HYPHEN, COMMA, SIGN, OTHER = range(6)
"""What a character is, where it is no simple letter: those are numbers from `LETTER` on, each its own."""

LETTER = 16
LONGEST = 24
"""A simple chunk has no longer run of letters."""

AT_ONCE = 20_000
"""So many words that are new are looked up at a time: most of the others are among them."""

AROUND = '.,;:!?…()«»"“”'
NO_END = ","
"""Signs that may stand around a simple chunk, and those of them at which no sentence may end."""

ELIDED = frozenset(
    "l d j m t s n c qu jusqu lorsqu puisqu quoiqu L D J M T S N C Qu Jusqu Lorsqu Puisqu Quoiqu".split()
)
"""What an apostrophe cuts off in a simple chunk."""

NEVER_CUT = frozenset(("aucuns", "Aucuns", "AUCUNS"))
"""``d'aucuns`` is one word."""


def _classes() -> NDArray[np.uint8]:
    """What each character is, by its code point."""
    classes = np.full(0x110000, OTHER, np.uint8)
    for code in range(0x3001):
        if chr(code).isspace():
            classes[code] = SPACE
    for signs, kind in (("'’", APOSTROPHE), ("-", HYPHEN), (AROUND, SIGN), (NO_END, COMMA)):
        classes[list(map(ord, signs))] = kind
    letters = [code for code in range(0x100) if chr(code).isalpha() and chr(code) not in "ªºµ"]
    letters += map(ord, "ŒœŸ")
    classes[letters] = np.arange(LETTER, LETTER + len(letters))
    return classes


CLASSES = _classes()
"""The classes, by code point: every number from 0x3001 on is that of `OTHER`."""

_ENDS = 40
"""So many spaces follow the last text, so that what looks ahead finds something."""


class Printed(NamedTuple):
    """Texts one after the other: what is printed, and what each of its characters is."""

    text: str
    kinds: NDArray[np.uint8]

    @classmethod
    def of(cls, texts: list[str]) -> "Printed":
        """The texts, parted by line breaks."""
        text = "\n".join(texts)
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
        kinds = np.zeros(len(points) + _ENDS, np.uint8)
        CLASSES.take(points, out=kinds[: len(points)], mode="clip")
        return cls(text, kinds)

    def pieces(self, inside: Flags) -> tuple[Numbers, Numbers]:
        """Where the runs of characters that are `inside` begin, and where they end."""
        change = np.empty(len(inside), bool)
        change[0] = inside[0]
        np.not_equal(inside[1:], inside[:-1], out=change[1:])
        edges = np.flatnonzero(change)
        return edges[::2], edges[1::2]

    def strings(self, starts: Numbers, ends: Numbers) -> list[str]:
        """Some pieces of the text."""
        text = self.text
        return [text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]


class Runs:
    """The chunks of texts, and in those that are simple their words.

    `simple` says which chunks are, and `tails` of those whether a sentence may end after their words. Of the words,
    in a row, there are their `chunks`, and whether a sentence `breaks` before them.
    """

    def __init__(self, printed: Printed) -> None:
        kinds = printed.kinds
        self.chunk_starts, self.chunk_ends = printed.pieces(kinds != SPACE)
        self._starts, self._ends = printed.pieces(kinds >= LETTER)
        begins = np.zeros(len(kinds), bool)
        begins[self.chunk_starts] = True
        chunk_at = begins.cumsum(dtype=np.int32)
        of_run = chunk_at.take(self._starts) - 1
        self._opens = np.ones(len(of_run), bool)
        self._opens[1:] = of_run[1:] != of_run[:-1]
        words = Words(printed, self._starts, self._ends)
        linked, elided = self._links(kinds, words)
        others = np.flatnonzero((kinds > SPACE) & (kinds < COMMA) | (kinds == OTHER))
        unlinked = np.bincount(chunk_at.take(others) - 1, minlength=len(self.chunk_starts))
        unlinked -= np.bincount(of_run[linked], minlength=len(unlinked))
        breaks = self._judge(kinds == SIGN, of_run, unlinked, np.bincount(of_run[linked], minlength=len(unlinked)))
        breaks[elided + 1] |= breaks[elided]
        is_word = self.simple.take(of_run)
        is_word[elided] = False
        chosen = np.flatnonzero(is_word)
        self.chunks, self.breaks = of_run.take(chosen), breaks.take(chosen)
        self.words = words.some(chosen)

    def _links(self, kinds: NDArray[np.uint8], words: "Words") -> tuple[Flags, Numbers]:
        """Which runs are joined to the one before by a hyphen or an elision; and the runs that are cut off."""
        linked = np.zeros(len(self._starts), bool)
        at = np.flatnonzero(self._starts[1:] - self._ends[:-1] == 1) + 1
        before = kinds.take(self._starts.take(at) - 1)
        linked[at[before == HYPHEN]] = True
        elided = at[before == APOSTROPHE] - 1
        elided = elided[self._opens[elided] & words.are(elided, ELIDED) & ~words.are(elided + 1, NEVER_CUT)]
        linked[elided + 1] = True
        return linked, elided

    def _judge(self, ends_sentence: Flags, of_run: Numbers, unlinked: Numbers, links: Numbers) -> Flags:
        """Find out which chunks are simple, from how many links and other characters each has; before which runs a
        sentence may end."""
        first = np.flatnonzero(self._opens)
        last = np.append(first[1:], len(of_run))[: len(first)] - 1
        here = of_run.take(first)
        lead = self._starts.take(first) - self.chunk_starts.take(here)
        trail = self.chunk_ends.take(here) - self._ends.take(last)
        runs = np.zeros(len(unlinked), np.int64)
        runs[here] = last - first + 1
        simple = unlinked == 0
        simple[here] &= (lead <= 2) & (trail <= 2) & (runs.take(here) == links.take(here) + 1)
        simple[of_run[self._ends - self._starts > LONGEST]] = False
        size = self.chunk_ends - self.chunk_starts
        bare = np.flatnonzero(runs == 0)
        simple[bare] &= size[bare] <= 2
        self.simple = simple
        self.tails = np.zeros(len(unlinked), bool)
        self.tails[here] = _any_of_two(ends_sentence, self._ends.take(last), trail)
        self.tails[bare] = _any_of_two(ends_sentence, self.chunk_starts[bare], size[bare])
        breaks = np.zeros(len(of_run), bool)
        breaks[first] = _any_of_two(ends_sentence, self._starts.take(first) - lead, lead)
        return breaks


def _any_of_two(flags: Flags, at: Numbers, count: Numbers) -> Flags:
    """Whether one of so many flags (0 to 2) from each place on is set."""
    found: Flags = (count > 0) & flags.take(at)
    found |= (count > 1) & flags.take(at + 1)
    return found


class Words:
    """Runs of at most `LONGEST` simple letters, as numbers: the first eight letters, the next eight, the next."""

    def __init__(self, printed: Printed, starts: Numbers, ends: Numbers) -> None:
        self._printed = printed
        self._starts, self._ends = starts, ends

    def some(self, chosen: Numbers) -> "Words":
        """Some of the runs."""
        return Words(self._printed, self._starts.take(chosen), self._ends.take(chosen))

    def are(self, which: Numbers, words: frozenset[str]) -> Flags:
        """Which of some runs are one of these words (of at most eight letters)."""
        chosen = self.some(which)
        first, wanted = chosen._part(0), np.array(sorted(map(_as_number, words)), np.uint64)
        return places(first, wanted)[1] & (chosen._ends - chosen._starts <= 8)

    def numbers(self, known: dict[str, int], tables: Sequence[Table]) -> NDArray[np.int32]:
        """The number of each word in a dictionary, which gets those that are not in it yet, in some order. Words that
        were here before are in the tables: in the first those of at most eight letters, in the second the others."""
        found = np.empty(len(self._starts), np.int32)
        is_long = self._ends - self._starts > 8
        for table, chosen in zip(tables, map(np.flatnonzero, (~is_long, is_long)), strict=True):
            found[chosen] = self.some(chosen)._numbers(known, table)
        return found

    def _numbers(self, known: dict[str, int], table: Table) -> NDArray[np.int32]:
        keys = [self._part(nth) for nth in range(table.width)]
        numbers = table.find(keys)
        new = np.flatnonzero(numbers < 0)
        while len(new):
            some, new = new[:AT_ONCE], new[AT_ONCE:]
            strings = self._printed.strings(self._starts.take(some), self._ends.take(some))
            numbers[some] = [known.setdefault(word, len(known)) for word in strings]
            first = some[np.unique(numbers[some], return_index=True)[1]]
            table.add([key[first] for key in keys], numbers[first])
            numbers[new] = table.find([key[new] for key in keys])
            new = new[numbers[new] < 0]
        return numbers

    def _part(self, nth: int) -> NDArray[np.uint64]:
        kinds = self._printed.kinds
        eights = np.ndarray((len(kinds) - 8,), "<u8", kinds.data, 0, (1,))
        left = self._ends - self._starts - 8 * nth
        if nth:
            found = np.zeros(len(left), np.uint64)
            some = np.flatnonzero(left > 0)
            found[some] = eights[self._starts.take(some) + 8 * nth] & _MASKS.take(left.take(some), mode="clip")
            return found
        whole: NDArray[np.uint64] = eights[self._starts] & _MASKS.take(left, mode="clip")
        return whole


_MASKS = np.array([(1 << 8 * count) - 1 for count in range(9)], np.uint64)


def _as_number(word: str) -> int:
    return int.from_bytes(CLASSES[list(map(ord, word))].tobytes(), "little")
