"""Bulk building: units from files, spills from units, with one process or several."""

import json
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path
from queue import Full, Queue
from threading import Thread

from search.engines.local.build.dictionary import Items
from search.engines.local.build.messages import to_bytes
from search.engines.local.build.units import Outcome, Unit, work_through
from search.engines.local.build.waiting import Waiting
from search.engines.local.build.workers import Process, Workers
from search.errors import SearchError
from search.readers import Problem, Record


class Crew:
    """What makes spills in a folder: the workers, or this process. `dictionary` is the name of the one that will be
    there (or none)."""

    def __init__(self, folder: Path, dictionary: str, workers: Workers) -> None:
        self._folder, self.dictionary, self._workers = folder, dictionary, workers
        self.is_alone = workers.jobs == 1
        """Whether it is this process."""

    def spills(self, units: Iterable[Unit], *, alone: bool = False) -> Generator[Outcome]:
        """Make the spills of the units (`alone`: in this process); the outcomes, in the order of the units."""
        if self.is_alone or alone:
            with closing(_ahead(units)) as read:
                yield from work_through(read, self._folder, self.dictionary)
        else:
            self._workers.start()
            task = json.dumps([str(self._folder), self.dictionary]).encode() + b"\n"
            yield from _in_order(_together(units, self._workers.processes, task))


def begun(items: Items, size: int) -> tuple[int, Items]:
    """Read items until their records have more bytes than this; how many they have, and all the items."""
    every, head, read = iter(items), [], 0
    for one in every:
        head.append(one)
        read += len(one[0].data) if isinstance(one[0], Record) else 0
        if read > size:
            break
    return read, chain(head, every)


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


def _together(units: Iterable[Unit], processes: list[Process], task: bytes) -> Iterator[Outcome]:
    """The outcomes as they come from worker processes, each of which a thread of this one looks after."""
    waiting = Waiting()
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
    waiting.end()
    for _ in range(open_units):
        yield _outcome(done.get())


def _look_after(
    process: Process,
    task: bytes,
    waiting: Waiting,
    done: "Queue[Outcome | BaseException]",
) -> None:
    """Tell a worker what to do, give it unit after unit, and hand on what it answers."""
    assert process.stdin
    assert process.stdout
    try:
        process.stdin.write(task)
        while unit := waiting.get():
            process.stdin.write(to_bytes(unit, process.memory))
            process.stdin.flush()
            number, segment, articles, problems, read, files, keys = json.loads(_line(process))
            found = [Problem(*one) for one in problems]
            done.put(Outcome(number, segment, articles, found, read, [(path, count) for path, count in files], keys))
        process.stdin.close()
        if process.memory:
            process.memory.close()
    except BaseException as error:
        done.put(_ended(process) if isinstance(error, OSError) else error)
        while waiting.get():  # so that nobody waits for this one
            pass


def _line(process: Process) -> bytes:
    assert process.stdout
    line = process.stdout.readline()
    if not line:
        raise _ended(process)
    return line


def _ended(process: Process) -> SearchError:
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
