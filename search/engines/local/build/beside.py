"""Work that is done beside other work, by a thread, one thing after the other."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any


class Beside:
    """A line of work: done by the one thread of a pool, or at once where there is none.

    What takes the time lets go of Python's lock (the compiled kernel, zstd), so that a second processor is of use.
    """

    def __init__(self, pool: ThreadPoolExecutor | None = None) -> None:
        self._pool = pool
        self._open: list[Future[Any]] = []

    def do(self, work: Callable[..., object], *given: object) -> None:
        """Do something, sooner or later."""
        if self._pool:
            self._open.append(self._pool.submit(work, *given))
        else:
            work(*given)

    def wait(self) -> None:
        """Wait for all that is to be done; what went wrong is raised here."""
        waiting, self._open = self._open, []
        for one in waiting:
            one.result()
