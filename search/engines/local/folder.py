"""The index folder: which files are the index, and how a new state takes the place of the old one.

=====================  =======================================================================================
``index.json``         the table of contents: which files count, and what is in them (see `Manifest`)
``000001.seg`` …       segments (`search.engines.local.codec`); a file is never changed once it is written
``000001-000003.del``  which documents of segment 1 no longer count (`search.engines.local.codec.deletions`)
``000001.dict``        what texts are compressed with (`search.engines.local.codec.records`)
``000001.files``       which files the articles were read from (`search.engines.local.catalogue`)
``000001.variants``    which articles are near-copies (`search.engines.local.codec.variants`)
``previous.json``      the table of contents before the last commit
``new/``               what is being written; left over only by a build that was killed
``lock``               held (by the operating system) by the one process that writes
=====================  =======================================================================================

A commit moves new files from ``new/`` into the folder and then replaces ``index.json``, in one step, so the index
opens at any moment, as before or as after. Files of the state before stay until the next commit, for those who
are reading it. Everything is made durable (``fsync``) before what points to it.
"""

import json
import os
from binascii import crc32
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Any

from search.engines.local.codec.files import VERSION as FORMAT
from search.engines.protocol import Stats
from search.errors import DamagedIndex, IndexBusy, NoIndex, NotAnIndex, OtherFormat
from search.lazy import pattern
from search.lock import held
from search.value import Value

if TYPE_CHECKING:
    from pathlib import Path  # what only asks the index does without it

_MAGIC = "news-search index"
_MANIFEST, _PREVIOUS, _NEW, _LOCK = "index.json", "previous.json", "new", "lock"
_FILE = pattern(r"(\d{6})(?:-\d{6})?\.(?:seg|del|dict|files|variants)|g\d{6}")  # g…: a folder of format 1


class Manifest(Value):
    """What ``index.json`` says: the files that count, and counts that need no search (see `Stats`).

    `segments` names each segment's file and that of its deletions (``""`` if it has none), `dictionary` the file
    with which texts are compressed, `catalogue` that which tells of the files that were read, `variants` that which
    tells of near-copies (or ``""``).
    """

    segments: list[list[str]]
    dictionary: str
    articles: int
    texts: int
    paragraphs: int
    words: int
    forms: int
    undated: int
    first: str | None
    last: str | None
    created: str
    languages: dict[str, int]
    sources: dict[str, int]
    fields: list[str]
    versions: dict[str, str]
    catalogue: str = ""
    variants: str = ""


def current(folder: "str | os.PathLike[str]") -> Manifest:
    """What counts now."""
    return _read(folder)


def is_there(folder: "str | os.PathLike[str]") -> bool:
    """Whether there is an index, of whatever kind or state."""
    return os.path.exists(os.path.join(folder, _MANIFEST))


def files(manifest: Manifest) -> list[str]:
    """The names of the files that count."""
    others = manifest.dictionary, manifest.catalogue, manifest.variants
    return [name for name in [*chain(*manifest.segments), *others] if name]


@contextmanager
def writing(folder: "Path") -> "Iterator[Path]":
    """Hold the folder for writing; gives an empty folder for the new generation, removed unless published."""
    _check_writable(folder)
    import shutil

    is_ours = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / _LOCK).open("ab")
        is_free = held(lock.fileno())
    except OSError as error:
        raise NotAnIndex(f'cannot write to the index folder "{folder}": {error.strerror}') from None
    if not is_free:
        lock.close()
        raise IndexBusy(f'another build is writing "{folder}": wait for it to end')
    new = folder / _NEW
    try:
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir()
        yield new
    finally:
        shutil.rmtree(new, ignore_errors=True)
        lock.close()
        if is_ours and not (folder / _MANIFEST).exists():
            shutil.rmtree(folder, ignore_errors=True)


def next_number(folder: "Path") -> int:
    """The number for the next file: above all that are there, counted or not."""
    numbers = (found[1] for path in folder.iterdir() if (found := _FILE.fullmatch(path.name)))
    return 1 + max((int(number) for number in numbers if number), default=0)


