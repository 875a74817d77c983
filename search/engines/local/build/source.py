"""What a merge reads: a spill or a segment, a part at a time and in order, without its deleted documents."""

import os
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from search.engines.local.build.uniting import Dictionary
from search.engines.local.codec.columns import LONE, Lines, Sizes
from search.engines.local.codec.encode import Lists, decode
from search.engines.local.codec.files import SectionFile
from search.engines.local.codec.forms import Forms
from search.engines.local.codec.packing import Numbers, places, ranges
from search.language.normal import fold_all


class Source:
    """One of the files that are merged. `deleted` are documents that are left out; `changes` what that
    changes in the columns of terms, by column and term.

    Columns are read, not mapped, so that a merge holds no more in memory than what it works on.
    """

    def __init__(
        self, path: Path, deleted: Sequence[int] = (), changes: Mapping[str, Mapping[int, int]] | None = None
    ) -> None:
        self.file = SectionFile(path)
        self._handle = os.open(path, os.O_RDONLY)
        self.size = os.fstat(self._handle).st_size
        """Of the file, in bytes."""
        self.is_spill = "text.documents" in self.file
        self.changes = changes or {}
        self._stems: dict[str, Numbers] = {}
        alive = np.ones(int(self.file.about["documents"]), bool)
        alive[list(deleted)] = False
        self.alive = alive
        self.is_whole = bool(alive.all())
        self.moved = np.cumsum(alive) - 1
        self.documents = int(alive.sum())

    def column(self, name: str, start: int = 0, stop: int | None = None, kind: Any = np.int64) -> Numbers:
        """The numbers of a section, or some of them, as this type."""
        offset, size, width = self.file.span(name)
        stop = size // width if stop is None else stop
        data = os.pread(self._handle, (stop - start) * width, offset + start * width)
        found: Numbers = np.frombuffer(data, f"<u{width}").astype(kind)
        if f"{name}.places" in self.file:
            places = self.column(f"{name}.places")
            first, last = np.searchsorted(places, [start, stop])
            found[places[first:last] - start] = self.column(f"{name}.large", int(first), int(last))
        return found

    def data(self, name: str, start: int = 0, stop: int | None = None) -> bytes:
        """The bytes of a section, or some of them."""
        offset, size, _ = self.file.span(name)
        return os.pread(self._handle, (size if stop is None else stop) - start, offset + start)

    def strings(self, name: str, start: int = 0, stop: int | None = None) -> list[bytes]:
        """The strings of a section, or some of them."""
        first = int(self.column(f"{name}.ends", start - 1, start)[0]) if start else 0
        ends = self.column(f"{name}.ends", start, stop)
        data = self.data(name, first, int(ends[-1])) if len(ends) else b""
        places = [0, *(ends - first).tolist()]
        return [data[one:two] for one, two in pairwise(places)]

    def lines(self, name: str, start: int, stop: int) -> Lines:
        """Some of the lines of a section."""
        first = int(self.column(f"{name}.ends", start - 1, start)[0]) if start else 0
        ends = self.column(f"{name}.ends", start, stop)
        return Lines(self.data(name, first, int(ends[-1])), ends - first)

    def forms(self, field: str) -> "Spilled | Forms":
        """The terms of a field."""
        name = f"{field}.forms"
        return Spilled(self, name) if self.is_spill else Forms(self.file, name, self.terms(field))

    def terms(self, field: str) -> int:
        """How many terms a field has."""
        return len(self.file.column(f"{field}.df"))

    def of_terms(self, name: str, terms: Numbers) -> Numbers:
        """The numbers of a section for some terms (ascending places)."""
        if not len(terms):
            return terms
        first, end = int(terms[0]), int(terms[-1]) + 1
        found = self.column(name, first, end)
        if len(found) > len(terms):
            found = found[terms - first]
        if changed := self.changes.get(name):
            others = np.array([term for term in changed if first <= term < end], np.int64)
            at, are_there = places(others, terms)
            found[at[are_there]] = [changed[term] for term in others[are_there].tolist()]
        return found

    def stems(self, name: str, places: Numbers) -> Numbers:
        """The stem hashes of some terms (ascending places), 0 where one has none."""
        if self.is_spill:
            return self.of_terms(name, places)
        if name not in self._stems:
            self._stems[name] = np.zeros(self.terms("text"), np.int64)
            self._stems[name][self.column(f"{name}.forms")] = self.column(name)
        return self._stems[name][places]

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._handle)
        self.file.close()


