"""The worker processes of a build. They can be started before there is anything for them to do.

A process in which nothing else goes on forks them, so that they are ready at once. In any other, what its threads
hold would stay held in the fork, so workers are started anew, at best before the build itself imports what it needs.
"""

import os
import sys
from contextlib import suppress
from mmap import mmap
from types import TracebackType
from typing import IO, Protocol, Self

MEMORY = 256_000_000
"""What the processes of a build may hold together, in bytes."""

WORKER = 64_000_000
"""Bytes that a worker holds whatever it does, roughly."""

MANY = 2_000_000
"""Files of more bytes than this are worth workers."""


class Process(Protocol):
    """A worker: `search.engines.local.build.started.Started`, or `…forked.Forked`. It may share `memory` with the
    build, in which units are handed to it."""

    stdin: IO[bytes] | None
    stdout: IO[bytes] | None
    memory: mmap | None
    pid: int

    def kill(self) -> None:
        """End it."""

    def wait(self) -> int:
        """Wait for its end; its status."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Workers:
    """So many processes as there are `jobs` (0: as processors), or for 1 none but this one; fewer, if `memory` is too
    little for them. As a context manager it ends them."""

    def __init__(self, jobs: int = 0, memory: int = MEMORY) -> None:
        self.jobs = min(jobs or processors(), max(memory // WORKER, 1))
        self.forks = _is_alone()
        """Whether they are forked: then they share all that this process has imported by their start. To be told
        before numpy is imported, whose threads wait until they are asked."""
        self.processes: list[Process] = []

    def start(self) -> None:
        """Start the processes, unless they are there."""
        if self.jobs > 1 and not self.processes:
            if self.forks:
                from search.engines.local.build.forked import Forked  # brings in what a worker needs

                self.processes = [Forked() for _ in range(self.jobs)]
            else:
                self.processes = [_process() for _ in range(self.jobs)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self.processes:
            process.kill()
        for process in self.processes:
            with suppress(OSError), process:  # what was not yet written to it
                pass
        self.processes = []


def _process() -> Process:
    from search.engines.local.build.started import Started  # brings in what forked workers have no use for

    return Started()


def _is_alone() -> bool:
    """Whether this process has no other thread, whoever started it. (Elsewhere than on Linux libraries of the system
    do not bear a fork.)"""
    return sys.platform == "linux" and len(os.listdir("/proc/self/task")) == 1


def processors() -> int:
    """How many processors there are for this process."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
