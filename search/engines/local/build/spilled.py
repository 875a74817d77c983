"""The spills of a build: their files, the ids of their articles, and the segments that they become."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import accumulate, groupby
from pathlib import Path
from typing import NamedTuple

from search.article import Article
from search.engines.local.build.deleting import Tally, less
from search.engines.local.build.source import Source
from search.engines.local.build.store import Store
from search.engines.local.build.watching import Places
from search.engines.local.codec.articles import Articles


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
        for spill, some in _by_spill(self._spills, numbers):
            with closing(Articles(spill.path, self._store.codec[1])) as articles:
                for number in some:
                    record = articles.texts(number).record()
                    yield Article("", "", (), path=record.get("path"), line=record.get("line", 0)).place

    def segments(self) -> Iterator[list[str]]:
        """Merge the spills of each segment; the names of its file and of that of its deletions."""
        done = 0
        for _, group in groupby(self._spills, key=lambda spill: spill.segment):
            members = list(group)
            end = done + sum(spill.articles for spill in members)
            ids = self.ids[done:end]
            unused = [one or b"\0%d" % place for place, one in enumerate(ids)]
            left_out = [place for place, one in enumerate(ids) if not one]
            tally = Tally.of(self._articles(members, left_out))
            name, places = self._store.merged([Source(spill.path) for spill in members], unused, tally.watched())
            self._store.remove(spill.path for spill in members)
            yield [name, self._left_out(name, left_out, tally, places)]
            done = end

    def _articles(self, members: Iterable[Spill], numbers: Iterable[int]) -> Iterator[Article]:
        """Some articles of some spills (ascending numbers)."""
        for spill, some in _by_spill(members, numbers):
            with closing(Articles(spill.path, self._store.codec[1])) as articles:
                yield from map(articles.article, some)

    def _left_out(self, name: str, articles: list[int], tally: Tally, places: Places) -> str:
        """Delete articles of a new segment; the name of the file that says so."""
        if not articles:
            return ""
        with closing(self._store.opened([[name, ""]])) as now:
            return self._store.write_deletions(name, less(now.segments[0], articles, tally, places))


def _by_spill(spills: Iterable[Spill], numbers: Iterable[int]) -> Iterator[tuple[Spill, list[int]]]:
    """The spills that some articles are in (ascending numbers, of all that are in the spills), and their numbers
    there."""
    every = list(spills)
    ends = list(accumulate(spill.articles for spill in every))
    for which, group in groupby(numbers, key=lambda number: bisect_right(ends, number)):
        spill = every[which]
        yield spill, [number - ends[which] + spill.articles for number in group]
