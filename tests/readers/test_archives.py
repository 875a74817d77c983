"""Archives: their files are read as from a folder, whatever they are called, and nothing unpacks without bounds."""

import bz2
import gzip
import io
import lzma
import os
import random
import struct
import tarfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import Article, zstd
from search.readers import Problem, archives, find, packed, read, records
from search.readers.source import harmless

PRESS = {
    "1994/tunnel.txt": "La reine Élisabeth II et François Mitterrand inaugurent le tunnel sous la Manche.".encode(),
    "2016/calais.jsonl": b'{"text": "The camp near Calais is cleared."}\n{"text": "Coaches leave for Lille."}\n',
    "2016/port.jpg": b"\xff\xd8\xff\xe0 no text",
}
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".tar": lambda data: data,
    ".tar.gz": gzip.compress,
    ".tgz": gzip.compress,
    ".tar.bz2": bz2.compress,
    ".tbz2": bz2.compress,
    ".tar.xz": lzma.compress,
    ".txz": lzma.compress,
    ".tar.zst": zstd.compress,
}


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(files: dict[str, bytes], form: int = tarfile.PAX_FORMAT, encoding: str = "utf-8") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form, encoding=encoding) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def items(folder: Path, data: bytes, name: str) -> list[Article | Problem]:
    path = folder / name
    path.write_bytes(data)
    return [item for file in find([path]).files for item, _ in read(file)]


def ids(found: list[Article | Problem]) -> list[str]:
    return [item.id for item in found if isinstance(item, Article)]


def said(found: list[Article | Problem], folder: Path) -> list[str]:
    return [str(item).removeprefix(f"{folder}/") for item in found if isinstance(item, Problem)]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_is_read_like_a_folder(tmp_path: Path, method: int) -> None:
    found = items(tmp_path, zipped(PRESS, method), "press.zip")
    place = f"{tmp_path}/press.zip!/2016/calais.jsonl"
    assert ids(found) == ["press/1994/tunnel", "press/2016/calais:1", "press/2016/calais:2"]
    assert [item.path for item in found if isinstance(item, Article)][1:] == [place, place]
    assert said(found, tmp_path) == []


@pytest.mark.parametrize("suffix", PACKERS)
@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_so_is_a_tar(tmp_path: Path, suffix: str, form: int) -> None:
    long_name = f"{'x' * 90}/{'y' * 90}.txt"
    data = PACKERS[suffix](tarred({**PRESS, long_name: b"Texte."}, form))
    found = items(tmp_path, data, f"press{suffix}")
    assert ids(found) == [
        "press/1994/tunnel", "press/2016/calais:1", "press/2016/calais:2", f"press/{long_name[:-4]}",
    ]  # fmt: skip
    assert said(found, tmp_path) == []


def test_a_name_that_is_empty(tmp_path: Path) -> None:
    data = zipped({"a.txt": b"Un.", "b.txt": b"Deux."})
    at = data.rfind(b"a.txt")  # in the directory at the end
    found = items(tmp_path, data[:at] + b"\0" + data[at + 1 :], "press.zip")
    assert ids(found) == ["press/b"]


def test_what_no_reader_takes_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "press.zip"
    inner = zipped({"c.jpg": b"x", "sans": b"x"})
    path.write_bytes(zipped({**PRESS, "b.JPG": b"x", "photos.zip": inner, "d.txt": b"Texte."}))
    passed_over: Counter[str] = Counter()
    [file] = find([path]).files
    assert len(list(records(file, passed_over))) == 4
    assert passed_over == {".jpg": 3, "no suffix": 1}


