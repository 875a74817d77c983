"""NITF: every field, what is left out of the text, and files that are none."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import Article
from search.readers import Problem, find, read

NITF = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf PUBLIC "-//IPTC//DTD NITF 3.4//EN" "nitf-3-4.dtd">
<nitf xml:lang="fr-FR">
 <head>
  <title>manche-webb</title>
  <tobject><tobject.subject tobject.subject.type="Sport" tobject.subject.matter="Natation"/></tobject>
  <docdata>
   <doc-id id-string="detroit-1875-25" regsrc="DT"/>
   <date.issue norm="18750825T120000+0000"/>
   <doc.copyright holder="Agence du détroit"/>
   <key-list><keyword key="Calais"/><keyword key="Douvres"/></key-list>
  </docdata>
  <pubdata name="Le Courrier du détroit" date.publication="18750826" position.section="Sports"
   edition.name="Soir" ex-ref="https://courrier.example/webb"/>
 </head>
 <body>
  <body.head>
   <hedline><hl1>Le capitaine Webb traverse la Manche</hl1><hl2>Parti de Douvres, il touche Calais</hl2></hedline>
   <byline>Par Jules Morel, <byttl>envoyé spécial</byttl></byline>
   <dateline><location>Calais</location>, <story.date norm="18750825">25 août</story.date></dateline>
   <abstract><p>Une première à la nage.</p></abstract>
  </body.head>
  <body.content>
   <block>
    <p>Matthew Webb a nagé près de <num>vingt-deux</num>
       heures.</p>
    <media media-type="image"><media-reference source="webb.jpg"/><media-caption>L’arrivée.</media-caption>
     <media-producer>Studio</media-producer></media>
   </block>
   <table><tr><td>Heure</td><td>Mer</td></tr></table>
   <hl2>La mer</hl2>
   <ul><li>courants</li><li>méduses</li></ul>
  </body.content>
  <body.end><tagline>Avec notre bureau de Douvres.</tagline></body.end>
 </body>
</nitf>
"""


def written(folder: Path, content: str | bytes, name: str = "depeche.xml") -> list[Article | Problem]:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [item for file in find([path]).files for item, _ in read(file)]


def one(folder: Path, content: str) -> Article:
    [article] = written(folder, content)
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize("name", ["depeche.xml", "depeche.nitf"])
def test_every_field(tmp_path: Path, name: str) -> None:
    [article] = written(tmp_path, NITF, name)
    assert article == Article(
        "detroit-1875-25",
        "Le capitaine Webb traverse la Manche",
        (
            "Parti de Douvres, il touche Calais",
            "Une première à la nage.",
            "Matthew Webb a nagé près de vingt-deux heures.",
            "L’arrivée.",
            "La mer",
            "courants",
            "méduses",
            "Avec notre bureau de Douvres.",
        ),
        "1875-08-25",
        "Jules Morel",
        "Le Courrier du détroit",
        "fr",
        "https://courrier.example/webb",
        str(tmp_path / name),
        0,
        {
            "dateline": "Calais, 25 août",
            "section": "Sports",
            "edition": "Soir",
            "subject": "Natation",
            "keyword": "Calais, Douvres",
        },
    )


def test_the_least(tmp_path: Path) -> None:
    article = one(tmp_path, "<nitf><body><body.content><p>Un.</p>Deux.</body.content></body></nitf>")
    assert article == Article("depeche", "", ("Un.", "Deux."), path=str(tmp_path / "depeche.xml"))


def test_namespaces_and_second_choices(tmp_path: Path) -> None:
    article = one(
        tmp_path,
        """<n:nitf xmlns:n="http://iptc.org/std/NITF/2006-10-18/"><n:head><n:title>Blériot à Douvres</n:title>
        <n:docdata><n:doc.copyright holder="Agence"/></n:docdata></n:head><n:body xml:lang="en"><n:body.head>
        <n:byline><n:byttl>Sports desk</n:byttl></n:byline>
        <n:dateline><n:story.date norm="19090725T0500Z"/></n:dateline></n:body.head></n:body></n:nitf>""",
    )
    assert (article.title, article.author, article.source) == ("Blériot à Douvres", "Sports desk", "Agence")
    assert (article.date, article.language, article.metadata) == ("1909-07-25", "en", {})


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ("<person>Anne Duval</person> et <person>Tom Reed</person>, à Calais", "Anne Duval, Tom Reed"),
        ("By Tom Reed", "Tom Reed"),
        ("BY TOM REED", "TOM REED"),
        ("Byron Reed", "Byron Reed"),
        ("", None),
    ],
)
def test_authors(tmp_path: Path, byline: str, author: str | None) -> None:
    head = f"<body.head><hedline><hl1>T</hl1></hedline><byline>{byline}</byline></body.head>"
    assert one(tmp_path, f"<nitf><body>{head}</body></nitf>").author == author


def test_a_lead_that_is_repeated_is_left_out(tmp_path: Path) -> None:
    lead = '<block class="lead_paragraph"><p>Un.</p></block>'
    full = '<block class="full_text"><p>Un.</p><p>Deux.</p></block>'
    form = "<nitf><body><body.content>{}</body.content></body></nitf>"
    assert one(tmp_path, form.format(lead + full)).paragraphs == ("Un.", "Deux.")
    assert one(tmp_path, form.format(lead)).paragraphs == ("Un.",)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<nitf><body/></nitf>", 'holds no text: expected "hedline" or "body.content"'),
        ("<nitf><body></nitf>", "broken XML at line 1, column 15 (mismatched tag): the file is skipped"),
        (
            '<!DOCTYPE nitf [<!ENTITY a "ha">]><nitf>&a;</nitf>',
            "declares entities, which are not read: the file is skipped",
        ),
        ("", "broken XML at line 1, column 1 (no element found): the file is skipped"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, content: str, reason: str) -> None:
    [problem] = written(tmp_path, content, "depeche.nitf")
    assert str(problem) == f"{tmp_path}/depeche.nitf: {reason}"


def test_a_bad_date_is_named_and_the_article_kept(tmp_path: Path) -> None:
    problem, article = written(tmp_path, NITF.replace("18750825T120000+0000", "jadis"))
    reason = 'date: expected a date, found "jadis"; the article is kept without a date'
    assert str(problem) == f"{tmp_path}/depeche.xml: {reason}"
    assert isinstance(article, Article)
    assert article.date is None


@given(st.lists(st.tuples(st.integers(0, 2100), st.binary(max_size=2)), max_size=4), st.integers(0, 2100))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_give_articles_and_problems(tmp_path: Path, changes: list[tuple[int, bytes]], lost: int) -> None:
    data = bytearray(NITF.encode())
    for place, new in changes:
        data[place : place + 2] = new
    for item in written(tmp_path, bytes(data[: len(data) - lost // 20 * (lost % 2)]), "depeche.nitf"):
        assert str(item).encode()
