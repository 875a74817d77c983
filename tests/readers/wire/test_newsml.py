"""NewsML-G2 and 1.2: items, messages and packages, every field, and what is wrong with them."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import Article
from search.readers import Problem, find, read

ITEM = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:detroit:1987:herald" xml:lang="en-GB">
 <itemMeta><itemClass qcode="ninat:text"/><provider qcode="nprov:Strait Wire"/>
  <versionCreated>1987-03-08T09:00:00Z</versionCreated></itemMeta>
 <contentMeta>
  <contentCreated>1987-03-07T01:30:00+01:00</contentCreated>
  <located qcode="geo:1"><name xml:lang="fr">Zeebruges</name><name xml:lang="en">Zeebrugge</name></located>
  <creator><name>Alice Martin</name></creator><creator qcode="staff:99"/>
  <infoSource literal="Harbour office"/>
  <language tag="en-GB"/>
  <subject qcode="medtop:1"><name>shipping accident</name></subject><subject><name>Dover</name></subject>
  <genre qcode="genre:report"/><keyword>ferry</keyword><slugline>ferry-herald</slugline>
  <headline>Ferry capsizes off Zeebrugge</headline><dateline>ZEEBRUGGE, March 7</dateline>
  <description>The Herald of Free Enterprise was bound for Dover.</description>
 </contentMeta>
 {content}
</newsItem>
"""
NITF = """<contentSet><inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/">
 <body><body.head><hedline><hl1>Ferry capsizes off Zeebrugge</hl1><hl2>Bow doors open</hl2></hedline>
 <byline>By Tom Reed</byline></body.head><body.content><p>The ship left on 6 March.</p><p>It was bound for
 Dover.</p></body.content></body></nitf></inlineXML></contentSet>"""

OLD = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE NewsML PUBLIC "urn:newsml:iptc.org:20021018:NewsMLv1.2:1" "NewsML_1.2.dtd" []>
<NewsML>
 <NewsEnvelope><DateAndTime>20161024T190000+0200</DateAndTime></NewsEnvelope>
 <NewsItem xml:lang="fr">
  <Identification><NewsIdentifier><DateId>20161024</DateId>
   <PublicIdentifier>urn:newsml:detroit.example:20161024:1:1N</PublicIdentifier></NewsIdentifier></Identification>
  <NewsManagement><FirstCreated>20161024T080000+0200</FirstCreated></NewsManagement>
  <NewsComponent>
   <NewsLines><HeadLine>L’évacuation commence à Calais</HeadLine><SubHeadLine>Des cars au départ</SubHeadLine>
    <ByLine>Par Anne Duval</ByLine><DateLine>CALAIS, 24 oct.</DateLine><KeywordLine>migrants</KeywordLine></NewsLines>
   <AdministrativeMetadata><Provider><Party FormalName="Agence du détroit"/></Provider></AdministrativeMetadata>
   <DescriptiveMetadata><Language FormalName="fr"/></DescriptiveMetadata>
   <NewsComponent EquivalentsList="yes">
    <ContentItem><DataContent><nitf><body><body.content><p>Les premiers cars sont partis.</p><p>La suite demain.</p>
     </body.content></body></nitf></DataContent></ContentItem>
    <ContentItem><DataContent>Les premiers cars sont partis. La suite demain.</DataContent></ContentItem>
   </NewsComponent>
   <NewsComponent><ContentItem><Encoding Notation="base64"><DataContent>aGE=</DataContent></Encoding></ContentItem>
    <ContentItem><Format FormalName="XHTML"/><DataContent>&lt;p&gt;Un car.&lt;/p&gt;</DataContent></ContentItem>
    <ContentItem><DataContent><p>Légende.</p></DataContent></ContentItem></NewsComponent>
  </NewsComponent>
 </NewsItem>
 <NewsItem><NewsComponent><NewsLines><HeadLine>Alerte</HeadLine></NewsLines></NewsComponent></NewsItem>
 <NewsItem><NewsComponent/></NewsItem>
