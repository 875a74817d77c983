"""How well, and how fast, articles are taken out of saved web pages, beside trafilatura.

    python -m benchmarks.pages ARCHIVE [--report REPORT]

ARCHIVE is a ``.tar.xz`` of pages ``ID.html`` and their right reading: ``gold.jsonl`` with ``id``, ``title``,
``date``, ``author`` and ``text``, whose lines are paragraphs. One process reads all pages, one after another.

===========  ====================================================================================================
measure      what it is
===========  ====================================================================================================
title …      the share of pages whose title (date, author) is just the right one
text         F1 of the words: what share of ours is right, of what is right how much is ours (median; mean)
boundaries   F1 of the ends of paragraphs, each known by the 25 letters before it (mean)
pages/s      on one processor
===========  ====================================================================================================
"""

import argparse
import json
import platform
import re
import statistics
import tarfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from search.article import Article
from search.readers.source import Record, SourceFile
from search.readers.web import html


class Reading(NamedTuple):
    """A page as it was read, or should be; the lines of the text are paragraphs."""

    title: str
    date: str
    author: str
    text: str


Reader = Callable[[str, bytes], Reading]
Pages = list[tuple[str, bytes, Reading]]


def pages(path: Path) -> Pages:
    """The pages of an archive: name, bytes, right reading."""
    found: dict[str, bytes] = {}
    gold: list[dict[str, str]] = []
    with tarfile.open(path) as archive:
        for member in archive:
            stream = archive.extractfile(member)
            if stream and member.name.endswith(".html"):
                found[Path(member.name).stem] = stream.read()
            elif stream and member.name.endswith("gold.jsonl"):
                gold = [json.loads(line) for line in stream]
    return [
        (one["id"], found[one["id"]], Reading(*(str(one.get(name) or "") for name in Reading._fields)))
        for one in gold
    ]


def ours(name: str, data: bytes) -> Reading:
    """What we read."""
    for found in html.parse(Record(SourceFile(Path(f"{name}.html"), name, len(data), "html"), 0, data)):
        if isinstance(found, Article):
            return Reading(found.title, found.date or "", found.author or "", "\n".join(found.paragraphs))
    return Reading("", "", "", "")


def with_trafilatura(_: str, data: bytes) -> Reading:
    """What trafilatura reads."""
    import trafilatura

    found = trafilatura.bare_extraction(data, include_comments=False, with_metadata=True)
    if found is None or isinstance(found, dict):
        return Reading("", "", "", "")
    return Reading(found.title or "", found.date or "", found.author or "", found.text or "")


def overlap(found: list[str], right: list[str]) -> float:
    """F1 of two bags."""
    ours, theirs = Counter(found), Counter(right)
    common = (ours & theirs).total()
    return 2 * common / (ours.total() + theirs.total()) if found or right else 1.0


def words(text: str) -> list[str]:
    """The words of a text."""
    return re.findall(r"\w+", text)


def boundaries(text: str) -> list[str]:
    """The ends of its paragraphs."""
    return [re.sub(r"\W", "", line)[-25:] for line in text.split("\n") if line.strip()]


def row(name: str, reader: Reader, known: Pages) -> str:
    """A line of the report."""
    started = time.perf_counter()
    found = [reader(page, data) for page, data, _ in known]
    taken = time.perf_counter() - started
    pairs = [(one, right) for one, (_, _, right) in zip(found, known, strict=True)]
    shares = [
        sum(getattr(a, part) == getattr(b, part) for a, b in pairs) / len(pairs) for part in Reading._fields[:3]
    ]
    text = [overlap(words(a.text), words(b.text)) for a, b in pairs]
    ends = statistics.mean(overlap(boundaries(a.text), boundaries(b.text)) for a, b in pairs)
    cells = [f"{value:.3f}" for value in (*shares, statistics.median(text), statistics.mean(text), ends)]
    return f"| {name} | {' | '.join(cells)} | {len(pairs) / taken:.0f} |"


def report(path: Path) -> Iterator[str]:
    """The report, in Markdown."""
    known = pages(path)
    readers: dict[str, Reader] = {f"ours (lxml {version('lxml')})": ours}
    with suppress(PackageNotFoundError):
        readers[f"trafilatura {version('trafilatura')}"] = with_trafilatura
    yield f"`python -m benchmarks.pages {path.name}`: {len(known)} pages, Python {platform.python_version()}"
    yield ""
    yield "| reader | title | date | author | text, median | text, mean | boundaries | pages/s |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, reader in readers.items():
        yield row(name, reader, known)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("archive", type=Path)
    parser.add_argument("--report", type=Path)
    known = parser.parse_args()
    text = "\n".join(report(known.archive)) + "\n"
    print(text, end="")
    if known.report:
        known.report.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
