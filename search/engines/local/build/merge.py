"""Merging: from spills and segments to one segment, with arrays, a part of the dictionary at a time."""

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np

from search.engines.local.build.joining import Joining
from search.engines.local.build.sketch import SIZE
from search.engines.local.build.source import Source, Spilled, TermReader, spelled
from search.engines.local.build.uniting import Dictionary, unite
from search.engines.local.codec.columns import write_narrow, write_sizes, write_strings
from search.engines.local.codec.encode import Lists
from search.engines.local.codec.files import Sections, SectionWriter
from search.engines.local.codec.folded import FoldedWriter
from search.engines.local.codec.forms import Forms, FormsWriter
from search.engines.local.codec.packing import Numbers, distinct
from search.engines.local.codec.records import Blocks, parts_of
from search.engines.local.codec.segment import VALUES, Key, by_folded, by_itself
from search.engines.local.codec.stems import LIGHT, SPOKEN, STEM, section

TERMS_AT_ONCE = 32_000
"""About so many terms of all sources together are merged at a time."""

SMALL = 100_000_000
"""If sources have no more bytes, what does not tell of texts is made beside what does, and held until that is
written; and twice as many terms are merged at a time."""

HELD = 2_000_000
"""The next part is read ahead only if this one has no more postings."""

Codec = tuple[Callable[[bytes], bytes], Callable[[bytes], bytes]]


Part = tuple[list[Lists], list[Numbers], int]
"""What `Joining.join` is given."""


def merge(sources: Sequence[Source], path: Path, codec: Codec, ids: Sequence[bytes] | None = None) -> None:
    """Write the segment of the sources' documents, one source after the other; with `ids`, under these ids. It is for
    others to make it durable."""
    with SectionWriter(path, durable=False) as file, ThreadPoolExecutor(1) as pool:
        others = pool.submit(_others, Sections(), sources, ids) if is_small(sources) else None
        _write_blocks(file, sources, codec)
        terms = _Terms(sources, "text", by_folded)
        terms.write(file)
        _write_stems(file, terms)
        if others:
            file.extend(others.result())
        else:
            _others(file, sources, ids)
        articles = sum(int(source.alive[source.column("starts")].sum()) for source in sources)
        file.close(documents=sum(source.documents for source in sources), articles=articles)


def is_small(sources: Sequence[Source]) -> bool:
    """Whether it does not matter how much of the sources is held."""
    return sum(source.size for source in sources) <= SMALL


def _others(file: Sections, sources: Sequence[Source], ids: Sequence[bytes] | None) -> Sections:
    """Write what does not tell of words in texts."""
    _Terms(sources, "meta", by_itself).write(file)
    _write_documents(file, sources)
    _write_articles(file, sources, ids)
    return file


