"""A corpus of any size from a seed, with words and lengths distributed as in French news.

Ranks of words follow the law of Zipf and Mandelbrot, so that new words keep coming as texts do; a word is made of
syllables, the rarer the longer; some words are names, some stand in the plural, some have an elision before them.
Sentences, paragraphs and articles have lengths as measured on 137,329 paragraphs of French news: about 40 words a
paragraph (log-normal), 8 paragraphs an article.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

EXPONENT, OFFSET, RANKS = 1.5, 20.0, 20_000_000
"""Of Zipf's law as Mandelbrot wrote it, and how many words there are at all."""

WORDS, SPREAD = 3.45, 0.65
"""Mean and deviation of the logarithm of a paragraph's words."""

PARAGRAPHS = 8
"""Of an article, on average."""

SYLLABLES = [
    onset + rest for onset in "b c d f g l m n p r s t v tr pr ch".split() for rest in "a e i o ou é".split()
]

_KNOWN = 400_000
_ARTICLES_AT_ONCE = 2_000


def word(rank: int) -> str:
    """The word of a rank (from 0)."""
    length, first, size = 1, 0, len(SYLLABLES)
    while rank - first >= size:
        first, size, length = first + size, size * len(SYLLABLES), length + 1
    place = (rank - first) * 7919 % size  # neighbours in rank are none in spelling
    syllables = []
    for _ in range(length):
        place, syllable = divmod(place, len(SYLLABLES))
        syllables.append(SYLLABLES[syllable])
    found = "".join(syllables)
    return found.capitalize() if rank > 300 and rank % 13 == 0 else found


def ranks(chance: np.random.Generator, count: int) -> NDArray[np.int64]:
    """So many ranks, drawn by Zipf's law."""
    power = 1 - EXPONENT
    last = ((RANKS + OFFSET) / (1 + OFFSET)) ** power
    drawn = (1 + OFFSET) * (1 - chance.random(count) * (1 - last)) ** (1 / power) - OFFSET - 1
    found: NDArray[np.int64] = np.minimum(drawn, RANKS - 1).astype(np.int64)
    return found


def articles(count: int, seed: int = 1) -> Iterator[dict[str, object]]:
    """Articles with about `count` paragraphs in all."""
    chance = np.random.default_rng(seed)
    known = [word(rank) for rank in range(_KNOWN)]
    known += [f"{one}s" for one in known]
    number = left = 0
    left = count
    while left > 0:
        sizes = np.minimum(chance.geometric(1 / PARAGRAPHS, _ARTICLES_AT_ONCE), 60)
        lengths = np.maximum(chance.lognormal(WORDS, SPREAD, int(sizes.sum())), 3).astype(np.int64)
        lengths[np.cumsum(sizes) - sizes] = 9  # the titles come out of these
        drawn = ranks(chance, int(lengths.sum()))
        plural = (drawn > 100) & (drawn < _KNOWN) & (chance.random(len(drawn)) < 0.2)
        printed = [
            known[rank] if rank < 2 * _KNOWN else word(rank - _KNOWN)
            for rank in np.where(plural | (drawn >= _KNOWN), drawn + _KNOWN, drawn).tolist()
        ]
        texts = _texts(printed, lengths.tolist(), chance)
        for size in sizes.tolist():
            title, *paragraphs = [next(texts) for _ in range(size)]
            yield {
                "id": f"a{number}",
                "title": title,
                "text": "\n".join(paragraphs or [title]),
                "date": f"{2010 + number % 12}-{number // 12 % 12 + 1:02}-{number // 144 % 28 + 1:02}",
                "source": f"source{number % 40}",
                "lang": "fr",
            }
            number += 1
            left -= max(size - 1, 1)
            if left <= 0:
                return


def write(folder: Path, count: int, seed: int = 1, shard: int = 100_000) -> int:
    """Write a corpus as JSON Lines; the bytes of its texts."""
    folder.mkdir(parents=True, exist_ok=True)
    total = 0
    file = None
    for number, article in enumerate(articles(count, seed)):
        if number % shard == 0:
            if file:
                file.close()
            file = (folder / f"part{number // shard:04}.jsonl").open("w", encoding="utf-8")
        assert file
        file.write(json.dumps(article, ensure_ascii=False) + "\n")
        total += len(str(article["title"]).encode()) + len(str(article["text"]).encode())
    if file:
        file.close()
    return total


def _texts(printed: list[str], lengths: list[int], chance: np.random.Generator) -> Iterator[str]:
    """The texts of so many words each, in sentences of about fifteen words."""
    ends = chance.integers(8, 24, len(lengths)).tolist()
    start = 0
    for length, sentence in zip(lengths, ends, strict=True):
        words = printed[start : start + length]
        start += length
        for first in range(0, length, sentence):
            words[first] = words[first].capitalize()
            last = min(first + sentence, length) - 1
            words[last] += "."
            middle = (first + last) // 2
            words[middle] = f"l’{words[middle]}" if middle % 3 else f"{words[middle]},"
        yield " ".join(words)
