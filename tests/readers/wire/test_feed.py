"""Feeds: every field of every dialect, what is left out, and what is left of a broken feed."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import Article
from search.readers import Problem, find, read

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
  <title>L&#8217;Écho du détroit</title>
  <link>https://echo.example/</link>
  <atom:link href="https://echo.example/rss" rel="self"/>
  <language>fr-FR</language>
  <item>
    <title>Le tunnel sous la Manche est inauguré</title>
    <media:title>Une photo</media:title>
    <link>https://echo.example/tunnel</link>
    <guid isPermaLink="false">echo-1994-1</guid>
    <pubDate>Fri, 06 May 1994 18:30:00 +0200</pubDate>
    <dc:creator>Anne Duval</dc:creator><dc:creator>Paul Lefort</dc:creator>
    <category>Transports</category><category>Calais</category><category>Calais</category>
    <description>Résumé.</description>
    <content:encoded><![CDATA[<p>Élisabeth II et François&nbsp;Mitterrand l&rsquo;ont inaug&shy;uré.</p>
      <p>La première <em>jonction</em> date de 1990.</p>]]></content:encoded>
  </item>
  <item>
    <title>Blériot &amp;amp; la Manche</title>
    <guid>https://echo.example/bleriot</guid>
    <author>redaction@echo.example (Marie Noël)</author>
    <pubDate>bientôt</pubDate>
    <description>&lt;p&gt;Parti des Baraques.&lt;/p&gt;&lt;p&gt;Arrivé à Douvres.&lt;/p&gt;</description>
  </item>
  <item><link>https://echo.example/vide</link></item>
  <item><title>Sans rien d&rsquo;autre</title><source url="https://autre.example">L’Autre</source></item>
</channel>
</rss>
"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">
 <title type="html">Channel &amp;amp; Ports</title>
 <author><name>The newsroom</name></author>
 <updated>2016-10-25T08:00:00Z</updated>
 <entry>
  <title type="text">Ferries &lt;late&gt;</title>
  <link rel="edit" href="https://ports.example/edit"/><link href="https://ports.example/ferries"/>
  <id>tag:ports.example,2016:1</id>
  <updated>2016-10-25T08:00:00Z</updated><published>2016-10-24T23:30:00+02:00</published>
  <author><name>Alice Martin</name><email>a@ports.example</email></author><author><name>Tom Reed</name></author>
  <category term="ferry" label="Ferries"/><category term="dover"/>
  <summary>Short.</summary>
  <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Ships wait<br/>off Dover.</p><p>Two sailed.</p>
   <script>no()</script></div></content>
 </entry>
 <entry>
  <title type="html">&lt;i&gt;Port&lt;/i&gt; news</title><id>tag:ports.example,2016:2</id>
  <content type="image/png">iVBORw0KGgo=</content>
  <summary type="html">&lt;p&gt;One.&lt;/p&gt;Two.</summary>
  <source><title>Harbour Wire</title></source>
 </entry>
</feed>
"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
 <channel rdf:about="https://hist.example/"><title>Histoire</title><dc:language>fr</dc:language></channel>
 <item rdf:about="https://hist.example/1347"><title>1347</title><link>https://hist.example/1347</link>
  <description>Édouard III prend Calais.</description><dc:date>1347-08-03</dc:date>
  <dc:subject>Siège</dc:subject></item>
 <item rdf:about="https://hist.example/1558"><title>1558</title>
  <description>Le duc de Guise reprend la ville.</description><dc:date>1558-01</dc:date></item>
</rdf:RDF>
"""


def written(folder: Path, content: str | bytes, name: str = "fil.xml") -> list[Article | Problem]:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [item for file in find([path]).files for item, _ in read(file)]


def said(found: list[Article | Problem], folder: Path) -> list[str]:
    return [str(item).removeprefix(f"{folder}/") for item in found if isinstance(item, Problem)]


def articles(found: list[Article | Problem]) -> list[Article]:
    return [item for item in found if isinstance(item, Article)]


def test_rss(tmp_path: Path) -> None:
    found = written(tmp_path, RSS)
    path = str(tmp_path / "fil.xml")
    assert articles(found) == [
        Article(
            "echo-1994-1", "Le tunnel sous la Manche est inauguré",
            ("Élisabeth II et François Mitterrand l’ont inaug\u00aduré.", "La première jonction date de 1990."),
            "1994-05-06", "Anne Duval, Paul Lefort", "L’Écho du détroit", "fr", "https://echo.example/tunnel",
            path, 1, {"category": "Transports, Calais"},
        ),
        Article(
            "https://echo.example/bleriot", "Blériot & la Manche", ("Parti des Baraques.", "Arrivé à Douvres."),
            None, "Marie Noël", "L’Écho du détroit", "fr", "https://echo.example/bleriot", path, 2,
        ),
        Article("fil:4", "Sans rien d’autre", (), None, None, "L’Autre", "fr", None, path, 4),
    ]  # fmt: skip
    assert said(found, tmp_path) == [
        'fil.xml:2: date: expected a date, found "bientôt"; the article is kept without a date',
        "fil.xml:3: holds no text: the item is skipped",
    ]


