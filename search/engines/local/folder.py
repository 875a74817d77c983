"""The index folder: which state of the index counts, and how a new one takes its place.

==================  ==========================================================================================
``index.json``      which generation counts, in which format, and what is in it (see `Manifest`)
``g000001/``        a generation: Whoosh's files, and ``lexicon.sqlite`` (`search.engines.local.lexicon`)
``new/``            a generation that is being written; left over only by a build that was killed
``lock``            held (by the operating system) by the one process that writes
==================  ==========================================================================================

A commit renames ``new/`` to the next generation and then replaces ``index.json``, each in one step, so the index
opens at any moment, as before or as after. The generation before stays until the next commit, for those who are
reading it.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from search.errors import DamagedIndex, IndexBusy, NoIndex, NotAnIndex, OtherFormat

FORMAT = 1
"""The format of the index that this program writes, and the only one it reads."""

_MAGIC = "news-search index"
_MANIFEST, _NEW, _LOCK = "index.json", "new", "lock"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What ``index.json`` says: the generation's folder, and counts that need no search (see `Stats`)."""

    generation: int
    articles: int
    paragraphs: int
    words: int
    forms: int
    undated: int
    first: str | None
    last: str | None
    created: str
    languages: dict[str, int] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    fields: dict[str, int] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)


def current(folder: Path) -> tuple[Manifest, Path]:
    """The manifest, and the folder of the generation that counts."""
    manifest = _read(folder)
    return manifest, generation(folder, manifest.generation)


def generation(folder: Path, number: int) -> Path:
    """The folder of a generation."""
    return folder / f"g{number:06}"


@contextmanager
def writing(folder: Path) -> Iterator[Path]:
    """Hold the folder for writing; gives an empty folder for the new generation, removed unless published."""
    _check_writable(folder)
    from whoosh.util.filelock import FileLock  # works on every platform; imported only by those who write

    is_ours = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(str(folder / _LOCK))
        held = lock.acquire()
    except OSError as error:
        raise NotAnIndex(f'cannot write to the index folder "{folder}": {error.strerror}') from None
    if not held:
        raise IndexBusy(f'another build is writing "{folder}": wait for it to end')
    new = folder / _NEW
    try:
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir()
        yield new
    finally:
        shutil.rmtree(new, ignore_errors=True)
        lock.release()
        if is_ours and not (folder / _MANIFEST).exists():
            (folder / _LOCK).unlink()
            folder.rmdir()


def next_number(folder: Path) -> int:
    """The number for the next generation: above all that are there, counted or not."""
    return 1 + max([_number(path) for path in folder.iterdir()], default=0)


def publish(folder: Path, manifest: Manifest) -> None:
    """Make the new generation the one that counts, and drop those before the last."""
    try:
        kept = {manifest.generation, _read(folder).generation}
    except (NoIndex, OtherFormat, DamagedIndex):
        kept = {manifest.generation}
    _sync_tree(folder / _NEW)
    os.rename(folder / _NEW, generation(folder, manifest.generation))
    temporary = folder / f"{_MANIFEST}.new"
    with temporary.open("w", encoding="utf-8") as file:
        json.dump({"magic": _MAGIC, "format": FORMAT, **asdict(manifest)}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, folder / _MANIFEST)
    _sync(folder)
    for path in folder.iterdir():
        if _number(path) and _number(path) not in kept:
            shutil.rmtree(path, ignore_errors=True)


def size(folder: Path) -> int:
    """Bytes of a generation's files."""
    return sum(path.stat().st_size for path in folder.iterdir())


def _number(path: Path) -> int:
    """A generation's number, 0 for any other file."""
    name = path.name
    return int(name[1:]) if len(name) == 7 and name[0] == "g" and name[1:].isdigit() else 0


def _read(folder: Path) -> Manifest:
    try:
        content = (folder / _MANIFEST).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        raise _absent(folder) from None
    except (OSError, UnicodeDecodeError) as error:
        raise DamagedIndex(f'cannot read "{folder / _MANIFEST}" ({error}): build the index again') from None
    return _parsed(folder, content)


def _parsed(folder: Path, content: str) -> Manifest:
    rebuild = "build the index again with: search build"
    try:
        data: dict[str, Any] = json.loads(content)
        magic, found = data.pop("magic"), data.pop("format")
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
        raise DamagedIndex(f'"{folder / _MANIFEST}" is damaged: {rebuild}') from None
    if magic != _MAGIC:
        raise NotAnIndex(f'"{folder}" is no index of this program (its {_MANIFEST} is of "{magic}")')
    if found != FORMAT:
        raise OtherFormat(f'"{folder}" has index format {found}, this program reads {FORMAT}: {rebuild}')
    try:
        return Manifest(**data)
    except TypeError:
        raise DamagedIndex(f'"{folder / _MANIFEST}" is damaged: {rebuild}') from None


def _absent(folder: Path) -> NoIndex | NotAnIndex:
    if not folder.exists():
        return NoIndex(f'there is no index at "{folder}": build one with: search build')
    if not folder.is_dir():
        return NotAnIndex(f'"{folder}" is a file; expected the folder of an index')
    if others := _others(folder):
        return NotAnIndex(f'"{folder}" is no index (it holds "{others[0]}"): name the right folder with --index')
    return NoIndex(f'there is no index in "{folder}" yet: build one with: search build')


def _check_writable(folder: Path) -> None:
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


def _others(folder: Path) -> list[str]:
    """Files in the folder that are not an index's; hidden ones do not count."""
    ours = {_MANIFEST, f"{_MANIFEST}.new", _NEW, _LOCK}
    return sorted(
        path.name
        for path in folder.iterdir()
        if path.name not in ours and not path.name.startswith(".") and not _number(path)
    )


def _sync_tree(folder: Path) -> None:
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    _sync(folder)


def _sync(folder: Path) -> None:
    """Make a folder's entries durable, where the system can (Windows cannot open a folder)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
