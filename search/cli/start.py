"""``search`` alone: what it is, what is here, and the five commands to begin with."""

import os
from collections.abc import Iterator

from search.archive import open as open_archive
from search.cli.output import columns, counted, emit, style
from search.errors import IndexProblem, NoIndex
from search.render.lines import wrapped
from search.render.style import Style, safe
from search.render.terminal import NARROWEST

COMMANDS = (
    ("search build FOLDER", "index a folder of articles"),
    ("search for Calais", "the articles and paragraphs about it"),
    ("search read ID", "a whole article"),
    ("search info", "what is in the index"),
    ("search help query", "how to ask: phrases, OU, SAUF, dates, fields"),
)
MARGIN = 22


def start() -> int:
    """Print the first screen; the exit status."""
    emit(screen(os.environ.get("SEARCH_INDEX") or "index", style("auto"), columns()))
    return 0


def screen(index: str, look: Style, wide: int | None) -> Iterator[str]:
    """The lines of the first screen."""
    yield from wrapped("Search your news articles: build an index once, then ask.", (), look, wide)
    yield ""
    yield from wrapped(state(index), (), look, wide)
    yield ""
    is_wide = wide is None or wide >= max(MARGIN + 2 + len(says) for _, says in COMMANDS)
    for command, says in COMMANDS:
        if is_wide:
            yield f"  {look.strong(command)}{' ' * (MARGIN - len(command))}{says}"
        elif wide:
            yield f"  {look.strong(command)}"
            yield from (f"    {line}" for line in wrapped(says, (), look, max(wide - 4, NARROWEST)))
    yield ""
    yield from wrapped("All commands: search -h. One of them: search for -h.", (), look, wide)


def state(index: str) -> str:
    """What index there is."""
    try:
        with open_archive(index) as archive:
            stats = archive.stats()
    except NoIndex:
        where = "here" if index == "index" else f'at "{index}"'
        return safe(f"There is no index {where} yet: start with search build FOLDER.")
    except IndexProblem as error:
        return safe(f"{error}.")
    time = f" from {stats.first} to {stats.last}" if stats.first else ""
    return safe(f'The index "{index}" has {counted(stats.articles, "article")}{time}.')
