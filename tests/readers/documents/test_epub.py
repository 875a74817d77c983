"""EPUB: chapters and their titles, what the book tells, and what is left of a broken one."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import Article
from search.readers import Problem
from search.readers.documents import zipped
from tests.readers.reading import Written, broken, packed

CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
META = """<dc:title>Histoires de la Manche</dc:title><dc:creator>Anne Duval</dc:creator>
<dc:creator>Paul Lefort</dc:creator><dc:date event="modification">2020-01-01</dc:date>
<dc:date event="publication">2019-05</dc:date><dc:language>fr-FR</dc:language>
<dc:publisher>Éditions du Port</dc:publisher>"""
NCX = """<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>
<navPoint><navLabel><text>Le détroit</text></navLabel>
<content src="text/deux.xhtml#haut"/></navPoint></navMap></ncx>"""


def html(body: str) -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title>
    </head><body>{body}</body></html>"""


CHAPTERS = {
    "text/un.xhtml": html("<h1>Blériot<br/>traverse</h1><p>Parti des Baraques, le 25&#160;juillet 1909.</p>"),
    "text/vide.xhtml": html('<img src="carte.jpg"/>'),
    "text/deux.xhtml": html("<p>Trente-trois kilomètres.</p>"),
    "text/deux%20bis.xhtml": html("<h2>2</h2><p>La suite.</p>"),
}


def epub(chapters: dict[str, str] = CHAPTERS, meta: str = META, contents: str = NCX, **others: str) -> bytes:
    items = "".join(
        f'<item id="c{at}" href="{name}" media-type="application/xhtml+xml"/>' for at, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{at}"/>' for at in range(len(chapters)))
    package = f"""<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">
    <metadata>{meta}</metadata><manifest>{items}<item id="toc" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
    </manifest><spine toc="toc">{spine}</spine></package>"""
    members = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER, "OEBPS/book.opf": package}
    members |= {f"OEBPS/{name.replace('%20', ' ')}": text for name, text in chapters.items()}
    return packed(
        members | {"OEBPS/toc.ncx": contents} | {f"META-INF/{one}.xml": text for one, text in others.items()}
    )


written = Written("manche.epub")


def articles(found: list[Article | Problem]) -> list[Article]:
    return [item for item in found if isinstance(item, Article)]


def test_every_field(tmp_path: Path) -> None:
    first, *others = written(tmp_path, epub())
    assert first == Article(
        "manche:1", "Blériot traverse", ("Parti des Baraques, le 25 juillet 1909.",), "2019-05",
        "Anne Duval, Paul Lefort", "Histoires de la Manche", "fr", None,
        str(tmp_path / "manche.epub"), 1, {"publisher": "Éditions du Port"},
    )  # fmt: skip
    assert [(one.line, one.title, one.paragraphs) for one in articles(others)] == [
        (3, "Le détroit", ("Trente-trois kilomètres.",)),
        (4, "Le détroit", ("2", "La suite.")),
    ]


def test_a_newer_table_of_contents(tmp_path: Path) -> None:
    """It is a page itself, and no chapter."""
    nav = html('<nav><ol><li><a href="text/a.xhtml">Le <b>port</b></a></li></ol></nav>')
    with zipfile.ZipFile(BytesIO(epub({"nav.xhtml": nav, "text/a.xhtml": html("<p>Un</p>")}))) as archive:
        members = {info.filename: archive.read(info).decode() for info in archive.infolist()}
    package = members["OEBPS/book.opf"].replace('id="c0"', 'id="c0" properties="nav"')
    [one] = articles(written(tmp_path, packed(members | {"OEBPS/book.opf": package})))
    assert (one.title, one.paragraphs, one.line) == ("Le port", ("Un",), 1)


@pytest.mark.parametrize(
    ("body", "title", "paragraphs"),
    [
        ("<h1>Un</h1>", "Un", ("Un",)),
        ("<h3>1</h3><H2 class='t'>La &eacute;cluse</H2><p>a</p>", "La écluse", ("1", "a")),
        ("<p>a</p><h1>Un", "Histoires de la Manche", ("a", "Un")),
        ("<h1><p>a</p>", "Histoires de la Manche", ("a",)),
        ("<h1>Le <i>port</i> <span>neuf</span></h1><p>a</p><h1>Deux</h1>", "Le port neuf", ("a", "Deux")),
    ],
)
def test_headings(tmp_path: Path, body: str, title: str, paragraphs: tuple[str, ...]) -> None:
    [one] = articles(written(tmp_path, epub({"a.xhtml": html(body)})))
    assert (one.title, one.paragraphs) == (title, paragraphs)


def test_a_book_that_tells_nothing(tmp_path: Path) -> None:
    [one] = articles(written(tmp_path, epub({"a.xhtml": html("<p>Un</p>")}, meta="")))
    assert one == Article("manche:1", "manche", ("Un",), path=str(tmp_path / "manche.epub"), line=1)


def test_the_kind_is_told_by_the_beginning(tmp_path: Path) -> None:
    assert len(articles(written(tmp_path, epub(), "manche"))) == 3


def test_a_chapter_in_another_encoding(tmp_path: Path) -> None:
    page = html("<p>Été</p>").replace("utf-8", "utf-16")
    with zipfile.ZipFile(BytesIO(epub({"a.xhtml": "@"}))) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in (members | {"OEBPS/a.xhtml": page.encode("utf-16")}).items():
            archive.writestr(name, data)
    [one] = articles(written(tmp_path, file.getvalue()))
    assert one.paragraphs == ("Été",)


