"""Crawls: which records are pages, what was sent is undone, and broken files give what came before."""

import bz2
import gzip
import io
import sys
import types
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import Article, zstd
from search.readers import Problem, Record, find, kinds, packed, read
from search.readers.web import http, warc

URL = "http://www.lavoixdunord.example/calais.html"
HTML = b"""<!doctype html><html><head><title>Calais : le port rouvre</title></head><body><article><p>Le port de
Calais a rouvert dimanche.</p></article></body></html>"""


def response(body: bytes = HTML, *headers: str, status: str = "200 OK", content_type: str = "text/html") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def record(block: bytes, url: str = URL, kind: str = "response", *headers: str) -> bytes:
    lines = [
        "WARC/1.0", f"WARC-Type: {kind}", f"WARC-Target-URI: {url}", "WARC-Date: 2016-10-24T08:15:30Z",
        "Content-Type: application/http; msgtype=response", *headers, f"Content-Length: {len(block)}", "", "",
    ]  # fmt: skip
    return "\r\n".join(lines).encode() + block + b"\r\n\r\n"


def arc(block: bytes, url: str = URL, day: str = "20020309120000") -> bytes:
    return f"{url} 192.0.2.1 {day} text/html {len(block)}\n".encode() + block + b"\n"


WITHIN = f"the file ends within a record of {len(response()):,} bytes"
INFO = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\na: b\r\n\r\n"


class Double:
    """Stands for the reader of HTML: shows what it is given."""

    def __init__(self) -> None:
        self.records: list[Record] = []

    def parse(self, record: Record) -> Iterator[Article | Problem]:
        self.records.append(record)
        yield Article("x", "Titre", ("Texte.",), path=str(record.source.path))


@pytest.fixture
def double(monkeypatch: pytest.MonkeyPatch) -> Double:
    made = Double()
    reader = kinds.reader
    monkeypatch.setattr(kinds, "reader", lambda kind: made if kind == "html" else reader(kind))
    return made


def items(folder: Path, data: bytes, name: str = "crawl.warc") -> list[Article | Problem]:
    path = folder / name
    path.write_bytes(data)
    return [item for file in find([path]).files for item, _ in read(file)]


def said(found: list[Article | Problem], folder: Path) -> list[str]:
    return [str(item).removeprefix(f"{folder}/") for item in found if isinstance(item, Problem)]


def test_a_page_and_where_it_stands(tmp_path: Path, double: Double) -> None:
    found = items(tmp_path, INFO + record(response(content_type="text/html; charset=ISO-8859-15")))
    offset = len(INFO)
    assert found == [
        Article(
            f"crawl:{offset}", "Titre", ("Texte.",), url=URL, path=str(tmp_path / "crawl.warc"), line=offset
        )
    ]  # fmt: skip
    [given_record] = double.records
    source = given_record.source
    assert (given_record.number, given_record.data, source.kind, source.id) == (
        offset,
        HTML,
        "html",
        f"crawl:{offset}",
    )
    assert (source.url, source.fetched, source.charset) == (URL, "2016-10-24T08:15:30Z", "iso-8859-15")


@pytest.mark.skipif("html" not in kinds.KINDS, reason="there is no reader of HTML")
def test_with_the_reader_of_html(tmp_path: Path) -> None:
    [one] = items(tmp_path, gzip.compress(INFO) + gzip.compress(record(response())), "crawl.warc.gz")
    assert isinstance(one, Article)
    assert (one.url, one.line) == (URL, len(gzip.compress(INFO)))
    assert one.paragraphs == ("Le port de Calais a rouvert dimanche.",)