</NewsML>
""".replace("’", "'")


def written(folder: Path, content: str | bytes, name: str = "depeche.xml") -> list[Article | Problem]:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [item for file in find([path]).files for item, _ in read(file)]


def said(found: list[Article | Problem], folder: Path) -> list[str]:
    return [str(item).removeprefix(f"{folder}/") for item in found if isinstance(item, Problem)]


def articles(found: list[Article | Problem]) -> list[Article]:
    return [item for item in found if isinstance(item, Article)]


def message(*items: str) -> str:
    return (
        f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{"".join(items)}</itemSet></newsMessage>'
    )


@pytest.mark.parametrize("name", ["depeche.xml", "depeche.newsml"])
def test_every_field_of_an_item(tmp_path: Path, name: str) -> None:
    [article] = written(tmp_path, ITEM.format(content=NITF), name)
    assert article == Article(
        "urn:detroit:1987:herald",
        "Ferry capsizes off Zeebrugge",
        ("Bow doors open", "The ship left on 6 March.", "It was bound for Dover."),
        "1987-03-07",
        "Alice Martin",
        "Harbour office",
        "en",
        None,
        str(tmp_path / name),
        0,
        {
            "subject": "shipping accident, Dover",
            "located": "Zeebrugge",
            "genre": "report",
            "keyword": "ferry",
            "dateline": "ZEEBRUGGE, March 7",
            "slugline": "ferry-herald",
        },
    )


@pytest.mark.parametrize(
    ("content", "paragraphs"),
    [
        (
            '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>No'
            "</title></head><body><p>One.</p><div>Two.</div></body></html></inlineXML>",
            ("One.", "Two."),
        ),
        ('<inlineData contenttype="text/html">&lt;p>One.&lt;/p>Two.</inlineData>', ("One.", "Two.")),
        ('<inlineData contenttype="text/plain">One.\n\nTwo.</inlineData>', ("One.", "Two.")),
        ("<inlineXML/><inlineData>One.</inlineData><inlineData>Two.</inlineData>", ("One.",)),
        ('<inlineData encoding="encd:base64">aGE=</inlineData><remoteContent href="a.jpg"/>',
         ("The Herald of Free Enterprise was bound for Dover.",)),
        ("", ("The Herald of Free Enterprise was bound for Dover.",)),
    ],
)  # fmt: skip
def test_contents(tmp_path: Path, content: str, paragraphs: tuple[str, ...]) -> None:
    [one] = articles(written(tmp_path, ITEM.format(content=f"<contentSet>{content}</contentSet>")))
    assert one.paragraphs == paragraphs


def test_what_the_item_does_not_say_its_text_does(tmp_path: Path) -> None:
    bare = NITF.replace("<nitf ", '<nitf xml:lang="en" ')
    [one] = articles(written(tmp_path, f'<newsItem xml:lang="fr">{bare}</newsItem>'))
    assert (one.id, one.title, one.author, one.source) == (
        "depeche",
        "Ferry capsizes off Zeebrugge",
        "Tom Reed",
        None,
    )
    assert (one.language, one.date) == ("en", None)


def test_a_message_with_a_package(tmp_path: Path) -> None:
    package = '<packageItem><itemRef residref="N1"/></packageItem>'
    text = "<newsItem><contentMeta><headline>Port closed</headline></contentMeta></newsItem>"
    found = written(tmp_path, message(package, ITEM.format(content=NITF), text, '<newsItem guid="N3"/>'))
    assert [(one.id, one.line) for one in articles(found)] == [("urn:detroit:1987:herald", 1), ("depeche:2", 2)]
    assert said(found, tmp_path) == ["depeche.xml:3: holds no text: the item is skipped"]


def test_newsml_1(tmp_path: Path) -> None:
    found = written(tmp_path, OLD.encode("latin-1"))
    path = str(tmp_path / "depeche.xml")
    assert articles(found) == [
        Article(
            "urn:newsml:detroit.example:20161024:1:1N",
            "L'évacuation commence à Calais",
            ("Des cars au départ", "Les premiers cars sont partis.", "La suite demain.", "Un car.", "Légende."),
            "2016-10-24",
            "Anne Duval",
            "Agence du détroit",
            "fr",
            None,
            path,
            1,
            {"keyword": "migrants", "dateline": "CALAIS, 24 oct."},
        ),
        Article("depeche:2", "Alerte", (), "2016-10-24", path=path, line=2),
    ]
    assert said(found, tmp_path) == ["depeche.xml:3: holds no text: the item is skipped"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('<packageItem guid="p"><contentMeta><headline>P</headline></contentMeta></packageItem>', "holds no text"),
        (message(), "holds no text"),
        (message("<packageItem/>"), "holds no text"),
        ('<newsItem guid="a"/>', "holds no text"),
        ("<NewsML/>", "holds no text"),
        ("<newsItem><a></newsItem>", "broken XML at line 1, column 16 (mismatched tag): the file is skipped"),
        (
            '<!DOCTYPE newsItem [<!ENTITY a SYSTEM "a">]><newsItem>&a;</newsItem>',
            "declares entities, which are not read: the file is skipped",
        ),
    ],
)
def test_files_without_articles(tmp_path: Path, content: str, reason: str) -> None:
    assert [str(one) for one in written(tmp_path, content)] == [f"{tmp_path}/depeche.xml: {reason}"]


def test_what_comes_before_a_break_is_read(tmp_path: Path) -> None:
    found = written(tmp_path, message(ITEM.format(content=NITF), "\n<newsItem><headline>Ferry & port</headline>"))
    assert [one.line for one in articles(found)] == [1]
    reason = "broken XML at line 21, column 28 (not well-formed (invalid token)): the rest is lost"
    assert said(found, tmp_path) == [f"depeche.xml: {reason}"]


def test_a_bad_date_is_named_and_the_article_kept(tmp_path: Path) -> None:
    item = ITEM.format(content=NITF).replace("1987-03-07T01:30:00+01:00", "hier")
    found = written(tmp_path, message(item))
    reason = 'date: expected a date, found "hier"; the article is kept without a date'
    assert said(found, tmp_path) == [f"depeche.xml:1: {reason}"]
    assert [one.date for one in articles(found)] == [None]


@given(
    st.sampled_from([message(ITEM.format(content=NITF)), OLD]),
    st.lists(st.tuples(st.integers(0, 2800), st.binary(max_size=2)), max_size=4),
    st.integers(0, 2000),
)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_give_articles_and_problems(
    tmp_path: Path, content: str, changes: list[tuple[int, bytes]], lost: int
) -> None:
    data = bytearray(content.encode())
    for place, new in changes:
        data[place : place + 2] = new
    for item in written(tmp_path, bytes(data[: len(data) - lost * (lost % 2)]), "depeche.newsml"):
        assert str(item).encode()
