"""Documents that are zip files: told from archives, and from other documents, by their first members."""

import gzip
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest

from search import Article
from search.readers import Problem, find, read
from search.readers.documents.zipped import beside
from search.readers.finding import no_reader
from tests.readers.documents.test_docx import docx, p
from tests.readers.documents.test_epub import epub
from tests.readers.documents.test_odt import odt
from tests.readers.mail.test_message import LETTER
from tests.readers.reading import packed

WORD, TEXT, BOOK = docx(p("Le port")), odt("<text:p>Le tunnel</text:p>"), epub()
SHEET = {"[Content_Types].xml": "<Types/>", "_rels/.rels": "<a/>", "xl/workbook.xml": "<workbook/>"}
SLIDES = {"[Content_Types].xml": "<Types/>", "_rels/.rels": "<a/>", "ppt/presentation.xml": "<presentation/>"}
ODS = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}


def written(folder: Path, content: bytes, name: str) -> list[Article | Problem]:
    path = folder / name
    path.write_bytes(content)
    found = find([path])
    return [*found.problems, *(item for file in found.files for item, _ in read(file))]


def members(content: bytes) -> dict[str, bytes | str]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("content", [WORD, TEXT, BOOK], ids=["docx", "odt", "epub"])
def test_a_document_that_is_called_an_archive(tmp_path: Path, content: bytes) -> None:
    found = written(tmp_path, content, "a.zip")
    assert found
    assert all(isinstance(one, Article) for one in found)


@pytest.mark.parametrize(("content", "name"), [(WORD, "a.docx"), (WORD, "a.docm"), (TEXT, "a.odt"), (BOOK, "a.epub")])
def test_members_may_stand_in_any_order(tmp_path: Path, content: bytes, name: str) -> None:
    for order in (sorted(members(content)), sorted(members(content), reverse=True)):
        found = written(tmp_path, packed({one: members(content)[one] for one in order}), name)
        assert found
        assert all(isinstance(one, Article) for one in found)


@pytest.mark.parametrize("held", [SHEET, SLIDES, ODS])
@pytest.mark.parametrize("name", ["a.zip", "a.xlsx", "a"])
def test_other_documents_are_no_archives(tmp_path: Path, held: Mapping[str, bytes | str], name: str) -> None:
    assert written(tmp_path, packed(held), name) == [Problem(f"{tmp_path}/{name}", no_reader())]


@pytest.mark.parametrize("held", [SHEET, SLIDES])
def test_other_documents_are_no_texts(tmp_path: Path, held: Mapping[str, bytes | str]) -> None:
    reason = 'is no DOCX file: expected "word/document.xml" in it'
    assert written(tmp_path, packed(held), "a.docx") == [Problem(f"{tmp_path}/a.docx", reason)]


@pytest.mark.parametrize("name", ["word/port.txt", "content/port.txt", "docs/[Content_Types].xml.txt"])
def test_an_archive_is_one_whatever_its_folders_are_called(tmp_path: Path, name: str) -> None:
    [one] = written(tmp_path, packed({name: "Le port de Calais."}), "a.zip")
    assert isinstance(one, Article)
    assert one.path == f"{tmp_path}/a.zip!/{name}"


def test_documents_in_an_archive(tmp_path: Path) -> None:
    held = {
        "port.docx": WORD, "tunnel.odt": TEXT, "manche.epub": BOOK, "lettre.eml.gz": gzip.compress(LETTER),
        "word": WORD, "feuille.xlsx": packed(SHEET),
    }  # fmt: skip
    found = written(tmp_path, packed(held), "a.zip")
    assert [one.id for one in found if isinstance(one, Article)] == [
        "a/port", "a/tunnel", "a/manche:1", "a/manche:3", "a/manche:4", "lettre-12@echo.example", "a/word",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "link", "found"),
    [
        ("OEBPS/book.opf", "text/un.xhtml", "OEBPS/text/un.xhtml"),
        ("OEBPS/book.opf", "../../../etc/passwd", "etc/passwd"),
        ("OEBPS/book.opf", "/etc/passwd", "etc/passwd"),
        ("OEBPS/book.opf", "deux%20bis.xhtml#haut", "OEBPS/deux bis.xhtml"),
        ("OEBPS/book.opf", "#haut", "OEBPS/book.opf"),
    ],
)
def test_links_lead_to_members(name: str, link: str, found: str) -> None:
    assert beside(name, link) == found
