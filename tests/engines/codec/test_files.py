"""Section files: what is written is read, and what is not as it was written is refused."""

from pathlib import Path

import numpy as np
import pytest

from search.engines.local.codec.files import Damaged, SectionFile, Sections, SectionWriter


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with SectionWriter(tmp_path / "file") as file:
        file.add("text", b"Calais", bytearray(b" et la Manche"))
        file.column("small", np.array([1, 255]))
        file.column("large", np.array([1, 1 << 40, 3]))
        file.column("none", np.zeros(0, np.int64))
        with file.section("parts"):
            for part in (b"a", b"", b"bc"):
                file.write(part)
        file.close(documents=3)
    return tmp_path / "file"


def test_sections(path: Path) -> None:
    file = SectionFile(path)
    assert bytes(file.section("text")) == b"Calais et la Manche"
    assert bytes(file.section("parts")) == b"abc"
    assert [list(file.column(name)) for name in ("small", "large", "none")] == [[1, 255], [1, 1 << 40, 3], []]
    assert [file.column(name).itemsize for name in ("small", "large")] == [1, 8]
    assert file.span("small")[0] % 8 == 0
    assert (file.about, "text" in file, "other" in file) == ({"documents": 3}, True, False)
    file.check()
    file.close()


@pytest.mark.parametrize("at", range(8, 270, 5))
def test_an_overwritten_byte_is_found(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 0x55
    path.write_bytes(data)
    try:
        file = SectionFile(path)
    except Damaged:
        return
    covered = any(
        start <= at < start + size for start, size, _ in (file.span(n) for n in ("text", "small", "large", "parts"))
    )
    if covered:
        with pytest.raises(Damaged, match=r"the checksum of (text|small|large|parts) is wrong"):
            file.check()
    else:
        file.check()  # a byte that only fills up


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda data: b"", "not a file of this format"),
        (lambda data: data[:20], "not a file of this format"),
        (lambda data: b"%PDF-1.7" + data[8:], "not a file of this format"),
        (lambda data: data[:-1], "it was cut off or overwritten"),
        (lambda data: data + b"x", "it was cut off or overwritten"),
        (lambda data: data[:-30] + b"x" + data[-29:], "the checksum of its table is wrong"),
    ],
)
def test_what_is_no_such_file(path: Path, change: "type[bytes]", reason: str) -> None:
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(Damaged, match=f"^file: {reason}$"):
        SectionFile(path)


def test_a_file_that_was_not_ended_is_none(tmp_path: Path) -> None:
    with SectionWriter(tmp_path / "file") as file:
        file.add("text", b"Calais")
    with pytest.raises(Damaged):
        SectionFile(tmp_path / "file")


def test_sections_that_were_made_in_memory(path: Path, tmp_path: Path) -> None:
    made = Sections()
    made.add("text", b"Calais", bytearray(b" et la Manche"))
    made.column("small", np.array([1, 255]))
    made.column("large", np.array([1, 1 << 40, 3]))
    with SectionWriter(tmp_path / "other") as file:
        file.extend(made)
        file.column("none", np.zeros(0, np.int64))
        with file.section("parts"):
            file.write(b"abc")
        file.close(documents=3)
    assert (tmp_path / "other").read_bytes() == path.read_bytes()


def test_a_file_without_checksums(tmp_path: Path) -> None:
    with SectionWriter(tmp_path / "file", checked=False) as file:
        file.add("text", b"Calais")
        file.close()
    read = SectionFile(tmp_path / "file")
    assert bytes(read.section("text")) == b"Calais"
    with pytest.raises(Damaged, match="checksum"):
        read.check()
    read.close()
