"""CSL-JSON, which pandoc, Zotero and all that use the Citation Style Language read (its *CSL data* schema)."""

from collections.abc import Iterable, Iterator
from typing import Any

from search.render.citations.citation import Citation
from search.render.citations.names import Name
from search.render.jsonl import array, json_line


def document(found: Iterable[Citation]) -> Iterator[str]:
    """The citations as one array, an item a line."""
    yield from array(json_line(item(one)) for one in found)


def item(one: Citation) -> dict[str, Any]:
    """A citation as an item: what is not known is left out."""
    fields: dict[str, Any] = {
        "id": one.key,
        "type": "article-newspaper",
        "title": one.title,
        "author": [_name(author) for author in one.authors],
        "container-title": one.source,
        "issued": {"date-parts": [list(one.date)]} if one.date else None,
        "language": one.language,
        "URL": one.url,
        "note": one.note,
    }
    return {name: value for name, value in fields.items() if value}


def _name(one: Name) -> dict[str, str]:
    return {"literal": one.literal} if one.literal else {"family": one.family, "given": one.given}
