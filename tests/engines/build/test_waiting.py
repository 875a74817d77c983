"""Units that wait for a worker: there are as many as there is room for."""

from pathlib import Path
from threading import Thread

from search.engines.local.build.units import LARGEST, Unit
from search.engines.local.build.waiting import Waiting
from search.readers import Record, SourceFile


def _unit(number: int, size: int) -> Unit:
    return Unit(number, 0, number, [Record(SourceFile(Path("a.jsonl"), "a", 1), number, bytes(size))], number)


def test_units_wait_until_there_is_room() -> None:
    units = [_unit(number, size) for number, size in enumerate((LARGEST + 9, 1, LARGEST // 2, LARGEST // 2, 1))]
    waiting, added = Waiting(), list[int]()

    def add() -> None:
        for unit in units:
            waiting.put(unit)
            added.append(unit.number)
        waiting.end()

    thread = Thread(target=add, daemon=True)
    thread.start()
    for unit, there in zip(units, (1, 3, 4, 5, 5), strict=True):
        thread.join(0.1)
        assert len(added) == there
        assert waiting.get() is unit
    assert waiting.get() is None
    assert waiting.get() is None


def test_who_asks_too_early_gets_the_next_unit_or_the_end() -> None:
    waiting, taken = Waiting(), list[Unit | None]()
    threads = [Thread(target=lambda: taken.append(waiting.get()), daemon=True) for _ in range(3)]
    for thread in threads:
        thread.start()
    waiting.put(unit := _unit(0, 5))
    waiting.end()
    for thread in threads:
        thread.join(10)
    assert taken.count(unit) == 1
    assert taken.count(None) == 2
