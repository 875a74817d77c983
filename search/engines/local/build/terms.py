"""Merging the terms of a field, and their lists, a part at a time."""

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

import numpy as np

from search.engines.local.build.joining import Joining
from search.engines.local.build.source import Source, Spilled, TermReader, dictionary, spelled
from search.engines.local.build.uniting import Dictionary, unite
from search.engines.local.codec.columns import write_narrow, write_sizes
from search.engines.local.codec.encode import Lists
from search.engines.local.codec.files import Sections
from search.engines.local.codec.folded import FoldedWriter
from search.engines.local.codec.forms import Forms, FormsWriter
from search.engines.local.codec.packing import Numbers
from search.engines.local.codec.segment import Key, by_folded
from search.engines.local.codec.stems import LIGHT, SPOKEN, STEM, section

TERMS_AT_ONCE = 32_000
"""About so many terms of all sources together are merged at a time."""

SMALL = 100_000_000
"""If sources have no more bytes, what does not tell of texts is made beside what does, and held until that is
written; and twice as many terms are merged at a time."""

HELD = 2_000_000
"""The next part is read ahead only if this one has no more postings."""

Part = tuple[list[Lists], list[Numbers], int]
"""What `Joining.join` is given."""


def is_small(sources: Sequence[Source]) -> bool:
    """Whether it does not matter how much of the sources is held."""
    return sum(source.size for source in sources) <= SMALL


class Terms:
    """Merges a field's terms; keeps what is small until it can be written. `watched` are the terms (as places) that
    are to be watched."""

    def __init__(self, sources: Sequence[Source], field: str, key: Key, watched: Sequence[str]) -> None:
        self._sources, self._field, self._key = sources, field, key
        self._readers = [TermReader(source, field) for source in sources]
        self._names = [source.forms(field) for source in sources]
        self._joining = Joining(np.cumsum([0, *(source.documents for source in sources)])[:-1].tolist())
        self._columns = ["evidence", "speech"] if field == "text" else []
        self._forms, self._folded = FormsWriter(), FoldedWriter()
        self._out = {name: Column() for name in ("df", "lists", *self._columns)}
        self.stems: dict[str, tuple[Column, Column]] = {}
        grades = (section(code, grade) for code in SPOKEN for grade in (LIGHT, STEM)) if self._columns else ()
        stemmed = {name: [place for place, one in enumerate(sources) if name in one.file] for name in grades}
        self._stemmed = {name: which for name, which in stemmed.items() if which}
        self._done = 0
        self._to_watch = watched
        self.watched: list[int] = []

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
        for stops, watched in self._stops():
            taken = [reader.take(stop) for reader, stop in zip(self._readers, stops, strict=True)]
            places, lists = [one for one, _ in taken], [one for _, one in taken]
            some = self._to_watch[len(self.watched) : watched]
            made, terms = unite(
                [*map(self._spelled, self._sources, self._names, places), dictionary(some, self._field)]
            )
            self.watched += (terms.pop() + self._done).tolist()
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

    def _stops(self) -> Iterator[tuple[list[int], int]]:
        """Up to which term each source is read, part by part, and up to which what is watched."""
        largest = max(self._names, key=len, default=())
        at_once = TERMS_AT_ONCE * (1 + is_small(self._sources))
        step = max(at_once * len(largest) // max(sum(map(len, self._names)), 1), 1)
        for at in range(step, len(largest), step):
            key = self._key(largest[at])
            stops = [
                names.place(key, self._key)
                if isinstance(names, Forms)
                else bisect_left(names, key, lo=reader.at, key=self._key)
                for names, reader in zip(self._names, self._readers, strict=True)
            ]
            yield stops, bisect_left(self._to_watch, key, key=self._key)
        yield [reader.count for reader in self._readers], len(self._to_watch)

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
                out = self.stems.setdefault(name, (Column(), Column()))
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


class Column:
    """A column that grows, part by part."""

    def __init__(self) -> None:
        self._parts: list[Numbers] = []

    def add(self, part: Numbers) -> None:
        """Add some numbers."""
        self._parts.append(part.astype(np.min_scalar_type(int(part.max(initial=0)))))

    def whole(self) -> Numbers:
        """All of them."""
        return np.concatenate([np.zeros(0, np.int64), *self._parts])
