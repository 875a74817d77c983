"""A damaged index is refused with one clear sentence, whatever was done to it."""

import json
import random
from contextlib import suppress
from pathlib import Path

import pytest

import search
from search.article import Article
from search.errors import DamagedIndex, IndexProblem, NoIndex, NotAnIndex

TEXTS = [f"Le port de Calais numéro {number}, la Manche et les élections." for number in range(30)]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    search.build(articles=[Article(f"a{n}", "Titre", (text,)) for n, text in enumerate(TEXTS)], index=tmp_path)
    return tmp_path


def ask(index: Path) -> int:
    with search.open(index) as archive:
        archive.read("a3")
        return archive.search('Calais "la Manche" date:2019 OU élection').articles


@pytest.mark.parametrize("content", ["", "{", "[]", "null", "17", '{"magic": "x"}', '{"format": 1}', "\x00" * 50])
def test_a_broken_table_of_contents(index: Path, content: str) -> None:
    (index / "index.json").write_text(content)
    with pytest.raises(DamagedIndex) as refused:
        search.open(index)
    assert str(refused.value) == f'"{index / "index.json"}" is damaged: build the index again with: search build'


def test_a_table_of_contents_that_lacks_a_field(index: Path) -> None:
    content = json.loads((index / "index.json").read_text())
    del content["articles"]
    (index / "index.json").write_text(json.dumps(content))
    with pytest.raises(DamagedIndex, match="is damaged"):
        search.open(index)


def test_a_foreign_table_of_contents(index: Path) -> None:
    (index / "index.json").write_text('{"magic": "other", "format": 1}')
    with pytest.raises(NotAnIndex, match="is no index of this program"):
        search.open(index)


def test_a_segment_that_is_gone(index: Path) -> None:
    (index / "000001.seg").rename(index / "elsewhere")
    with pytest.raises(DamagedIndex, match="build it again with: search build"):
        search.open(index)


@pytest.mark.parametrize("seed", range(60))
def test_files_cut_off_or_overwritten(index: Path, seed: int) -> None:
    """There is an answer or the index is refused; nothing else is ever raised."""
    chance = random.Random(seed)
    file = index / "000001.seg"
    data = bytearray(file.read_bytes())
    if seed % 2:
        del data[chance.randrange(len(data) + 1) :]
    else:
        start = chance.randrange(max(len(data) - 64, 1))
        data[start : start + 64] = chance.randbytes(64)
    file.write_bytes(bytes(data))
    with suppress(DamagedIndex):
        ask(index)


def test_an_id_that_was_overwritten_is_not_missing(index: Path) -> None:
    file = index / "000001.seg"
    data = file.read_bytes()
    assert b"a19a20a21" in data
    file.write_bytes(data.replace(b"a19a20a21", b"a19b20a21"))
    with search.open(index) as archive, pytest.raises(DamagedIndex, match="checksum of ids is wrong"):
        archive.read("a20")


@pytest.mark.parametrize(
    ("prepare", "kind", "message"),
    [
        ("nothing", NoIndex, 'there is no index at "{0}": build one with: search build'),
        ("empty", NoIndex, 'there is no index in "{0}" yet: build one with: search build'),
        ("other", NotAnIndex, '"{0}" is no index (it holds "thesis.txt"): name the right folder with --index'),
        ("file", NotAnIndex, '"{0}" is a file; expected the folder of an index'),
    ],
)
def test_there_is_no_index(tmp_path: Path, prepare: str, kind: type[IndexProblem], message: str) -> None:
    folder = tmp_path / "here"
    if prepare in ("empty", "other"):
        folder.mkdir()
    if prepare == "other":
        (folder / "thesis.txt").write_text("x")
    if prepare == "file":
        folder.write_text("x")
    with pytest.raises(kind) as refused:
        search.open(folder)
    assert str(refused.value) == message.format(folder)
