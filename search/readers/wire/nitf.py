"""NITF, the News Industry Text Format of the IPTC: one file, one article. NewsML carries such articles too.

====================  ===================================================================================
title                 ``hedline/hl1``, else ``head/title``
paragraphs            ``hl2``, the ``abstract``, then the blocks of ``body.content``, ``tagline``
id                    ``docdata/doc-id@id-string``
date                  ``date.issue@norm``, ``pubdata@date.publication``, ``date.release``, ``story.date``
author                the ``person`` in the ``byline``, else the byline without ``By`` and without ``byttl``
source                ``pubdata@name``, ``distributor``, ``doc.copyright@holder``
language              ``xml:lang``
url                   ``pubdata@ex-ref``
``dateline``          metadata: where, and when, the text was written
``section``           metadata: ``pubdata@position.section``; ``edition``: its ``edition.name``
``subject``           metadata: ``tobject.subject`` (detail, matter or type); ``keyword``: ``keyword@key``
====================  ===================================================================================

``hl2`` is a paragraph, since metadata is not searched. Tables, what media are made of (not their captions), and the
block ``lead_paragraph`` beside a block ``full_text``, which repeats it, are left out.
"""

from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from search.article import Article
from search.lazy import pattern
from search.readers.markup import paragraphs_in, paragraphs_of
from search.readers.paragraphs import paragraphs
from search.readers.source import Problem, Record, SourceFile
from search.readers.wire.xml import (
    child,
    children,
    dated,
    descendants,
    document,
    language_in,
    listed,
    name_of,
    text_of,
    texts_of,
)

_LEFT_OUT = frozenset("table nitf-table media-reference media-metadata media-object media-producer".split())
_SUBJECT = ("tobject.subject.detail", "tobject.subject.matter", "tobject.subject.type")
_BY = pattern(r"(?i)^(?:by|par|de|von|por)\s+")


def split(source: SourceFile, raw: BinaryIO) -> Iterator[Record | Problem]:
    """The whole file."""
    return source.whole(raw)


def parse(record: Record) -> Iterator[Article | Problem]:
    """The article of a file."""
    root, broken, _ = document(record.data)
    if broken or root is None:
        yield Problem(record.place, f"{broken}: the file is skipped")
        return
    found = story(record.source, root)
    if found.title or found.paragraphs:
        yield from dated(found, *dates(root))
    else:
        yield Problem(record.place, 'holds no text: expected "hedline" or "body.content"')


def story(source: SourceFile, root: Element) -> Article:
    """The article under the root, without its date."""
    head, data = child(root, "head"), child(root, "head", "docdata")
    publication = child(root, "head", "pubdata")
    printed = publication.attrib if publication is not None else {}
    above = child(root, "body", "body.head")
    distributor = text_of(child(above, "distributor"))
    web = printed.get("ex-ref", "")
    body = child(root, "body")
    return Article(
        id=_attribute(child(data, "doc-id"), "id-string") or source.id,
        title=texts_of(children(above, "hedline", "hl1")) or text_of(child(head, "title")),
        paragraphs=_paragraphs(root),
        author=_author(child(above, "byline")) or None,
        source=printed.get("name") or distributor or _attribute(child(data, "doc.copyright"), "holder") or None,
        language=language_in(*(one.get("xml:lang") for one in (body, root) if one is not None)),
        url=web if web.startswith(("http://", "https://")) else None,
        path=str(source.path),
        metadata=_metadata(root, printed),
    )


def carried(source: SourceFile, container: Element, kind: str = "") -> Article:
    """What an element of another format says that holds NITF, other XML, HTML (then `kind` says so) or plain text."""
    root = next(descendants(container, "nitf"), None)
    if root is not None:
        return story(source, root)
    if len(container):
        body = next(descendants(container, "body"), container)
        text = paragraphs_in(body)
    else:
        text = (paragraphs_of if "html" in kind.lower() else paragraphs)(container.text or "")
    return Article(source.id, "", text, language=language_in(container.get("xml:lang")))


def dates(root: Element) -> Iterator[str]:
    """The dates that it may have, the best first."""
    for path, name in (
        (("head", "docdata", "date.issue"), "norm"),
        (("head", "pubdata"), "date.publication"),
        (("head", "docdata", "date.release"), "norm"),
        (("body", "body.head", "dateline", "story.date"), "norm"),
    ):
        yield _attribute(child(root, *path), name)


def _paragraphs(root: Element) -> tuple[str, ...]:
    above = child(root, "body", "body.head")
    parts = [*children(above, "hedline", "hl2"), *children(above, "abstract")]
    for content in children(root, "body", "body.content"):
        whole = any(block.get("class") == "full_text" for block in children(content, "block"))
        parts += [one for one in _loose(content) if not (whole and one.get("class") == "lead_paragraph")]
    parts += children(root, "body", "body.end", "tagline")
    return tuple(paragraph for part in parts for paragraph in paragraphs_in(part, _LEFT_OUT))


def _loose(content: Element) -> list[Element]:
    """The elements in the content, or the content itself where text stands between them."""
    between = [content.text, *(one.tail for one in content)]
    return [content] if any(text and text.strip() for text in between) else list(content)


def _author(byline: Element | None) -> str:
    """The names in a byline."""
    if people := texts_of(descendants(byline, "person")):
        return people
    own = "" if byline is None else (byline.text or "") + "".join(_beside_title(one) for one in byline)
    return without_by(own) or text_of(child(byline, "byttl"))


def without_by(line: str) -> str:
    """The names in a line such as ``By Alice Martin,``."""
    return _BY.sub("", " ".join(line.split())).strip(" ,;")


def _beside_title(part: Element) -> str:
    return ("" if name_of(part) == "byttl" else "".join(part.itertext())) + (part.tail or "")


def _metadata(root: Element, printed: dict[str, str]) -> dict[str, str]:
    head = child(root, "head")
    subjects = [
        one
        for path in (("tobject", "tobject.subject"), ("docdata", "tobject", "tobject.subject"))
        for one in children(head, *path)
    ]
    keywords = children(head, "docdata", "key-list", "keyword")
    found = {
        "dateline": text_of(child(root, "body", "body.head", "dateline")),
        "section": printed.get("position.section", ""),
        "edition": printed.get("edition.name", ""),
        "subject": listed(_attribute(one, *_SUBJECT) for one in subjects),
        "keyword": listed(_attribute(one, "key") for one in keywords),
    }
    return {name: value for name, value in found.items() if value}


def _attribute(element: Element | None, *names: str) -> str:
    """The first of these attributes that is given."""
    given = (element.get(name, "").strip() for name in names) if element is not None else iter(())
    return next(filter(None, given), "")
