"""Waiting for files to change."""

import os
from collections.abc import Iterator, Sequence

from search.cli.output import note
from search.errors import InputError

MISSING = "--follow needs a library that tells of changes: pip install 'news-search[follow]'"

SETTLED = 300
"""Changes are told once there were none for so many milliseconds."""


def changes(paths: Sequence[str], index: str) -> Iterator[None]:
    """Each time that something has changed at or below these paths; what changes in the index does not count."""
    try:
        from watchfiles import watch
    except ImportError:
        raise InputError(MISSING) from None
    own = os.path.join(os.path.abspath(index), "")
    there = [path for path in paths if os.path.exists(path)]
    note(f"waiting for changes in {', '.join(there)} (Ctrl-C ends it)")
    for _ in watch(*there, watch_filter=lambda _, path: not os.path.abspath(path).startswith(own), debounce=SETTLED):
        yield
