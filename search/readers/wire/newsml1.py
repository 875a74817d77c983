"""NewsML 1.2, which came before NewsML-G2: a ``NewsItem`` of components in components (see `newsml`).

A component holds content, or components; those are parts of the item (text, sidebar, caption), and all are read, but
of ``EquivalentsList="yes"`` only the first with text, since the others say the same in another form.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from search.article import Article
from search.readers.source import SourceFile
from search.readers.wire.nitf import carried, without_by
from search.readers.wire.xml import child, children, descendants, language_in, listed, name_of, text_of, texts_of


def article(source: SourceFile, item: Element) -> Article:
    """The article of an item, without its date; its id may be empty."""
    bodies = [found for component in children(item, "NewsComponent") for found in _bodies(source, component)]
    first = bodies[0] if bodies else Article("", "", ())
    language = language_in(*_formal(item, "Language"), item.get("xml:lang"), *(one.language for one in bodies))
    subtitle = _line(item, "SubHeadLine")
    text = tuple(paragraph for body in bodies for paragraph in body.paragraphs)
    own = {
        "keyword": texts_of(descendants(item, "KeywordLine")),
        "dateline": _line(item, "DateLine"),
        "slugline": _line(item, "SlugLine"),
    }
    return Article(
        id=_line(item, "PublicIdentifier"),
        title=_line(item, "HeadLine") or first.title,
        paragraphs=(subtitle, *text) if subtitle and subtitle not in text else text,
        author=without_by(_line(item, "ByLine")) or _party(item, "Creator") or first.author,
        source=_party(item, "Source") or _party(item, "Provider") or first.source,
        language=language,
        path=str(source.path),
        metadata={**first.metadata, **{name: value for name, value in own.items() if value}},
    )


def dates(item: Element, root: Element | None) -> Iterator[str]:
    """The dates that it may have, the best first."""
    yield text_of(child(item, "NewsManagement", "FirstCreated"))
    yield text_of(child(item, "NewsManagement", "ThisRevisionCreated"))
    yield text_of(child(item, "Identification", "NewsIdentifier", "DateId"))
    yield text_of(child(root, "NewsEnvelope", "DateAndTime"))


def _bodies(source: SourceFile, component: Element) -> Iterator[Article]:
    """What the contents of a component say, and of the components in it."""
    for part in component:
        found: list[Article] = []
        if name_of(part) == "NewsComponent":
            found = list(_bodies(source, part))
        elif name_of(part) == "ContentItem":
            kind = " ".join(filter(None, (*_formal(part, "Format"), *_formal(part, "MimeType"))))
            found = [carried(source, content, kind) for content in children(part, "DataContent")]
        found = [one for one in found if one.paragraphs]
        yield from found
        if found and component.get("EquivalentsList") == "yes":
            return


def _line(item: Element, name: str) -> str:
    """The text of the first element of this name that has any, however deep it stands."""
    return next(filter(None, map(text_of, descendants(item, name))), "")


def _formal(element: Element, name: str) -> Iterator[str | None]:
    return (one.get("FormalName") for one in descendants(element, name))


def _party(item: Element, role: str) -> str:
    """The parties in a role, by their names."""
    return listed(name or "" for one in descendants(item, role) for name in _formal(one, "Party"))
