"""The writer: articles in, a new state of the index out."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, nullcontext
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from search.article import Article
from search.engines.local import catalogue
from search.engines.local import folder as index_folder
from search.engines.local.build import counts, deleting, variants
from search.engines.local.build.bulk import Crew, begun
from search.engines.local.build.dictionary import Dictionary, Items
from search.engines.local.build.draft import Draft
from search.engines.local.build.finder import Finders, new_finders
from search.engines.local.build.spilled import Spill, Spilled
from search.engines.local.build.store import Store
from search.engines.local.build.units import GROUP, HEAD, LARGEST, SEGMENT, Outcome, Sizes, cut
from search.engines.local.build.workers import MANY, MEMORY, Workers
from search.engines.local.catalogue import Catalogue
from search.engines.local.codec.files import Damaged
from search.engines.local.codec.opened import Opened, open_index
from search.engines.local.codec.records import storable
from search.engines.local.folder import Manifest
from search.engines.protocol import Stats
from search.errors import DamagedIndex, NoIndex
from search.native import kernel

PER_BYTE = 15 if kernel else 30
"""Bytes that a worker holds for each byte of its unit, roughly."""

FEW = 2_000_000
"""On no more bytes of records than this one process works alone."""

LONGEST_DRAFT = 10_000_000
"""A draft with more characters of text than this is spilled."""


class IndexWriter:
    """A `search.engines.protocol.Writer` for the local index.

    With `fresh` the index starts empty, else from what counts. As a context manager it aborts unless `commit` was
    called.
    """

    def __init__(self, folder: str | os.PathLike[str], *, fresh: bool = False) -> None:
        self._folder = Path(folder)
        self._holding: ExitStack | None = ExitStack()
        self._new = self._holding.enter_context(index_folder.writing(self._folder))
        self._old: Opened | None = None
        try:
            self._before = self._manifest(fresh)
            self._old = self._opened()
            self._store = Store(self._folder, self._new, self._before.dictionary if self._before else "")
            self._holding.callback(self._store.stop)
            self._ids: set[str] = set()
            self._copies: dict[str, int] = {}
            self._deleted: dict[int, set[int]] = {}
            self._spilled = Spilled(self._store)
            self._written = 0
            self.renamed: list[tuple[str, str, str]] = []
            """Of each article of `add_records` whose id was taken: where it was read, its id, the one it got."""
            self._added = 0
            self._begin_draft(new_finders())
        except BaseException:
            self._release()
            raise

    def add(self, article: Article) -> str:
        """Add an article; the id it got."""
        if len(self._ids) < len(self._spilled.ids):
            self._ids.update(one.decode() for one in self._spilled.ids)
        article = replace(article, id=self._free_id(storable(article.id)))
        self._draft.add(article, self._added // GROUP)
        self._ids.add(article.id)
        self._added += 1
        if self._draft.size > LONGEST_DRAFT and self._added % GROUP == 0:
            self._spill()
        return article.id

    def add_records(
        self,
        items: Items,
        *,
        jobs: int = 0,
        memory: int = MEMORY,
        total: int = 0,
        named: bool = True,
        workers: Workers | None = None,
    ) -> Iterator[Outcome]:
        """Add the articles of records, as many at a time as there are `jobs` (0: as processors); what became of
        them, part by part. `memory`, in bytes, bounds what the processes hold together, roughly; `total` is how many
        bytes of the files there are (0: that is not known). Unless they are to be `named` here, whoever asks for this
        names all of them, by `name`. `workers` may have been started already; it is for others to end these. This can
        be done once."""
        known = self._store.dictionary
        with (
            nullcontext(workers) if workers else Workers(jobs, memory) as hands,
            Dictionary(self._new) as made,
        ):
            if total > MANY:
                hands.start()
            largest = max(min(memory // (hands.jobs * PER_BYTE), LARGEST), LARGEST // 16)
            crew = Crew(self._new, str(self._folder.resolve() / known) if known else "", hands)
            items, are_few = self._begun(items, made, crew)
            for outcome in crew.spills(cut(items, Sizes(largest, total, hands.jobs)), alone=are_few):
                if outcome.articles:
                    spill = self._new / f"{outcome.number:06}.spill"
                    self._spilled.add(Spill(spill, outcome.segment, outcome.articles))
                yield outcome
            if path := made.made():
                path.rename(self._new / (name := self._store.new_name("dict")))
                self._store.use(name)
                self._begin_draft(self._finders)
        if named:
            self._name_anew()

    def _begun(self, items: Items, made: Dictionary, crew: Crew) -> tuple[Items, bool]:
        """The items, of the first of which a dictionary is made, if there is none yet: they are all read before who
        works alone begins. And whether there are so few that this process takes no longer than several."""
        is_new = not (crew.dictionary or self._before)
        size, items = begun(made.of(items) if is_new else items, HEAD if crew.is_alone else FEW)
        if is_new and size > FEW:
            crew.dictionary = made.expected()
        return items, size <= FEW

    def wanted(self) -> list[str]:
        """The ids of the articles that came from records, in their order."""
        return [one.decode() for one in self._spilled.ids]

    def name(self, ids: Sequence[str]) -> None:
        """The ids that these articles get; ``""`` for those that are left out after all."""
        wanted = self.wanted()
        changed = [place for place, (one, given) in enumerate(zip(wanted, ids, strict=True)) if given != one]
        others = list(filter(ids.__getitem__, changed))
        for place, where in zip(others, self._spilled.places(others), strict=True):
            self.renamed.append((where, wanted[place], ids[place]))
        for place in changed:
            self._spilled.ids[place] = ids[place].encode()

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
        self._before = None
        self._store.use("")
        self._deleted = {}
        self._begin_draft(new_finders())

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
        names = self._store.tidied([*names, *self._spilled.segments()])
        self._spilled.ids = []  # they are in the segments now, and take room
        with closing(self._store.opened(names)) as now:
            manifest = counts.manifest(now.segments, names, self._store.dictionary)
            alike = variants.groups(now.segments)
        if len(alike.documents):
            manifest = manifest.__replace__(variants=self._store.new_name("variants"))
            variants.write(self._new / manifest.variants, alike)
            self._store.settle(self._new / manifest.variants)
        if files:
            manifest = manifest.__replace__(catalogue=self._store.new_name("files"))
            catalogue.write(self._new / manifest.catalogue, files)
            self._store.settle(self._new / manifest.catalogue)
        self._close_old()
        self._store.sync()
        index_folder.publish(self._folder, manifest)
        self._release()
        return index_folder.stats(manifest, index_folder.size(self._folder, manifest))

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
        if len(set(self._spilled.ids)) == len(self._spilled.ids) and not self._old:
            return
        given = []
        for wanted in self.wanted():
            given.append(self._free_id(wanted))
            self._ids.add(given[-1])
        self.name(given)

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

    def _begin_draft(self, finders: Finders) -> None:
        self._finders = finders
        self._draft = Draft(finders, self._store.codec[0])

    def _spill(self) -> None:
        path = self._new / f"draft{len(self._spilled)}.spill"
        self._draft.write(path)
        self._written += self._draft.size
        last = self._spilled.segment
        if self._written > SEGMENT:
            last, self._written = last + 1, 0
        self._spilled.add(Spill(path, last, len(self._draft)))
        self._begin_draft(self._finders.renewed())

    def _kept(self) -> list[list[str]]:
        """The segments of the state before, with the deletions that there are now."""
        names: list[list[str]] = []
        for place, (name, deletions) in enumerate(self._before.segments if self._before else ()):
            if place in self._deleted:
                assert self._old
                left = deleting.without(self._old.segments[place], self._deleted[place])
                deletions = self._store.write_deletions(name, left)
            names.append([name, deletions])
        return names

    def _close_old(self) -> None:
        old, self._old = self._old, None
        if old:
            old.close()

    def _release(self) -> None:
        self._close_old()
        holding, self._holding = self._holding, None
        if holding:
            holding.close()
