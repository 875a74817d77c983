"""Hits as JSON Lines, one article a line.

    {"v": 1, "rank", "article", "title", "date", "source", "language", "url", "score",
     "paragraphs": [{"number", "score", "text", "marks": [[start, end], …]}, …]}

The title is paragraph 0 (where it matches); marks count characters (code points) of ``text``.
"""

import json

from search.hits import Hit
from search.lazy import pattern

VERSION = 1

_RAW = pattern("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What JSON allows unescaped, but a terminal or a line reader may take for a command."""


def line(hit: Hit) -> str:
    """A hit as one line of JSON, without the line's end."""
    record = {
        "v": VERSION,
        "rank": hit.rank,
        "article": hit.article,
        "title": hit.title,
        "date": hit.date,
        "source": hit.source,
        "language": hit.language,
        "url": hit.url,
        "score": hit.score,
        "paragraphs": [
            {"number": one.number, "score": one.score, "text": one.text, "marks": one.marks} for one in hit.paragraphs
        ],
    }
    return _RAW.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(record, ensure_ascii=False))