class _Terms:
    """Merges a field's terms; keeps what is small until it can be written."""

    def __init__(self, sources: Sequence[Source], field: str, key: Key) -> None:
        self._sources, self._field, self._key = sources, field, key
        self._readers = [TermReader(source, field) for source in sources]
        self._names = [source.forms(field) for source in sources]
        self._joining = Joining(np.cumsum([0, *(source.documents for source in sources)])[:-1].tolist())
        self._columns = ["evidence", "speech"] if field == "text" else []
        self._forms, self._folded = FormsWriter(), FoldedWriter()
        self._out = {name: _Column() for name in ("df", "lists", *self._columns)}
        self.stems: dict[str, tuple[_Column, _Column]] = {}
        grades = (section(code, grade) for code in SPOKEN for grade in (LIGHT, STEM)) if self._columns else ()
        stemmed = {name: [place for place, one in enumerate(sources) if name in one.file] for name in grades}
        self._stemmed = {name: which for name, which in stemmed.items() if which}
        self._done = 0

    def write(self, file: Sections) -> None:
        """Write the sections of the field. While one part is read and united, the lists of the one before are joined
        and written."""
        with file.section(f"{self._field}.lists"):
            deque(_ahead(partial(self._write_lists, file), self._united()), 0)
        self._forms.write(file, f"{self._field}.forms")
        if self._key is by_folded:
            self._folded.write(file, f"{self._field}.folded")
        write_sizes(file, f"{self._field}.lists", self._out.pop("lists").whole())
        for name, column in self._out.items():
            if name == "speech":
                file.column(f"{self._field}.{name}", column.whole())
            else:
                write_narrow(file, f"{self._field}.{name}", column.whole())

    def _united(self) -> Iterator[Part]:
        """The parts of the field; what there is to say of terms is kept."""
        for stops in self._stops():
            taken = [reader.take(stop) for reader, stop in zip(self._readers, stops, strict=True)]
            places, lists = [one for one, _ in taken], [one for _, one in taken]
            made, terms = unite(list(map(self._spelled, self._sources, self._names, places)))
            count = len(made.forms.ends)
            self._write_terms(made)
            self._describe(count, terms, places)
            yield lists, terms, count
            self._done += count

    def _spelled(self, source: Source, names: Spilled | Forms, places: Numbers) -> Dictionary:
        return spelled(source, self._field, names, places)

    def _write_lists(self, file: Sections, part: Part) -> None:
        for joined in self._joining.join(*part):
            file.write(joined.data)
            self._out["lists"].add(joined.sizes)
            self._out["df"].add(joined.df)

    def _write_terms(self, made: Dictionary) -> None:
        self._forms.add(made.forms)
        if self._key is by_folded:
            self._folded.add(made.folded)

    def _stops(self) -> Iterator[list[int]]:
        """Up to which term each source is read, part by part."""
        largest = max(self._names, key=len, default=())
        at_once = TERMS_AT_ONCE * (1 + is_small(self._sources))
        step = max(at_once * len(largest) // max(sum(map(len, self._names)), 1), 1)
        for at in range(step, len(largest), step):
            key = self._key(largest[at])
            yield [
                names.place(key, self._key)
                if isinstance(names, Forms)
                else bisect_left(names, key, lo=reader.at, key=self._key)
                for names, reader in zip(self._names, self._readers, strict=True)
            ]
        yield [reader.count for reader in self._readers]

    def _describe(self, count: int, terms: list[Numbers], places: list[Numbers]) -> None:
        """Put down what is known of the terms of a part, beside their lists."""
        for name in self._columns:
            values = np.zeros(count, np.int64)
            for source, here, of_source in zip(self._sources, terms, places, strict=True):
                found = source.of_terms(f"text.{name}", of_source)
                if name == "evidence":
                    values[here] += found
                else:
                    values[here] |= found
            self._out[name].add(values)
        for name, which in self._stemmed.items():
            hashes = np.zeros(count, np.int64)
            for one in which:
                here = terms[one]
                hashes[here] = np.maximum(hashes[here], self._sources[one].stems(name, places[one]))
            listed = np.flatnonzero(hashes)
            if len(listed):
                out = self.stems.setdefault(name, (_Column(), _Column()))
                out[0].add(hashes[listed])
                out[1].add(listed + self._done)


def _ahead(work: Callable[[Part], None], parts: Iterable[Part]) -> Iterator[None]:
    """Have a thread work on each part while the next one is read, unless that would be too much to hold."""
    with ThreadPoolExecutor(1) as pool:
        waiting: Future[None] | None = None
        for part in parts:
            following = pool.submit(work, part)
            if waiting:
                yield waiting.result()
            waiting = following
            if sum(len(one.documents) for one in part[0]) > HELD:
                yield waiting.result()
                waiting = None
        if waiting:
            yield waiting.result()


class _Column:
    """A column that grows, part by part."""

    def __init__(self) -> None:
        self._parts: list[Numbers] = []

    def add(self, part: Numbers) -> None:
        """Add some numbers."""
        self._parts.append(part.astype(np.min_scalar_type(int(part.max(initial=0)))))

    def whole(self) -> Numbers:
        """All of them."""
        return np.concatenate([np.zeros(0, np.int64), *self._parts])


def _write_stems(file: SectionWriter, terms: _Terms) -> None:
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
    sizes, firsts = _Column(), _Column()
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
