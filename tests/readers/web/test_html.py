"""Tests of saved web pages: the article of a page, whatever its style, and nothing of what stands around it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.article import Article
from search.readers.kinds import by_content
from search.readers.source import Problem, Record, SourceFile
from search.readers.web import html
from tests.readers.web.pages import PIECES, STYLES, Piece


def read(page: str | bytes, **known: str) -> Article | Problem:
    data = page if isinstance(page, bytes) else page.encode()
    source = SourceFile(Path("saved.html"), "saved", len(data), "html", **known)  # type: ignore[arg-type]
    [found] = html.parse(Record(source, 0, data))
    return found


def article(page: str | bytes, **known: str) -> Article:
    found = read(page, **known)
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.__name__)
@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.date)
def test_a_page_of_each_style(style: Callable[[Piece], str], piece: Piece) -> None:
    found = article(style(piece))
    assert found.paragraphs == piece.paragraphs
    assert found.title == piece.title
    assert found.date == piece.date
    assert found.author == piece.author
    if "lang=" in style(piece):
        assert found.language == piece.language


LONG = "Le trafic a repris lundi matin entre Calais et Douvres, après deux jours de tempête dans le détroit."
"""A paragraph that is long enough to be one."""


def body(text: str = f"<p>{LONG}</p>", head: str = "") -> str:
    return f"<!doctype html><html><head>{head}</head><body>{text}</body></html>"


def test_what_a_page_says_of_itself() -> None:
    found = article(
        body(
            head="<title>La Manche | Le Phare</title><meta property='og:site_name' content='Le Phare'>"
            "<link rel='shortcut canonical' href='https://phare.test/manche'>"
            "<meta http-equiv='content-language' content='fr-FR'>"
            "<meta property='article:published_time' content='2019-05-03T23:30:00-05:00'>"
        )
    )
    assert (found.title, found.source, found.url, found.language) == (
        "La Manche",
        "Le Phare",
        "https://phare.test/manche",
        "fr",
    )
    assert (found.date, found.metadata) == ("2019-05-03", {"published": "2019-05-03T23:30:00-05:00"})
    assert (found.id, found.path) == ("saved", "saved.html")


def test_a_page_that_says_nothing() -> None:
    found = article(body())
    assert (found.title, found.date, found.author, found.source, found.url) == ("saved", None, None, None, None)
    assert found.paragraphs == (LONG,)


def test_what_a_crawl_tells() -> None:
    found = article(body(), url="https://www.port.test/2019/05/03/tempete.html")
    assert (found.url, found.source) == ("https://www.port.test/2019/05/03/tempete.html", "www.port.test")
    assert found.date == "2019-05-03"


@pytest.mark.parametrize(
    ("document", "heading", "site", "title"),
    [
        ("Grève au port - Le Phare", "Grève au port", "Le Phare", "Grève au port"),
        ("Grève au port | Nord | Le Phare", "", "Le Phare", "Grève au port | Nord"),
        ("Le Phare - Grève au port", "", "Le Phare", "Le Phare - Grève au port"),
        ("Grève au port | Le Phare", "", "", "Grève au port"),
        ("Grève au port : Le Phare du Nord", "Grève au port", "Le Phare du Nord", "Grève au port"),
        ("Calais : un port, deux villes et la mer", "Calais", "", "Calais : un port, deux villes et la mer"),
        ("Le Phare", "Grève au port", "", "Grève au port"),
        ("Grève au port", "Le Phare", "", "Grève au port"),
        ("", "Grève au port", "", "Grève au port"),
    ],
)
def test_titles(document: str, heading: str, site: str, title: str) -> None:
    said = f"<meta property='og:site_name' content='{site}'>" if site else ""
    named = f"<title>{document}</title>" if document else ""
    assert article(body(f"<h1>{heading}</h1><p>{LONG}</p>", named + said)).title == title


@pytest.mark.parametrize("text", ["Read more about the port", "Publicité", "À lire aussi : la mer", "3 commentaires"])
def test_notices_are_no_text(text: str) -> None:
    assert article(body(f"<p>{LONG}</p><p>{text}</p><p>{LONG[:60]}.</p>")).paragraphs == (LONG, LONG[:60] + ".")


@pytest.mark.parametrize(
    "text",
    [
        "Comment passer la Manche ?",
        "Comments by the minister were not welcome in Calais.",
        "Published in 1859, the tale is set in Dover and Paris.",
        "Partagez-vous cet avis sur le tunnel ?",
        "À lire ces lettres, on voit la mer.",
        "Non.",
        "Lire, c'est voyager.",
    ],
)
def test_short_paragraphs_are_text(text: str) -> None:
    assert article(body(f"<p>{LONG}</p><p>{text}</p><p>{LONG[:60]}.</p>")).paragraphs[1] == text


def test_a_text_that_stands_there_twice_is_kept_twice_unless_the_lead_is_repeated() -> None:
    found = article(body(f"<p>{LONG}</p><p>{LONG}</p><p>Non.</p><p>{LONG}</p>"))
    assert found.paragraphs == (LONG, "Non.", LONG)


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (body("<p>L’été à Calais coûte 5 €</p>", "<meta charset=iso-8859-1>").encode("cp1252"), ""),
        (body("<p>L’été à Calais coûte 5 €</p>").encode("cp1252"), ""),
        (body("<p>L’été à Calais coûte 5 €</p>").encode("utf-16"), ""),
        (body("<p>L’été à Calais coûte 5 €</p>").encode("utf-8-sig"), "cp1252"),
        (body("<p>L’été à Calais coûte 5 €</p>").encode("iso8859-15", "replace"), "iso-8859-15"),
        (body("<p>L’été à Calais coûte 5 €</p>", "<meta charset=klingon>").encode(), "nonsense"),
    ],
)
def test_encodings(data: bytes, charset: str) -> None:
    [paragraph] = article(data, charset=charset).paragraphs
    assert paragraph.replace("?", "’") == "L’été à Calais coûte 5 €"


def test_fonts_that_are_never_closed() -> None:
    texts = [f"{number} bateaux ont quitté le port de Calais." for number in range(3000)]
    found = article(body("".join(f"<p><font size=2>{text}" for text in texts)))
    assert found.paragraphs == tuple(texts)


def test_elements_nested_too_deep() -> None:
    data = body(f"<p>{LONG}</p>" + "<div>encore un étage " * 3000).encode()
    problem, found = html.parse(Record(SourceFile(Path("a.html"), "a", len(data), "html"), 0, data))
    assert str(problem) == "a.html: nests its elements more than 2,000 deep: what stands deeper is left out"
    assert isinstance(found, Article)
    assert found.paragraphs[0] == LONG


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "holds nothing"),
        (b" \n\0", "holds nothing"),
        (b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "holds no article text"),
        (b"<p>" + b"a" * html.LONGEST, "is larger than 20 MB: such a page is not read"),
    ],
)
def test_pages_without_an_article(data: bytes, reason: str) -> None:
    found = read(data)
    assert isinstance(found, Problem)
    assert str(found) == f"saved.html: {reason}"


@pytest.mark.parametrize(
    "linked",
    [
        '{"@type": "NewsArticle"',
        "[" * 5000,
        '{"@graph": 3}',
        '{"@type": {"a": 1}, "author": 7}',
        "null",
        "\ud800".encode("utf-8", "replace").decode(),
    ],
)
def test_broken_json_ld(linked: str) -> None:
    assert article(body(head=f"<script type='application/ld+json'>{linked}</script>")).paragraphs == (LONG,)


def test_the_text_of_json_ld_may_have_tags() -> None:
    linked = '{"@type": "Article", "articleBody": "<p>Une.</p><p>Deux, encore plus longue que le reste.</p>"}'
    found = article(body("<p>Rien.</p>", f"<script type='application/ld+json'>{linked}</script>"))
    assert found.paragraphs == ("Une.", "Deux, encore plus longue que le reste.")


@pytest.mark.parametrize(
    "head",
    [b"<!DOCTYPE html><html>", b"\xef\xbb\xbf<!-- saved --><html lang=fr>", b"<?xml version='1.0'?><html xmlns='x'>"],
)
def test_known_by_how_it_begins(head: bytes) -> None:
    assert by_content(head) == "html"


TAGS = "<p>|<div class='comments'>|</div>|<br>|<article>|</article>|<h1>|<h2>|<td>|<a href=x>|<script>|<!--|&eacute;"


@given(st.lists(st.sampled_from(TAGS.split("|") + ["<time datetime=2019>", "\x00", "<", "Calais " * 9]), max_size=60))
@settings(max_examples=100, deadline=None)
def test_soups_of_tags(pieces: list[str]) -> None:
    assert isinstance(read("".join(pieces)), Article | Problem)


@given(st.integers(0, len(STYLES) - 1), st.integers(0, 5000), st.binary(max_size=6))
@settings(max_examples=100, deadline=None)
def test_broken_pages(style: int, where: int, noise: bytes) -> None:
    data = STYLES[style](PIECES[0]).encode()
    found = list(
        html.parse(
            Record(SourceFile(Path("a.html"), "a", 1, "html"), 0, data[:where] + noise + data[where + len(noise) :])
        )
    )
    assert all(isinstance(one, Article | Problem) for one in found)
    for one in found:
        if isinstance(one, Article):
            assert all(text and "\n" not in text for text in one.paragraphs)


TITLE = "Grève au port de Calais"
SITE = "<meta property=og:site_name content='Le Journal'>"


@pytest.mark.parametrize(
    ("head", "text"),
    [
        (f"<title>{TITLE} - Le Journal</title><meta property=og:title content='{TITLE}'>{SITE}",
         f"<h1><a href=/>Le Journal</a></h1><h2>{TITLE}</h2>"),
        (f"<title>{TITLE} - Le Journal</title>", f"<h1>Le Journal</h1><h2>{TITLE}</h2>"),
        (f"<title>{TITLE} | Le Journal</title>{SITE}", f"<h1>Le Journal</h1><h1>{TITLE}</h1>"),
    ],
)  # fmt: skip
def test_a_logo_is_no_title(head: str, text: str) -> None:
    found = article(body(f"{text}<p>{LONG}</p>", head))
    assert found.title.startswith(TITLE)
    assert "Le Journal" not in found.title.removesuffix(" - Le Journal")


@pytest.mark.parametrize(
    "text",
    [
        "<article><h1>T</h1><p class=article__desc>{}</p><section class=article__content>{}</section></article>",
        "<article><h1>T</h1><div class=chapo>{}</div><div class=body>{}</div></article>",
        "<main><div><h1>T</h1><div class='post-excerpt'><p>{}</p></div><div><div>{}</div></div></div></main>",
    ],
)
def test_a_standfirst_beside_the_text(text: str) -> None:
    standfirst = "Les dockers ont cessé le travail dans la nuit, et les ferries sont à quai."
    page = body("<div class=nav><p>Un menu qui est assez long pour être un paragraphe.</p></div>" + text)
    assert article(page.format(standfirst, f"<p>{LONG}</p>" * 4)).paragraphs[:2] == (standfirst, LONG)


@pytest.mark.parametrize(
    "text",
    [
        f"<div class=date>lundi 23 novembre 2026</div><h1>T</h1><p>Publié le 3 mai 2020</p><p>{LONG}</p>",
        f"<nav><time datetime=2026-11-23>x</time></nav><article><time datetime=2020-05-03>x</time><p>{LONG}</p>"
        "</article>",
        f"<p class=date>Mis à jour le 04/06/2021 | Publié le 03/05/2020</p><p>{LONG}</p>",
        f"<header><div class=date>23/11/2026</div></header><article><div class=date>3 mai 2020</div><p>{LONG}</p>"
        "</article>",
    ],
)
def test_the_date_is_that_of_the_publication(text: str) -> None:
    assert article(body(text)).date == "2020-05-03"


ACCENTS = f"<title>Été</title><p>{LONG} Élève, forêt, naïf.</p>"


@pytest.mark.parametrize(
    "data",
    [
        ACCENTS.encode().replace(b"na\xc3\xaff", b"na\xc3\xaff \xe9"),
        f"<meta charset=utf-16>{ACCENTS}".encode(),
        ACCENTS.encode("utf-16-le"),
        ACCENTS.encode("utf-16-be"),
        *(f"<meta charset={name}>{ACCENTS}".encode() for name in ("undefined", "idna", "rot13", "zlib", "x\x00y")),
    ],
)
def test_odd_encodings(data: bytes) -> None:
    found = article(data)
    assert found.title == "Été"
    assert found.paragraphs[0].startswith(f"{LONG} Élève, forêt, naïf")


def test_an_encoding_that_a_server_names_and_nobody_knows() -> None:
    assert article(ACCENTS.encode(), charset="undefined").title == "Été"


@pytest.mark.parametrize("kind", ["category-social", "tag-newsletter", "rubrique-sondage", "category-quiz tag-pub"])
def test_what_an_article_is_about_is_not_what_it_is(kind: str) -> None:
    comments = (
        f"<div class=comments>{'<p>Un commentaire très long et très fâché contre tout le monde.</p>' * 9}</div>"
    )
    found = article(
        body(f"<div class='post hentry {kind}'><p>{LONG}</p><p id=sondage>{LONG * 2}</p></div>{comments}")
    )
    assert found.paragraphs == (LONG, LONG * 2)


def test_so_many_attributes_are_left_out() -> None:
    many = " ".join(f"a{number}=1" for number in range(100_000))
    assert article(body(f"<p {many}>{LONG}</p>")).paragraphs == (LONG,)


def linked(*data: object) -> str:
    return "".join(f"<script type=application/ld+json>{json.dumps(one)}</script>" for one in data)


NEWS = {"@type": "NewsArticle", "headline": "L&#039;été &amp; la mer", "datePublished": "2020-05-03",
        "author": {"@id": "#p"}}  # fmt: skip


@pytest.mark.parametrize(
    "head",
    [
        linked({"@graph": [NEWS, {"@type": "Person", "@id": "#p", "name": "Zoé d&#39;Arc"}]}),
        linked({"@type": "Review", "datePublished": "2001", "author": {"name": "X"}}, NEWS,
               {"@type": "Person", "@id": "#p", "name": "Zoé d'Arc"}),
    ],
)  # fmt: skip
def test_linked_data(head: str) -> None:
    found = article(body(head=head))
    assert (found.title, found.date, found.author) == ("L'été & la mer", "2020-05-03", "Zoé d'Arc")


@pytest.mark.parametrize(
    "text",
    [
        "Photos : les dockers ont refusé de poser devant les navires à quai.",
        "Partagez sur les quais un moment avec ceux qui attendent depuis trois jours.",
        "Lire la suite des événements suppose de connaître le début.",
        "Related: the strike that closed the harbour in the spring of last year.",
    ],
)
def test_a_sentence_is_no_notice_whatever_it_begins_with(text: str) -> None:
    assert article(body(f"<p>{LONG}</p><p>{text}</p><p>{LONG} Encore.</p>")).paragraphs[1] == text
    in_link = body(f"<p>{LONG}</p><p>{text.split()[0]} {text.split()[1]} <a href=/x>{text}</a></p>")
    assert article(in_link).paragraphs == (LONG,)
