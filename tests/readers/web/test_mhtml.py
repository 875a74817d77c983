"""Tests of web pages saved as one file."""

from email.message import Message
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.article import Article
from search.readers.kinds import by_name
from search.readers.source import Problem, Record, SourceFile
from search.readers.web import mhtml
from tests.readers.web.pages import PIECES, json_ld


def saved(*parts: Message) -> bytes:
    """What a browser saves."""
    message = MIMEMultipart("related", type="text/html")
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = "https://presse.test/tunnel"
    for part in parts:
        message.attach(part)
    return message.as_bytes()


def read(data: bytes) -> Article | Problem:
    [found] = mhtml.parse(Record(SourceFile(Path("page.mhtml"), "page", len(data), "mhtml"), 0, data))
    return found


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-15"])
def test_a_page_with_its_pictures(charset: str) -> None:
    page = MIMEText(json_ld(PIECES[2]), "html", charset)
    found = read(saved(MIMEImage(b"GIF89a", "gif"), page, MIMEText("<p>cadre</p>", "html")))
    assert isinstance(found, Article)
    assert (found.title, found.date, found.author) == (PIECES[2].title, PIECES[2].date, PIECES[2].author)
    assert found.paragraphs == PIECES[2].paragraphs
    assert (found.id, found.url) == ("page", "https://presse.test/tunnel")


def test_without_a_page() -> None:
    found = read(saved(MIMEImage(b"GIF89a", "gif")))
    assert str(found) == "page.mhtml: holds no page: expected a part that is text/html"


def test_suffixes() -> None:
    assert by_name("a.mhtml") == by_name("b.MHT") == "mhtml"


@given(st.integers(0, 3000), st.binary(max_size=9))
@settings(max_examples=60, deadline=None)
def test_broken_files(where: int, noise: bytes) -> None:
    data = saved(MIMEText(json_ld(PIECES[0]), "html", "utf-8"))
    assert isinstance(read(data[:where] + noise + data[where + 2 * len(noise) :]), Article | Problem)


def test_parts_that_stand_in_each_other_without_end() -> None:
    data = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3000))
    source = SourceFile(Path("saved.mhtml"), "saved", len(data), "mhtml")
    [found] = mhtml.parse(Record(source, 0, b"MIME-Version: 1.0\r\n" + data))
    assert found == Problem("saved.mhtml", "nests its parts too deep: it is not read")


def test_a_charset_with_a_zero_byte() -> None:
    data = b"Content-Type: text/html; charset=u\x00tf\r\n\r\n<p>" + b"Le port de Calais est calme. " * 5
    source = SourceFile(Path("saved.mhtml"), "saved", len(data), "mhtml")
    [found] = mhtml.parse(Record(source, 0, data))
    assert isinstance(found, Article)
