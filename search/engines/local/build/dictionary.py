"""The dictionary with which the texts of a build are compressed: made of its first records, while it goes on."""

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from search.engines.local.build.units import HEAD, NONE
from search.engines.local.codec.files import SectionWriter
from search.engines.local.codec.records import LEVEL, all_encoded, encoded
from search.readers import Problem, Record, parse, plain
from search.zstd import ZstdDict, ZstdError, finalize_dict

SIZE = 524_288
"""Bytes of a dictionary, at most; the larger it is, the better, up to about this."""

TABLES = 1_000
"""Bytes that are left for its tables of how often what occurs."""

SAMPLED, ENOUGH = 4, 100
"""It is made of one in so many of the first records, if those are so many."""

NAME = "texts.dict"
"""The file of a dictionary that is new."""

Item = tuple[Record | Problem, int]
"""A record or a problem, and how many bytes of the files were read by then."""

Items = Iterable[Item]


class Dictionary:
    """The dictionary of a build, in a folder. Units may be worked on before it is made, and before it is known
    whether one will be (`search.engines.local.build.units.awaited`)."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._beside = ThreadPoolExecutor(1)
        self._training: Future[bool] | None = None
        self._is_over = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._beside.shutdown()

    def of(self, items: Items) -> Items:
        """The items; of the first of them it is made, unless they are few."""
        head: list[Record] = []
        size = 0
        try:
            for item, done in items:
                if size <= HEAD and isinstance(item, Record):
                    head.append(item)
                    size += len(item.data)
                    if size > HEAD:
                        some = head[:: min(SAMPLED, len(head) // ENOUGH + 1)]
                        self._training = self._beside.submit(train, some, self._path)
                        head = []
                yield item, done
        finally:
            self._is_over = True
            if not self._training:
                _say_none(self._path)

    def expected(self) -> str:
        """The name of the file in which it will be, or none; ``""`` where there is none for certain."""
        return "" if self._is_over and not self._training else NAME

    def made(self) -> Path | None:
        """Wait for it; its file, if there is one."""
        return self._path if self._training and self._training.result() else None


def train(records: list[Record], path: Path) -> bool:
    """Write a dictionary for texts like these (`units.awaited` waits for it); whether there is one. It is every other
    of them as it stands: to choose what of them to take (`train_dict`) makes it half as large, and takes a tenth of a
    second. Some of those between tell how often what occurs."""
    try:
        content = b"".join(block for record in records[::2] for block in _blocks(record))
        others = [block for record in records[1::8] for block in _blocks(record)]
        made = finalize_dict(ZstdDict(content[: SIZE - TABLES], is_raw=True), others, SIZE, LEVEL)
        with SectionWriter(path.with_suffix(".new")) as file:
            file.add("dictionary", made.dict_content)
            file.close()
        path.with_suffix(".new").rename(path)
    except (ZstdError, ValueError):  # too few texts, or too much alike
        return False
    finally:
        if not path.exists():
            _say_none(path)
    return True


def _say_none(path: Path) -> None:
    """Tell those who wait for the dictionary in this file that there is none, unless the folder is gone."""
    with suppress(FileNotFoundError):
        path.with_suffix(NONE).touch()


def _blocks(record: Record) -> list[bytes]:
    """A record's articles as they are compressed."""
    try:
        if found := plain([record]):
            return all_encoded(found)
        return [encoded(one) for one in parse(record) if not isinstance(one, Problem)]
    except Exception:  # whoever adds it will say what is wrong with it
        return []