def publish(folder: "Path", manifest: Manifest) -> None:
    """Move the new files in, make the manifest the one that counts, and drop what neither it nor the one before
    needs."""
    import shutil

    kept = {*files(manifest)}
    for path in (folder / _NEW).iterdir():
        if path.name in kept:
            os.replace(path, folder / path.name)
    sync(folder)
    try:
        before = _read(folder)
        kept.update(files(before))
        shutil.copyfile(folder / _MANIFEST, folder / _PREVIOUS)
    except (NoIndex, OtherFormat, DamagedIndex):
        (folder / _PREVIOUS).unlink(missing_ok=True)
    temporary = folder / f"{_MANIFEST}.new"
    with temporary.open("w", encoding="utf-8") as file:
        data = vars(manifest).copy()
        json.dump({"magic": _MAGIC, "format": FORMAT, "checksum": _checksum(data), **data}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, folder / _MANIFEST)
    sync(folder)
    for path in folder.iterdir():
        if _FILE.fullmatch(path.name) and path.name not in kept:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def size(folder: "str | os.PathLike[str]", manifest: Manifest) -> int:
    """Bytes of the files that count."""
    return sum(os.path.getsize(os.path.join(folder, name)) for name in files(manifest))


def stats(manifest: Manifest, size: int) -> Stats:
    """What a manifest says, with the size of its files in bytes."""
    return Stats(
        articles=manifest.articles,
        paragraphs=manifest.paragraphs,
        words=manifest.words,
        forms=manifest.forms,
        first=manifest.first,
        last=manifest.last,
        undated=manifest.undated,
        languages=manifest.languages,
        sources=manifest.sources,
        size=size,
        created=manifest.created,
        versions={**manifest.versions, "index format": str(FORMAT)},
    )


def _checksum(data: dict[str, Any]) -> int:
    return crc32(json.dumps(data, sort_keys=True).encode())


def _read(folder: "str | os.PathLike[str]") -> Manifest:
    path = os.path.join(folder, _MANIFEST)
    try:
        with open(path, encoding="utf-8") as file:
            content = file.read()
    except (FileNotFoundError, NotADirectoryError):
        from pathlib import Path

        raise _absent(Path(folder)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise DamagedIndex(f'cannot read "{path}" ({error}): build the index again') from None
    except ValueError as error:  # a name that no file can have
        raise NotAnIndex(f'"{os.fspath(folder)}" can be no folder ({error})') from None
    return _parsed(os.fspath(folder), content)


def _parsed(folder: str, content: str) -> Manifest:
    rebuild, path = "build the index again with: search build", os.path.join(folder, _MANIFEST)
    try:
        data: dict[str, Any] = json.loads(content)
        magic, found = data.pop("magic"), data.pop("format")
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
        raise DamagedIndex(f'"{path}" is damaged: {rebuild}') from None
    if magic != _MAGIC:
        raise NotAnIndex(f'"{folder}" is no index of this program (its {_MANIFEST} is of "{magic}")')
    if found != FORMAT:
        raise OtherFormat(f'"{folder}" has index format {found}, this program reads {FORMAT}: {rebuild}')
    try:
        if data.pop("checksum") == _checksum(data):
            return Manifest(**data)
        raise ValueError("the checksum is wrong")
    except (TypeError, KeyError, ValueError):
        raise DamagedIndex(f'"{path}" is damaged: {rebuild}') from None


def _absent(folder: "Path") -> NoIndex | NotAnIndex:
    if not folder.exists():
        return NoIndex(f'there is no index at "{folder}": build one with: search build')
    if not folder.is_dir():
        return NotAnIndex(f'"{folder}" is a file; expected the folder of an index')
    if others := _others(folder):
        return NotAnIndex(f'"{folder}" is no index (it holds "{others[0]}"): name the right folder with --index')
    return NoIndex(f'there is no index in "{folder}" yet: build one with: search build')


def _check_writable(folder: "Path") -> None:
    """Refuse to write into a folder that holds something else."""
    try:
        _read(folder)
    except (NoIndex, OtherFormat):
        return
    except DamagedIndex:
        if others := _others(folder):
            raise NotAnIndex(
                f'"{folder}" holds a damaged index and other files ("{others[0]}"): name an empty folder'
            ) from None
    except NotAnIndex:
        raise NotAnIndex(
            f'"{folder}" is not an index and not empty: name an empty or new folder with --index'
        ) from None


def _others(folder: "Path") -> list[str]:
    """Files in the folder that are not an index's; hidden ones do not count."""
    ours = {_MANIFEST, _PREVIOUS, f"{_MANIFEST}.new", _NEW, _LOCK}
    return sorted(
        path.name
        for path in folder.iterdir()
        if path.name not in ours and not path.name.startswith(".") and not _FILE.fullmatch(path.name)
    )


def sync(folder: "str | os.PathLike[str]") -> None:
    """Make a folder's entries durable, where the system can (Windows cannot open a folder)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