def test_what_a_folder_hides_an_archive_hides_too(tmp_path: Path) -> None:
    names = [
        ".a.txt",
        ".git/a.txt",
        "x/.y/a.txt",
        "__MACOSX/x/._b.txt",
        "__MACOSX/b.txt",
        "README.md",
        "x/LICENSE.md",
    ]
    for name, pack in (("a.zip", zipped), ("a.tar", tarred)):
        found = items(tmp_path, pack({**dict.fromkeys(names, b"Texte."), "./x/a.txt": b"Texte."}), name)
        assert (ids(found), said(found, tmp_path)) == (["a/x/a"], [])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../etc/passwd.txt", "etc/passwd.txt"),
        ("/etc/passwd.txt", "etc/passwd.txt"),
        ("C:\\presse\\calais.txt", "presse/calais.txt"),
        ("c:calais.txt", "calais.txt"),
        ("a/./b//c/../d.txt", "a/b/c/d.txt"),
        ("\\\\serveur\\a.txt", "serveur/a.txt"),
        ("a\0b\x1b[2J\n\x9b.txt", "a�b�[2J��.txt"),
        ("txt.\u202eexe", "txt.�exe"),
        ("a\udcff.txt", "a�.txt"),
        ("..", "unnamed"),
        ("", "unnamed"),
        ("Élysée/« à la une ».txt", "Élysée/« à la une ».txt"),
    ],
)
def test_names_are_made_harmless(name: str, expected: str) -> None:
    assert harmless(name) == expected


def test_harmful_names_are_only_names(tmp_path: Path) -> None:
    found = items(tmp_path, tarred({"../../up.txt": b"Un.", "/root.txt": b"Deux."}), "a.tar")
    assert ids(found) == ["a/up", "a/root"]
    assert os.listdir(tmp_path) == ["a.tar"]


def test_the_same_name_twice(tmp_path: Path) -> None:
    data = tarred({"a.txt": b"Un."})[:1024] + tarred({"a.txt": b"Deux."})
    assert ids(items(tmp_path, data, "a.tar")) == ["a/a", "a/a"]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", b"Un.")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.txt", b"Deux.")
    found = items(tmp_path, out.getvalue(), "a.zip")
    assert [item.paragraphs for item in found if isinstance(item, Article)] == [("Un.",), ("Deux.",)]


@pytest.mark.parametrize("encoding", ["utf-8", "cp437", "cp850", "cp1252"])
def test_french_names_in_old_archives(tmp_path: Path, encoding: str) -> None:
    name = "été à Calais, où l'on pêche.txt" if encoding == "cp437" else "À Étaples, où l'on pêche.txt"
    plain = "".join(char if char.isascii() else "~" for char in name)
    coded = name.encode(encoding)
    data = zipped({plain + "~" * (len(coded) - len(plain)): b"Texte."})
    data = data.replace((plain + "~" * (len(coded) - len(plain))).encode(), coded)
    assert ids(items(tmp_path, data, "a.zip")) == [f"a/{name[:-4]}"]
    if encoding in ("utf-8", "cp1252"):
        data = tarred({name: b"Texte."}, tarfile.GNU_FORMAT, encoding)
        assert ids(items(tmp_path, data, "a.tar")) == [f"a/{name[:-4]}"]


