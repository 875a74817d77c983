"""Units of a build that wait for a worker."""

from collections import deque
from threading import Condition

from search.engines.local.build.units import LARGEST, Unit


class Waiting:
    """Units for whoever asks first: one, or as many small ones as have no more bytes together than a large one. So
    there is always another one towards the end of the files, where units are small."""

    def __init__(self) -> None:
        self._units: deque[Unit] = deque()
        self._size = 0
        self._has_ended = False
        self._changed = Condition()

    def put(self, unit: Unit) -> None:
        """Add a unit, as soon as there is room for it."""
        size = unit.size()
        with self._changed:
            self._changed.wait_for(lambda: not self._units or self._size + size <= LARGEST)
            self._units.append(unit)
            self._size += size
            self._changed.notify_all()

    def end(self) -> None:
        """No other will come."""
        with self._changed:
            self._has_ended = True
            self._changed.notify_all()

    def get(self) -> Unit | None:
        """The next one, as soon as there is one; ``None`` after the last."""
        with self._changed:
            self._changed.wait_for(lambda: self._units or self._has_ended)
            if not self._units:
                return None
            unit = self._units.popleft()
            self._size -= unit.size()
            self._changed.notify_all()
            return unit