def test_atom(tmp_path: Path) -> None:
    path = str(tmp_path / "ports.atom")
    assert written(tmp_path, ATOM, "ports.atom") == [
        Article(
            "tag:ports.example,2016:1", "Ferries <late>", ("Ships wait off Dover.", "Two sailed."), "2016-10-24",
            "Alice Martin, Tom Reed", "Channel & Ports", "en", "https://ports.example/ferries", path, 1,
            {"category": "Ferries, dover"},
        ),
        Article(
            "tag:ports.example,2016:2", "Port news", ("One.", "Two."), None, "The newsroom", "Harbour Wire", "en",
            None, path, 2,
        ),
    ]  # fmt: skip


def test_rss_1(tmp_path: Path) -> None:
    path = str(tmp_path / "fil.xml")
    assert written(tmp_path, RDF) == [
        Article(
            "https://hist.example/1347", "1347", ("Édouard III prend Calais.",), "1347-08-03", None, "Histoire", "fr",
            "https://hist.example/1347", path, 1, {"category": "Siège"},
        ),
        Article(
            "https://hist.example/1558", "1558", ("Le duc de Guise reprend la ville.",), "1558-01", None, "Histoire",
            "fr", None, path, 2,
        ),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "feed",
    [
        '<rss><channel><item><title>T</title><content:encoded>&lt;p>C&lt;/p></content:encoded>'
        "<dc:creator>D</dc:creator></item></channel></rss>",
        '<rss xmlns="http://backend.userland.com/rss2" xmlns:c="http://purl.org/rss/1.0/modules/content/">'
        "<channel><item><title>T</title><c:encoded><p>C</p></c:encoded><author>D</author></item></channel></rss>",
        '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>T</a:title><a:content>C</a:content>'
        "<a:author><a:name>D</a:name></a:author></a:entry></a:feed>",
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://nowhere.example/rss-0.91.dtd">'
        '<rss version="0.91"><channel><item><title>T</title><description>C</description><author>D</author></item>'
        "</channel></rss>",
    ],
    ids=["prefixes not declared", "a namespace of its own", "prefixed", "0.91 with its DTD"],
)  # fmt: skip
def test_dialects(tmp_path: Path, feed: str) -> None:
    [one] = articles(written(tmp_path, feed))
    assert (one.id, one.title, one.paragraphs, one.author) == ("fil:1", "T", ("C",), "D")


def test_a_feed_in_an_old_encoding(tmp_path: Path) -> None:
    feed = '<?xml version="1.0" encoding="windows-1252"?><feed><entry><title>L’œuvre</title></entry></feed>'
    assert [one.title for one in articles(written(tmp_path, feed.encode("cp1252")))] == ["L’œuvre"]


def test_what_comes_before_a_break_is_read(tmp_path: Path) -> None:
    found = written(tmp_path, RSS.replace("<source url", "Dupont & fils <source url"))
    assert [one.line for one in articles(found)] == [1, 2]
    assert said(found, tmp_path)[-1] == (
        "fil.xml: broken XML at line 29, column 55 (not well-formed (invalid token)): the rest is lost"
    )


@pytest.mark.parametrize(
    ("feed", "reason"),
    [
        ("<rss><channel><title>Vide</title></channel></rss>", 'holds no items: expected "item" or "entry"'),
        ("<rss><channel></rss>", "broken XML at line 1, column 17 (mismatched tag)"),
        ('<!DOCTYPE rss [<!ENTITY a "ha">]><rss>&a;</rss>', "declares entities, which are not read"),
        ('<!DOCTYPE rss [<!ENTITY a SYSTEM "a">]><rss>&a;</rss>', "declares entities, which are not read"),
        (
            "<rss><channel><item><title>T</title></item><item>" + "<b>" * 300,
            "elements stand in each other more than 200 deep: the rest is lost",
        ),
    ],
)
def test_a_feed_that_cannot_be_read(tmp_path: Path, feed: str, reason: str) -> None:
    assert said(written(tmp_path, feed), tmp_path) == [f"fil.xml: {reason}"]


@given(
    st.sampled_from([RSS, ATOM, RDF]),
    st.lists(st.tuples(st.integers(0, 1800), st.binary(max_size=2)), max_size=4),
    st.booleans(),
)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_give_articles_and_problems(
    tmp_path: Path, feed: str, changes: list[tuple[int, bytes]], wide: bool
) -> None:
    data = bytearray(feed.replace("UTF-8", "UTF-16").encode("utf-16") if wide else feed.encode())
    for place, new in changes:
        data[place : place + 2] = new
    for item in written(tmp_path, bytes(data), "fil.rss"):
        assert str(item).encode()
        assert not isinstance(item, Article) or all(one.strip() for one in item.paragraphs)


@given(st.binary(max_size=200))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_random_bytes(tmp_path: Path, data: bytes) -> None:
    assert all(str(item) for item in written(tmp_path, data, "fil.rss"))
