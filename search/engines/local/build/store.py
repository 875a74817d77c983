"""The files of an index while it is written: where they lie, and how segments become fewer."""

from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from search.engines.local import folder as index_folder
from search.engines.local.build import deleting
from search.engines.local.build.merge import merge
from search.engines.local.build.source import Source
from search.engines.local.build.terms import is_small
from search.engines.local.build.watching import NOTHING, Places, Watched
from search.engines.local.codec.deletions import Deletions
from search.engines.local.codec.files import make_durable
from search.engines.local.codec.opened import Opened, read_dictionary
from search.engines.local.codec.packing import give_back
from search.engines.local.codec.records import codec

FANOUT = 4
"""Segments are merged with the one before as long as that has less than so many times their documents."""

MOST_DOCUMENTS = 2_000_000
"""Segments are not merged to one with more documents than this."""

MOST_DELETED = 0.3
"""A segment of which a larger part than this is deleted is written anew."""

Names = list[list[str]]
"""Of each segment the name of its file and that of its deletions."""


class Store:
    """New files, in `new`, beside those of the index in `folder`, and the dictionary with which texts are
    compressed."""

    def __init__(self, folder: Path, new: Path, dictionary: str) -> None:
        self.folder, self.new = folder, new
        self._number = index_folder.next_number(folder)
        self._beside = ThreadPoolExecutor(2)
        self._syncing: list[Future[None]] = []
        self._is_large = False
        self.use(dictionary)

    def use(self, dictionary: str) -> None:
        """Compress texts with the dictionary in this file from now on (``""``: with none)."""
        self.dictionary = dictionary
        self.codec = codec(read_dictionary(self.path(dictionary)) if dictionary else b"")

    def new_name(self, suffix: str) -> str:
        """A name for a new file."""
        self._number += 1
        return f"{self._number - 1:06}.{suffix}"

    def path(self, name: str) -> Path:
        """Where a file is: new, or in the index already."""
        new = self.new / name
        return new if new.exists() else self.folder / name

    def opened(self, names: Iterable[Iterable[str]]) -> Opened:
        """Some segments."""
        return Opened(self.path, names, self.dictionary)

    def write_deletions(self, name: str, deletions: Deletions) -> str:
        """Write the deletions of the segment of this name; the name of their file."""
        file = f"{name[:6]}-{self.new_name('del')}"
        deleting.write(self.new / file, deletions)
        self.settle(self.new / file)
        return file

    def merged(
        self, sources: Sequence[Source], ids: Sequence[bytes] | None = None, watched: Watched = NOTHING
    ) -> tuple[str, Places]:
        """Merge sources to a new segment, its articles with other ids if there are some; its name, and where in it
        stands what is watched."""
        name = self.new_name("seg")
        self._is_large |= not is_small(sources)
        try:
            places = merge(sources, self.new / name, self.codec, ids, watched)
            self.settle(self.new / name)
        finally:
            for source in sources:
                source.close()
            if self._is_large:
                give_back()
        return name, places

    def settle(self, path: Path) -> None:
        """Make a file durable, beside what else is done: who waited for that would wait for all that is written."""
        self._syncing.append(self._beside.submit(make_durable, path))

    def remove(self, paths: Iterable[Path]) -> None:
        """Remove some files, beside what else is done."""
        self._syncing += [self._beside.submit(path.unlink) for path in paths]

    def sync(self) -> None:
        """Wait until all that was to be settled is, and what was to be removed is gone."""
        while self._syncing:
            self._syncing.pop().result()

    def stop(self) -> None:
        """Do no more of that."""
        self._beside.shutdown(cancel_futures=True)

    def tidied(self, names: Names) -> Names:
        """The segments, after those that should be merged were: the last ones where they are many or have grown as
        large as the one before, and those with too many deleted documents."""
        with closing(self.opened(names)) as now:
            left = [n for n, one in enumerate(now.segments) if len(one.deletions.documents) < one.documents]
            sizes = [now.segments[n].documents for n in left]
            deleted = [len(now.segments[n].deletions.documents) for n in left]
        names = [names[n] for n in left]
        if not names:
            return []
        first, total = len(names) - 1, sizes[-1]
        while first and sizes[first - 1] < FANOUT * total and sizes[first - 1] + total <= MOST_DOCUMENTS:
            first -= 1
            total += sizes[first]
        tidied = [
            [self.merged(self._sources([pair]))[0], ""] if gone > MOST_DELETED * size else pair
            for pair, gone, size in zip(names[:first], deleted, sizes, strict=False)
        ]
        last = names[first:]
        if len(last) > 1 or deleted[first] > MOST_DELETED * sizes[first]:
            last = [[self.merged(self._sources(last))[0], ""]]
        return tidied + last

    def _sources(self, names: Names) -> list[Source]:
        with closing(self.opened(names)) as now:
            return [
                Source(Path(segment.file.path), sorted(segment.deletions.documents), segment.deletions.changes)
                for segment in now.segments
            ]
