"""What is in an index: the counts of its manifest, from the columns of its segments."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
from whoosh import versionstring

from search.dates import spanned
from search.engines.local.codec.columns import Strings
from search.engines.local.codec.packing import distinct
from search.engines.local.codec.segment import Segment
from search.engines.local.folder import Manifest
from search.version import VERSION


def manifest(segments: Sequence[Segment], names: list[list[str]], dictionary: str) -> Manifest:
    """The manifest of an index that is made of these segments, which are in these files."""
    languages, sources = Counter[str](), Counter[str]()
    fields: set[str] = set()
    dates: list[tuple[int, int]] = []
    texts = words = articles = paragraphs = undated = 0
    for segment in segments:
        alive = np.ones(segment.documents, bool)
        alive[list(segment.deletions.documents)] = False
        lengths = np.array(segment.lengths, np.int64)[alive]
        texts += int((lengths > 0).sum())
        words += int(lengths[lengths > 0].sum()) - int((lengths > 0).sum())
        kept = alive[np.array(segment.starts, np.int64)]
        articles += int(kept.sum())
        paragraphs += int(alive.sum()) - int(kept.sum())
        first, last = np.array(segment.first, np.int64)[kept], np.array(segment.last, np.int64)[kept]
        undated += int((first == 0).sum())
        dates += _ends(first[first > 0], last[first > 0])
        languages.update(_values(segment, "language", kept))
        sources.update(_values(segment, "source", kept))
        fields.update(_fields(segment))
    return Manifest(
        segments=names,
        dictionary=dictionary,
        articles=articles,
        texts=texts,
        paragraphs=paragraphs,
        words=words,
        forms=_forms(segments),
        undated=undated,
        first=spanned(*min(dates)) if dates else None,
        last=spanned(*max(dates, key=lambda span: (span[1], span[0]))) if dates else None,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        languages=_most_common(languages),
        sources=_most_common(sources),
        fields=sorted(fields),
        versions={"news-search": VERSION, "Whoosh": versionstring()},
    )


def _ends(first: "np.typing.NDArray[np.int64]", last: "np.typing.NDArray[np.int64]") -> list[tuple[int, int]]:
    """The span that begins first and that which ends last, if there are some."""
    if not len(first):
        return []
    earliest, latest = np.lexsort((last, first))[0], np.lexsort((first, last))[-1]
    return [(int(first[place]), int(last[place])) for place in (earliest, latest)]


def _values(segment: Segment, name: str, kept: "np.typing.NDArray[np.bool_]") -> Counter[str]:
    """How many of the articles have each value of a column."""
    values = Strings(segment.file, f"{name}.values")
    counts = np.bincount(np.array(segment.file.column(name), np.int64)[kept], minlength=len(values))
    return Counter({values[place]: count for place, count in enumerate(counts.tolist()) if count})


def _most_common(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _fields(segment: Segment) -> set[str]:
    """The fields of metadata in which a word stands."""
    found: set[str] = set()
    forms, place = segment.meta.forms, 0
    while place < len(forms):
        field = forms[place].partition("\t")[0]
        end = bisect_left(forms, f"{field}\n", lo=place)  # the sign after a tab
        if any(segment.meta.df(term) for term in range(place, end)):
            found.add(field)
        place = end
    return found


def _forms(segments: Sequence[Segment]) -> int:
    """How many different printed forms there are. (Two with the same hash of 64 bits would be counted as one.)"""
    every_gone = [
        [term for term, df in one.deletions.changes.get("text.df", {}).items() if not df] for one in segments
    ]
    if len(segments) == 1:
        return len(segments[0].text) - len(every_gone[0])
    hashes = []
    for segment, gone in zip(segments, every_gone, strict=True):
        found = np.fromiter(map(hash, segment.text.forms), np.int64, len(segment.text))
        hashes.append(np.delete(found, gone))
    return len(distinct(np.concatenate(hashes))) if hashes else 0
