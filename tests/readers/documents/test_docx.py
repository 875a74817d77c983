"""DOCX: what is text, in which order, what is told about it, and every kind of file that is none."""

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

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
RELATIONS = "http://schemas.openxmlformats.org"
CORE = """<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title> Le  port </dc:title>
 <dc:creator>Anne Duval</dc:creator><dc:subject>Calais</dc:subject>
 <dc:language>fr-FR</dc:language><cp:keywords>port, ferry</cp:keywords>
 <dcterms:created>2015-09-27T22:30:00Z</dcterms:created><dcterms:modified>2016-01-02T10:00:00Z</dcterms:modified>
</cp:coreProperties>"""
STYLES = f"""<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-US"/></w:rPr></w:rPrDefault>
</w:docDefaults><w:style w:styleId="Titre"><w:name w:val="Title"/></w:style>
<w:style w:styleId="Titre1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="TM1"><w:name w:val="toc 1"/></w:style></w:styles>"""
NOTES = f"""<w:footnotes {W}><w:footnote w:type="separator"><w:p><w:r><w:t>—</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="1"><w:p><w:r><w:t>Le chantier a duré six ans.</w:t></w:r></w:p></w:footnote></w:footnotes>"""


def p(text: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def docx(body: str, **others: str) -> bytes:
    """A document with this body, and with other members: their names with ``__`` for a slash."""
    members = {
        "[Content_Types].xml": TYPES,
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
    }
    members |= {f"{name.replace('__', '/')}.xml": text for name, text in others.items()}
    return packed(members)


written = Written("port.docx")
only = written.only


def test_every_field(tmp_path: Path) -> None:
    body = p("Calais 2015", "TM1") + p("Le port s’agrandit", "Titre1") + p("La digue sera achevée en 2021.")
    content = docx(body, docProps__core=CORE, word__styles=STYLES, word__footnotes=NOTES)
    paragraphs = ("Le port s’agrandit", "La digue sera achevée en 2021.", "Le chantier a duré six ans.")
    assert only(tmp_path, content) == Article(
        "port", "Le port", paragraphs, "2015-09-27", "Anne Duval", None, "fr", None,
        str(tmp_path / "port.docx"), 0, {"subject": "Calais", "keywords": "port, ferry"},
    )  # fmt: skip


def test_the_language_of_the_styles_is_that_of_the_program(tmp_path: Path) -> None:
    assert only(tmp_path, docx(p("Le port"), word__styles=STYLES)).language is None


def test_what_a_template_tells_is_not_told(tmp_path: Path) -> None:
    core = CORE.replace("Anne Duval", "python-docx").replace("2015-09-27", "2013-12-23")
    one = only(tmp_path, docx(p("Un"), docProps__core=core))
    assert (one.title, one.author, one.date, one.metadata) == ("port", None, None, {})


@pytest.mark.parametrize(
    ("body", "title", "paragraphs"),
    [
        (p("Un") + p("Le titre", "Titre") + p("Deux", "Titre1"), "Le titre", ("Un", "Deux")),
        (p("Un") + p("Deux", "Titre1") + p("Trois"), "Deux", ("Un", "Trois")),
        (p("Un") + p("Deux", "Heading1"), "Deux", ("Un",)),
        (p("Un"), "port", ("Un",)),
    ],
)
def test_titles(tmp_path: Path, body: str, title: str, paragraphs: tuple[str, ...]) -> None:
    one = only(tmp_path, docx(body, word__styles=STYLES))
    assert (one.title, one.paragraphs) == (title, paragraphs)


def test_the_title_that_is_known_is_not_repeated(tmp_path: Path) -> None:
    one = only(tmp_path, docx(p("Le port") + p("Un"), docProps__core=CORE))
    assert (one.title, one.paragraphs) == ("Le port", ("Un",))


@pytest.mark.parametrize(
    ("inside", "paragraphs"),
    [
        ("<w:r><w:t>Cal</w:t></w:r><w:hyperlink><w:r><w:t>ais</w:t></w:r></w:hyperlink>", ("Calais",)),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", ("a b c",)),
        ("<w:r><w:t>a</w:t><w:br/><w:br/><w:t>b</w:t></w:r>", ("a", "b")),
        ("<w:r><w:t>Nord</w:t><w:noBreakHyphen/><w:t>Pas</w:t><w:softHyphen/><w:t>sé</w:t></w:r>", ("Nord-Passé",)),
        ("<w:ins><w:r><w:t>neuf</w:t></w:r></w:ins><w:del><w:r><w:delText>x</w:delText></w:r></w:del>", ("neuf",)),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r><w:r><w:t>a</w:t></w:r>", ("a",)),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>vu</w:t></w:r>', ("vu",)),
        ("<w:r><w:instrText>PAGE</w:instrText><w:t>7</w:t></w:r>", ("7",)),
        (
            "<w:r><w:t>Texte</w:t><AlternateContent><Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>Encadré</w:t>"
            "</w:r></w:p></w:txbxContent></w:drawing></Choice><Fallback><w:pict><w:txbxContent><w:p><w:r>"
            "<w:t>Encadré</w:t></w:r></w:p></w:txbxContent></w:pict></Fallback></AlternateContent></w:r>",
            ("Texte", "Encadré"),
        ),
    ],
)
def test_pieces_of_a_paragraph(tmp_path: Path, inside: str, paragraphs: tuple[str, ...]) -> None:
    assert only(tmp_path, docx(f"<w:p>{inside}</w:p>")).paragraphs == paragraphs


def test_tables_are_read_row_by_row(tmp_path: Path) -> None:
    def row(*cells: str) -> str:
        return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"

    inner = f"<w:tbl>{row(p('Tunnel'), p('1994'))}</w:tbl>"
    rows = row(p("Port"), p("Année")) + row(p(""), p("seul")) + row(p("Un") + p("Deux"), p("Trois")) + row(inner)
    one = only(tmp_path, docx(f"<w:tbl>{rows}</w:tbl>"))
    assert one.paragraphs == ("Port | Année", "seul", "Un", "Deux", "Trois", "Tunnel | 1994")


def test_a_table_of_contents_is_left_out(tmp_path: Path) -> None:
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    contents = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{p('Chapitre 3')}</w:sdtContent></w:sdt>"
    kept = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('Un')}</w:sdtContent></w:sdt>"
    assert only(tmp_path, docx(contents + kept)).paragraphs == ("Un",)


