"""Saved web pages in the styles of many sites: each style puts an article of ours into a page of its kind."""

from collections.abc import Callable
from html import escape
from json import dumps
from typing import NamedTuple


class Piece(NamedTuple):
    """An article as it should be read."""

    title: str
    date: str
    printed: str
    author: str
    language: str
    paragraphs: tuple[str, ...]


PIECES = (
    Piece(
        "Tunnel sous la Manche : trente ans de trafic",
        "2024-05-06",
        "lundi 6 mai 2024 à 08h15",
        "Hélène Vasseur",
        "fr",
        (
            "Le 6 mai 1994, la reine Elizabeth II et le président François Mitterrand inauguraient à Calais le "
            "tunnel sous "
            "la Manche, long d'un peu plus de cinquante kilomètres, dont trente-huit sous la mer.",
            "Trente ans plus tard, les navettes passent toujours de Coquelles à Folkestone en trente-cinq minutes.",
            "« On ne voit rien, on ne sent rien, et l'on est de l'autre côté », résume un chauffeur routier.",
            "Comment un chantier qui coûta le double de ce qui était prévu est-il devenu une évidence ? Les petits "
            "porteurs, "
            "eux, n'ont pas oublié la chute de l'action dans les années 1990.",
            "Publié en 1802, le premier projet de l'ingénieur Albert Mathieu prévoyait des diligences et des lampes "
            "à huile.",
        ),
    ),
    Piece(
        "Dover harbour counts its ferries",
        "2019-03-01",
        "1 March 2019",
        "Ruth Ellison",
        "en",
        (
            "The Port of Dover handled more than two million lorries last year, most of them on ships to Calais and "
            "Dunkirk, the harbour board said on Friday.",
            "A crossing takes about ninety minutes in fair weather.",
            "Related trades, from hauliers to hotel keepers, watch the queues on the A20 as sailors watch the sky: "
            "when the "
            "port stops, Kent stops.",
            "“We have seen strikes, storms and a pandemic of paperwork,” said a checker who has worked on the quay "
            "since 1991.",
        ),
    ),
    Piece(
        "Grève au port de Calais, les ferries restent à quai",
        "2015-06-23",
        "23/06/2015 17:42",
        "Marc Delattre",
        "fr",
        (
            "Les marins de MyFerryLink ont bloqué mardi le port de Calais ; aucun navire n'a quitté la rade de la "
            "journée.",
            "Le trafic du tunnel a été interrompu lui aussi, après que des pneus ont été brûlés sur les voies.",
            "Des centaines de camions attendaient en fin d'après-midi sur l'autoroute A16.",
        ),
    ),
)

MENU = "".join(
    f'<li><a href="/{name}/">{name}</a></li>'
    for name in ("Accueil", "Monde", "Économie", "Sport", "Culture", "Météo")
)
OTHERS = "".join(
    f'<li><a href="/a/{number}">Un autre article au titre assez long pour ressembler à du texte, {number}</a></li>'
    for number in range(12)
)


def _paragraphs(piece: Piece, tag: str = "p") -> str:
    return "\n".join(f"<{tag}>{escape(text)}</{tag}>" for text in piece.paragraphs)


def wordpress(piece: Piece) -> str:
    """A blog: Open Graph, a container whose classes name tags and a sidebar, share buttons and comments below."""
    return f"""<!DOCTYPE html><html lang="{piece.language}-FR"><head><title>{escape(piece.title)} – Le Blog du
Détroit</title>
<meta property="og:title" content="{escape(piece.title)}"><meta property="og:site_name" content="Le Blog du Détroit">
<meta property="article:published_time" content="{piece.date}T09:30:00+02:00"><link rel="canonical"
href="https://blog.test/a">
<meta name="author" content="{piece.author}"></head><body class="single with-sidebar"><nav><ul>{MENU}</ul></nav>
<div class="post-12 post status-publish hentry tag-calais category-news has-sidebar"><header><h1 class="entry-title">
{escape(piece.title)}</h1><div class="entry-meta">Publié le {piece.printed} par <a rel="author"
href="/u">{piece.author}</a>
</div></header><div class="entry-content">{_paragraphs(piece)}<div class="sharedaddy"><h3>Partager :</h3><ul><li>
<a href="#">Facebook</a></li></ul></div></div></div><aside id="secondary" class="widget-area"><h2>Articles
récents</h2>
<ul>{OTHERS}</ul></aside><div id="comments" class="comments-area"><h2>3 commentaires</h2><p>Je prends ce tunnel chaque
semaine, et je peux dire que tout a changé depuis l'ouverture, surtout les contrôles.</p><p>Merci pour cet article
très
complet, j'y étais en 1994 avec mes parents et je m'en souviens encore.</p></div><footer><p>© 2024 Le Blog du
Détroit. Tous
droits réservés. Fièrement propulsé par un logiciel libre.</p></footer></body></html>"""


