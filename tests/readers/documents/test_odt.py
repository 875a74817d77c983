"""ODT: what is text, in which order, what is told about it, and every kind of file that is none."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import Article
from search.readers import Problem
from tests.readers.reading import Written, broken, packed

NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "draw", "style", "meta", "fo")
)
MIMETYPE = "application/vnd.oasis.opendocument.text"
META = f"""<office:document-meta {NAMESPACES} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>
<dc:title>Le tunnel</dc:title><meta:initial-creator>Paul Lefort</meta:initial-creator><dc:creator>Autre</dc:creator>
<meta:creation-date>1994-05-06T10:00:00.123456789</meta:creation-date><dc:language>fr-FR</dc:language>
<dc:subject>Transports</dc:subject>
<meta:keyword>tunnel</meta:keyword><meta:keyword>Manche</meta:keyword></office:meta></office:document-meta>"""
STYLES = f"""<office:document-styles {NAMESPACES}><office:styles><style:default-style style:family="paragraph">
<style:text-properties fo:language="en" fo:country="US"/></style:default-style></office:styles>
</office:document-styles>"""


def odt(body: str, automatic: str = "", **others: str) -> bytes:
    content = f"""<office:document-content {NAMESPACES}><office:automatic-styles>{automatic}</office:automatic-styles>
    <office:body><office:text>{body}</office:text></office:body></office:document-content>"""
    return packed(
        {"mimetype": MIMETYPE, "content.xml": content} | {f"{one}.xml": text for one, text in others.items()}
    )


written = Written("tunnel.odt")
only = written.only


def test_every_field(tmp_path: Path) -> None:
    body = """<text:h text:outline-level="1">L’inauguration</text:h><text:p>La reine et le président
    <text:span>se rencontrent</text:span> à Coquelles<text:note><text:note-citation>1</text:note-citation>
    <text:note-body><text:p>Près de Calais.</text:p></text:note-body></text:note>.</text:p>"""
    assert only(tmp_path, odt(body, meta=META, styles=STYLES)) == Article(
        "tunnel",
        "Le tunnel",
        ("L’inauguration", "La reine et le président se rencontrent à Coquelles.", "Près de Calais."),
        "1994-05-06",
        "Paul Lefort",
        None,
        "fr",
        None,
        str(tmp_path / "tunnel.odt"),
        0,
        {"subject": "Transports", "keyword": "tunnel, Manche"},
    )


AUTOMATIC = '<style:style style:name="P1" style:parent-style-name="Title"/>'
HIDDEN = '<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>'


@pytest.mark.parametrize(
    ("body", "title", "paragraphs"),
    [
        ('<text:p>Un</text:p><text:p text:style-name="Title">Le titre</text:p>', "Le titre", ("Un",)),
        ('<text:p text:style-name="P1">Le titre</text:p><text:h>Deux</text:h>', "Le titre", ("Deux",)),
        ("<text:p>Un</text:p><text:h>Deux</text:h>", "Deux", ("Un",)),
        ("<text:p>Un</text:p>", "tunnel", ("Un",)),
    ],
)
def test_titles(tmp_path: Path, body: str, title: str, paragraphs: tuple[str, ...]) -> None:
    one = only(tmp_path, odt(body, AUTOMATIC))
    assert (one.title, one.paragraphs) == (title, paragraphs)


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        ('<text:p>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d</text:p>', ("a b c d",)),
        ("<text:p>a<text:line-break/><text:line-break/>b</text:p>", ("a", "b")),
        (
            "<text:list><text:list-item><text:p>Calais</text:p><text:list><text:list-item><text:p>Douvres</text:p>"
            "</text:list-item></text:list></text:list-item></text:list>",
            ("Calais", "Douvres"),
        ),
        ("<text:section><text:p>a</text:p></text:section>", ("a",)),
        ('<text:section text:display="none"><text:p>x</text:p></text:section><text:p>a</text:p>', ("a",)),
        ('<text:p>a<text:span text:style-name="T1">x</text:span>b</text:p>', ("ab",)),
        ("<text:p>a<office:annotation><text:p>x</text:p></office:annotation>b</text:p>", ("ab",)),
        (
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>x</text:p></text:deletion>"
            "</text:changed-region></text:tracked-changes><text:p>a</text:p>",
            ("a",),
        ),
        ("<text:table-of-content><text:p>x</text:p></text:table-of-content><text:p>a</text:p>", ("a",)),
        (
            "<text:p>a<draw:frame><draw:text-box><text:p>Encadré</text:p></draw:text-box></draw:frame>b</text:p>",
            ("ab", "Encadré"),
        ),
        ("<text:p>Voir <text:a>le port</text:a>.</text:p>", ("Voir le port.",)),
        (
            "<table:table><table:table-row><table:table-cell><text:p>Port</text:p></table:table-cell>"
            "<table:table-cell><text:p>1994</text:p></table:table-cell></table:table-row></table:table>",
            ("Port | 1994",),
        ),
    ],
)
def test_what_is_text(tmp_path: Path, body: str, paragraphs: tuple[str, ...]) -> None:
    assert only(tmp_path, odt(body, HIDDEN)).paragraphs == paragraphs


def test_elements_that_are_deep_in_each_other(tmp_path: Path) -> None:
    cells = "<table:table><table:table-row><table:table-cell>" * 64 + "<text:p>Un</text:p>"
    ends = "</table:table-cell></table:table-row></table:table>" * 64
    assert only(tmp_path, odt(cells + ends)).paragraphs == ("Un",)
    spans = "<text:span>" * 195
    assert only(tmp_path, odt(f"<text:p>{spans}Un{spans.replace('<', '</')}</text:p>")).paragraphs == ("Un",)
    frames = "<draw:frame><draw:text-box><text:p>" * 64
    ends = "</text:p></draw:text-box></draw:frame>" * 64
    assert only(tmp_path, odt(f"<text:p>{frames}Un{ends}</text:p>")).paragraphs == ("Un",)


def test_the_kind_is_told_by_the_beginning(tmp_path: Path) -> None:
    [one] = written(tmp_path, odt("<text:p>Un</text:p>"), "tunnel")
    assert isinstance(one, Article)


CHANGED = odt("<text:p>Un</text:p>").replace(b"Un</", b"Deux")
MANIFEST = "<m><file-entry><encryption-data/></file-entry></m>"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"Du texte", "broken zip file (File is not a zip file)"),
        (packed({"a": "b"}), 'is no ODT file: expected "content.xml" with a text in it'),
        (packed({"content.xml": "<a/>"}), 'is no ODT file: expected "content.xml" with a text in it'),
        (packed({"META-INF/manifest.xml": MANIFEST, "content.xml": "?"}), "is encrypted"),
        (odt(""), "holds no text"),
        (
            packed({"content.xml": '<!DOCTYPE a [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><a>&b;</a>'}),
            '"content.xml" in it: declares entities, which are not read',
        ),
        (
            packed({"content.xml": '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>'}),
            '"content.xml" in it: declares entities, which are not read',
        ),
        (odt("<text:p>"), '"content.xml" in it: broken XML at line 2, column 41 (mismatched tag)'),
        (CHANGED, "\"content.xml\" in it cannot be read (Bad CRC-32 for file 'content.xml')"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(tmp_path: Path, content: bytes, reason: str) -> None:
    assert written(tmp_path, content) == [Problem(str(tmp_path / "tunnel.odt"), reason)]


VALID = odt('<text:p text:style-name="P1">Le titre</text:p><text:p>Un</text:p>', AUTOMATIC, meta=META, styles=STYLES)


@broken(VALID)
def test_any_bytes_give_articles_and_problems(tmp_path: Path, content: bytes) -> None:
    for item in written(tmp_path, content):
        assert str(item)


@given(st.text("<>/tpexh:&;\"' =", max_size=60))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gives_articles_and_problems(tmp_path: Path, body: str) -> None:
    for item in written(tmp_path, odt(body)):
        assert str(item)