ENCRYPTED = """<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData><e:CipherData>
<e:CipherReference URI="OEBPS/text/un.xhtml"/></e:CipherData></e:EncryptedData></encryption>"""


def test_an_encrypted_chapter_is_named(tmp_path: Path) -> None:
    first, *others = written(tmp_path, epub(encryption=ENCRYPTED))
    assert first == Problem(f"{tmp_path}/manche.epub:1", "is encrypted: the chapter is left out")
    assert [one.line for one in articles(others)] == [3, 4]


def test_a_book_that_is_protected(tmp_path: Path) -> None:
    locked = "".join(ENCRYPTED.replace("text/un.xhtml", name) for name in CHAPTERS)
    found = written(tmp_path, epub(encryption=f"<a>{locked}</a>"))
    assert found == [Problem(f"{tmp_path}/manche.epub", "is encrypted (DRM): it cannot be read here")]


def test_fonts_that_are_encrypted_are_no_matter(tmp_path: Path) -> None:
    found = written(tmp_path, epub(encryption=ENCRYPTED.replace("text/un.xhtml", "fonts/a.otf")))
    assert len(articles(found)) == len(found) == 3


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("0101-01-01T00:00:00+00:00", None),  # Calibre's word for none
        ("2019-05-03T23:30:00-05:00", "2019-05-03"),
        ("3 mai 2019", "2019-05-03"),
        ("1909", "1909"),
    ],
)
def test_dates(tmp_path: Path, date: str, day: str | None) -> None:
    assert {one.date for one in articles(written(tmp_path, epub(meta=f"<dc:date>{date}</dc:date>")))} == {day}


def test_entities_are_not_read(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    members = {"META-INF/container.xml": CONTAINER, "OEBPS/book.opf": f"{bomb}<package>&b;</package>"}
    reason = '"OEBPS/book.opf" in it: declares entities, which are not read'
    assert written(tmp_path, packed(members)) == [Problem(f"{tmp_path}/manche.epub", reason)]


def test_very_many_headings_take_no_time(tmp_path: Path) -> None:
    [one] = articles(written(tmp_path, epub({"a.xhtml": "<h1>a" * 200_000})))
    assert one.title == "Histoires de la Manche"


def test_a_chapter_whose_encoding_is_slow_or_unknown(tmp_path: Path) -> None:
    for name in ("idna", "x-unknown", "rot13"):
        [one] = articles(written(tmp_path, epub({"a.xhtml": html("<p>Été</p>").replace("utf-8", name)})))
        assert one.paragraphs == ("Été",)


def test_a_broken_chapter_is_named(tmp_path: Path) -> None:
    first, *others = written(tmp_path, epub().replace(b"Baraques", b"Baroques"))
    reason = "\"OEBPS/text/un.xhtml\" in it cannot be read (Bad CRC-32 for file 'OEBPS/text/un.xhtml')"
    assert first == Problem(f"{tmp_path}/manche.epub:1", f"{reason}: the chapter is left out")
    assert [one.line for one in articles(others)] == [3, 4]


def test_a_chapter_that_is_no_text_is_named(tmp_path: Path) -> None:
    first, *_ = written(tmp_path, epub({"a.xhtml": "a\0b", "b.xhtml": html("<p>Un</p>")}))
    assert first == Problem(f"{tmp_path}/manche.epub:1", "is not text (it holds zero bytes): the chapter is left out")


def test_a_bad_date_is_named_once(tmp_path: Path) -> None:
    problem, *others = written(tmp_path, epub(meta="<dc:date>bientôt</dc:date>"))
    reason = 'date: expected a date, found "bientôt"; the article is kept without a date'
    assert problem == Problem(str(tmp_path / "manche.epub"), reason)
    assert [one.date for one in articles(others)] == [None, None, None]


NO_EPUB = 'is no EPUB file: expected "META-INF/container.xml" with the name of its package'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"Du texte", "broken zip file (File is not a zip file)"),
        (packed({"a": "b"}), NO_EPUB),
        (packed({"META-INF/container.xml": CONTAINER}), NO_EPUB),
        (packed({"META-INF/container.xml": "<a"}), NO_EPUB),
        (
            packed({"META-INF/container.xml": CONTAINER, "OEBPS/book.opf": ""}),
            '"OEBPS/book.opf" in it: broken XML at line 1, column 1 (no element found)',
        ),
        (epub({}), "holds no text"),
        (epub({"../../../../etc/passwd": ""}), "holds no text"),
        (epub({"a.xhtml": html("")}), "holds no text"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, content: bytes, reason: str) -> None:
    assert written(tmp_path, content) == [Problem(str(tmp_path / "manche.epub"), reason)]


def test_what_unpacks_to_too_much_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "WHOLE", 1_000_000)
    chapters = {f"{at}.xhtml": html(f"<p>{'a' * 400_000}</p>") for at in range(4)}
    found = written(tmp_path, epub(chapters))
    assert [one.line for one in articles(found)] == [1, 2]
    assert found[2:] == [Problem(str(tmp_path / "manche.epub"), "unpacks to more than 1 MB: such a file is not read")]


VALID = epub(encryption=ENCRYPTED)


@broken(VALID)
def test_any_bytes_give_articles_and_problems(tmp_path: Path, content: bytes) -> None:
    for item in written(tmp_path, content):
        assert str(item)


@given(st.text("<>/hp123:&;\"' =", max_size=60), st.text("<>/dc:title&;\"' =", max_size=60))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_chapter_gives_articles_and_problems(tmp_path: Path, body: str, meta: str) -> None:
    for item in written(tmp_path, epub({"a.xhtml": body}, meta)):
        assert str(item)