def json_ld(piece: Piece) -> str:
    """A large site: everything in a JSON-LD graph, ``<article>`` with boxes among the paragraphs."""
    graph = [
        {"@type": "Organization", "name": "La Gazette du Littoral"},
        {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "name": "Régions"}]},
        {
            "@type": ["NewsArticle"],
            "headline": piece.title,
            "datePublished": f"{piece.date}T06:00:00+02:00",
            "dateModified": "2025-01-01T00:00:00+01:00",
            "author": [{"@type": "Person", "name": piece.author}],
            "publisher": {"@type": "Organization", "name": "La Gazette du Littoral"},
        },
    ]
    first, *rest = (f"<p>{escape(text)}</p>" for text in piece.paragraphs)
    read_also = '<p class="lire-aussi">Lire aussi : <a href="/b">Calais, la ville et sa citadelle</a></p>'
    return f"""<!doctype html><html lang="{piece.language}"><head><title>{escape(piece.title)} | La Gazette du
Littoral</title>
<script type="application/ld+json">{dumps({"@context": "https://schema.org", "@graph": graph})}</script></head><body>
<header role="banner"><a href="/">La Gazette du
Littoral</a><ul>{MENU}</ul></header><main><article><h1>{escape(piece.title)}
</h1><figure><img src="a.jpg" alt=""><figcaption>La gare de Calais-Fréthun. Photo d'archives de la
rédaction.</figcaption>
</figure>{first}{read_also}{"".join(rest)}<div class="newsletter-box"><p>Recevez chaque matin notre lettre, gratuite
et sans
publicité, dans votre boîte.</p></div></article><section class="related"><h2>Sur le même
sujet</h2><ul>{OTHERS}</ul></section>
</main><footer><ul>{MENU}</ul><p>Mentions légales</p></footer></body></html>"""


def line_breaks(piece: Piece) -> str:
    """An old page: no paragraphs, only line breaks; no metadata but the title; the date printed under it."""
    return f"""<html><head><title>{escape(piece.title)}</title></head><body bgcolor="white"><center><a
href="/">Accueil</a> |
<a href="/s">Sport</a> | <a href="/c">Culture</a></center><h1>{escape(piece.title)}</h1><i>Publié le
{piece.printed}</i><br><br>
<div>{"<br><br>".join(map(escape, piece.paragraphs))}</div><br><br><span class="auteur">Par
{piece.author}</span></body></html>"""


def tables(piece: Piece) -> str:
    """A page of 1999: tables in tables, fonts, the text in a cell, menu cells around it."""
    text = "".join(f'<p align="justify"><font size="2">{escape(one)}</font></p>' for one in piece.paragraphs)
    cells = "".join(f'<tr><td><a href="/r{number}">Rubrique {number}</a></td></tr>' for number in range(9))
    return f"""<HTML><HEAD><TITLE>{escape(piece.title)}</TITLE><META NAME="author"
CONTENT="{piece.author}"></HEAD><BODY><TABLE
WIDTH=760><TR><TD WIDTH=150><TABLE>{cells}</TABLE></TD><TD><TABLE><TR><TD><H1>{escape(piece.title)}</H1>
<FONT SIZE=1>Mis en ligne le {piece.printed}</FONT></TD></TR><TR><TD>{text}</TD></TR></TABLE></TD></TR><TR><TD
COLSPAN=2>
<a href="/m">Contact</a> - <a href="/l">Mentions</a></TD></TR></TABLE></BODY></HTML>"""


