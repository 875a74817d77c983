"""What a page says of its article outside the text: title, date, authors, site, language, address.

===========  ====================================================================================================
what         where it is looked for, in this order
===========  ====================================================================================================
title        the heading that says what the page's other titles say, with what ``<title>`` has more after a colon;
             ``og:title``; JSON-LD; ``<title>``
date         JSON-LD; ``article:published_time`` and the like; ``itemprop``; ``<time>``; what is printed; the address
author       JSON-LD; ``<meta name=author>`` and the like; ``itemprop``; ``rel=author``; what is marked as a byline
source       ``og:site_name``; the publisher; the host of the address
language     ``<html lang>``; JSON-LD; ``og:locale``; ``content-language``
url          ``<link rel=canonical>``; ``og:url``; JSON-LD; where a crawl found it
===========  ====================================================================================================
"""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any, NamedTuple
from unicodedata import combining, normalize
from urllib.parse import urlsplit

from search.readers.web.page import Element, attribute, marked, start_of, tag, with_property, words_of
from search.readers.when import moment, when

_ARTICLES = re.compile(r"article|posting|reportage|review|report$", re.IGNORECASE)
_NEWS = re.compile(r"(?:^|\b)(?:\w*news)?article|blogposting|reportage", re.IGNORECASE)
_DATES = (
    "article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "dcterms.date", "dcterms.created", "dcterms.issued", "parsely-pub-date", "sailthru.date", "publish-date",
    "publishdate", "publication_date", "pubdate", "citation_publication_date", "article.published",
    "cxenseparse:recs:publishtime",
)  # fmt: skip
_AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl")
_PRINTED = re.compile(r"\b(?:publi|poste|mis en ligne|paru|published|posted|updated|le |on )", re.IGNORECASE)
_SAYS_SO = re.compile(r"\b(?:publie|poste|mis en ligne|paru|published|posted)\b")
_DATED = re.compile(r"\b(?:date|dateline|published|publication|pubdate|post-meta|entry-meta)")
_BYLINE = re.compile(r"\b(?:byline|author|auteur|signature|writer|by-line)\b")
_BY = re.compile(r"^(?:(?:written\s+)?by|par|de|propos recueillis par)\s+", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=\D|$)")
_SEPARATOR = re.compile(r"\s+[|–—·•»:-]\s+|\s+\|\s*|\s*\|\s+")
_BAR = re.compile(r"\s+[|–—·•»-]\s+|\s+\|\s*|\s*\|\s+")
"""What parts a title from the site, and not the parts of a title."""

LIKE = 0.6
"""A heading is the title if so much of its words stands in the page's other titles."""


class Meta(NamedTuple):
    """What a page says of its article; ``""`` where it says nothing. `heading` is the element of the title."""

    title: str
    date: str
    published: str
    author: str
    source: str
    language: str
    url: str
    heading: Element | None
    body: str


def meta_of(root: Element, url: str = "") -> Meta:
    """What a page says of its article; `url` is where it was found, if that is known."""
    said = _said(root)
    linked = _linked(root)
    address = _address(root, said, linked, url)
    title, heading = _title(root, said, linked)
    dated = next(filter(when, _dates(root, said, linked, address)), "")
    return Meta(
        title=title,
        date=when(dated) or "",
        published=moment(dated) or "",
        author=_author(root, said, linked),
        source=said.get("og:site_name") or _name(linked.get("publisher")) or urlsplit(address).netloc,
        language=_language(root, said, linked),
        url=address,
        heading=heading,
        body=linked["articleBody"] if isinstance(linked.get("articleBody"), str) else "",
    )


