"""From texts to their words, with arrays. The rules are in `search.language.words` and `names`."""

from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from search.engines.local.build.printed import Printed, Runs
from search.engines.local.build.vocabulary import Vocabulary
from search.engines.local.codec.packing import Flags, Numbers, ranges

AT_ONCE = 1_500_000
"""About so many characters are looked at together."""


class Tokens(NamedTuple):
    """The words of texts, in a row: the form of each (its number in the vocabulary), its text, its position there,
    and whether its case says something about the word (`search.language.names.evidence`); and how many words each
    text has."""

    forms: NDArray[np.int32]
    texts: NDArray[np.int32]
    positions: NDArray[np.int32]
    telling: Flags
    lengths: Numbers

    @classmethod
    def of(cls, texts: list[str], vocabulary: Vocabulary) -> Self:
        """The words of texts."""
        printed = Printed.of(texts)
        runs = Runs(printed)
        chunks = _Chunks(printed, runs, vocabulary)
        starts = np.cumsum([0, *(len(text) + 1 for text in texts[:-1])])
        bounds = np.append(runs.chunk_starts.searchsorted(starts), len(runs.chunk_starts))
        text_of_chunk = np.repeat(np.arange(len(texts), dtype=np.int32), np.diff(bounds))
        forms, breaks = chunks.words(runs, vocabulary)
        of_chunk = np.repeat(np.arange(len(text_of_chunk)), chunks.counts)
        of_text = text_of_chunk.take(of_chunk)
        lengths = np.bincount(of_text, minlength=len(texts))
        firsts = np.cumsum(lengths) - lengths
        positions = (np.arange(len(forms)) - np.repeat(firsts, lengths)).astype(np.int32)
        vocabulary.describe()
        opens = breaks | (positions == 0) | _after_tail(chunks.tails, of_chunk)
        shouting = _in_a_row(_of_forms(vocabulary.shouted).take(forms), of_text)
        telling = ~_of_forms(vocabulary.capital).take(forms) | ~(opens | shouting)
        return cls(forms, of_text, positions, telling, lengths)

    @classmethod
    def joined(cls, parts: list[Self]) -> Self:
        """The words of texts that were looked at in parts; ends the parts."""
        bases = np.cumsum([0, *(len(part.lengths) for part in parts)])
        texts = [part.texts + np.int32(base) for part, base in zip(parts, bases, strict=False)]
        columns = [np.concatenate([part[place] for part in parts]) for place in (0, 2, 3, 4)]
        return cls(columns[0], np.concatenate(texts), *columns[1:])


class _Chunks:
    """The chunks of texts: how many words each has, and whether a sentence may end after them."""

    def __init__(self, printed: Printed, runs: Runs, vocabulary: Vocabulary) -> None:
        self._others = np.flatnonzero(~runs.simple)
        strings = printed.strings(runs.chunk_starts.take(self._others), runs.chunk_ends.take(self._others))
        self._entries = np.fromiter(map(vocabulary.__getitem__, strings), np.int64, len(strings))
        self.tails = runs.tails.copy()
        self.counts = np.bincount(runs.chunks, minlength=len(runs.simple))
        dropped = self._with_spaces(printed, runs, vocabulary)
        ends = np.frombuffer(vocabulary.ends, np.int32).astype(np.int64)
        self._sizes = np.diff(ends, prepend=0).take(self._entries) if len(ends) else self._entries
        self._begins = ends.take(self._entries) - self._sizes if len(ends) else self._entries
        self._sizes[dropped] = 0
        self.counts[self._others] = self._sizes
        tails = np.frombuffer(bytes(vocabulary.tails), np.bool_)
        self.tails[self._others] = tails.take(self._entries) & ~dropped if len(ends) else False

    def words(self, runs: Runs, vocabulary: Vocabulary) -> tuple[NDArray[np.int32], Flags]:
        """The forms of all words, and whether a sentence may end before each."""
        begins = np.cumsum(self.counts) - self.counts
        forms = np.empty(int(self.counts.sum()), np.int32)
        breaks = np.empty(len(forms), bool)
        of_simple = np.bincount(runs.chunks, minlength=len(self.counts))
        at = np.arange(len(runs.chunks)) + (begins - (np.cumsum(of_simple) - of_simple)).take(runs.chunks)
        forms[at], breaks[at] = runs.words.numbers(vocabulary.forms, vocabulary.tables), runs.breaks
        coded = np.frombuffer(vocabulary.words, np.int32) if len(vocabulary.words) else np.zeros(0, np.int32)
        coded = coded.take(ranges(self._begins, self._sizes))
        at = ranges(begins.take(self._others), self._sizes)
        forms[at], breaks[at] = coded >> 1, coded & 1
        return forms, breaks

    def _with_spaces(self, printed: Printed, runs: Runs, vocabulary: Vocabulary) -> Flags:
        """Take chunks together that may be one number whose thousands are parted by spaces: the first of them gets
        all their words. Which chunks have none left."""
        dropped = np.zeros(len(self._others), bool)
        if not len(self._others):
            return dropped
        opens, ends = (
            np.frombuffer(bytes(flags), np.bool_).take(self._entries)
            for flags in (vocabulary.opens_number, vocabulary.ends_number)
        )
        goes_on = np.zeros(len(self._others) + 1, bool)
        goes_on[1:-1] = ends[1:] & (np.diff(self._others) == 1)
        starts, stops = runs.chunk_starts.take(self._others), runs.chunk_ends.take(self._others)
        goes_on[1:-1] &= starts[1:] - stops[:-1] == 1
        for before in np.flatnonzero(goes_on[1:-1]).tolist():
            goes_on[before + 1] = printed.text[stops[before]] != "\n"  # which parts texts, too
        for first in np.flatnonzero(opens & goes_on[1:]).tolist():
            if not dropped[first]:
                last = first + 1
                while goes_on[last + 1]:
                    last += 1
                text = printed.text[starts[first] : stops[last]]
                self._entries[first] = vocabulary.with_spaces(text)
                dropped[first + 1 : last + 1] = True
        return dropped


def _of_forms(table: bytearray) -> NDArray[np.bool_]:
    return np.frombuffer(bytes(table), np.bool_)


def _in_a_row(flags: Flags, texts: Numbers) -> Flags:
    """The words with a flag beside another such word of the same text."""
    both = flags[1:] & flags[:-1] & (texts[1:] == texts[:-1])
    found = np.zeros(len(flags), bool)
    found[1:] |= both
    found[:-1] |= both
    return found


def _after_tail(tails: Flags, of_chunk: Numbers) -> Flags:
    """The words between which and the word before a chunk ended as sentences do."""
    before: Numbers = (np.cumsum(tails) - tails).take(of_chunk)
    after = np.zeros(len(of_chunk), bool)
    np.greater(before[1:], before[:-1], out=after[1:])
    return after
