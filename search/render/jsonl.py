"""Hits as JSON Lines, one article a line.

    {"v": 1, "rank", "article", "title", "date", "source", "language", "url", "path", "line", "score",
     "variants": [{"article", "date", "source"}, …],
     "paragraphs": [{"number", "score", "text", "marks": [[start, end], …]}, …]}

The title is paragraph 0 (where it matches); marks count characters (code points) of ``text``. An article was read
from the file ``path``, from its ``line`` (or record, or byte) if it has several, else 0. ``variants`` are matching
articles that are near-copies of it. `article_line` gives an article whole, without what only a search knows.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from search.hits import Hit
from search.lazy import pattern
from search.value import Value

if TYPE_CHECKING:
    from search.article import Article

VERSION = 1

_RAW = pattern("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What JSON allows unescaped, but a terminal or a line reader may take for a command."""


def line(hit: Hit) -> str:
    """A hit as one line of JSON, without the line's end."""
    return record_line(hit_record(hit))


def hit_record(hit: Hit) -> dict[str, Any]:
    """The record of a hit."""
    return {
        "rank": hit.rank,
        "article": hit.article,
        "title": hit.title,
        "date": hit.date,
        "source": hit.source,
        "language": hit.language,
        "url": hit.url,
        "path": hit.path,
        "line": hit.line,
        "score": hit.score,
        "variants": [{"article": one.article, "date": one.date, "source": one.source} for one in hit.variants],
        "paragraphs": [
            {"number": one.number, "score": one.score, "text": one.text, "marks": one.marks} for one in hit.paragraphs
        ],
    }


def article_line(article: "Article") -> str:
    """An article as one line of JSON, without the line's end."""
    record = {name: getattr(article, name) for name in _FIELDS}
    return json_line({"v": VERSION, **record, "metadata": dict(article.metadata)})


def explanation(one: Value) -> str:
    """An explanation (`search.explained`) as one line of JSON: its fields, and those of its parts."""
    return json_line({"v": VERSION, **_fields(one)})


def record_line(record: Mapping[str, Any]) -> str:
    """Anything else as one line of JSON, without the line's end."""
    return json_line({"v": VERSION, **record})


def array(lines: Iterable[str], before: str = "[", after: str = "]") -> Iterator[str]:
    """Lines of JSON as the members of one array, each on a line of its own, between `before` and `after`."""
    held = ""
    yield before
    for line in lines:
        if held:
            yield f"{held},"
        held = line
    yield from filter(None, [held])
    yield after


def _fields(one: Any) -> Any:
    if isinstance(one, Value):
        return {name: _fields(getattr(one, name)) for name in one.__match_args__}
    return list(map(_fields, one)) if isinstance(one, tuple) else one


_FIELDS = ("id", "title", "date", "author", "source", "language", "url", "path", "line", "paragraphs")


def json_line(record: Mapping[str, Any]) -> str:
    """What JSON has, on one line, with what a terminal or a line reader may take for a command escaped."""
    return _RAW.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(record, ensure_ascii=False))