class Spilled(Sequence[str]):
    """The terms of a spill, each read when it is asked for."""

    def __init__(self, source: Source, name: str) -> None:
        self._source, self._name = source, name
        self._ends = source.file.column(f"{name}.ends")

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, place: int) -> str:  # type: ignore[override]  # no slices
        start = self._ends[place - 1] if place else 0
        return str(self._source.data(self._name, start, self._ends[place] - 1), "utf-8", LONE)


def spelled(source: Source, field: str, terms: Spilled | Forms, places: Numbers) -> Dictionary:
    """Some terms of a field (ascending places; those of a spill without a gap), and what they are ordered by."""
    if not len(places):
        return Dictionary(Lines.of([]), Lines.of([]))
    if isinstance(terms, Spilled):
        first, last = int(places[0]), int(places[-1]) + 1
        forms = source.lines(f"{field}.forms", first, last)
        return Dictionary(forms, source.lines(f"{field}.folded", first, last) if field == "text" else forms)
    return dictionary(list(map(terms.__getitem__, places.tolist())), field)


def dictionary(terms: Sequence[str], field: str) -> Dictionary:
    """Some terms of a field, in their order, and what they are ordered by."""
    forms = Lines.of(terms)
    return Dictionary(forms, Lines.of(fold_all(terms)) if field == "text" else forms)


class TermReader:
    """Reads a field's terms and their lists from a source, in the order of the terms."""

    def __init__(self, source: Source, field: str) -> None:
        self._source, self._field = source, field
        self.count = source.terms(field)
        self.at = 0
        self._documents_at = 0
        self._positions_at = 0

    def take(self, stop: int) -> tuple[Numbers, Lists]:
        """The lists of the terms up to a place, and which of these terms still stand anywhere (as places)."""
        start, self.at = self.at, stop
        lists = self._spilled(start, stop) if self._source.is_spill else self._encoded(start, stop)
        if self._source.is_whole:
            return np.arange(start, stop), lists
        lists = _without(lists, self._source.alive)
        left = np.flatnonzero(lists.df)
        moved = self._source.moved[lists.documents]
        return start + left, Lists(lists.df[left], moved, lists.tf, lists.positions)

    def _spilled(self, start: int, stop: int) -> Lists:
        source, field = self._source, self._field
        df = source.column(f"{field}.df", start, stop)
        one, two = self._documents_at, self._documents_at + int(df.sum())
        three, four = self._positions_at, self._positions_at + int(source.column(f"{field}.cf", start, stop).sum())
        self._documents_at, self._positions_at = two, four
        return Lists(
            df,
            source.column(f"{field}.documents", one, two, np.int32),
            source.column(f"{field}.tf", one, two, np.int32),
            source.column(f"{field}.positions", three, four, np.int32),
        )

    def _encoded(self, start: int, stop: int) -> Lists:
        source, field = self._source, self._field
        df = source.column(f"{field}.df", start, stop)
        sizes = source.column(f"{field}.lists.sizes", start, stop)
        first = Sizes(source.file, f"{field}.lists").begin(start) if len(sizes) else 0
        data = np.frombuffer(source.data(f"{field}.lists", first, first + int(sizes.sum())), np.uint8)
        return decode(data, np.cumsum(sizes) - sizes, df)


def _without(lists: Lists, alive: Numbers) -> Lists:
    """The lists without the documents that are not alive."""
    kept = alive[lists.documents]
    of_list = np.repeat(np.arange(len(lists.df)), lists.df)
    starts = np.cumsum(lists.tf) - lists.tf
    return Lists(
        np.bincount(of_list[kept], minlength=len(lists.df)),
        lists.documents[kept],
        lists.tf[kept],
        lists.positions[ranges(starts[kept], lists.tf[kept])],
    )