def amp(piece: Piece) -> str:
    """An AMP page: its own elements for pictures and advertisements."""
    linked = {
        "@context": "http://schema.org",
        "@type": "ReportageNewsArticle",
        "mainEntityOfPage": {"@id": "https://amp.test/a"},
        "headline": piece.title,
        "datePublished": f"{piece.date}T23:50:00-01:00",
        "author": {"name": piece.author},
    }
    text = f"<amp-ad width=300 height=250></amp-ad>{_paragraphs(piece)}"
    return f"""<!doctype html><html amp lang="{piece.language}"><head><meta
charset="utf-8"><title>{escape(piece.title)}</title>
<script type="application/ld+json">{dumps(linked)}</script><style amp-custom>p {{ margin: 0 }}</style></head><body>
<amp-sidebar id="s" layout="nodisplay"><nav><ul>{MENU}</ul></nav></amp-sidebar><h1>{escape(piece.title)}</h1>
<div class="amp-article-content"><amp-img src="a.jpg" width=1 height=1></amp-img>{text}</div>
<amp-social-share type="email"></amp-social-share></body></html>"""


def microdata(piece: Piece) -> str:
    """schema.org in attributes, several headings, a lead in a block of its own."""
    lead, *rest = piece.paragraphs
    text = "".join(f"<p>{escape(one)}</p>" for one in rest)
    return f"""<!doctype html><html lang="{piece.language}"><head><title>{escape(piece.title)} - Presse du
Nord</title></head><body>
<div id="logo"><h1>Presse du Nord</h1></div><div itemscope itemtype="http://schema.org/NewsArticle"><h1
itemprop="headline">
{escape(piece.title)}</h1><p class="infos">Par <span itemprop="author" itemscope><span
itemprop="name">{piece.author}</span>
</span> - <time itemprop="datePublished" datetime="{piece.date}T10:00">{piece.printed}</time></p><div
itemprop="articleBody">
<p class="chapo"><strong>{escape(lead)}</strong></p>{text}</div><div class="tags"><a href="/t/calais">Calais</a>
<a href="/t/port">port</a></div></div><div class="most-read"><h3>Les plus
lus</h3><ol>{OTHERS}</ol></div></body></html>"""


def spip(piece: Piece) -> str:
    """SPIP: class names in French, small texts with the date, the author as a card, notes below."""
    return f"""<!DOCTYPE html><html lang="{piece.language}" dir="ltr"><head><title>{escape(piece.title)} - Mémoires
du port</title>
<meta name="DC.date" content="{piece.date}"></head><body><div class="page"><div class="entete"><a href="/">Mémoires
du port</a>
</div><p id="hierarchie" class="fil-ariane"><a href="/">Accueil</a> &gt; <a href="/p">Ports</a></p><div
class="cartouche"><h1
class="titre">{escape(piece.title)}</h1><p class="info-publi"><abbr class="published"
title="{piece.date}">{piece.printed}</abbr>,
par <span class="vcard author"><a class="url fn" href="/u1">{piece.author}</a></span></p></div>
<div class="texte surlignable">{_paragraphs(piece)}</div><div class="menu rubriques"><ul>{OTHERS}</ul></div>
<div class="formulaire_spip"><form action="/"><label>Votre
message</label><textarea></textarea></form></div></div></body></html>"""


def divs(piece: Piece) -> str:
    """A page built by a program: nothing but ``div``, names without meaning, inline links in the text."""
    first, *rest = piece.paragraphs
    head, _, tail = first.partition(" ")
    linked = f'<div class="css-1"><a href="/x">{escape(head)}</a> {escape(tail)}</div>'
    text = linked + "".join(f'<div class="css-1"><span>{escape(one)}</span></div>' for one in rest)
    return f"""<!doctype html><html lang="{piece.language}"><head><title>{escape(piece.title)}</title><meta
property="og:title"
content="{escape(piece.title)}"><meta name="parsely-pub-date" content="{piece.date}T12:00:00Z"><meta
name="parsely-author"
content="{piece.author}"></head><body><div id="root"><div class="css-9"><div><a href="/">une</a></div><div><a
href="/b">live</a>
</div></div><div class="css-7"><div><div><h1><span>{escape(piece.title)}</span></h1></div><div>{text}</div></div><div
class="css-8"><button>Plus</button></div></div></div><script>window.__STATE__ =
{{"text": "<p>leurre</p>"}}</script></body></html>"""


