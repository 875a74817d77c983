"""Merging: from spills and segments to one segment, with arrays, a part of the dictionary at a time."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from search.engines.local.build.sketch import SIZE
from search.engines.local.build.source import Source
from search.engines.local.build.terms import Column, Terms, is_small
from search.engines.local.build.watching import NOTHING, Places, Watched
from search.engines.local.codec.articles import VALUES
from search.engines.local.codec.columns import write_strings
from search.engines.local.codec.files import Sections, SectionWriter
from search.engines.local.codec.packing import Numbers, distinct
from search.engines.local.codec.records import Blocks, parts_of
from search.engines.local.codec.segment import by_folded, by_itself

Codec = tuple[Callable[[bytes], bytes], Callable[[bytes], bytes]]


def merge(
    sources: Sequence[Source],
    path: Path,
    codec: Codec,
    ids: Sequence[bytes] | None = None,
    watched: Watched = NOTHING,
) -> Places:
    """Write the segment of the sources' documents, one source after the other; with `ids`, under these ids. Where in
    it stands what is watched. It is for others to make it durable."""
    meta = Terms(sources, "meta", by_itself, watched.terms)
    with SectionWriter(path, durable=False) as file, ThreadPoolExecutor(1) as pool:
        others = pool.submit(_others, Sections(), sources, ids, meta) if is_small(sources) else None
        _write_blocks(file, sources, codec)
        terms = Terms(sources, "text", by_folded, watched.forms)
        terms.write(file)
        _write_stems(file, terms)
        if others:
            file.extend(others.result())
        else:
            _others(file, sources, ids, meta)
        articles = sum(int(source.alive[source.column("starts")].sum()) for source in sources)
        file.close(documents=sum(source.documents for source in sources), articles=articles)
    return Places(terms.watched, meta.watched)


def _others(file: Sections, sources: Sequence[Source], ids: Sequence[bytes] | None, meta: Terms) -> Sections:
    """Write what does not tell of words in texts."""
    meta.write(file)
    _write_documents(file, sources)
    _write_articles(file, sources, ids)
    return file


def _write_stems(file: SectionWriter, terms: Terms) -> None:
    for name, (hashes, forms) in terms.stems.items():
        by_hash = hashes.whole()
        order = np.argsort(by_hash, kind="stable")
        file.column(name, by_hash[order])
        file.column(f"{name}.forms", forms.whole()[order])


def _write_documents(file: Sections, sources: Sequence[Source]) -> None:
    for name in ("lengths", "numbers"):
        file.column(name, np.concatenate([source.column(name)[source.alive] for source in sources]))


def _write_articles(file: Sections, sources: Sequence[Source], ids: Sequence[bytes] | None) -> None:
    """Write the columns of the articles."""
    bases = np.cumsum([0, *(source.documents for source in sources)])
    starts = [source.column("starts") for source in sources]
    kept = [source.alive[start] for source, start in zip(sources, starts, strict=True)]
    moved = [
        source.moved[start[alive]] + base
        for source, start, alive, base in zip(sources, starts, kept, bases, strict=False)
    ]
    file.column("starts", np.concatenate(moved))
    for name in ("first", "last"):
        file.column(name, np.concatenate([one.column(name)[alive] for one, alive in zip(sources, kept, strict=True)]))
    for name in VALUES:
        _write_values(file, name, sources, kept)
    sketches = [
        np.frombuffer(one.data("sketches"), np.uint8).reshape(-1, SIZE)[alive]
        for one, alive in zip(sources, kept, strict=True)
    ]
    file.add("sketches", np.concatenate(sketches).tobytes(), width=1)
    if ids is None:
        ids = [
            one for source, alive in zip(sources, kept, strict=True) for one in _chosen(source.strings("ids"), alive)
        ]
    write_strings(file, "ids", ids)
    file.column("ids.order", np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int64))


def _write_values(file: Sections, name: str, sources: Sequence[Source], kept: list[Numbers]) -> None:
    """Write a column of strings of which many are the same (as `spill.write_values` does)."""
    columns = [source.column(name)[alive] for source, alive in zip(sources, kept, strict=True)]
    values = [source.strings(f"{name}.values") for source in sources]
    used = [
        {own[place] for place in distinct(column.copy()).tolist()}
        for own, column in zip(values, columns, strict=True)
    ]
    every = sorted(set().union(*used))
    rank = {value: place for place, value in enumerate(every)}
    renumbered = [
        np.array([rank.get(value, 0) for value in own], np.int64)[column]
        for own, column in zip(values, columns, strict=True)
    ]
    file.column(name, np.concatenate(renumbered))
    write_strings(file, f"{name}.values", every)


def _write_blocks(file: SectionWriter, sources: Sequence[Source], codec: Codec) -> None:
    """Copy the blocks; those with articles that are left out are made anew."""
    sizes, firsts = Column(), Column()
    base = 0
    with file.section("blocks"):
        for source in sources:
            ends, articles = source.column("blocks.ends"), source.column("blocks.articles")
            alive = source.alive[source.column("starts")]
            if source.is_whole:
                for start in range(0, int(ends[-1]) if len(ends) else 0, _COPY):
                    file.write(source.data("blocks", start, min(start + _COPY, int(ends[-1]))))
                sizes.add(np.diff(ends, prepend=0))
                firsts.add(articles + base)
            else:
                frames, first = _without_deleted(source, ends, articles, alive, codec)
                file.write(b"".join(frames))
                sizes.add(np.array([len(frame) for frame in frames], np.int64))
                firsts.add(first + base)
            base += int(alive.sum())
    file.column("blocks.ends", np.cumsum(sizes.whole()))
    file.column("blocks.articles", firsts.whole())


_COPY = 1 << 22


def _without_deleted(
    source: Source, ends: Numbers, articles: Numbers, alive: Numbers, codec: Codec
) -> tuple[list[bytes], Numbers]:
    """The blocks of the articles that are alive, and the first article of each."""
    compress, decompress = codec
    blocks = Blocks(compress)
    bounds = [*articles.tolist(), len(alive)]
    start = 0
    for number, end in enumerate(ends.tolist()):
        here = alive[bounds[number] : bounds[number + 1]]
        frame = source.data("blocks", start, end)
        if here.all():
            blocks.add_frame(frame, len(here))
        elif here.any():
            for part, kept in zip(parts_of(memoryview(decompress(frame))), here.tolist(), strict=True):
                if kept:
                    blocks.add(bytes(part), number)
        start = end
    return blocks.frames(), np.array(blocks.first_articles)


def _chosen(strings: list[bytes], alive: Numbers) -> list[bytes]:
    return [one for one, kept in zip(strings, alive.tolist(), strict=True) if kept]
