"""Units as messages to workers: through a pipe, or with the data of their records in memory that both share."""

import json
from collections.abc import Callable
from mmap import mmap
from pathlib import Path

from search.engines.local.build.units import Unit
from search.readers import Problem, Record, SourceFile


def to_bytes(unit: Unit, memory: mmap | None = None) -> bytes:
    """A unit as a message: its length (u32); JSON of its numbers, whether the data is in memory, the files, and
    what there is in the unit; then the data of its records, one after the other, unless there was room for it in
    memory. In a unit there are problems, and records of a file with successive numbers: the number of the file, that
    of the first record, and the sizes of all."""
    sources: dict[SourceFile, int] = {}
    items: list[tuple[str, str] | tuple[int, int, list[int]]] = []
    source, following = -1, -1
    for item in unit.items:
        if isinstance(item, Problem):
            items.append((item.place, item.reason))
            source = -1
            continue
        own = sources.setdefault(item.source, len(sources))
        if own != source or item.number != following:
            items.append((own, item.number, sizes := []))
        sizes.append(len(item.data))
        source, following = own, item.number + 1
    files = [
        [str(one.path), one.id, one.size, one.kind, one.columns, one.url, one.fetched, one.charset] for one in sources
    ]
    data = [item.data for item in unit.items if isinstance(item, Record)]
    is_shared = memory is not None and sum(map(len, data)) <= len(memory)
    about = json.dumps([unit.number, unit.segment, unit.first, unit.read, is_shared, files, items]).encode()
    head = len(about).to_bytes(4, "little") + about
    if memory is None or not is_shared:
        return b"".join([head, *data])
    memory.seek(0)
    for one in data:
        memory.write(one)
    return head


def from_bytes(read: Callable[[int], bytes], memory: mmap | None = None) -> Unit | None:
    """The unit of the next message, of which `read` gives the bytes; ``None`` after the last."""
    size = read(4)
    if not size:
        return None
    number, segment, first, done, is_shared, files, items = json.loads(read(int.from_bytes(size, "little")))
    if is_shared:
        assert memory is not None
        memory.seek(0)
        read = memory.read
    sources = [
        SourceFile(Path(path), identity, size, kind, tuple((one, two) for one, two in columns), *crawled)
        for path, identity, size, kind, columns, *crawled in files
    ]
    found: list[Record | Problem] = []
    for item in items:
        if len(item) == 2:
            found.append(Problem(*item))
        else:
            source = sources[item[0]]
            found += [Record(source, place, read(size)) for place, size in enumerate(item[2], item[1])]
    return Unit(number, segment, first, found, done)