def test_parts_may_have_other_names(tmp_path: Path) -> None:
    kind = f"{RELATIONS}/officeDocument"
    relation = f'<Relationships><Relationship Type="{kind}" Target="/word/document2.xml"/></Relationships>'
    document = f"<w:document {W}><w:body>{p('Un')}</w:body></w:document>"
    content = packed({"_rels/.rels": relation, "word/document2.xml": document})
    assert only(tmp_path, content).paragraphs == ("Un",)


def test_the_kind_is_told_by_the_beginning(tmp_path: Path) -> None:
    [one] = written(tmp_path, docx(p("Un")), "port")
    assert isinstance(one, Article)


PLAIN, LOCKED = (b"PK\1\2\x14\x03\x14\0%c\0" % flag for flag in (0, 1))
ENTITIES = f'<!DOCTYPE d [<!ENTITY a "x">]><w:document {W}><w:body/></w:document>'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"Du texte", "broken zip file (File is not a zip file)"),
        (b"", "broken zip file (File is not a zip file)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "is in the binary format of old versions"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "is encrypted"),
        (packed({"a": "b"}), 'is no DOCX file: expected "word/document.xml" in it'),
        (
            packed({"word/document.xml": "<html/>"}),
            'is no DOCX file: expected a document in "word/document.xml", found "html"',
        ),
        (
            packed({"word/document.xml": "<a>"}),
            '"word/document.xml" in it: broken XML at line 1, column 4 (no element found)',
        ),
        (packed({"word/document.xml": ENTITIES}), '"word/document.xml" in it: declares entities, which are not read'),
        (docx(""), "holds no text"),
        (docx(p(" ")), "holds no text"),
        (docx(p("a")).replace(PLAIN, LOCKED), '"word/document.xml" in it is encrypted'),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(tmp_path: Path, content: bytes, reason: str) -> None:
    assert written(tmp_path, content) == [Problem(str(tmp_path / "port.docx"), reason)]


def test_a_bad_date_is_named_and_the_article_kept(tmp_path: Path) -> None:
    core = CORE.replace("2015-09-27T22:30:00Z", "bientôt")
    problem, article = written(tmp_path, docx(p("Un"), docProps__core=core))
    reason = 'date: expected a date, found "bientôt"; the article is kept without a date'
    assert problem == Problem(str(tmp_path / "port.docx"), reason)
    assert isinstance(article, Article)
    assert article.date is None


def test_what_unpacks_to_too_much_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "WHOLE", 1_000_000)
    reason = "unpacks to more than 1 MB: such a file is not read"
    assert written(tmp_path, docx(p("a" * 1_100_000))) == [Problem(str(tmp_path / "port.docx"), reason)]


