"""The worker processes of a build. They can be started before there is anything for them to do, and before what the
build itself needs is imported."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

MEMORY = 256_000_000
"""What the processes of a build may hold together, in bytes."""

WORKER = 64_000_000
"""Bytes that a worker holds whatever it does, roughly."""

MANY = 2_000_000
"""Files of more bytes than this are worth workers."""


class Workers:
    """So many processes as there are `jobs` (0: as processors), or for 1 none but this one; fewer, if `memory` is too
    little for them. As a context manager it ends them."""

    def __init__(self, jobs: int = 0, memory: int = MEMORY) -> None:
        self.jobs = min(jobs or processors(), max(memory // WORKER, 1))
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Start the processes, unless they are there."""
        if self.jobs > 1 and not self.processes:
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


def _process() -> "subprocess.Popen[bytes]":
    """Start a worker. It takes no code from the folder where the build runs (``-P``)."""
    package = str(Path(__file__).parents[4])
    paths = os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH", "")]))
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "search.engines.local.build.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths, "OPENBLAS_NUM_THREADS": "1"},
    )


def processors() -> int:
    """How many processors there are for this process."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
