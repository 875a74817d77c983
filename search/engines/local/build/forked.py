"""A worker that is this process once more."""

import gc
import os
import signal
import sys
import warnings
from contextlib import suppress
from mmap import mmap
from types import TracebackType
from typing import IO, NoReturn, Self

from search.engines.local.build import worker
from search.engines.local.build.quiet import SELDOM

SHARED = 10_000_000
"""Bytes that the build shares with a worker, for the data of a unit; what is not used of them takes no room."""


class Forked:
    """As `subprocess.Popen` has it: what it is told through `stdin`, what it answers through `stdout`. Its status is
    that with which it ended, or less than 0 where a signal ended it."""

    def __init__(self) -> None:
        self.memory: mmap | None = mmap(-1, SHARED)
        requests, stdin = os.pipe()
        stdout, answers = os.pipe()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of threads, which are none but numpy's
            self.pid = os.fork()
        if not self.pid:
            _work(requests, answers, self.memory)
        os.close(requests)
        os.close(answers)
        self.stdin: IO[bytes] | None = os.fdopen(stdin, "wb")
        self.stdout: IO[bytes] | None = os.fdopen(stdout, "rb")
        self._status: int | None = None

    def kill(self) -> None:
        """End it, unless it has ended."""
        if self._status is None:
            os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """Wait for its end; its status."""
        if self._status is None:
            self._status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self._status

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            for one in (self.stdout, self.stdin, self.memory):
                if one is not None:
                    one.close()
        finally:
            self.wait()


def _work(requests: int, answers: int, memory: mmap) -> NoReturn:
    """Be a worker, and nothing else: of what else this process would do at its end, nothing is done."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the build, which ends its workers
        _let_go(requests, answers)
        gc.freeze()
        gc.set_threshold(SELDOM)
        worker.main(os.fdopen(requests, "rb"), os.fdopen(answers, "wb"), memory)
        status = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(status)


def _let_go(*but: int) -> None:
    """Let go of the files that the build has open, but those that a worker needs: the lock of the index, and the
    pipes of other workers, which end when the build does. (Their numbers lead nowhere then: whatever closes them does
    no harm.)"""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for handle in map(int, os.listdir("/proc/self/fd")):
        if handle > 2 and handle not in (nowhere, *but):
            with suppress(OSError):
                os.dup2(nowhere, handle)
