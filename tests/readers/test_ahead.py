"""Reading ahead: nothing is lost, whenever it is stopped, and errors come where they belong."""

import threading
from collections.abc import Iterator

import pytest

from search.readers.ahead import Ahead


def numbers(count: int, held: threading.Event | None = None) -> Iterator[int]:
    for number in range(count):
        if held and number == 3:
            held.wait()
        yield number


def one(_: int) -> int:
    return 1


@pytest.mark.parametrize("large", [0, 1, 5, 1000])
@pytest.mark.parametrize("count", [0, 1, 6, 100])
def test_all_items_come_in_their_order(count: int, large: int) -> None:
    assert list(Ahead(numbers(count), one, large)) == list(range(count))


def test_no_more_is_read_than_was_asked_for() -> None:
    read: list[int] = []
    ahead = Ahead((read.append(number) or number for number in range(100)), one, 9)  # type: ignore[func-returns-value]
    ahead._thread.join()
    assert read == list(range(10))
    assert list(ahead) == list(range(100))


def test_whoever_asks_waits_for_the_item_that_is_being_read() -> None:
    held = threading.Event()
    ahead = Ahead(numbers(10, held), one, 1000)
    threading.Timer(0.05, held.set).start()
    assert list(ahead) == list(range(10))
    assert not ahead._thread.is_alive()


@pytest.mark.parametrize("large", [1, 1000])
def test_an_error_comes_after_what_was_read_before_it(large: int) -> None:
    def broken() -> Iterator[int]:
        yield from range(4)
        raise OSError("gone")

    items = iter(Ahead(broken(), one, large))
    assert [next(items) for _ in range(4)] == [0, 1, 2, 3]
    with pytest.raises(OSError, match="gone"):
        next(items)


def test_it_can_be_closed() -> None:
    closed = []

    def items() -> Iterator[int]:
        try:
            yield from range(100)
        finally:
            closed.append(True)

    ahead = Ahead(items(), one, 5)
    ahead.close()
    assert closed == [True]
    assert list(ahead) == []
