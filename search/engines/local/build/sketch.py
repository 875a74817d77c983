"""Sketches: a few bytes of an article's text, by which near-copies are known.

The words of an article's paragraphs, folded, are taken three in a row. Each such triple has a hash; the smallest in
each of `SIZE` buckets is kept, a byte of it (1 to 255; 0: nothing fell there). That is one permutation hashing (P.
Li, A. Owen, C.-H. Zhang, One Permutation Hashing, NIPS 2012) of b-bit minima (P. Li, A. C. König, b-Bit Minwise
Hashing, WWW 2010): two articles that have the part J of their triples in common (Jaccard) have about the part J of
the bytes in common.

It is numpy's work rather than a MinHash library's, since the words are numbers in arrays here, and since the bytes
are kept: they must not change with the version of a library.
"""

import numpy as np
from numpy.typing import NDArray

from search.engines.local.build import sameness
from search.engines.local.codec.packing import Flags, Numbers

SIZE = 30
"""Bytes of a sketch."""

_AT_ONCE = 1 << 17
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)
"""Odd numbers without a pattern in their bits."""

_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)


def sketches(hashes: NDArray[np.uint64], forms: Numbers, article: Numbers, count: int) -> NDArray[np.uint8]:
    """The sketches of `count` articles, a row each; `forms` are the words of their paragraphs, `article` says whose,
    `hashes` are those of all forms. Articles of few words have zeros: they say too little."""
    smallest = np.full(count * SIZE, _LOW, np.uint32)
    for start in range(0, len(forms), _AT_ONCE):
        here = slice(start, start + _AT_ONCE + 2)
        triples, whose = _triples(hashes[forms[here]], article[here])
        bucket = ((triples >> _HALF) * np.uint64(SIZE)) >> _HALF
        np.minimum.at(smallest, whose * SIZE + bucket.astype(np.int64), (triples & _LOW).astype(np.uint32))
    found = (1 + smallest % 255).astype(np.uint8).reshape(count, SIZE)
    found[smallest.reshape(count, SIZE) == _LOW] = 0
    found[np.bincount(article, minlength=count) < sameness.SHORTEST] = 0
    return found


def _triples(words: NDArray[np.uint64], article: Numbers) -> tuple[NDArray[np.uint64], Numbers]:
    """The hashes of words three in a row, and whose they are."""
    within: Flags = article[:-2] == article[2:]
    mixed = words[:-2] * _FACTORS[0] ^ words[1:-1] * _FACTORS[1] ^ words[2:] * _FACTORS[2]
    mixed ^= mixed >> _HALF
    mixed *= _FACTORS[0]
    mixed ^= mixed >> _HALF
    return mixed[within], article[:-2][within].astype(np.int64)


def likeness(one: NDArray[np.uint8], two: NDArray[np.uint8]) -> NDArray[np.float64]:
    """How much the rows of two tables of sketches have in common, from 0 to 1."""
    same = ((one == two) & (one > 0)).sum(axis=-1)
    filled = ((one > 0) | (two > 0)).sum(axis=-1)
    found: NDArray[np.float64] = same / np.maximum(filled, 1)
    return found