@pytest.mark.parametrize(
    "other",
    [
        record(response(), kind="request"), record(response(), kind="revisit"), record(response(), kind="metadata"),
        record(b"20161024 192.0.2.1", "dns:www.calais.example"), record(response(status="404 Not Found")),
        record(response(status="301 Moved")), record(response(content_type="image/jpeg")),
        record(response(b"\n\nContent-Type: text/html\n", content_type="text/plain")), record(b""),
        record(response(content_type="text/htmlx")), record(b"HTTP/1.1 200 OK\r\n\r\n<html>"), INFO, b"\r\n\r\n",
    ],
)  # fmt: skip
def test_other_records_are_passed_over(tmp_path: Path, double: Double, other: bytes) -> None:
    page = record(response())
    found = items(tmp_path, page + other + page)
    assert [item.line for item in found if isinstance(item, Article)] == [0, len(page) + len(other)]
    assert len(found) == 2


@pytest.mark.parametrize(
    "head",
    [
        "HTTP/1.0 200 OK\r\ncontent-type: TEXT/HTML\r\n\r\n",
        "HTTP/1.1 200\nContent-Type:text/html;charset=utf-8\n\n",
        "HTTP/2 200\r\nX: y\r\nContent-Type: application/xhtml+xml\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type : text/html , text/html\r\n\r\n",
    ],
)  # fmt: skip
def test_responses_that_are_pages(tmp_path: Path, double: Double, head: str) -> None:
    items(tmp_path, record(head.encode() + HTML))
    assert [one.data for one in double.records] == [HTML]


def chunked(data: bytes) -> bytes:
    parts = [data[start : start + 50] for start in range(0, len(data), 50)]
    return b"".join(b"%x;a=b\r\n%s\r\n" % (len(part), part) for part in [*parts, b""]) + b"\r\n"


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


ENCODINGS: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("gzip", gzip.compress), ("x-gzip", gzip.compress), ("deflate", zlib.compress), ("deflate", deflated),
    ("br", brotli.compress), ("zstd", zstd.compress), ("GZIP", gzip.compress), ("UTF-8", bytes), ("identity", bytes),
    ("deflate, gzip", lambda data: gzip.compress(zlib.compress(data))),
]  # fmt: skip


@pytest.mark.parametrize(("name", "encode"), ENCODINGS)
@pytest.mark.parametrize("in_chunks", [False, True])
def test_what_was_sent_is_undone(
    tmp_path: Path, double: Double, name: str, encode: Callable[[bytes], bytes], in_chunks: bool
) -> None:
    body = chunked(encode(HTML)) if in_chunks else encode(HTML)
    headers = [f"Content-Encoding: {name}", *["Transfer-Encoding: chunked"] * in_chunks]
    assert said(items(tmp_path, record(response(body, *headers))), tmp_path) == []
    assert [one.data for one in double.records] == [HTML]


@pytest.mark.parametrize("header", ["Content-Encoding: gzip", "Content-Encoding: br", "Transfer-Encoding: chunked"])
def test_what_was_undone_before_is_taken_as_it_is(tmp_path: Path, double: Double, header: str) -> None:
    items(tmp_path, record(response(HTML, header)))
    assert [one.data for one in double.records] == [HTML]


@pytest.mark.parametrize(
    ("encoding", "body", "reason"),
    [
        ("gzip", gzip.compress(HTML)[:-20], "it is no gzip data (it ends too soon)"),
        ("br", brotli.compress(HTML)[:-20], "it is no br data (it ends too soon)"),
        ("zstd", zstd.compress(HTML)[:-20], "it is no zstd data (it ends too soon)"),
        ("gzip", b"oups", "it is no gzip data (Error -3 while decompressing data: incorrect header check)"),
        ("gzip", gzip.compress(b" " * 2_000), "it unpacks to more than 0 MB"),
        ("br", brotli.compress(b" " * 200_000), "it unpacks to more than 0 MB"),
        ("zstd", zstd.compress(b" " * 2_000), "it unpacks to more than 0 MB"),
    ],
)
def test_what_cannot_be_undone(
    tmp_path: Path, double: Double, monkeypatch: pytest.MonkeyPatch, encoding: str, body: bytes, reason: str
) -> None:
    monkeypatch.setattr(warc, "LARGEST", 1_000)
    page = record(response())
    found = items(tmp_path, page + record(response(body, f"Content-Encoding: {encoding}")) + page)
    assert said(found, tmp_path) == [f"crawl.warc:{len(page)}: {reason}: the page is skipped"]
    assert len(found) == 3