def _said(root: Element) -> dict[str, str]:
    """What ``<meta>`` elements say, by name; the first of each."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = attribute(element, "property", "name", "http-equiv", "itemprop").lower()
        if name and (content := attribute(element, "content")):
            found.setdefault(name, content)
    return found


def _linked(root: Element) -> dict[str, Any]:
    """The article in the page's JSON-LD; before a review or another text on the page, what is news."""
    every: list[dict[str, Any]] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            try:
                every += _objects(json.loads("".join(script.itertext()), strict=False))
            except (ValueError, RecursionError):
                continue
    kinds = [" ".join(map(str, _listed(one.get("@type")))) for one in every]
    for pattern in (_NEWS, _ARTICLES):
        for one, kind in zip(every, kinds, strict=True):
            if pattern.search(kind):
                return {**one, "author": _referred(one.get("author"), every)}
    return {}


def _referred(value: Any, every: list[dict[str, Any]]) -> Any:
    """A value, or what it refers to by its ``@id``."""
    if isinstance(value, list):
        return [_referred(one, every) for one in value]
    if isinstance(value, dict) and "@id" in value and "name" not in value:
        return next((one for one in every if one.get("@id") == value["@id"] and "name" in one), value)
    return value


def _objects(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 5:
        return
    if isinstance(data, dict):
        yield data
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(data.get(name), depth + 1)
    elif isinstance(data, list):
        for one in data:
            yield from _objects(one, depth + 1)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _title(root: Element, said: dict[str, str], linked: dict[str, Any]) -> tuple[str, Element | None]:
    """The title, and its heading. Of the headings the one counts that is most like what the page says elsewhere."""
    document = words_of(next(root.iter("title"), None))
    elsewhere = [said.get("og:title", ""), _line(linked.get("headline")), said.get("twitter:title", ""), document]
    told = set(_letters(" ".join(elsewhere)))
    best: tuple[int, str, Element | None] = (0, "", None)
    names = _names_of_the_site(elsewhere, said.get("og:site_name", ""))
    for heading in root.iter("h1"):
        text = words_of(heading)
        own = _letters(text)
        if own in names:
            continue
        common = sum(word in told for word in own)
        if common > best[0] and common >= LIKE * len(own):
            best = common, text, heading
    if best[2] is not None:
        return _continued(best[1], document, linked, said), best[2]
    first = _without_site(next(filter(None, elsewhere), ""), said.get("og:site_name", ""))
    heading = words_of(next(root.iter("h1"), None))  # not told elsewhere: one of the two is the name of the site
    return max(first, heading, key=len) if not any(elsewhere[:3]) else first, None


def _names_of_the_site(titles: list[str], site: str) -> list[list[str]]:
    """What may be the name of the site: what it calls itself, and what is parted from the longest part of a title."""
    found = [_letters(site)]
    for title in titles:
        parts = _BAR.split(title)
        longest = max(parts, key=len)
        found += [_letters(part) for part in parts if part != longest]
    return found


def _continued(heading: str, document: str, linked: dict[str, Any], said: dict[str, str]) -> str:
    """The heading, with what ``<title>`` has more of it after a colon. That is part of a title, while bars and dashes
    part it from the site; unless what follows is the site's name."""
    more = document.removeprefix(f"{heading} : ")
    if more == document or _SEPARATOR.search(more):
        return heading
    names = " ".join([said.get("og:site_name", ""), _name(linked.get("publisher"))])
    return heading if set(_letters(more)) <= set(_letters(names)) or len(more.split()) < 3 else document


def _without_site(title: str, site: str) -> str:
    """A title without the name of the site before or after it."""
    parts = _SEPARATOR.split(title)
    if len(parts) < 2:
        return title
    if site and site.lower() in (parts[0].lower(), parts[-1].lower()):
        return title[: -len(parts[-1])].rstrip(" |–—·•»:-") if parts[-1].lower() == site.lower() else title
    short = parts[-1]
    return title[: -len(short)].rstrip(" |–—·•»:-") if len(short.split()) <= 4 and "|" in title else title


def _letters(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _dates(root: Element, said: dict[str, str], linked: dict[str, Any], url: str) -> Iterator[str]:
    """All that may be the date, the surest first."""
    yield _line(linked.get("datePublished"))
    yield from (said.get(name, "") for name in _DATES[:2])
    for element in with_property(root, "datepublished", "datecreated"):
        yield attribute(element, "content", "datetime") or words_of(element)
    yield from (said.get(name, "") for name in _DATES[2:])
    for element in sorted(root.iter("time"), key=lambda one: (one.get("pubdate") is None, _is_apart(one))):
        yield attribute(element, "datetime", "content") or words_of(element)
    yield from _printed_dates(root, url)
    yield _line(linked.get("dateModified"))
    yield said.get("article:modified_time", "")


def _printed_dates(root: Element, url: str) -> Iterator[str]:
    """What stands on a page as its date: lines that say when it was published, what has the class of a date, what the
    address says, lines that read like a date; what stands around the article last."""
    marked_so = [
        text
        for element in sorted(root.iter("p", "span", "div", "li", "small"), key=_is_apart)
        if _DATED.search(marked(element)) and 6 <= len(text := start_of(element, 200)) <= 200
    ]
    lines = [
        text
        for element in sorted(root.iter("p", "span", "div", "font", "td", "i", "em", "small", "li"), key=_is_apart)
        if not len(element) and len(text := start_of(element, 120)) <= 120 and _PRINTED.search(_bare(text))
    ]
    yield from (text for text in (*marked_so, *lines) if _SAYS_SO.search(_bare(text)))
    yield from marked_so
    if found := _IN_ADDRESS.search(url):
        yield "-".join(found.groups())
    yield from lines


def _is_apart(element: Element) -> bool:
    """Whether an element stands in what is around an article."""
    is_apart = False
    while (element := element.getparent()) is not None:
        if tag(element) in ("article", "main"):
            return False
        is_apart |= tag(element) in ("nav", "aside", "footer", "header")
    return is_apart


def _bare(text: str) -> str:
    """A text in small letters, without accents."""
    return "".join(one for one in normalize("NFD", text.lower()) if not combining(one))


def _author(root: Element, said: dict[str, str], linked: dict[str, Any]) -> str:
    """The authors, joined by commas."""
    names = [_name(one) for one in _listed(linked.get("author"))]
    if any(names):
        return ", ".join(dict.fromkeys(filter(None, names)))
    for name in _AUTHORS:
        if (own := said.get(name, "")) and not own.startswith(("http:", "https:", "@", "/")):
            return _BY.sub("", own)
    for element in with_property(root, "author", "creator"):
        named = next(with_property(element, "name"), element)
        text = attribute(element, "content") or start_of(named, 100)
        if 1 < len(text) < 100:
            return _BY.sub("", text)
    for element in root.iter("a", "span", "p", "div", "address"):
        by_author = "author" in (element.get("rel") or "").split() or _BYLINE.search(marked(element))
        if by_author and 1 < len(text := start_of(element, 100)) < 100 and not when(text):
            return _BY.sub("", text)
    return ""


def _language(root: Element, said: dict[str, str], linked: dict[str, Any]) -> str:
    for value in (
        attribute(root, "lang", "xml:lang", "{http://www.w3.org/XML/1998/namespace}lang"),
        _line(linked.get("inLanguage")), said.get("og:locale", ""), said.get("content-language", ""),
    ):  # fmt: skip
        code = re.split(r"[-_,;\s]", value.strip().lower())[0]
        if re.fullmatch(r"[a-z]{2,3}", code):
            return code
    return ""


def _address(root: Element, said: dict[str, str], linked: dict[str, Any], url: str) -> str:
    canonical = ""
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            canonical = attribute(link, "href")
            break
    page = linked.get("mainEntityOfPage")
    main = page.get("@id") if isinstance(page, dict) else page
    for one in (canonical, said.get("og:url", ""), _line(linked.get("url")), _line(main), url):
        if one.startswith(("http://", "https://")):
            return one
    return url


def _name(value: Any) -> str:
    """The name of a person or an organisation in JSON-LD."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_name, value)))
    return _line(value.get("name")) if isinstance(value, dict) else _line(value)


def _line(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return " ".join(unescape(value).split()) if isinstance(value, str) else ""
