"""Hits as rows of fields: one for each article, or, where a field of paragraphs is asked for, for each paragraph."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from search.errors import SearchError
from search.hits import Hit, ParagraphHit
from search.render.jsonl import array, record_line
from search.render.style import safe
from search.render.tables import as_text

if TYPE_CHECKING:
    from search.article import Article

OF_ARTICLE = (
    "rank", "article", "title", "date", "source", "author", "language", "url", "path", "line", "score", "lead",
    "variants",
)  # fmt: skip
OF_PARAGRAPH = ("number", "reference", "text", "paragraph_score")
USUAL = ("rank", "article", "title", "date", "source", "author", "url", "number", "text")
"""The fields of a row if none are asked for."""

Reader = Callable[[str], "Article"]
"""Gives an article by its id."""


def checked(names: Sequence[str] | None, metadata: Iterable[str]) -> tuple[str, ...]:
    """The names of the fields; `SearchError` where one is none that hits or articles have."""
    known = dict.fromkeys((*OF_ARTICLE, *OF_PARAGRAPH, *metadata))
    for name in names or ():
        if name not in known:
            raise SearchError(f'--fields: expected some of {", ".join(known)}, found "{name}"')
    return USUAL if names is None else tuple(dict.fromkeys(names))


def records(hits: Iterable[Hit], names: Sequence[str], read: Reader) -> Iterator[dict[str, Any]]:
    """A record for each row."""
    of_paragraphs = not set(OF_PARAGRAPH).isdisjoint(names)
    others = [name for name in names if name not in OF_PARAGRAPH]
    stored = {name for name in others if name not in OF_ARTICLE}
    for hit in hits:
        metadata = read(hit.article).metadata if stored else {}
        values = {name: metadata.get(name) if name in stored else _value(hit, name) for name in others}
        if not of_paragraphs:
            yield values
            continue
        for paragraph in hit.paragraphs:
            own = values | _paragraph(hit.article, paragraph)
            yield {name: own[name] for name in names}


def plain(record: Mapping[str, Any], *, raw: bool) -> str:
    """The values of a row with tabs between them: `raw` as they are, else made fit for lines and terminals."""
    texts = map(as_text, record.values())
    return "\t".join(texts if raw else map(safe, texts))


def document(head: Mapping[str, Any], lines: Iterable[str]) -> Iterator[str]:
    """One JSON object of several lines: what `head` has, and the objects of `lines` as its ``hits``."""
    return array(lines, record_line(head)[:-1] + ', "hits": [', "]}")


def _value(hit: Hit, name: str) -> Any:
    return [one.article for one in hit.variants] if name == "variants" else getattr(hit, name)


def _paragraph(article: str, one: ParagraphHit) -> dict[str, Any]:
    number = one.number
    return {
        "number": number, "reference": f"{article}:{number}", "text": one.text, "paragraph_score": one.score
    }  # fmt: skip
