"""Waiting for files to change."""

import os
import stat
import time
from collections.abc import Iterator, Sequence

from search.cli.output import note
from search.errors import InputError

MISSING = "--follow needs a library that tells of changes: pip install 'news-search[follow]'"

SETTLED = 300
"""Changes are told once there were none for so many milliseconds."""


PATIENCE = 1000
"""So often (milliseconds) it is looked whether what is watched is still there."""


def changes(paths: Sequence[str], index: str) -> Iterator[None]:
    """Once it is watched, and each time that something has changed at or below these paths; what changes in the index
    does not count. A file or folder that another takes the place of is watched anew."""
    try:
        from watchfiles import watch
    except ImportError:
        raise InputError(MISSING) from None
    own = os.path.join(os.path.abspath(index), "")
    note(f"waiting for changes in {', '.join(paths)} (Ctrl-C ends it)")
    while True:
        there = {path: _identity(path) for path in paths}
        if not any(there.values()):
            time.sleep(PATIENCE / 1000)
            continue
        is_begun = False
        for found in watch(
            *filter(there.get, there),
            watch_filter=lambda _, path: not os.path.abspath(path).startswith(own),
            debounce=SETTLED,
            rust_timeout=PATIENCE,
            yield_on_timeout=True,
        ):
            if found or not is_begun:  # what changed before it was watched counts, too
                is_begun = True
                yield
            if there != {path: _identity(path) for path in paths}:
                break


def _identity(path: str) -> tuple[int, ...] | None:
    """What tells a file or folder from one that takes its place; ``None`` where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    own = found.st_dev, found.st_ino
    return own if stat.S_ISDIR(found.st_mode) else (*own, found.st_size, found.st_mtime_ns)
