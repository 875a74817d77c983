"""The spills of a build: their files, the ids of their articles, and the segments that they become."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import accumulate, groupby
from pathlib import Path
from typing import NamedTuple

from search.article import Article
from search.engines.local.build.source import Source
from search.engines.local.build.store import Store
from search.engines.local.codec.records import blocks_of


class Spill(NamedTuple):
    """A spill: its file, the number of the segment it goes into, and how many articles it has."""

    path: Path
    segment: int
    articles: int


class Spilled:
    """All spills so far, in their order. `ids` are those that their articles want, or get."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._spills: list[Spill] = []
        self.ids: list[bytes] = []

    def __len__(self) -> int:
        return len(self._spills)

    @property
    def segment(self) -> int:
        """The number of the segment into which the last spill goes."""
        return self._spills[-1].segment if self._spills else 0

    def add(self, spill: Spill) -> None:
        """Add a spill."""
        self._spills.append(spill)
        with closing(Source(spill.path)) as source:
            self.ids += source.strings("ids")

    def places(self, numbers: Sequence[int]) -> Iterator[str]:
        """Where some articles were read (ascending numbers)."""
        ends = list(accumulate(spill.articles for spill in self._spills))
        for which, group in groupby(numbers, key=lambda number: bisect_right(ends, number)):
            spill = self._spills[which]
            with closing(Source(spill.path)) as source:
                texts = blocks_of(source.file, self._store.codec[1])
                for number in group:
                    record = texts.texts(number - ends[which] + spill.articles).record()
                    yield Article("", "", (), path=record.get("path"), line=record.get("line", 0)).place

    def segments(self) -> Iterator[list[str]]:
        """Merge the spills of each segment; the names of its file and of that of its deletions."""
        done = 0
        for _, group in groupby(self._spills, key=lambda spill: spill.segment):
            members = list(group)
            end = done + sum(spill.articles for spill in members)
            ids = self.ids[done:end]
            unused = [one or b"\0%d" % place for place, one in enumerate(ids)]
            name = self._store.merged([Source(spill.path) for spill in members], unused)
            self._store.remove(spill.path for spill in members)
            yield [name, self._left_out(name, [place for place, one in enumerate(ids) if not one])]
            done = end

    def _left_out(self, name: str, articles: list[int]) -> str:
        """Delete articles of a new segment; the name of the file that says so."""
        if not articles:
            return ""
        with closing(self._store.opened([[name, ""]])) as now:
            return self._store.without(name, now.segments[0], articles)
