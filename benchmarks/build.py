"""How long building takes, how much memory and how many bytes, beside the peers'.

    python -m benchmarks.build FILE [--runs 3] [--report REPORT]

FILE is JSON Lines, ``.xz`` or plain. Each build is a process of its own (`benchmarks.one`), from the file to the
index, reading and parsing included; the runs go round all systems, and medians are given. Memory is the most that
all processes of a build held together (resident, without what they share), asked for every 20 ms in a round of its
own: who is asked has to wait. Whoosh builds a tenth of the texts, once; its figures are times ten.
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from threading import Event
from typing import NamedTuple

from benchmarks.systems import fresh, size, texts

RUNS = (
    ("ours", 2), ("ours", 1), ("tantivy", 1), ("tantivy", 2), ("sqlite", 1), ("bm25s", 1), ("whoosh", 1),
)  # fmt: skip


class Cost(NamedTuple):
    """What one build took: seconds, the most memory and the index's size, both in bytes."""

    seconds: float
    memory: int
    size: int


def measured(system: str, threads: int, path: Path, folder: Path, *, probed: bool = True) -> Cost:
    """Build in a process of its own, which is asked for its memory or not (then that is 0)."""
    command = [sys.executable, "-m", "benchmarks.one", system, str(threads), str(path), str(folder)]
    os.sync()  # nobody waits for what another one left to be written
    started = time.perf_counter()
    process = subprocess.Popen(command)
    has_ended = Event()
    with ThreadPoolExecutor(1) as beside:
        most = beside.submit(_most, process.pid, has_ended) if probed else None
        process.wait()
        seconds = time.perf_counter() - started
        has_ended.set()
    if process.returncode:
        raise SystemExit(f"{system} failed")
    return Cost(seconds, most.result() if most else 0, size(folder))


def _most(pid: int, has_ended: Event) -> int:
    """The most memory that was found, until the process has ended."""
    most = 0
    while not has_ended.wait(0.02):
        most = max(most, memory(pid))
    return most


def memory(pid: int) -> int:
    """The bytes that a process and its children hold: each one's own, and its share of what several have mapped."""
    total = 0
    for one in (pid, *_children(pid)):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024
    return total


def _children(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = [int(child) for child in task.read_text().split()]
        except OSError:
            continue
        for child in children:
            yield child
            yield from _children(child)


def report(path: Path, runs: int) -> Iterator[str]:
    """The report, in Markdown."""
    total = sum(len(text.encode()) for _, text in texts(path))
    costs: dict[tuple[str, int], list[Cost]] = {run: [] for run in RUNS}
    with tempfile.TemporaryDirectory() as folder:
        held = {run: measured(*run, path, fresh(Path(folder, "index"))) for run in RUNS}
        costs["whoosh", 1] = [held["whoosh", 1]]  # minutes; once is enough
        for _ in range(runs):
            for run in RUNS:
                if run[0] != "whoosh":
                    costs[run].append(measured(*run, path, fresh(Path(folder, "index")), probed=False))
    named = ("news-search", "tantivy", "bm25s", "whoosh", "numpy")
    versions = ", ".join(f"{name} {version(name)}" for name in named)
    machine = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    yield f"# Building\n\n{machine}; {versions}."
    yield f"\n{path.name}: {total / 1e6:.1f} MB of text. Medians of {runs} runs.\n"
    yield "| system | processes or threads | s | times tantivy's best | memory, MB | index / text |"
    yield "|---|---|---|---|---|---|"
    seconds = {run: statistics.median(cost.seconds for cost in each) for run, each in costs.items()}
    best = min(took for (system, _), took in seconds.items() if system == "tantivy")
    for (system, threads), one in held.items():
        factor = 10 if system == "whoosh" else 1
        took = seconds[system, threads] * factor
        share = one.size * factor / total
        yield f"| {system} | {threads} | {took:.2f} | {took / best:.3f} | {one.memory / 1e6:.0f} | {share:.3f} |"


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--report", type=Path)
    options = parser.parse_args()
    lines = list(report(options.path, options.runs))
    print("\n".join(lines))
    if options.report:
        options.report.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
