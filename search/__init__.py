"""news-search: full-text search over news articles, French first.

What is listed in ``__all__`` is the public interface; everything else may change.
"""

from search.archive import Archive, Built, Progress, build, open
from search.article import Article
from search.engines.protocol import Stats, WordForms
from search.errors import (
    DamagedIndex,
    IndexBusy,
    IndexProblem,
    InputError,
    NoIndex,
    NotAnIndex,
    NotFound,
    OtherFormat,
    QueryError,
    SearchError,
)
from search.hits import Hit, Hits, ParagraphHit, Span
from search.language import Analysis, analyse
from search.readers import Problem

__all__ = [
    "Analysis",
    "Archive",
    "Article",
    "Built",
    "DamagedIndex",
    "Hit",
    "Hits",
    "IndexBusy",
    "IndexProblem",
    "InputError",
    "NoIndex",
    "NotAnIndex",
    "NotFound",
    "OtherFormat",
    "ParagraphHit",
    "Problem",
    "Progress",
    "QueryError",
    "SearchError",
    "Span",
    "Stats",
    "WordForms",
    "analyse",
    "build",
    "open",
]
