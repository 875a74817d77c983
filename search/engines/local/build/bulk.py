"""Bulk building: units from files, spills from units, with one process or several."""

import json
import subprocess
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path
from queue import Full, Queue
from threading import Thread

from search.engines.local.build.units import LARGEST, NONE, Outcome, Unit, to_bytes, work_through
from search.engines.local.build.workers import Workers
from search.engines.local.codec.files import SectionWriter
from search.engines.local.codec.records import LEVEL, encoded
from search.errors import SearchError
from search.readers import Problem, Record, parse
from search.zstd import ZstdDict, ZstdError, finalize_dict

DICTIONARY_SIZE = 524_288
"""Bytes of the dictionary that texts are compressed with, at most; the larger it is, the better, up to about this."""

TABLES = 1_000
"""Bytes that are left for its tables of how often what occurs."""

SAMPLED, ENOUGH = 8, 100
"""It is made of one in so many of the first records, if those are so many."""


class Crew:
    """What makes spills in a folder: the workers, or this process. `dictionary` is the name of the one that will be
    there (or none)."""

    def __init__(self, folder: Path, dictionary: str, workers: Workers) -> None:
        self._folder, self.dictionary, self._workers = folder, dictionary, workers

    def spills(self, units: Iterable[Unit], *, alone: bool = False) -> Generator[Outcome]:
        """Make the spills of the units (`alone`: in this process); the outcomes, in the order of the units."""
        if self._workers.jobs == 1 or alone:
            with closing(_ahead(units)) as read:
                yield from work_through(read, self._folder, self.dictionary)
        else:
            self._workers.start()
            task = json.dumps([str(self._folder), self.dictionary]).encode() + b"\n"
            yield from _in_order(_together(units, self._workers.processes, task))


Items = Iterable[tuple[Record | Problem, int]]


def sample(
    items: Iterator[tuple[Record | Problem, int]], on_some: Callable[[], None] | None = None
) -> tuple[list[Record], Items]:
    """Some of the first records, to train a dictionary with, and all the items. No records if there are few.
    `on_some` is called as soon as they are so many that there may be more."""
    head: list[tuple[Record | Problem, int]] = []
    size = 0
    for item, done in items:
        head.append((item, done))
        size += len(item.data) if isinstance(item, Record) else 0
        if on_some and size > LARGEST // 4:
            on_some()
            on_some = None
        if size > LARGEST:
            step = min(SAMPLED, len(head) // ENOUGH + 1)
            return [one for one, _ in head[::step] if isinstance(one, Record)], chain(head, items)
    return [], head


def train(records: list[Record], path: Path) -> bool:
    """Write a dictionary for texts like these (`units.awaited` waits for it); whether there is one. It is every other
    of them as it stands: to choose what of them to take (`train_dict`) makes it half as large, and takes a tenth of a
    second. Some of those between tell how often what occurs."""
    try:
        content = b"".join(block for record in records[::2] for block in _blocks(record))
        others = [block for record in records[1::8] for block in _blocks(record)]
        raw = ZstdDict(content[: DICTIONARY_SIZE - TABLES], is_raw=True)
        made = finalize_dict(raw, others, DICTIONARY_SIZE, LEVEL)
        with SectionWriter(path.with_suffix(".new")) as file:
            file.add("dictionary", made.dict_content)
            file.close()
        path.with_suffix(".new").rename(path)
    except (ZstdError, ValueError):  # too few texts, or too much alike
        return False
    finally:
        if not path.exists():
            path.with_suffix(NONE).touch()
    return True


def _blocks(record: Record) -> list[bytes]:
    """A record's articles as they are compressed."""
    try:
        return [encoded(one) for one in parse(record) if not isinstance(one, Problem)]
    except Exception:  # whoever adds it will say what is wrong with it
        return []


def _ahead(units: Iterable[Unit]) -> Generator[Unit]:
    """The units, each read by a thread while the one before is worked on."""
    ready: Queue[Unit | BaseException | None] = Queue(maxsize=1)
    wanted = True

    def hand_on(item: Unit | BaseException | None) -> None:
        while wanted:
            try:
                return ready.put(item, timeout=0.1)
            except Full:
                continue

    def read() -> None:
        try:
            for unit in units:
                hand_on(unit)
                if not wanted:
                    return
            hand_on(None)
        except BaseException as error:
            hand_on(error)

    Thread(target=read, daemon=True).start()
    try:
        while item := ready.get():
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        wanted = False


def _together(units: Iterable[Unit], processes: "list[subprocess.Popen[bytes]]", task: bytes) -> Iterator[Outcome]:
    """The outcomes as they come from worker processes, each of which a thread of this one looks after."""
    waiting: Queue[Unit | None] = Queue(maxsize=1)
    done: Queue[Outcome | BaseException] = Queue()
    for process in processes:
        Thread(target=_look_after, args=(process, task, waiting, done), daemon=True).start()
    open_units = 0
    for unit in units:
        waiting.put(unit)
        open_units += 1
        while not done.empty():
            yield _outcome(done.get())
            open_units -= 1
    for _ in processes:
        waiting.put(None)
    for _ in range(open_units):
        yield _outcome(done.get())


def _look_after(
    process: "subprocess.Popen[bytes]",
    task: bytes,
    waiting: "Queue[Unit | None]",
    done: "Queue[Outcome | BaseException]",
) -> None:
    """Tell a worker what to do, give it unit after unit, and hand on what it answers."""
    assert process.stdin
    assert process.stdout
    try:
        process.stdin.write(task)
        while unit := waiting.get():
            process.stdin.write(to_bytes(unit))
            process.stdin.flush()
            number, segment, articles, problems, read, files, keys = json.loads(_line(process))
            found = [Problem(*one) for one in problems]
            done.put(Outcome(number, segment, articles, found, read, [(path, count) for path, count in files], keys))
        process.stdin.close()
    except BaseException as error:
        done.put(_ended(process) if isinstance(error, OSError) else error)
        while waiting.get():  # so that nobody waits for this one
            pass


def _line(process: "subprocess.Popen[bytes]") -> bytes:
    assert process.stdout
    line = process.stdout.readline()
    if not line:
        raise _ended(process)
    return line


def _ended(process: "subprocess.Popen[bytes]") -> SearchError:
    return SearchError(f"a worker process ended early (status {process.wait()}): try again with --jobs 1")


def _outcome(found: Outcome | BaseException) -> Outcome:
    if isinstance(found, BaseException):
        raise found
    return found


def _in_order(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """The outcomes by number, whichever came first."""
    early: dict[int, Outcome] = {}
    number = 0
    for outcome in outcomes:
        early[outcome.number] = outcome
        while number in early:
            yield early.pop(number)
            number += 1
