"""How long queries take in a process that stays, beside the peers.

    python -m benchmarks.query FILE [--queries 100] [--runs 5] [--report REPORT]

FILE is JSON Lines, ``.xz`` or plain. Every system builds its index of all titles and paragraphs, and is then asked
the same queries for its ten best with their stored texts, each system in a process of its own, one after the other
in every round. The queries are made from the texts, always the same: words of a title (not stop words) for
``1 word``, ``2 any``, ``4 any`` and ``2 all``; two or three words in a row of a paragraph for ``phrase``; the first
five letters of a longer word for ``prefix``.

Each class's figure is the median over its queries of what each took at best in the rounds; *first* is the median of
the first time that a query was asked, by a process that had been asked others.
"""

import argparse
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from benchmarks.systems import ASKERS, BUILDERS, CLASSES, texts, words_of
from search.language import language

SYSTEMS = ("ours", "tantivy", "sqlite", "bm25s")

Times = dict[str, list[list[float]]]
"""By class: for each query the seconds of each round."""


def queries(path: Path, count: int) -> dict[str, list[str]]:
    """So many queries of each class."""
    stop = language("fr").stop
    titles: list[list[str]] = []
    rows: list[list[str]] = []
    for identity, text in texts(path):
        words = words_of(text)
        if identity.endswith("/0"):
            titles.append([word for word in words if len(word) > 3 and word.lower() not in stop])
        elif len(words) > 10:
            rows.append(words)
    chosen = random.Random(1)
    long_enough = [title for title in titles if len(title) >= 4]
    made: dict[str, list[str]] = {name: [] for name in CLASSES}
    for _ in range(count):
        for name, length in (("1 word", 1), ("2 any", 2), ("4 any", 4), ("2 all", 2)):
            made[name].append(" ".join(chosen.sample(chosen.choice(long_enough), length)))
        row = chosen.choice(rows)
        start = chosen.randrange(len(row) - 3)
        made["phrase"].append(" ".join(row[start : start + chosen.choice((2, 3))]))
        long_words = [word for word in chosen.choice(long_enough) if len(word) > 6] or ["président"]
        made["prefix"].append(chosen.choice(long_words)[:5])
    return made


def asked(system: str, folder: Path, made: dict[str, list[str]]) -> Iterator[dict[str, list[float]]]:
    """Round after round, the seconds of all queries by class."""
    ask = ASKERS[system](folder)
    while True:
        took: dict[str, list[float]] = {}
        for name, each in made.items():
            if name in ask:
                took[name] = []
                for text in each:
                    started = time.perf_counter()
                    ask[name](text)
                    took[name].append(time.perf_counter() - started)
        yield took


def serve(system: str, folder: Path, queries_file: Path) -> None:
    """Be one system's process: a round for each line on stdin, its times as a line on stdout."""
    rounds = asked(system, folder, json.loads(queries_file.read_text(encoding="utf-8")))
    for _ in sys.stdin:
        print(json.dumps(next(rounds)), flush=True)


def measured(path: Path, folder: Path, count: int, runs: int) -> dict[str, Times]:
    """The times of all systems."""
    queries_file = folder / "queries.json"
    queries_file.write_text(json.dumps(queries(path, count)), encoding="utf-8")
    for system in SYSTEMS:
        subprocess.run([*_command(path, system, folder), "--build"], check=True)
    processes = {
        system: subprocess.Popen(
            [*_command(path, system, folder), "--serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for system in SYSTEMS
    }
    times: dict[str, Times] = {system: {} for system in SYSTEMS}
    for _ in range(runs):
        for system, process in processes.items():
            assert process.stdin
            assert process.stdout
            process.stdin.write("\n")
            process.stdin.flush()
            for name, took in json.loads(process.stdout.readline()).items():
                rounds = times[system].setdefault(name, [[] for _ in took])
                for each, seconds in zip(rounds, took, strict=True):
                    each.append(seconds)
    for process in processes.values():
        process.communicate()
    return times


def _command(path: Path, system: str, folder: Path) -> list[str]:
    return [sys.executable, "-m", "benchmarks.query", str(path), "--only", system, str(folder)]


def report(times: dict[str, Times], count: int, runs: int) -> Iterator[str]:
    """The report, in Markdown."""
    versions = ", ".join(f"{name} {version(name)}" for name in ("news-search", "tantivy", "bm25s", "numpy"))
    yield "# Queries in a process that stays\n"
    yield f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores; {versions}.\n"
    yield f"{count} queries a class, {runs} rounds; medians, in ms; ×: times tantivy's.\n"
    yield "| class | " + " | ".join(f"{system} | first | ×" for system in SYSTEMS) + " |"
    yield "|---|" + "---|" * 3 * len(SYSTEMS)
    for name in CLASSES:
        base = statistics.median(min(each) for each in times["tantivy"][name])
        cells = []
        for system in SYSTEMS:
            if name not in times[system]:
                cells += ["", "", ""]
                continue
            best = statistics.median(min(each) for each in times[system][name])
            first = statistics.median(each[0] for each in times[system][name])
            cells += [f"{best * 1e3:.2f}", f"{first * 1e3:.2f}", f"{best / base:.1f}"]
        yield f"| {name} | " + " | ".join(cells) + " |"


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--queries", type=int, default=100)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--report", type=Path)
    parser.add_argument("--only", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--build", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        system, folder = options.only[0], Path(options.only[1])
        if options.build:
            BUILDERS[system](options.path, folder / system, 1)
        else:
            serve(system, folder / system, folder / "queries.json")
        return
    with tempfile.TemporaryDirectory() as name:
        lines = list(
            report(measured(options.path, Path(name), options.queries, options.runs), options.queries, options.runs)
        )
    print("\n".join(lines))
    if options.report:
        options.report.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
