"""Standard input, and data whose name does not tell that it is compressed."""

import bz2
import gzip
import io
import lzma
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import search
from search import Article, zstd
from search.readers import Problem, find, packed, read
from tests.conftest import ROOT
from tests.readers.test_archives import tarred, zipped
from tests.readers.web.test_warc import INFO, record, response

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

LINES = b'{"text": "Le tunnel sous la Manche ouvre."}\n{"text": "Le port de Calais ferme."}\n'
TEXT = "Blériot traverse la Manche, de Calais à Douvres.".encode()
PACKERS: list[Callable[[bytes], bytes]] = [gzip.compress, bz2.compress, lzma.compress, zstd.compress]
FILES = {"a.txt": TEXT, "b.jsonl": LINES}


def built(folder: Path, data: bytes) -> tuple[list[str], str, int]:
    """The ids of what `search build -` reads, what it says, and its exit status."""
    done = subprocess.run(
        [sys.executable, "-m", "search", "build", "-", "--index", "press"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        input=data,
        capture_output=True,
        timeout=60,
    )
    if not (folder / "press").exists():
        return [], done.stderr.decode(), done.returncode
    with search.open(folder / "press") as archive:
        ids = sorted({hit.article for hit in archive.search("Calais OR Manche", limit=None)})
    return ids, done.stderr.decode(), done.returncode


def items(folder: Path, data: bytes, name: str) -> list[Article | Problem]:
    path = folder / name
    path.write_bytes(data)
    return [item for file in find([path]).files for item, _ in read(file)]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (LINES, ["stdin:1", "stdin:2"]),
        (b"\xef\xbb\xbf" + LINES, ["stdin:1", "stdin:2"]),
        (gzip.compress(LINES), ["stdin:1", "stdin:2"]),
        (TEXT, ["stdin"]),
        (tarred(FILES), ["stdin/a", "stdin/b:1", "stdin/b:2"]),
        (gzip.compress(tarred(FILES)), ["stdin/a", "stdin/b:1", "stdin/b:2"]),
        (zipped(FILES), ["stdin/a", "stdin/b:1", "stdin/b:2"]),
    ],
    ids=["lines", "with a byte order mark", "gzip", "text", "tar", "tgz", "zip"],
)
def test_building_from_a_pipe(tmp_path: Path, data: bytes, expected: list[str]) -> None:
    assert built(tmp_path, data) == (expected, "", 0)


def test_pages_and_crawls_from_a_pipe(tmp_path: Path) -> None:
    paragraph = "<p>Le port de Calais a rouvert dimanche, après trois jours de fermeture et de tempête.</p>"
    body = f"<body><article>{paragraph * 3}</article></body>"
    html = f"<!doctype html><html><head><title>Calais</title></head>{body}</html>"
    assert built(tmp_path, html.encode()) == (["stdin"], "", 0)
    crawl = gzip.compress(INFO) + gzip.compress(record(response(html.encode())))
    assert built(tmp_path, crawl) == ([f"stdin:{len(gzip.compress(INFO))}"], "", 0)


def test_a_json_array_from_a_pipe(tmp_path: Path) -> None:
    data = b"[" + b",\n".join(LINES.splitlines()) + b"]"
    assert built(tmp_path, data) == (["stdin:1", "stdin:2"], "", 0)


def test_nothing_from_a_pipe(tmp_path: Path) -> None:
    ids, error, status = built(tmp_path, b"")
    assert (ids, status) == ([], 2)
    assert "-: holds no text" in error


def test_a_pipe_that_gives_little_at_a_time() -> None:
    """The beginning is looked at as a whole, though it comes in parts."""
    reading, writing = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-c", "import search.readers as r; print([i.id for i, _ in r.read(*r.find('-').files)])"],
        stdin=reading, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    os.close(reading)
    with open(writing, "wb", buffering=0) as pipe:
        for byte in gzip.compress(LINES):
            pipe.write(bytes([byte]))
    assert process.communicate(timeout=60)[0].decode().strip() == "['stdin:1', 'stdin:2']"


class Slow(io.RawIOBase):
    """Gives its bytes one by one."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        return self._data.readinto(memoryview(buffer)[:1])


def test_a_pipe_may_unpack_to_more_the_more_comes_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "AT_LEAST", 0)
    monkeypatch.setattr(packed, "RATIO", 10)
    data = os.urandom(5_000)
    budget = packed.Budget(0)
    raw = packed.piped(io.BufferedReader(Slow(gzip.compress(data))), budget)
    assert packed.unpacked("-", raw, budget).read() == data
    budget = packed.Budget(0)
    raw = packed.piped(io.BufferedReader(Slow(gzip.compress(b"0" * 100_000))), budget)
    with pytest.raises(packed.TooMuch, match="unpacks to more than 10 times its size: the rest is left out"):
        packed.unpacked("-", raw, budget).read()


@pytest.mark.parametrize("pack", PACKERS)
@pytest.mark.parametrize("name", ["press.jsonl", "press.jsonl.gz", "press.jsonl.xz"])
def test_compression_is_told_by_the_beginning(tmp_path: Path, name: str, pack: Callable[[bytes], bytes]) -> None:
    """As browsers save it: under the name of what is inside, or compressed over again."""
    data = pack(LINES)
    data = gzip.compress(data) if name.endswith(".gz") else lzma.compress(data) if name.endswith(".xz") else data
    found = items(tmp_path, data, name)
    assert [item.id for item in found if isinstance(item, Article)] == ["press:1", "press:2"]
    assert len(found) == 2


@pytest.mark.parametrize("data", [b"\x1f\x8b", b"BZh", b"BZh9 est un vol.", b"\xfd7z", b"(\xb5/"])
def test_what_begins_nearly_so_is_not_unpacked(data: bytes) -> None:
    assert packed.unpacked("a.txt", io.BytesIO(data), packed.Budget(0)).read() == data


def test_unpacking_comes_to_an_end(tmp_path: Path) -> None:
    data = LINES
    for _ in range(packed.LAYERS + 1):
        data = gzip.compress(data)
    found = items(tmp_path, data, "press.jsonl")
    assert all(isinstance(item, Problem) for item in found)


@pytest.mark.parametrize("padding", [b"", b"\0" * 1000])
def test_zero_bytes_may_stand_between_and_after_the_members_of_a_gzip_file(tmp_path: Path, padding: bytes) -> None:
    data = gzip.compress(LINES) + padding + gzip.compress(b"") + gzip.compress(LINES) + padding
    assert len(items(tmp_path, data, "press.jsonl.gz")) == 4
    found = items(tmp_path, data + b"oups", "press.jsonl.gz")
    reason = "broken compressed data, the rest is lost: Not a gzipped file (b'ou')"
    assert [str(item) for item in found[4:]] == [f"{tmp_path}/press.jsonl.gz:5: {reason}"]
