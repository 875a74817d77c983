"""From the chunks of texts to their words, with arrays. The rules are in `search.language.words` and `names`."""

import numpy as np
from numpy.typing import NDArray

from search.engines.local.build.vocabulary import BREAKS, TAIL, Vocabulary
from search.engines.local.codec.packing import Numbers, ranges
from search.language.languages import DEFAULT, TELLING

Chunks = NDArray[np.int32]


class Tokens:
    """The words of texts, in a row: the form of each, its text, its position there, and whether its case says
    something about the word (`search.language.names.evidence`)."""

    def __init__(self, chunks: Chunks, counts: Numbers, vocabulary: Vocabulary) -> None:
        others = chunks < 0
        ends = np.array(vocabulary.ends)
        words = np.ones(len(chunks), np.int64)
        words[others] = np.diff(ends, prepend=0)[-1 - chunks[others]]
        of_chunk = np.repeat(np.arange(len(chunks)), words)
        coded = chunks[of_chunk]
        inside = others[of_chunk]
        begins = (ends - np.diff(ends, prepend=0))[-1 - chunks[others]]
        coded[inside] = np.array(vocabulary.words)[ranges(begins, words[others])]
        self.forms = coded >> 2
        self.counts = counts
        text_of_chunk = np.repeat(np.arange(len(counts)), counts)
        self.texts = text_of_chunk[of_chunk]
        self.lengths = np.bincount(self.texts, minlength=len(counts))
        starts = np.cumsum(self.lengths) - self.lengths
        self.positions = np.arange(len(coded)) - starts[self.texts]
        tails = (chunks & TAIL).astype(np.int64)
        tails[others] = np.frombuffer(bytes(vocabulary.tails), np.uint8)[-1 - chunks[others]]
        opens = (coded & BREAKS > 0) | (self.positions == 0) | _after_tail(tails, of_chunk)
        self.telling = ~_of_forms(vocabulary.capital)[self.forms] | ~(opens | self._shouting(vocabulary))

    def _shouting(self, vocabulary: Vocabulary) -> NDArray[np.bool_]:
        """The words all in capitals beside another such word."""
        capitals = _of_forms(vocabulary.shouted)[self.forms]
        both = capitals[1:] & capitals[:-1] & (self.texts[1:] == self.texts[:-1])
        shouting = np.zeros(len(capitals), bool)
        shouting[1:] |= both
        shouting[:-1] |= both
        return shouting


def with_spaces(chunks: Chunks, counts: Numbers, texts: list[str], vocabulary: Vocabulary) -> Chunks:
    """The chunks, anew for the texts in which a number may have its thousands parted by spaces (and `counts` with
    them)."""
    others = np.flatnonzero(chunks < 0)
    beside = others[:-1][np.diff(others) == 1]
    opens, ends = (np.frombuffer(bytes(one), np.bool_) for one in (vocabulary.opens_number, vocabulary.ends_number))
    at = beside[opens[-1 - chunks[beside]] & ends[-1 - chunks[beside + 1]]]
    text_ends = np.cumsum(counts)
    pieces: list[Chunks] = []
    done = 0
    for text in np.unique(np.searchsorted(text_ends, at, side="right")).tolist():
        start, end = int(text_ends[text] - counts[text]), int(text_ends[text])
        anew = np.array(vocabulary.exactly(texts[text]), np.int32)
        pieces += [chunks[done:start], anew]
        counts[text], done = len(anew), end
    return np.concatenate([*pieces, chunks[done:]])


def guesses(tokens: Tokens, starts: Numbers, vocabulary: Vocabulary) -> list[str]:
    """The language of each article, by its stop words (`search.language.guess`)."""
    article = np.searchsorted(starts, tokens.texts, side="right") - 1
    scores = {}
    for code, stop in TELLING.items():
        tells = np.array([form.lower() in stop for form in vocabulary.forms], bool)
        scores[code] = np.bincount(article[tells[tokens.forms]], minlength=len(starts))
    return ["en" if english else DEFAULT for english in scores["en"] > scores["fr"]]


def _of_forms(table: bytearray) -> NDArray[np.bool_]:
    return np.frombuffer(bytes(table), np.bool_)


def _after_tail(tails: Numbers, of_chunk: Numbers) -> NDArray[np.bool_]:
    """The words between which and the word before a chunk ended as sentences do."""
    before = (np.cumsum(tails) - tails)[of_chunk]
    after = np.zeros(len(of_chunk), bool)
    after[1:] = before[1:] > before[:-1]
    return after
