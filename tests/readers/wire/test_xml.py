"""XML within bounds, the paragraphs of markup, and the kinds that root elements tell."""

import time
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.readers import kinds
from search.readers.markup import paragraphs_in, paragraphs_of
from search.readers.wire import xml
from search.readers.wire.xml import document, text_of

LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE rss [
 <!ENTITY a "ha">
 <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
 <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
]>
<rss>&c;</rss>"""


@pytest.mark.parametrize(
    "data",
    [
        LAUGHS,
        b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>&x;</rss>',
        b'<!DOCTYPE rss [<!ENTITY x SYSTEM "http://port.example/x">]><rss>&x;</rss>',
        b'<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://port.example/x.dtd"> %x;]><rss/>',
        b'<!DOCTYPE rss [<!ENTITY eacute "&#233;">]><rss>Cit&eacute;</rss>',
    ],
    ids=["laughs", "file", "network", "parameter", "harmless"],
)
def test_entities_are_not_read(data: bytes) -> None:
    assert document(data) == (None, "declares entities, which are not read", [])


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"<a>Cit&eacute;&nbsp;d&rsquo;Europe &amp; port &inconnu;</a>", "Cité d’Europe & port &inconnu;"),
        (b'<!DOCTYPE a SYSTEM "http://port.example/a.dtd"><a>Cit&eacute;</a>', "Cité"),
        ('<?xml version="1.0" encoding="ISO-8859-1"?><a>Cité</a>'.encode("latin-1"), "Cité"),
        ('<?xml version="1.0" encoding="windows-1252"?><a>l’œuvre</a>'.encode("cp1252"), "l’œuvre"),
        ('<?xml version="1.0" encoding="utf-16"?><a>Cité</a>'.encode("utf-16"), "Cité"),
        ('<?xml version="1.0" encoding="utf-16"?><a>Cité</a>'.encode("utf-16-le"), "Cité"),
        ("\ufeff<a>Cité</a>".encode(), "Cité"),
        (b'\n\n<?xml version="1.0"?>\n<a>Ci\x13t\x00\xc3\xa9</a>', "Cité"),
    ],
)
def test_entities_of_html_and_encodings(data: bytes, text: str) -> None:
    root, broken, _ = document(data)
    assert (text_of(root), broken) == (text, "")


@pytest.mark.parametrize(
    ("data", "broken"),
    [
        (b"", "broken XML at line 1, column 1 (no element found)"),
        (b"\n<a>\n<b></a>", "broken XML at line 3, column 6 (mismatched tag)"),
        (b"<a>Cit\xe9</a>", "broken XML at line 1, column 7 (not well-formed (invalid token))"),
        (b'<?xml version="1.0" encoding="big5"?><a/>',
         "its encoding cannot be read (multi-byte encodings are not supported)"),
        (b'<?xml version="1.0" encoding="oups"?><a/>', "its encoding cannot be read (unknown encoding: oups)"),
        (b"<a>" * 201, "elements stand in each other more than 200 deep"),
    ],
)  # fmt: skip
def test_what_breaks_is_named(data: bytes, broken: str) -> None:
    assert document(data).broken == broken


def test_what_came_before_the_break_is_there() -> None:
    root, broken, unfinished = document(b"<a><b>un</b><b>deux</a>")
    assert root is not None
    assert [one.tag for one in root] == ["b", "b"]
    assert root[0].text == "un"
    assert unfinished == [root, root[1]]
    assert broken == "broken XML at line 1, column 22 (mismatched tag)"


def test_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "MOST", 3)
    assert document(b"<a><b/><b/><b/></a>").broken == "holds more than 3 elements"
    monkeypatch.setattr(xml, "LONGEST", 1_000_000)
    data = b"<a><b>" + b"<![CDATA[x]]>" * 1_000_001 + b"</b></a>"
    assert document(data).broken == "a text is longer than 1 million characters"


def test_a_dtd_adds_no_attributes() -> None:
    root, _, _ = document(b'<!DOCTYPE a [<!ATTLIST b c CDATA "long">]><a><b/><b d="1"/></a>')
    assert root is not None
    assert [dict(one.attrib) for one in root] == [{}, {"d": "1"}]


def test_a_long_namespace_is_cut() -> None:
    root, _, _ = document(b'<a xmlns="' + b"x" * 10_000 + b'"><b/><b/></a>')
    assert root is not None
    assert root[0].tag == "{" + "x" * 200 + "}b"
    assert root[0].tag is root[1].tag


def test_namespaces() -> None:
    root, _, _ = document(b'<a xmlns="u" xmlns:p="v"><p:b xmlns=""><c/></p:b><d/><q:e/></a>')
    assert root is not None
    assert [one.tag for one in root.iter()] == ["{u}a", "{v}b", "c", "{u}d", "{q}e"]


@pytest.mark.parametrize(
    ("html", "paragraphs"),
    [
        ("<p>Le port.</p><p>Le tunnel.</p>", ("Le port.", "Le tunnel.")),
        ("Le <b>port</b> de <a href='x'>Calais</a>.<p>Le\n tunnel.", ("Le port de Calais.", "Le tunnel.")),
        ("<ul><li>Un</li><li>Deux</li></ul>Fin", ("Un", "Deux", "Fin")),
        ("Un<br>deux<br/><br />trois<BR> <br>quatre", ("Un deux", "trois", "quatre")),
        ("<p>Un</p><script>if (a<b) '<p>non</p>'</script><style>p{}</style><p>Deux</p>", ("Un", "Deux")),
        ("<script src='x'/><p>Un</p>", ("Un",)),
        ("<object>a<object>b</object>c</object><p>Un</p>", ("Un",)),
        ("<p>Un<!-- <p>non</p> --> deux</p>", ("Un deux",)),
        ("<p>Un</p><!-- sans fin <p>Deux</p>", ("Un",)),
        ("Un\n\nDeux\nencore\r\n \r\nTrois", ("Un", "Deux encore", "Trois")),
        ("Marks &amp; Spencer, 5 < 6 &eacute; &#8217;", ("Marks & Spencer, 5 < 6 é ’",)),
        ("<p title=\"a > b\" class='c'>Un</p>", ("Un",)),
        ("<p title=\"Un>Deux</p>", ("Deux",)),
        ("<![CDATA[<p>Un</p>]]>", ("Un",)),
        ("<!doctype html><?php x ?><![if !IE]><p>Un<![endif]></p>", ("Un",)),
        ("<html><head><title>Non</title></head><body>Un</body></html>", ("Un",)),
        ("<p>a &#" + "9" * 5000 + ";</p>", ("a &#" + "9" * 5000 + ";",)),
        ("<p>Un\u2028deux\u00a0!</p>", ("Un deux !",)),
        ("", ()),
        ("<p> </p>&nbsp;<br>", ()),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)  # fmt: skip
def test_paragraphs_of_html(html: str, paragraphs: tuple[str, ...]) -> None:
    assert paragraphs_of(html) == paragraphs


@pytest.mark.parametrize(
    "piece", ["<a ", '<a x="', "<!--", "<![", "<a b='c ", "</", "<p>", "<script>", "&", "&#", "<"]
)
def test_hostile_html_takes_no_long_time(piece: str) -> None:
    begin = time.monotonic()
    paragraphs_of(piece * (500_000 // len(piece)))
    assert time.monotonic() - begin < 5


@given(st.lists(st.sampled_from(["<p>", "</p>", "<br>", "<b x='", "<!--", "-->", "<script>", "&#x", "<", "é\n"])))
@settings(max_examples=100, deadline=None)
def test_paragraphs_of_anything(pieces: list[str]) -> None:
    for one in paragraphs_of("".join(pieces)):
        assert one == " ".join(one.split())
        assert one


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])).map(lambda text: " ".join(text.split()))))
@settings(max_examples=100, deadline=None)
def test_paragraphs_come_back(texts: list[str]) -> None:
    markup = "".join(f"<p>{escape(text)}</p>" for text in texts)
    expected = tuple(filter(None, texts))
    assert paragraphs_of(f"<div>{markup}</div>") == expected
    root, _, _ = document(f"<div>{markup}</div>".encode())
    assert root is not None
    assert paragraphs_in(root) == expected


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"<rss version='2.0'>", "feed"),
        (b'\n<?xml version="1.0"?>\n<!-- <nitf> --><rdf:RDF xmlns="x">', "feed"),
        (b'<?xml version="1.0"?><?xml-stylesheet href="a"?><feed>', "feed"),
        (b'<!DOCTYPE nitf SYSTEM "a>b.dtd" [<!ENTITY a "<rss>"> ]>\n<nitf>', "nitf"),
        ("\ufeff<newsItem/>".encode(), "newsml"),
        (b"<newsMessage>", "newsml"),
        (b"<packageItem\n>", "newsml"),
        ('<?xml version="1.0"?><NewsML>'.encode("utf-16"), "newsml"),
        ("<NewsML>".encode("utf-16-be"), "newsml"),
        (LAUGHS, "feed"),
        (b"<svg>", None),
        (b"<rss", None),
        (b"text <rss>", None),
        (b"", None),
        (b"<?a?>" * 800, None),
        (b"<!--" * 1000, None),
        (b"<!DOCTYPE " * 400, None),
    ],
    ids=lambda value: str(value)[:30],
)
def test_kinds_by_root(head: bytes, kind: str | None) -> None:
    assert kinds.kind_of("press.xml", head) == kind


@pytest.mark.parametrize("name", ["ISO-8859-1", "iso-8859-1", "latin1", "us-ascii"])
def test_what_is_called_latin_is_often_more(name: str) -> None:
    data = f'<?xml version="1.0" encoding="{name}"?><a>L\u2019été, l\u2019œuvre</a>'.encode("cp1252")
    assert text_of(document(data).root) == "L\u2019été, l\u2019œuvre"


@pytest.mark.parametrize("start", [b"\xef\xbb\xbf\n", b"\n", b"\xef\xbb\xbf", b" \r\n"])
def test_what_stands_before_the_declaration(start: bytes) -> None:
    found = document(start + '<?xml version="1.0" encoding="UTF-8"?><a>été</a>'.encode())
    assert (text_of(found.root), found.broken) == ("été", "")
