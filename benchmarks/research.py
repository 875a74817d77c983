"""How long research takes from the shell: concordances, timelines, facets, the words that go with a query, and lists
of queries, beside what starts fastest.

    python -m benchmarks.research FILE [--runs 15] [--report REPORT]

FILE is JSON Lines, ``.xz`` or plain. Each run starts every command in turn, each a process of its own, with what it
needs in the page cache; medians. Of ``kwic`` the time until its first line is there is taken (through a pipe), of all
others that of the whole process. The words are taken from the archive: one for each of some numbers of paragraphs.
"""

import argparse
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import search
from benchmarks.cold import environment, shell
from benchmarks.systems import build_ours
from search import Archive
from search.language import fold, is_stop_word, language

HITS, MANY, SOME, FEW = 10_000, 5_000, 100, 3
"""In so many paragraphs, about, the words stand that are asked for."""

FREQUENT = 400
"""They are chosen from so many of the most frequent words, and as many others."""

LISTED = 3_000
"""So many different words a list of queries has."""

RATE = 300
"""So many one-word queries a second are asked for."""


class Measured(NamedTuple):
    """What is run, whether only its first line is waited for, and how many milliseconds it may take."""

    name: str
    command: list[str]
    first_line: bool = False
    asked: int | None = None


def took(one: Measured) -> float:
    """The seconds that a command takes, or its first line."""
    started = time.perf_counter()
    with subprocess.Popen(
        one.command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment()
    ) as process:
        assert process.stdout
        if one.first_line:
            is_there = bool(process.stdout.readline())
            done = time.perf_counter() - started
            process.stdout.close()
        else:
            is_there = bool(process.stdout.read()) or "search" not in one.command[0]
            process.wait()
            done = time.perf_counter() - started
    if not is_there:
        raise SystemExit(f"{one.name}: printed nothing")
    return done


def words(archive: Archive) -> Callable[[int], str]:
    """What gives the word that is found in a number of paragraphs that is next to one."""
    tongues = [language(code) for code in archive.stats().languages]
    every = [word for word, _ in archive.words("*e*") if word.isalpha() and word.islower() and len(word) > 2]
    likely = [word for word in every if not is_stop_word(word, tongues)]
    chosen = [*likely[:FREQUENT], *random.Random(1).sample(likely, min(FREQUENT, len(likely)))]
    counts = {word: archive.search(word, limit=0).paragraphs for word in chosen}
    return lambda wanted: min(counts, key=lambda word: (abs(counts[word] - wanted), word))


def listed(archive: Archive, count: int) -> list[str]:
    """So many different words of the archive, frequent and rare as they come."""
    every = {fold(word): word for word, _ in archive.words("*e*") if word.isalpha() and len(word) > 2}
    return random.Random(1).sample(sorted(every.values()), min(count, len(every)))


def commands(index: str, file: str, word: Callable[[int], str]) -> list[Measured]:
    """What is run."""
    here = ["--index", index]
    many, few = word(MANY), word(FEW)
    found = [
        Measured("import click", [sys.executable, "-c", "import click"]),
        Measured("import numpy", [sys.executable, "-c", "import numpy"]),
        Measured(f"kwic {word(HITS)}", shell("kwic", word(HITS), *here), first_line=True, asked=150),
    ]
    for command in ("timeline", "facets"):
        found += [Measured(f"{command} {one}", shell(command, one, *here), asked=250) for one in (many, few)]
    found += [Measured(f"terms {one}", shell("terms", one, *here), asked=1000) for one in (many, word(SOME))]
    for options in ([], ["--by", "year"], ["--by", "source"]):
        name = " ".join(["batch", *options])
        found.append(Measured(name, shell("batch", file, *options, *here), asked=LISTED * 1000 // RATE))
    return found


def rows(every: list[Measured], runs: int) -> Iterator[str]:
    """The rows of the table; the first round does not count."""
    times: dict[str, list[float]] = {one.name: [] for one in every}
    for number in range(runs + 1):
        for one in every:
            seconds = took(one)
            if number:
                times[one.name].append(seconds)
    click = statistics.median(times["import click"])
    for one in every:
        low, middle, high = statistics.quantiles(times[one.name], n=4)
        asked = f"{one.asked:,}" if one.asked else ""
        rate = f"{LISTED / middle:,.0f}" if one.name.startswith("batch") else ""
        between = f"{low * 1e3:,.0f} to {high * 1e3:,.0f}"
        yield f"| {one.name} | {middle * 1e3:,.0f} | {between} | {middle / click:.1f} | {asked} | {rate} |"


def report(path: Path, runs: int) -> Iterator[str]:
    """The report, in Markdown."""
    with tempfile.TemporaryDirectory() as name:
        index, file = Path(name, "index"), Path(name, "list.txt")
        build_ours(path, index, 1)
        with search.open(index) as archive:
            word = words(archive)
            counts = [(one, archive.search(one, limit=0).paragraphs) for one in map(word, (HITS, MANY, SOME, FEW))]
            file.write_text("\n".join(listed(archive, LISTED)), encoding="utf-8")
            every = commands(str(index), str(file), word)
            stats = archive.stats()
        yield "# Research from the shell\n"
        versions = ", ".join(f"{one} {version(one)}" for one in ("news-search", "click", "numpy"))
        yield f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores; {versions}.\n"
        said = ", ".join(f"{one} in {count:,}" for one, count in counts)
        yield f"{path.name}: {stats.paragraphs:,} paragraphs; {said}; lists of {LISTED:,} words."
        yield f"Medians of {runs} runs; the quarters of the runs lie between. `kwic`: until its first line.\n"
        yield "| command | ms | between | × import click | asked for, ms | queries a second |"
        yield "|---|---|---|---|---|---|"
        yield from rows(every, runs)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--report", type=Path)
    options = parser.parse_args()
    lines = []
    for line in report(options.path, options.runs):
        print(line, flush=True)
        lines.append(line)
    if options.report:
        options.report.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
