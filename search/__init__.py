"""news-search: full-text search over news articles, French first.

What is listed in ``__all__`` is the public interface; everything else may change.
"""

from importlib import import_module as _import_module
from typing import TYPE_CHECKING as _TYPE_CHECKING

if _TYPE_CHECKING:
    from search.archive import Archive, open
    from search.article import Article
    from search.building import Built, Progress, build
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

_HOMES = {
    "Analysis": "search.language",
    "Archive": "search.archive",
    "Article": "search.article",
    "Built": "search.building",
    "DamagedIndex": "search.errors",
    "Hit": "search.hits",
    "Hits": "search.hits",
    "IndexBusy": "search.errors",
    "IndexProblem": "search.errors",
    "InputError": "search.errors",
    "NoIndex": "search.errors",
    "NotAnIndex": "search.errors",
    "NotFound": "search.errors",
    "OtherFormat": "search.errors",
    "ParagraphHit": "search.hits",
    "Problem": "search.readers",
    "Progress": "search.building",
    "QueryError": "search.errors",
    "SearchError": "search.errors",
    "Span": "search.hits",
    "Stats": "search.engines.protocol",
    "WordForms": "search.engines.protocol",
    "analyse": "search.language",
    "build": "search.building",
    "open": "search.archive",
}


def __getattr__(name: str) -> object:
    """A public name, from its module, which is imported only now."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(_import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