def test_without_brotli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "brotli", None)
    page = response(brotli.compress(HTML), "Content-Encoding: br")
    assert said(items(tmp_path, INFO + record(page)), tmp_path) == [
        f"crawl.warc:{len(INFO)}: it is compressed with Brotli: pip install 'news-search[crawl]': the page is skipped"
    ]


def test_a_response_without_end_of_headers() -> None:
    with pytest.raises(http.NoPage, match="the headers of the response have no end"):
        http.page(b"HTTP/1.1 200 OK\r\nContent-Type: text/html", 100)


def test_a_page_that_is_too_large(tmp_path: Path, double: Double, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "LARGEST", 100_000)
    page, large = record(response()), record(response(b" " * 100_000))
    photo = record(response(b" " * 100_000, content_type="image/jpeg"))
    found = items(tmp_path, page + photo + large + page)
    place = f"crawl.warc:{len(page + photo)}"
    assert said(found, tmp_path) == [f"{place}: a page of more than 0 MB: the record is skipped"]
    assert len(found) == 3


@pytest.mark.parametrize(
    ("suffix", "pack"),
    [("", bytes), (".gz", gzip.compress), (".bz2", bz2.compress), (".zst", zstd.compress)],
)
def test_compressed_as_a_whole(tmp_path: Path, double: Double, suffix: str, pack: Callable[[bytes], bytes]) -> None:
    parts = [INFO, record(response()), record(response(), kind="request"), record(response())]
    found = items(tmp_path, pack(b"".join(parts)), f"crawl.warc{suffix}")
    assert [item.line for item in found if isinstance(item, Article)] == [len(INFO), sum(map(len, parts[:3]))]


def test_compressed_record_by_record(tmp_path: Path, double: Double) -> None:
    parts = [gzip.compress(part) for part in (INFO, record(response()), b"", record(response(), kind="request"))]
    parts = [*parts, *[gzip.compress(record(response(HTML * 1000)))] * 300]
    found = items(tmp_path, b"".join(parts), "crawl.warc.gz")
    lines = [item.line for item in found if isinstance(item, Article)]
    assert lines == [len(parts[0]), *(sum(map(len, parts[:count])) for count in range(4, 304))]
    data = (tmp_path / "crawl.warc.gz").read_bytes()
    assert all(gzip.decompress(data[line:]).startswith(b"WARC/1.0") for line in lines[::60])


