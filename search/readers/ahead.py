"""Reading ahead: what comes first is read by a thread while something else is done."""

from collections.abc import Callable, Generator, Iterable, Iterator
from threading import Event, Thread
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Ahead(Generic[Item]):
    """Items, of which a thread reads the first from now on, until `rest` is called or they are too `large` together,
    as `size` has it. No two threads ever read at once."""

    def __init__(self, items: Iterable[Item], size: Callable[[Item], int], large: int) -> None:
        self._items, self._size, self._large = iter(items), size, large
        self._head: list[Item] = []
        self._error: BaseException | None = None
        self._is_wanted = Event()
        self._thread = Thread(target=self._read, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Wait until the thread is at an end."""
        self._is_wanted.set()
        self._thread.join()

    def close(self) -> None:
        """Read no more."""
        self.stop()
        self._head.clear()
        if isinstance(self._items, Generator):
            self._items.close()

    def __iter__(self) -> Iterator[Item]:
        """All items, to be asked for once; what went wrong while reading ahead is raised where it did."""
        self.stop()
        yield from self._head
        self._head.clear()
        if self._error:
            raise self._error
        yield from self._items

    def _read(self) -> None:
        left = self._large
        try:
            for item in self._items:
                self._head.append(item)
                left -= self._size(item)
                if left < 0 or self._is_wanted.is_set():
                    return
        except BaseException as error:
            self._error = error
