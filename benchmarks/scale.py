"""How building and asking grow with the archive.

    python -m benchmarks.scale [--sizes 10000 100000 1000000 10000000] [--jobs 2] [--folder FOLDER] [--report REPORT]

For each size a corpus with so many paragraphs is made from a seed (`benchmarks.texts`) and built: seconds, the most
memory that all processes held, bytes of the index for each byte of text. Then a word that stands in about 0.1 % of
the paragraphs is asked for: from the shell (medians of 15, in turn with ``python -c 'import click'``), and in a
process that stays. The exponent is the slope between the two largest sizes on a doubly logarithmic scale: 1 means
twice the time for twice the texts.

10⁷ paragraphs need about 10 GB on the disk, and half an hour.
"""

import argparse
import math
import os
import platform
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import search
from benchmarks import texts
from benchmarks.build import measured
from benchmarks.cold import shell, took
from benchmarks.systems import fresh

RANK = 1996
"""Of the word that is asked for."""


class Point(NamedTuple):
    """What was measured of one size; times in seconds, the rest in bytes."""

    paragraphs: int
    text: int
    build: float
    memory: int
    size: int
    found: int
    cold: float
    click: float
    warm: float


def point(count: int, folder: Path, jobs: int) -> Point:
    """Make, build and ask one corpus."""
    corpus, index = folder / f"texts{count}", folder / "index"
    total = texts.write(fresh(corpus), count)
    cost = measured("ours", jobs, corpus, fresh(index))
    shutil.rmtree(corpus)
    asked = texts.word(RANK)
    with search.open(index) as archive:
        paragraphs = archive.stats().paragraphs
        found = archive.search(asked, limit=10).paragraphs
        warm = statistics.median(_asked(archive, asked) for _ in range(15))
    commands = {"cold": shell("for", asked, "--index", str(index)), "click": [sys.executable, "-c", "import click"]}
    times = took(commands, 15)
    cold, click = (statistics.median(times[name]) for name in ("cold", "click"))
    return Point(paragraphs, total, cost.seconds, cost.memory, cost.size, found, cold, click, warm)


def _asked(archive: search.Archive, text: str) -> float:
    started = time.perf_counter()
    for hit in archive.search(text):
        hit.best(1)[0].text  # noqa: B018 (the text is fetched when it is asked for)
    return time.perf_counter() - started


def report(points: list[Point], jobs: int) -> Iterator[str]:
    """The report, in Markdown."""
    named = ", ".join(f"{name} {version(name)}" for name in ("news-search", "numpy", "click"))
    yield "# How it grows\n"
    machine = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    yield f"{machine}; {named}; {jobs} processes.\n"
    yield "| paragraphs | text, MB | build, s | memory, MB | index / text | found | cold, ms | × click | warm, ms |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for one in points:
        yield (
            f"| {one.paragraphs:,} | {one.text / 1e6:.1f} | {one.build:.1f} | {one.memory / 1e6:.0f} "
            f"| {one.size / one.text:.2f} | {one.found:,} | {one.cold * 1e3:.0f} | {one.cold / one.click:.2f} "
            f"| {one.warm * 1e3:.2f} |"
        )
    for before, after in pairwise(points):
        slope = math.log(after.build / before.build) / math.log(after.paragraphs / before.paragraphs)
        sizes = f"From {before.paragraphs:,} to {after.paragraphs:,} paragraphs"
        yield f"\n{sizes} the time to build grows with the exponent {slope:.3f}."


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000, 10_000_000])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--report", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        points = []
        for count in options.sizes:
            points.append(point(count, Path(name), options.jobs))
            print(points[-1], file=sys.stderr, flush=True)
    lines = list(report(points, options.jobs))
    print("\n".join(lines))
    if options.report:
        options.report.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
