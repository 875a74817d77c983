"""The writer: articles in, a new state of the index out."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from search.article import Article
from search.engines.local import catalogue
from search.engines.local import folder as index_folder
from search.engines.local.build import counts, deleting, variants
from search.engines.local.build.bulk import Items, sample, spills, train
from search.engines.local.build.draft import Draft
from search.engines.local.build.merge import merge
from search.engines.local.build.source import Source
from search.engines.local.build.units import GROUP, LARGEST, SEGMENT, Outcome, cut
from search.engines.local.build.vocabulary import Vocabulary
from search.engines.local.catalogue import Catalogue
from search.engines.local.codec.files import Damaged
from search.engines.local.codec.opened import Opened, open_index, read_dictionary
from search.engines.local.codec.records import blocks_of, codec, storable
from search.engines.local.folder import Manifest
from search.engines.protocol import Stats
from search.errors import DamagedIndex, NoIndex
from search.readers import Problem, Record

MEMORY = 256_000_000
"""What the processes of a build may hold together, in bytes."""

WORKER, PER_BYTE = 64_000_000, 20
"""Bytes that a worker holds whatever it does, and for each byte of its unit, roughly."""

LONGEST_DRAFT = 10_000_000
"""A draft with more characters of text than this is spilled."""

FANOUT = 4
"""Segments are merged with the one before as long as that has less than so many times their documents."""

MOST_DOCUMENTS = 2_000_000
"""Segments are not merged to one with more documents than this."""

MOST_DELETED = 0.3
"""A segment of which a larger part than this is deleted is written anew."""


class _Spill(NamedTuple):
    """A spill: its file, the number of the segment it goes into, and how many articles it has."""

    path: Path
    segment: int
    articles: int


class IndexWriter:
    """A `search.engines.protocol.Writer` for the local index.

    With `fresh` the index starts empty, else from what counts. As a context manager it aborts unless `commit` was
    called.
    """

    def __init__(self, folder: str | os.PathLike[str], *, fresh: bool = False) -> None:
        self._folder = Path(folder)
        self._holding: AbstractContextManager[Path] | None = index_folder.writing(self._folder)
        self._new = self._holding.__enter__()
        self._old: Opened | None = None
        try:
            self._before = self._manifest(fresh)
            self._old = self._opened()
            self._dictionary = self._before.dictionary if self._before else ""
            self._codec = codec(self._old.dictionary if self._old else b"")
            self._ids: set[str] = set()
            self._copies: dict[str, int] = {}
            self._deleted: dict[int, set[int]] = {}
            self._spills: list[_Spill] = []
            self._written = 0
            self._spilled_ids: list[bytes] = []
            self._number = index_folder.next_number(self._folder)
            self.renamed: list[tuple[str, str, str]] = []
            """Of each article of `add_records` whose id was taken: where it was read, its id, the one it got."""
            self._added = 0
            self._begin_draft(Vocabulary())
        except BaseException:
            self._release()
            raise

    def add(self, article: Article) -> str:
        """Add an article; the id it got."""
        if len(self._ids) < len(self._spilled_ids):
            self._ids.update(one.decode() for one in self._spilled_ids)
        article = replace(article, id=self._free_id(storable(article.id)))
        self._draft.add(article, self._added // GROUP)
        self._ids.add(article.id)
        self._added += 1
        if self._draft.size > LONGEST_DRAFT and self._added % GROUP == 0:
            self._spill()
        return article.id

    def add_records(
        self,
        items: Iterator[tuple[Record | Problem, int]],
        *,
        jobs: int = 0,
        memory: int = MEMORY,
        named: bool = True,
    ) -> Iterator[Outcome]:
        """Add the articles of records, as many at a time as there are `jobs` (0: as processors); what became of
        them, part by part. `memory`, in bytes, bounds what the processes hold together, roughly. Unless they are to
        be `named` here, whoever asks for this names all of them, by `name`. This can be done once."""
        samples, every = sample(items)
        with ThreadPoolExecutor(1) as beside:
            trained: Future[bool] | None = None
            name = str(self._folder.resolve() / self._dictionary) if self._dictionary else ""
            if samples and not name and self._before is None:
                name = f"{self._next_number():06}.dict"
                trained = beside.submit(train, samples, self._new / name)
            yield from self._spills_of(every, name, jobs if samples else 1, memory)
            if trained:
                self._dictionary = name if trained.result() else ""
                self._codec = codec(read_dictionary(self._new / name) if self._dictionary else b"")
                self._begin_draft(self._vocabulary)
        for spill in self._spills:
            with closing(Source(spill.path)) as source:
                self._spilled_ids += source.strings("ids")
        if named:
            self._name_anew()

    def _spills_of(self, items: Items, dictionary: str, jobs: int, memory: int) -> Iterator[Outcome]:
        jobs = min(jobs or processors(), max(memory // WORKER, 1))
        largest = max(min(memory // (jobs * PER_BYTE), LARGEST), LARGEST // 16)
        for outcome in spills(cut(items, largest), self._new, dictionary, jobs):
            if outcome.articles:
                self._spills.append(
                    _Spill(self._new / f"{outcome.number:06}.spill", outcome.segment, outcome.articles)
                )
            yield outcome

    def wanted(self) -> list[str]:
        """The ids of the articles that came from records, in their order."""
        return [one.decode() for one in self._spilled_ids]

    def name(self, ids: Sequence[str]) -> None:
        """The ids that these articles get; ``""`` for those that are left out after all."""
        for place, (wanted, given) in enumerate(zip(self.wanted(), ids, strict=True)):
            if given and wanted != given:
                self.renamed.append((self._place(place), wanted, given))
        self._spilled_ids = [one.encode() for one in ids]

    def rename(self, names: Mapping[str, str]) -> None:
        """Give articles of the state before other ids; ``""`` deletes them."""
        articles = []
        for identity in filter(names.get, names):
            for segment in self._old.segments if self._old else ():
                if (article := segment.find(identity)) is not None:
                    articles.append(replace(segment.article(article), id=names[identity]))
        for identity in names:
            self.delete(identity)
        for one in articles:
            self._draft.add(one, self._added // GROUP)
            self._added += 1

    def start_over(self) -> None:
        """Forget the state before, as if this writer had been told that it is `fresh`; nothing was added yet."""
        self._close_old()
        self._before, self._dictionary, self._codec = None, "", codec(b"")
        self._deleted = {}
        self._begin_draft(Vocabulary())

    def catalogue(self) -> Catalogue | None:
        """The files that the articles of the state before were read from, if that is known."""
        name = self._before.catalogue if self._before else ""
        try:
            return catalogue.read(self._folder / name) if name else None
        except (Damaged, OSError, ValueError, TypeError, LookupError):  # as if it were not known
            return None

    def check(self) -> None:
        """Read all of the state before; `DamagedIndex` where it is not as it was written."""
        try:
            for segment in self._old.segments if self._old else ():
                segment.file.check()
        except Damaged as error:
            raise DamagedIndex(f'the index at "{self._folder}" is damaged ({error}): build it again') from None

    def delete(self, identity: str) -> bool:
        """Delete an article of the state that this writer started from; whether there was one."""
        for place, segment in enumerate(self._old.segments if self._old else ()):
            article = segment.find(storable(identity))
            if article is not None and article not in self._deleted.get(place, ()):
                self._deleted.setdefault(place, set()).add(article)
                return True
        return False

    def commit(self, files: Catalogue | None = None) -> Stats:
        """Write the new state and make it the one that counts; with the files that all articles were read from, if
        that is known."""
        assert self._holding, "a writer commits once"
        names = self._kept()
        if len(self._draft):
            self._spill()
        names += self._new_segments()
        names = self._tidied(names)
        with closing(Opened(self._path, names, self._dictionary)) as now:
            manifest = counts.manifest(now.segments, names, self._dictionary)
            alike = variants.groups(now.segments)
        if len(alike.documents):
            name = f"{self._next_number():06}.variants"
            variants.write(self._new / name, alike)
            manifest = manifest.__replace__(variants=name)
        if files:
            name = f"{self._next_number():06}.files"
            catalogue.write(self._new / name, files)
            manifest = manifest.__replace__(catalogue=name)
        self._close_old()
        index_folder.publish(self._folder, manifest)
        self._release()
        return index_folder.stats(manifest, index_folder.size(self._folder, manifest))

    def _new_segments(self) -> Iterator[list[str]]:
        """Merge the spills of each segment; the names of its file and of that of its deletions."""
        done = 0
        for _, group in groupby(self._spills, key=lambda spill: spill.segment):
            members = list(group)
            end = done + sum(spill.articles for spill in members)
            ids = self._spilled_ids[done:end]
            unused = [one or b"\0%d" % place for place, one in enumerate(ids)]
            name = self._merged([Source(spill.path) for spill in members], unused)
            yield [name, self._left_out(name, [place for place, one in enumerate(ids) if not one])]
            for spill in members:
                spill.path.unlink()
            done = end

    def _left_out(self, name: str, articles: list[int]) -> str:
        """Delete articles of a new segment; the name of the file that says so."""
        if not articles:
            return ""
        deletions = f"{name[:6]}-{self._next_number():06}.del"
        with closing(Opened(self._path, [[name, ""]], self._dictionary)) as now:
            deleting.write(self._new / deletions, deleting.without(now.segments[0], articles))
        return deletions

    def stats(self) -> Stats:
        """What is in the state before."""
        assert self._before, "there is one"
        return index_folder.stats(self._before, index_folder.size(self._folder, self._before))

    def abort(self) -> None:
        """Forget everything; the index stays as it was."""
        self._release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.abort()

    def _manifest(self, fresh: bool) -> Manifest | None:
        try:
            return None if fresh else index_folder.current(self._folder)
        except NoIndex:
            return None

    def _name_anew(self) -> None:
        """Another id for those articles in the spills whose own is taken."""
        if len(set(self._spilled_ids)) == len(self._spilled_ids) and not self._old:
            return
        place = 0
        for spill in self._spills:
            with closing(Source(spill.path)) as source:
                for article in range(len(source.column("starts"))):
                    wanted = self._spilled_ids[place].decode()
                    free = self._free_id(wanted)
                    self._ids.add(free)
                    if free != wanted:
                        self._spilled_ids[place] = free.encode()
                        self.renamed.append((_place(source, article, self._codec[1]), wanted, free))
                    place += 1

    def _place(self, number: int) -> str:
        """Where an article that came from records was read."""
        for spill in self._spills:
            if number < spill.articles:
                with closing(Source(spill.path)) as source:
                    return _place(source, number, self._codec[1])
            number -= spill.articles
        return ""

    def _opened(self) -> Opened | None:
        if self._before is None:
            return None
        return open_index(self._folder, self._before.segments, self._before.dictionary)

    def _free_id(self, wanted: str) -> str:
        identity = wanted
        while identity in self._ids or self._is_taken(identity):
            self._copies[wanted] = self._copies.get(wanted, 1) + 1
            identity = f"{wanted}~{self._copies[wanted]}"
        return identity

    def _is_taken(self, identity: str) -> bool:
        """Whether an article of the state before has this id, and was not deleted."""
        for place, segment in enumerate(self._old.segments if self._old else ()):
            article = segment.find(identity)
            if article is not None and article not in self._deleted.get(place, ()):
                return True
        return False

    def _begin_draft(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._draft = Draft(vocabulary, self._codec[0])

    def _spill(self) -> None:
        path = self._new / f"draft{len(self._spills)}.spill"
        self._draft.write(path)
        self._written += self._draft.size
        last = self._spills[-1].segment if self._spills else 0
        if self._written > SEGMENT:
            last, self._written = last + 1, 0
        self._spills.append(_Spill(path, last, len(self._draft)))
        self._spilled_ids += self._draft.ids()
        self._begin_draft(Vocabulary() if self._vocabulary.is_full else self._vocabulary)

    def _kept(self) -> list[list[str]]:
        """The segments of the state before, with the deletions that there are now."""
        names: list[list[str]] = []
        for place, (name, deletions) in enumerate(self._before.segments if self._before else ()):
            if place in self._deleted:
                assert self._old
                found = deleting.without(self._old.segments[place], self._deleted[place])
                deletions = f"{name[:6]}-{self._next_number():06}.del"
                deleting.write(self._new / deletions, found)
            names.append([name, deletions])
        return names

    def _tidied(self, names: list[list[str]]) -> list[list[str]]:
        """The segments, after those that should be merged were: the last ones where they are many or have grown as
        large as the one before, and those with too many deleted documents."""
        with closing(Opened(self._path, names, self._dictionary)) as now:
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
            [self._merged(self._sources([pair])), ""] if gone > MOST_DELETED * size else pair
            for pair, gone, size in zip(names[:first], deleted, sizes, strict=False)
        ]
        last = names[first:]
        if len(last) > 1 or deleted[first] > MOST_DELETED * sizes[first]:
            last = [[self._merged(self._sources(last)), ""]]
        return tidied + last

    def _sources(self, names: Iterable[list[str]]) -> list[Source]:
        with closing(Opened(self._path, names, self._dictionary)) as now:
            return [
                Source(Path(segment.file.path), sorted(segment.deletions.documents), segment.deletions.changes)
                for segment in now.segments
            ]

    def _merged(self, sources: list[Source], ids: list[bytes] | None = None) -> str:
        """Merge sources to a new segment, its articles with other ids if there are some; its name."""
        name = f"{self._next_number():06}.seg"
        try:
            merge(sources, self._new / name, self._codec, ids)
        finally:
            for source in sources:
                source.close()
        return name

    def _path(self, name: str) -> Path:
        """Where a file is: new, or in the index already."""
        new = self._new / name
        return new if new.exists() else self._folder / name

    def _next_number(self) -> int:
        self._number += 1
        return self._number - 1

    def _close_old(self) -> None:
        old, self._old = self._old, None
        if old:
            old.close()

    def _release(self) -> None:
        self._close_old()
        holding, self._holding = self._holding, None
        if holding:
            holding.__exit__(None, None, None)


def processors() -> int:
    """How many processors there are for this process."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _place(source: Source, article: int, decompress: Callable[[bytes], bytes]) -> str:
    """Where an article of a spill was read."""
    record = blocks_of(source.file, decompress).texts(article).record()
    return Article("", "", (), path=record.get("path"), line=record.get("line", 0)).place
