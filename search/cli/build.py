"""``search build``: make an index of articles."""

import os
import sys
import time
from shutil import get_terminal_size

import click

from search.building import Built, Progress
from search.building import build as build_index
from search.cli.options import index_option
from search.cli.output import counted, note
from search.readers import Problem
from search.render.style import safe


@click.command("build", short_help="Index a folder of articles.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("-q", "--quiet", is_flag=True, help="No progress, and no line at the end.")
@click.option("--jobs", type=click.IntRange(0), default=0, help="How many processes; as many as processors if 0.")
@click.option(
    "--memory", metavar="MB", type=click.IntRange(1), default=256, show_default=True, help="For all of them."
)
@index_option
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], quiet: bool, jobs: int, memory: int, index: str) -> None:
    """Build an index of the articles in files and folders (corpus/ if none is named).

    \b
    search build articles/ export.jsonl.xz --index press

    It takes the place of an index that is there already once it is whole. Plain text (.txt, .md) and JSON Lines
    (.jsonl, also .gz, .xz, .zst) are read. What cannot be read is named and left out; the exit status is then 2.
    """
    meter = Meter(quiet or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb")
    built = build_index(
        *(paths or ("corpus",)),
        index=index,
        jobs=jobs,
        memory=memory * 1_000_000,
        on_progress=meter.show,
        on_problem=meter.problem,
    )
    meter.clear()
    for remark in built.notes:
        note(remark)
    if built.passed_over:
        kinds = ", ".join(f"{count:,} {suffix}" for suffix, count in sorted(built.passed_over.items()))
        note(f"passed over, for want of a reader: {kinds}")
    if not quiet:
        click.echo(safe(summary(built, index)))
    if built.problems:
        note(f"{counted(len(built.problems), 'problem')} (named above); all else is in the index")
        ctx.exit(2)


def summary(built: Built, index: str) -> str:
    """The line at the end of a build."""
    stats = built.stats
    return (
        f"{counted(stats.articles, 'article')}, {counted(stats.paragraphs, 'paragraph')}, "
        f"{counted(stats.words, 'word')} in {built.seconds:.1f} s; {index}: {stats.size / 1e6:.1f} MB"
    )


class Meter:
    """One line on the terminal that says how far a build is, how fast, and how long it may still take."""

    def __init__(self, silent: bool) -> None:
        self._silent = silent
        self._started = time.monotonic()
        self._shown = 0.0
        self._line = False

    def show(self, progress: Progress) -> None:
        """Say how far it is: at most ten times a second, and when all is read."""
        now = time.monotonic()
        if self._silent or (now - self._shown < 0.1 and progress.read < progress.total):
            return
        self._shown, self._line = now, True
        line = self.text(progress, now - self._started)[: get_terminal_size().columns - 1]
        click.echo(f"\r\x1b[K{line}", nl=False, err=True)

    @staticmethod
    def text(progress: Progress, seconds: float) -> str:
        """The line for a state of the build, so many seconds after it began."""
        share = progress.read / progress.total if progress.total else 1.0
        rate = progress.articles / max(seconds, 0.001)
        left = seconds * (1 - share) / share if share else 0.0
        reading = f"{left:,.0f} s left" if share < 1 else "writing the index"
        return f"{counted(progress.articles, 'article')}, {share:.0%}, {rate:,.0f} a second, {reading}"

    def problem(self, problem: Problem) -> None:
        """Name a problem, on a line of its own."""
        self.clear()
        note(str(problem))

    def clear(self) -> None:
        """Take the line away."""
        if self._line:
            click.echo("\r\x1b[K", nl=False, err=True)
            self._line = False
