"""Variants: which articles are near-copies of another, such as an agency's text in several papers.

In the order of their dates (those without one last), then of their ids, each article is a variant of the first one
before it that is no variant itself and is `LIKE` it. So groups depend on nothing but the articles.

Candidates are those whose sketches have a *band*, `ROWS` bytes in a row, in common (locality-sensitive hashing:
J. Leskovec, A. Rajaraman, J. Ullman, Mining of Massive Datasets, § 3.4). In each band an article is compared with the
first and with the last before it that has the same bytes, so that time grows with the articles. Of articles that
share the part J of their triples these are found, in theory: 74 % with J = 0.5, 98 % with 0.7, 99.9 % with 0.8.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.engines.local.build.sketch import SIZE, likeness
from search.engines.local.codec.files import SectionWriter
from search.engines.local.codec.packing import Numbers, distinct
from search.engines.local.codec.segment import Segment

LIKE = 0.5
"""So much of their sketches near-copies have in common: about half of their triples of words."""

ROWS = 3

_AT_ONCE = 1 << 16
_UNDATED = 99999999

Sketches = NDArray[np.uint8]


class Groups(NamedTuple):
    """The articles that have near-copies, as ascending title documents; the number of the group of each; and its
    place in the group, 0 for the first."""

    documents: Numbers
    groups: Numbers
    places: Numbers


def groups(segments: Sequence[Segment]) -> Groups:
    """The groups of near-copies among the articles of an index."""
    documents, sketches = _sketched(segments)
    candidates = _candidates(sketches)
    order = sorted(candidates.tolist(), key=lambda place: _order(segments, int(documents[place])))
    documents, sketches = documents[order], sketches[order]
    first = _firsts(sketches)
    every = np.array(sorted({*first.keys(), *first.values()}), np.int64)
    group = np.array([first.get(one, one) for one in every.tolist()], np.int64)
    by_group = np.argsort(group, kind="stable")
    begins = np.flatnonzero(np.diff(group[by_group], prepend=-1))
    sizes = np.diff(np.append(begins, len(group)))
    places = np.empty(len(group), np.int64)
    places[by_group] = np.arange(len(group)) - np.repeat(begins, sizes)
    by_document = np.argsort(documents[every])
    return Groups(documents[every][by_document], group[by_document], places[by_document])


def write(path: Path, found: Groups) -> None:
    """Write the file of the groups (`search.engines.local.codec.variants`). It is for others to make it durable."""
    with SectionWriter(path, durable=False) as file:
        for name, column in zip(Groups._fields, found, strict=True):
            file.column(name, column)
        file.close()


def _sketched(segments: Sequence[Segment]) -> tuple[Numbers, Sketches]:
    """The title documents of all articles that have a sketch, and these."""
    documents, sketches = [np.zeros(0, np.int64)], [np.zeros((0, SIZE), np.uint8)]
    base = 0
    for segment in segments:
        found = np.frombuffer(segment.file.section("sketches"), np.uint8).reshape(-1, SIZE)
        starts = np.array(segment.starts, np.int64)
        alive = np.ones(segment.documents, bool)
        alive[list(segment.deletions.documents)] = False
        kept = alive[starts] & found.any(axis=1)
        documents.append(starts[kept] + base)
        sketches.append(found[kept])
        base += segment.documents
    return np.concatenate(documents), np.concatenate(sketches)


def _bands(sketches: Sketches) -> Iterator[tuple[Numbers, Numbers]]:
    """Of each band, the articles that have one in common with others, those with the same together and in order; and
    a number for what they have."""
    for start in range(0, SIZE, ROWS):
        band = sketches[:, start : start + ROWS]
        key = np.zeros(len(band), np.uint32)
        for column in band.T:
            key = key << np.uint32(8) | column
        key[(band == 0).any(axis=1)] = 0
        keyed = key.astype(np.uint64) << np.uint64(32) | np.arange(len(key), dtype=np.uint64)
        keyed.sort()  # faster than a stable sort of the keys
        order, in_order = (keyed & np.uint64(0xFFFFFFFF)).astype(np.int64), (keyed >> np.uint64(32)).astype(np.uint32)
        same = np.flatnonzero((in_order[1:] == in_order[:-1]) & (in_order[1:] > 0))
        shared = np.zeros(len(order), bool)
        shared[same] = shared[same + 1] = True
        yield order[shared], in_order[shared]


def _candidates(sketches: Sketches) -> Numbers:
    """The articles that have a band in common with another."""
    found = np.zeros(len(sketches), bool)
    for articles, _ in _bands(sketches):
        found[articles] = True
    return np.flatnonzero(found)


def _order(segments: Sequence[Segment], document: int) -> tuple[int, str]:
    """By what articles are put in order: date and id."""
    for segment in segments:
        if document < segment.documents:
            article = segment.article_at(document)
            return segment.first[article] or _UNDATED, segment.ids[article]
        document -= segment.documents
    raise LookupError(document)


def _firsts(sketches: Sketches) -> dict[int, int]:
    """Of each variant, the article of which it is one; articles are numbered in their order."""
    first: dict[int, int] = {}
    for before, article in _pairs(sketches).tolist():
        if article in first:
            continue
        other = first.get(before, before)
        if other == before or likeness(sketches[other], sketches[article]) >= LIKE:
            first[article] = other
    return first


def _pairs(sketches: Sketches) -> Numbers:
    """Pairs of articles that are alike, each with one before it; by the article, then by the one before."""
    found = [np.zeros(0, np.int64)]
    for articles, keys in _bands(sketches):
        opens = np.flatnonzero(np.diff(keys.astype(np.int64), prepend=-1))
        of_first = np.repeat(articles[opens], np.diff(np.append(opens, len(articles))))
        later = np.delete(np.arange(len(articles)), opens)
        for before in (of_first[later], articles[later - 1]):
            found.append(articles[later] << 32 | before)
    every = distinct(np.concatenate(found))
    pairs = np.stack([every & 0xFFFFFFFF, every >> 32], axis=1)
    alike = [
        likeness(sketches[part[:, 0]], sketches[part[:, 1]]) >= LIKE
        for part in (pairs[start : start + _AT_ONCE] for start in range(0, len(pairs), _AT_ONCE))
    ]
    chosen: Numbers = pairs[np.concatenate([np.zeros(0, bool), *alike])]
    return chosen