def live(piece: Piece) -> str:
    """A page with a cookie notice, a ticker and a player before the text, and a notice in the middle of it."""
    half = len(piece.paragraphs) // 2
    before, after = piece.paragraphs[:half], piece.paragraphs[half:]
    notice = "<p>Publicité</p><p>À lire aussi : <a href='/z'>Notre dossier sur le détroit</a></p>"
    return f"""<!doctype html><html lang="{piece.language}"><head><title>{escape(piece.title)}</title><meta property=
"article:published_time" content="{piece.date}"><meta name="author" content="Par {piece.author}"></head><body><div
class="cookie-consent"><p>Nous et nos partenaires utilisons des cookies pour mesurer l'audience, et pour vous montrer
des
contenus choisis. Vous pouvez accepter ou refuser, et revenir sur ce choix quand vous voulez.</p></div><div
class="ticker"><ul>
{OTHERS}</ul></div><main><h1>{escape(piece.title)}</h1><div class="video-player"><p>Votre navigateur ne lit pas cette
vidéo.</p>
</div><div class="body">{"".join(f"<p>{escape(one)}</p>" for one in before)}{notice}
{"".join(f"<p>{escape(one)}</p>" for one in after)}</div></main></body></html>"""


def xhtml(piece: Piece) -> str:
    """XHTML with a declaration and a name space, entities, and soft hyphens in no word."""
    text = "".join(f"<p>{escape(one).replace('é', '&eacute;')}</p>" for one in piece.paragraphs)
    return f"""<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"
"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd"><html xmlns="http://www.w3.org/1999/xhtml"
xml:lang="{piece.language}">
<head><title>{escape(piece.title)}</title><meta name="DC.creator" content="{piece.author}" /><meta
name="dcterms.issued"
content="{piece.date}" /></head><body><div id="menu"><ul>{MENU}</ul></div><div
id="contenu"><h1>{escape(piece.title)}</h1>
{text}</div><div id="pied"><p><a href="/c">Nous écrire</a></p></div></body></html>"""


def bare(piece: Piece) -> str:
    """A page without head, body, or ends of paragraphs."""
    text = "".join(f"<p>{escape(one)}\n" for one in piece.paragraphs)
    meta = f"<meta name=date content={piece.date}><meta name=author content='{piece.author}'>"
    return f"{meta}<h1>{escape(piece.title)}</h1>{text}"


def scripted(piece: Piece) -> str:
    """A page that shows its text by a script, and has it in its JSON-LD."""
    linked = {
        "@type": "Article",
        "headline": piece.title,
        "datePublished": piece.date,
        "author": piece.author,
        "articleBody": "\n\n".join(piece.paragraphs),
    }
    return f"""<!doctype html><html lang="{piece.language}"><head><title>{escape(piece.title)}</title><script
type="application/ld+json">[{dumps(linked)}]</script></head><body><div id="app"><p>Activez JavaScript pour lire cet
article.</p>
</div></body></html>"""


def subheadings(piece: Piece) -> str:
    """Subheadings and quotations among the paragraphs: they are text; what stands under a last heading is not."""
    half = len(piece.paragraphs) // 2
    first = "".join(f"<p>{escape(one)}</p>" for one in piece.paragraphs[:half])
    rest = "".join(f"<blockquote><p>{escape(one)}</p></blockquote>" for one in piece.paragraphs[half:])
    return f"""<!doctype html><html lang="{piece.language}"><head><title>{escape(piece.title)}</title><meta
property="og:site_name"
content="Le Phare"><meta itemprop="datePublished" content="{piece.date}"><meta property="article:author"
content="{piece.author}"></head><body><article><h1>{escape(piece.title)}</h1>{first}{rest}<h3>Lire aussi</h3><ul>
<li><a href="/1">Le phare de Calais, 271 marches</a></li></ul></article></body></html>"""


STYLES: tuple[Callable[[Piece], str], ...] = (
    wordpress, json_ld, line_breaks, tables, amp, microdata, spip, divs, live, xhtml, bare, scripted, subheadings,
)  # fmt: skip
