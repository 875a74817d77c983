"""How long the operators of the query language take: in a process that stays, and from the shell.

    python -m benchmarks.operators FILE [--queries 100] [--runs 15] [--report REPORT]

FILE is JSON Lines, ``.xz`` or plain. The words of the queries are drawn from its titles, always the same. *First* is
the median of what each query took when asked for the first time, *again* when it was asked once more, *longest*
the longest of the first. From the shell one query of each class is started in turn with ``python -c 'import click'``;
medians.
"""

import argparse
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

import search
from benchmarks.cold import shell, took
from benchmarks.systems import BUILDERS, texts, words_of
from search.language import language

Words = tuple[str, str, str]

CLASSES: dict[str, Callable[[Words], str]] = {
    "NEAR": lambda words: f"{words[0]} NEAR/10 {words[1]}",
    "BEFORE, a group": lambda words: f"({words[0]} OR {words[1]}) BEFORE/10 {words[2]}",
    "ATLEAST": lambda words: f"ATLEAST/2 {words[0]}",
    "phrase with a gap": lambda words: f'"de * {words[0]}"',
    "word~": lambda words: f"{_slip(words[0])}~",
    "word~2": lambda words: f"{_slip(words[0])}~2",
    "wo*rd": lambda words: f"{words[0][:2]}*{words[0][-3:]}",
    "*word": lambda words: f"*{words[0][-4:]}",
    "wo?d": lambda words: f"{words[0][:2]}?{words[0][3:]}",
    "/regex/": lambda words: f"/{words[0][:3]}[a-z]+{words[0][-2:]}/",
    "article:": lambda words: f"article:({words[0]} {words[1]})",
    "with a date": lambda words: f"{words[0]} date:2019",
    "nothing found": lambda words: f'"{words[0]} {words[1]} {words[2]} zyx" zyxwv',
}


def queries(path: Path, count: int) -> dict[str, list[str]]:
    """So many queries of each class."""
    stop = language("fr").stop
    titles = []
    for identity, text in texts(path):
        if identity.endswith("/0"):
            words = [word for word in words_of(text) if len(word) > 5 and word.lower() not in stop]
            titles += [words] if len(words) > 2 else []
    chosen = random.Random(1)
    drawn = [chosen.sample(chosen.choice(titles), 3) for _ in range(count)]
    return {name: [make((one, two, three)) for one, two, three in drawn] for name, make in CLASSES.items()}


def warm(index: Path, made: dict[str, list[str]]) -> dict[str, tuple[list[float], list[float]]]:
    """The seconds of each query by class, asked for the first time and once more."""
    with search.open(index) as archive:
        archive.search("Calais~2 NEAR/3 /x.+/")
        return {
            name: ([_seconds(archive, one) for one in some], [_seconds(archive, one) for one in some])
            for name, some in made.items()
        }


def _seconds(archive: search.Archive, text: str) -> float:
    started = time.perf_counter()
    found = archive.search(text)
    for hit in found:
        [one.text for one in hit.best(1)]  # the text is fetched when it is asked for
    if not found.paragraphs and "zyx" in text:
        archive.silence(text)
    return time.perf_counter() - started


def report(path: Path, count: int, runs: int) -> Iterator[str]:
    """The report, in Markdown."""
    made = queries(path, count)
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder, "ours")
        BUILDERS["ours"](path, index, 2)
        times = warm(index, made)
        commands = {"import click": [sys.executable, "-c", "import click"]}
        commands |= {name: shell("for", some[0], "--count", "--index", str(index)) for name, some in made.items()}
        cold = {name: statistics.median(each) for name, each in took(commands, runs, check=False).items()}
    named = ", ".join(f"{name} {version(name)}" for name in ("news-search", "google-re2", "numpy", "click"))
    yield "# Operators\n"
    yield f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores; {named}.\n"
    yield f"{path.name}; {count} queries a class; from the shell medians of {runs} runs. In ms.\n"
    yield "| class | such as | first | again | longest | from the shell | × import click |"
    yield "|---|---|---|---|---|---|---|"
    for name, (first, again) in times.items():
        figures = statistics.median(first), statistics.median(again), max(first), cold[name]
        cells = " | ".join(f"{figure * 1e3:.1f}" for figure in figures)
        shown = made[name][0].replace("|", "\\|")
        yield f"| {name} | `{shown}` | {cells} | {cold[name] / cold['import click']:.2f} |"


def _slip(word: str) -> str:
    """A word with two characters exchanged."""
    return word[:2] + word[3] + word[2] + word[4:]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--queries", type=int, default=100)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--report", type=Path)
    options = parser.parse_args()
    lines = list(report(options.path, options.queries, options.runs))
    print("\n".join(lines))
    if options.report:
        options.report.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