def test_a_size_that_is_told_wrong_is_not_believed(tmp_path: Path) -> None:
    content = bytearray(docx(p("a" * 1_000_000)))
    entry = content.rindex(b"PK\1\2")
    content[entry + 24 : entry + 28] = (100).to_bytes(4, "little")  # the size when unpacked
    reason = "\"word/document.xml\" in it cannot be read (Bad CRC-32 for file 'word/document.xml')"
    assert written(tmp_path, bytes(content)) == [Problem(str(tmp_path / "port.docx"), reason)]


def test_other_ways_of_packing_are_not_read(tmp_path: Path) -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("word/document.xml", "<a/>")
    reason = '"word/document.xml" in it is packed in a way that is not known here (method 14)'
    assert written(tmp_path, file.getvalue()) == [Problem(str(tmp_path / "port.docx"), reason)]


def test_elements_that_are_deep_in_each_other(tmp_path: Path) -> None:
    cells = "<w:tbl><w:tr><w:tc>" * 65 + p("Un") + "</w:tc></w:tr></w:tbl>" * 65
    assert only(tmp_path, docx(cells)).paragraphs == ("Un",)
    spans = "<w:smartTag>" * 194
    inner = f"<w:p>{spans}<w:r><w:t>Un</w:t></w:r>{spans.replace('<', '</')}</w:p>"
    assert only(tmp_path, docx(inner)).paragraphs == ("Un",)
    reason = '"word/document.xml" in it: elements stand in each other more than 200 deep'
    assert written(tmp_path, docx("<w:p>" * 300)) == [Problem(str(tmp_path / "port.docx"), reason)]


def test_no_part_is_looked_for_outside(tmp_path: Path) -> None:
    (tmp_path / "secret.xml").write_text(f"<w:document {W}><w:body>{p('Secret')}</w:body></w:document>")
    for target in ("../secret.xml", "file:///" + str(tmp_path / "secret.xml"), str(tmp_path / "secret.xml")):
        relation = f'<Relationships><Relationship Type="a/officeDocument" Target="{target}"/></Relationships>'
        reason = 'is no DOCX file: expected "' + zipped.beside("/x", target) + '" in it'
        assert written(tmp_path, packed({"_rels/.rels": relation})) == [Problem(f"{tmp_path}/port.docx", reason)]


def test_too_many_members_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "MOST", 1)
    assert written(tmp_path, docx(p("a"))) == [Problem(str(tmp_path / "port.docx"), "holds more than 1 files")]


VALID = docx(p("Le port", "Titre") + p("Un"), docProps__core=CORE, word__styles=STYLES, word__footnotes=NOTES)


@broken(VALID)
def test_any_bytes_give_articles_and_problems(tmp_path: Path, content: bytes) -> None:
    for item in written(tmp_path, content):
        assert str(item)


@given(st.binary(max_size=200), st.text("<>/wptr:&;\"' =", max_size=60))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_document_gives_articles_and_problems(tmp_path: Path, data: bytes, body: str) -> None:
    for content in (data, docx(body)):
        for item in written(tmp_path, content):
            assert str(item)