def test_links_devices_and_pipes_are_left_alone(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind in "123456":  # links of both sorts, devices of both sorts, folder, pipe
            info = tarfile.TarInfo(f"a{kind}.txt")
            info.type, info.linkname = kind.encode(), "/etc/passwd"
            archive.addfile(info)
    data = out.getvalue()
    assert items(tmp_path, data, "a.tar") == []
    link = zipfile.ZipInfo("a.txt")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zip_archive:
        zip_archive.writestr(link, "/etc/passwd")
        zip_archive.writestr("folder.txt/", "")
    assert items(tmp_path, out.getvalue(), "a.zip") == []


def test_archives_in_archives(tmp_path: Path) -> None:
    data, names = b"Texte.", ["a.txt"]
    for level in range(packed.LAYERS + 1):
        pack = zipped if level % 2 else tarred
        data, names = pack({names[0]: data}), [f"n{level}.zip" if level % 2 else f"n{level}.tar"]
    assert ids(items(tmp_path, data, "top.tar")) == ["top/n3/n2/n1/n0/a"]
    found = items(tmp_path, tarred({"n4.tar": data, "b.txt": b"Texte."}), "top.tar")
    assert ids(found) == ["top/b"]
    place = "top.tar!/n4.tar!/n3.zip!/n2.tar!/n1.zip!/n0.tar"
    assert said(found, tmp_path) == [f"{place}: archives stand more than 5 deep in each other: left out"]


def test_a_zip_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "AT_LEAST", 100_000)
    monkeypatch.setattr(packed, "RATIO", 10)
    layer = zipped({f"{number}.txt": b"0" * 1_000_000 for number in range(4)})
    for name, data in (("42.zip", zipped({f"{number}.zip": layer for number in range(4)})), ("0.zip", layer)):
        found = items(tmp_path, data, name)
        assert (ids(found), said(found, tmp_path)) == (
            [], [f"{name}: unpacks to more than 10 times its size: the rest is left out"],
        )  # fmt: skip


def test_a_tar_of_zeros(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "AT_LEAST", 100_000)
    monkeypatch.setattr(packed, "RATIO", 10)
    data = gzip.compress(tarred({"first.txt": b"Texte.", "zeros.txt": b"\0" * 5_000_000, "last.txt": b"Texte."}))
    found = items(tmp_path, data, "a.tgz")
    assert said(found, tmp_path) == ["a.tgz: unpacks to more than 10 times its size: the rest is left out"]


def overlapping() -> bytes:
    """A zip in which two entries share the data of one, as in the bombs of David Fifield."""
    data = bytearray(zipped({"a.txt": b"Un. " * 1000, "b.txt": b"Deux."}))
    second = data.rfind(b"PK\1\2")
    data[second + 42 : second + 46] = (0).to_bytes(4, "little")
    return bytes(data)


def test_files_that_overlap(tmp_path: Path) -> None:
    found = items(tmp_path, overlapping(), "a.zip")
    assert "a/a" in ids(found) or said(found, tmp_path)[0].startswith("a.zip!/a.txt: broken in the archive: Overl")
    assert said(found, tmp_path)[-1].startswith("a.zip!/b.txt: broken in the archive: ")


def flagged(data: bytes, flag: int = 1, method: int | None = None) -> bytes:
    """A zip whose first file is said to be encrypted, or packed otherwise."""
    changed = bytearray(data)
    for place, start in ((data.find(b"PK\3\4"), 6), (data.find(b"PK\1\2"), 8)):
        changed[place + start] |= flag
        if method is not None:
            changed[place + start + 2] = method
    return bytes(changed)


@pytest.mark.parametrize("cut", [False, True])
def test_what_cannot_be_unpacked_does_not_take_the_others_with_it(tmp_path: Path, cut: bool) -> None:
    data = zipped({"a.txt": b"Un.", "b.txt": b"Deux."})
    end = data.find(b"PK\1\2") if cut else len(data)
    lost = ["a.zip: broken archive, the rest is lost: File is not a zip file"] * cut
    found = items(tmp_path, flagged(data)[:end], "a.zip")
    assert (ids(found), said(found, tmp_path)) == (["a/b"], ["a.zip!/a.txt: is encrypted: it is left out", *lost])
    found = items(tmp_path, flagged(data, 0, 99)[:end], "a.zip")
    reason = "method 99" if cut else "That compression method is not supported"
    expected = f"a.zip!/a.txt: is packed in a way that is not known here ({reason}): it is left out"
    assert (ids(found), said(found, tmp_path)) == (["a/b"], [expected, *lost])
    photo = flagged(zipped({"a.jpg": b"Un.", "b.txt": b"Deux."}))
    assert [*map(str, items(tmp_path, photo, "b.zip"))] == [*map(str, items(tmp_path, photo, "b.zip")[:1])]


