"""How long a search from the shell takes, beside what starts fastest and what people would use instead.

    python -m benchmarks.cold FILE [--word Calais] [--runs 30] [--report REPORT]

FILE is JSON Lines, ``.xz`` or plain. Each run starts every command in turn, each a process of its own, with what it
needs in the page cache; medians. ``rg`` (if it is installed) looks through the texts as plain files.
"""

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

from benchmarks.systems import BUILDERS, texts

_TANTIVY = """
import sys, tantivy
sys.path.insert(0, {here!r})
from benchmarks.systems import ask_tantivy
from pathlib import Path
print(ask_tantivy(Path({folder!r}))["1 word"]({word!r}))
"""
_SQLITE = """
import sqlite3
found = sqlite3.connect({file!r}).execute("SELECT text FROM t WHERE t MATCH ? ORDER BY rank LIMIT 10", ({word!r},))
print(found.fetchall())
"""


_UNWANTED = ("PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE")


def environment() -> dict[str, str]:
    """The environment without what makes Python slower than users have it."""
    return {name: value for name, value in os.environ.items() if name not in _UNWANTED}


def shell(*words: str) -> list[str]:
    """The command that is installed beside this Python."""
    return [str(Path(sys.executable).parent / "search"), *words]


def took(commands: Mapping[str, list[str]], runs: int, *, check: bool = True) -> dict[str, list[float]]:
    """The seconds of each command, run in turn; the first round does not count. A failure ends all if `check`."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(runs + 1):
        for name, command in commands.items():
            started = time.perf_counter()
            nowhere = subprocess.DEVNULL
            subprocess.run(command, stdout=nowhere, stderr=nowhere, check=check, env=environment())
            if number:
                times[name].append(time.perf_counter() - started)
    return times


def commands(path: Path, folder: Path, word: str) -> dict[str, list[str]]:
    """Build what has to be there, and say what is run."""
    for system in ("ours", "tantivy", "sqlite"):
        BUILDERS[system](path, folder / system, 1)
    python = [sys.executable, "-c"]
    here = str(Path(__file__).parents[1])
    index = str(folder / "ours")
    found = {
        "python -c pass": [*python, "pass"],
        "import click": [*python, "import click"],
        "search for": shell("for", word, "--index", index),
        "search for --json": shell("for", word, "--index", index, "--json"),
        "tantivy, from Python": [*python, _TANTIVY.format(here=here, folder=str(folder / "tantivy"), word=word)],
        "SQLite FTS5, from Python": [*python, _SQLITE.format(file=str(folder / "sqlite/index.sqlite"), word=word)],
    }
    if rg := shutil.which("rg"):
        plain = folder / "plain"
        plain.mkdir()
        with (plain / "texts.txt").open("w", encoding="utf-8") as file:
            file.writelines(f"{text}\n" for _, text in texts(path))
        found["rg"] = [rg, "-w", word, str(plain)]
    return found


def report(path: Path, word: str, runs: int) -> Iterator[str]:
    """The report, in Markdown."""
    with tempfile.TemporaryDirectory() as name:
        times = took(commands(path, Path(name), word), runs)
    named = ", ".join(f"{name} {version(name)}" for name in ("news-search", "click", "tantivy"))
    yield "# From the shell\n"
    yield f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores; {named}.\n"
    yield f"{path.name}, the word {word}; medians of {runs} runs; the quarters of the runs lie between.\n"
    yield "| command | ms | between | × import click |"
    yield "|---|---|---|---|"
    click = statistics.median(times["import click"])
    for name, each in times.items():
        low, middle, high = statistics.quantiles(each, n=4)
        yield f"| {name} | {middle * 1e3:.0f} | {low * 1e3:.0f} to {high * 1e3:.0f} | {middle / click:.2f} |"


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--word", default="Calais")
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--report", type=Path)
    options = parser.parse_args()
    lines = list(report(options.path, options.word, options.runs))
    print("\n".join(lines))
    if options.report:
        options.report.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