def test_arc(tmp_path: Path, double: Double) -> None:
    version = b"1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n"
    head = b"filedesc://crawl.arc 0.0.0.0 20020309120000 text/plain %d\n%s\n" % (len(version), version)
    dns = arc(b"20020309 192.0.2.1", "dns:www.calais.example")
    second = b"%s 192.0.2.1 20020310120000 text/html 200 - - 0 crawl.arc %d\n%s" % (
        URL.encode(), len(response()), response(),
    )  # fmt: skip
    for name, pack in (("crawl.arc", bytes), ("crawl.arc.gz", gzip.compress)):
        parts = [pack(part) for part in (head, arc(response()), dns, second)]
        found = items(tmp_path, b"".join(parts), name)
        assert [item.line for item in found if isinstance(item, Article)] == [len(parts[0]), sum(map(len, parts[:3]))]
        assert said(found, tmp_path) == []
    assert [one.source.fetched for one in double.records[:2]] == ["2002-03-09T12:00:00Z", "2002-03-10T12:00:00Z"]
    assert [one.source.url for one in double.records[:2]] == [URL, URL]


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        (record(response())[:-100], WITHIN),
        (record(response(content_type="image/gif"))[:-100], WITHIN),
        (b"WARC/1.0\r\nWARC-Type: resp", "the file ends within the header of a record"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "a record without Content-Length"),
        (b"WARC/1.0\r\nContent-Length: -1\r\n\r\n", "a record without Content-Length"),
        (b"WARC/1.0\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n", "a record without Content-Length"),
        (b"<html>\n", 'expected "WARC/1.0" or "URL address date type length", found "<html>"'),
        (b"http://a b c d " + b"9" * 20 + b"\n", "a record without length"),
        (b"x" * 70_000, "found a line of more than 65,536 bytes"),
        (b"WARC/1.0\r\n" + b"a: b\r\n" * 20_000, "found a header of more than 65,536 bytes"),
    ],
)  # fmt: skip
def test_a_crawl_that_breaks_off(tmp_path: Path, double: Double, rest: bytes, reason: str) -> None:
    page = record(response())
    found = items(tmp_path, page + rest)
    assert said(found, tmp_path) == [f"crawl.warc:{len(page)}: {reason}: the rest is lost"]
    assert len(found) == 2


def test_broken_compression_in_the_middle(tmp_path: Path, double: Double) -> None:
    page = gzip.compress(record(response()))
    bad = bytearray(page)
    bad[len(bad) // 2] ^= 0xFF
    found = items(tmp_path, page + bytes(bad) + page, "crawl.warc.gz")
    assert len(found) == 2
    assert said(found, tmp_path)[0].startswith(
        f"crawl.warc.gz:{len(page)}: broken compressed data, the rest is lost: Error -3 while decompressing data: "
    )
    found = items(tmp_path, page + page[:-50], "crawl.warc.gz")
    reason = "Compressed file ended before the end-of-stream marker was reached"
    assert said(found, tmp_path) == [f"crawl.warc.gz:{len(page)}: broken compressed data, the rest is lost: {reason}"]


def test_a_crawl_is_told_by_its_beginning(tmp_path: Path, double: Double) -> None:
    for data in (record(response()), gzip.compress(INFO) + gzip.compress(record(response()))):
        assert len(items(tmp_path, data, "crawl")) == 1


def test_memory_does_not_grow_with_the_number_of_members() -> None:
    stream = packed.unpacked("a.gz", io.BytesIO(gzip.compress(b"a") * 1000), packed.Budget(0))
    assert stream.read() == b"a" * 1000
    assert isinstance(stream, packed.Unpacked)
    assert stream.offset(999) == 999 * len(gzip.compress(b"a"))


@given(data=st.data())
@settings(max_examples=100)
def test_any_bytes_give_articles_and_problems(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """A crawl with some bytes changed, cut off, or nothing but bytes: the reader never fails."""
    parts = [
        INFO,
        record(response(chunked(gzip.compress(HTML)), "Content-Encoding: gzip", "Transfer-Encoding: chunked")),
    ]
    parts += [arc(response()), record(response())]
    packed_parts = data.draw(st.booleans())
    whole = b"".join(map(gzip.compress, parts)) if packed_parts else b"".join(parts)
    changed = bytearray(whole)
    for place, value in data.draw(
        st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), max_size=8)
    ):
        changed[place] = value
    content = data.draw(st.just(bytes(changed)) | st.binary(max_size=200))
    content = content[: data.draw(st.integers(0, len(content)))]
    source_kind = types.SimpleNamespace(parse=lambda record: iter([Article("x", "Titre", ())]))
    with pytest.MonkeyPatch.context() as patch:
        reader = kinds.reader
        patch.setattr(kinds, "reader", lambda kind: source_kind if kind == "html" else reader(kind))
        for item in items(tmp_path_factory.getbasetemp(), content, f"fuzzed.warc{'.gz' * packed_parts}"):
            assert str(item)