def test_a_file_whose_sum_is_wrong(tmp_path: Path) -> None:
    data = zipped({"a.txt": b"Calais", "b.txt": b"Deux."}, zipfile.ZIP_STORED).replace(b"Calais", b"Calaix")
    found = items(tmp_path, data, "a.zip")
    assert ids(found) == ["a/b"]
    assert said(found, tmp_path) == ["a.zip!/a.txt: broken in the archive: Bad CRC-32 for file 'a.txt'"]


def test_a_zip_that_breaks_off(tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(3000).hex().encode()
    data = zipped({"a.txt": b"Un.", "b.txt": b"Deux.", "c.txt": noise})
    found = items(tmp_path, data[: data.find(b"PK\1\2") - 100], "a.zip")
    assert ids(found) == ["a/a", "a/b"]
    assert said(found, tmp_path) == [
        "a.zip!/c.txt: broken in the archive: it breaks off",
        "a.zip: broken archive, the rest is lost: File is not a zip file",
    ]


def test_a_zip_made_as_a_stream_that_breaks_off(tmp_path: Path) -> None:
    """Sizes stand behind the data, so that its end must be found."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation

    out = Pipe()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("a.txt", "photo.jpg", "b.jsonl"):
            archive.writestr(name, b'{"text": "Texte."}\n' * 2)
    data = out.getvalue()
    found = items(tmp_path, data[: data.find(b"PK\1\2")], "a.zip")
    assert ids(found) == ["a/a", "a/b:1", "a/b:2"]
    assert said(found, tmp_path) == ["a.zip: broken archive, the rest is lost: File is not a zip file"]
    assert ids(items(tmp_path, data, "b.zip")) == ["b/a", "b/b:1", "b/b:2"]


def test_a_zip_in_a_tar_that_breaks_off(tmp_path: Path) -> None:
    data = tarred({"a.zip": zipped({"a.txt": b"Un.", "b.txt": random.Random(1).randbytes(3000)})})
    found = items(tmp_path, data[:2000], "a.tar")
    assert ids(found) == ["a/a/a"]
    assert said(found, tmp_path) == [
        "a.tar!/a.zip!/b.txt: broken in the archive: it breaks off",
        "a.tar!/a.zip: broken archive, the rest is lost: File is not a zip file",
    ]


def test_what_is_no_archive_at_all(tmp_path: Path) -> None:
    assert said(items(tmp_path, b"Texte.", "a.zip"), tmp_path) == [
        "a.zip: broken archive, the rest is lost: File is not a zip file"
    ]
    assert said(items(tmp_path, b"Texte." * 100, "a.tar"), tmp_path) == [
        "a.tar: broken archive, the rest is lost: invalid header"
    ]
    assert said(items(tmp_path, b"", "a.tar"), tmp_path) == ["a.tar: broken archive, the rest is lost: empty file"]
    assert said(items(tmp_path, b"x", "a.tar.gz"), tmp_path) == [
        "a.tar.gz: broken compressed data, the rest is lost: Not a gzipped file (b'x')"
    ]


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (700, ["a.tar!/b.txt: broken in the archive: unexpected end of data"]),
        (1700, ["a.tar!/b.txt: broken in the archive: unexpected end of data"]),
        (1200, ["a.tar: broken archive, the rest is lost: truncated header"]),
        (1024, []),
    ],
)
def test_a_tar_that_breaks_off(tmp_path: Path, end: int, expected: list[str]) -> None:
    data = tarred({"a.txt": b"Un.", "b.txt": b"Deux. " * 1000}, tarfile.USTAR_FORMAT)[:end]
    found = items(tmp_path, data, "a.tar")
    if end == 700:
        assert ids(found) == ["a/a"]  # the three bytes are there, what fills the block up is not
        expected = ["a.tar: broken archive, the rest is lost: unexpected end of data"]
    assert (ids(found), said(found, tmp_path)) == (["a/a"], expected)


def test_a_compressed_tar_that_breaks_off(tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(200_000)
    data = gzip.compress(tarred({"a.txt": b"Un.", "b.txt": noise.hex().encode(), "c.txt": b"Trois."}))
    found = items(tmp_path, data[:100_000], "a.tgz")
    assert ids(found) == ["a/a"]
    reason = "Compressed file ended before the end-of-stream marker was reached"
    assert said(found, tmp_path) == [f"a.tgz!/b.txt: broken in the archive: {reason}"]


def test_a_broken_header_in_the_middle_is_named(tmp_path: Path) -> None:
    data = bytearray(tarred({"a.txt": b"Un.", "b.txt": b"Deux."}, tarfile.USTAR_FORMAT))
    data[1030] ^= 1
    found = items(tmp_path, bytes(data), "a.tar")
    assert ids(found) == ["a/a"]
    assert said(found, tmp_path) == ["a.tar: broken archive, the rest is lost: bad checksum"]


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME])
def test_a_header_that_would_fill_the_memory(tmp_path: Path, kind: bytes) -> None:
    info = tarfile.TarInfo("a")
    info.type, info.size = kind, 1 << 32
    data = info.tobuf(tarfile.GNU_FORMAT) + b"\0" * 10_000
    found = items(tmp_path, data, "a.tar")
    assert said(found, tmp_path) == ["a.tar: broken archive, the rest is lost: a header is too long"]


def test_a_broken_file_does_not_take_the_others_with_it(tmp_path: Path) -> None:
    files = {
        "a.jsonl.gz": gzip.compress(b'{"text": "a"}\n')[:-9], "b.txt.bz2": b"BZh9 no", "c.tar": b"x" * 600,
        "d.txt": b"Texte.",
    }  # fmt: skip
    for name, pack in (("a.zip", zipped), ("a.tar", tarred)):
        found = items(tmp_path, pack(files), name)
        assert ids(found)[-1] == "a/d"
        assert said(found, tmp_path) == [
            f"{name}!/a.jsonl.gz:{len(ids(found))}: broken compressed data, the rest is lost: "
            "Compressed file ended before the end-of-stream marker was reached",
            f"{name}!/b.txt.bz2: cannot be read (Invalid data stream)",
            f"{name}!/c.tar: broken archive, the rest is lost: invalid header",
        ]


def test_the_beginning_tells_archives() -> None:
    assert [archives.kind_of(data) for data in (zipped(PRESS), zipped({}), tarred(PRESS), b"Texte.")] == [
        "zip", "zip", "tar", None,
    ]  # fmt: skip


@pytest.mark.parametrize("suffix", [".zip", ".tar", ".tar.gz", ".jsonl.gz", ".bin"])
@given(data=st.data())
@settings(max_examples=60)
def test_any_bytes_give_articles_and_problems(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, data: st.DataObject
) -> None:
    """An archive with some bytes changed, cut off, or nothing but bytes: the reader never fails."""
    whole = {".zip": zipped(PRESS), ".tar.gz": gzip.compress(tarred(PRESS))}.get(suffix, tarred(PRESS)[:4608])
    changed = bytearray(whole)
    places = st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255))
    for place, value in data.draw(st.lists(places, max_size=8)):
        changed[place] = value
    content = data.draw(st.just(bytes(changed)) | st.binary(max_size=200))
    content = content[: data.draw(st.integers(0, len(content)))] if data.draw(st.booleans()) else content
    for item in items(tmp_path_factory.getbasetemp(), content, f"fuzzed{suffix}"):
        assert str(item)


def test_local_headers_are_as_the_docstring_says() -> None:
    data = zipped({"a.txt": b"Un."})
    start, _, flags, method, _, _, crc, _, size, name_length, _ = struct.unpack("<4s5H3I2H", data[:30])
    assert (start, flags, method, crc, size, name_length) == (b"PK\3\4", 0, 8, zlib.crc32(b"Un."), 3, 5)
