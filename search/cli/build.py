"""``search build``: make an index of articles."""

import os
import sys
import time
from collections.abc import Mapping
from shutil import get_terminal_size

import click

from search.building import Built, Progress
from search.building import build as build_index
from search.cli.options import index_option
from search.cli.output import counted, note
from search.errors import SearchError
from search.readers import Problem
from search.reading import mapped, planned
from search.render.style import safe

REMARKS = 5
"""So many remarks of a kind are made."""

STDIN = "-"


@click.command("build", short_help="Index a folder of articles.")
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATH]...")
@click.option("-q", "--quiet", is_flag=True, help="No progress, and no line at the end.")
@click.option("--jobs", type=click.IntRange(0), default=0, help="How many processes; as many as processors if 0.")
@click.option(
    "--memory", metavar="MB", type=click.IntRange(1), default=256, show_default=True, help="For all of them."
)
@click.option("--fresh", is_flag=True, help="Read all files again, not only those that changed.")
@click.option("--strict", is_flag=True, help="Stop at the first file or line that cannot be read.")
@click.option("--map", "mapping", metavar="FIELD=NAME,...", help="What fields are called in tables and JSON.")
@click.option("--follow", is_flag=True, help="Stay, and build again whenever a file changes.")
@click.option("--dry-run", is_flag=True, help="Only list what would be read, and as what.")
@index_option
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    quiet: bool,
    jobs: int,
    memory: int,
    fresh: bool,
    strict: bool,
    mapping: str | None,
    follow: bool,
    dry_run: bool,
    index: str,
) -> None:
    """Build an index of the articles in files and folders (corpus/ if none is named, - for what comes in by a pipe).

    \b
    search build articles/ export.jsonl.xz --index press

    It takes the place of an index that is there already once it is whole; files that have not changed are not read
    again. What cannot be read is named and left out; the exit status is then 2.
    """
    if dry_run:
        ctx.exit(_list(paths or ("corpus",)))

    if follow and STDIN in paths:
        raise click.UsageError("--follow goes with files and folders: what comes in by a pipe cannot be followed.")

    def once(*, again: bool = False) -> int:
        problems: list[Problem] = []
        meter = Meter(again or quiet or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb")
        built = build_index(
            *(paths or ("corpus",)),
            index=index,
            columns=dict(mapped(mapping or "")),
            fresh=fresh,
            strict=strict,
            jobs=jobs,
            memory=memory * 1_000_000,
            on_progress=meter.show,
            on_problem=problems.append if again else meter.problem,
        )
        meter.clear()
        if again and not any(built.changes[:3]):
            return 0  # nothing has changed
        list(map(meter.problem, problems))
        return _say(built, index, quiet)

    status = once()
    if follow:
        from search.cli.follow import changes  # needs a library that not everyone has

        for _ in changes(paths or ("corpus",), index):
            try:
                once(again=True)
            except SearchError as error:  # it may be mended by the next change
                note(f"{error}; the index stays as it was")
    ctx.exit(status)


def _say(built: Built, index: str, quiet: bool) -> int:
    """Say what a build did; the exit status."""
    if not quiet:
        for remark in built.notes[:REMARKS]:
            note(remark)
        if len(built.notes) > REMARKS:
            note(f"… and {counted(len(built.notes) - REMARKS, 'more', 'more')} of this kind")
    _say_passed_over(built.passed_over)
    if built.copies:
        named = ", ".join(built.left_out[:REMARKS]) + ", …" * (built.copies > REMARKS)
        left_out = f"{counted(built.copies, 'article')} left out"
        note(f"{left_out}: one with the same address or text was read before ({named})")
    if not quiet:
        click.echo(safe(summary(built, index)))
    if built.problems:
        note(f"{counted(len(built.problems), 'problem')} (named above); all else is in the index")
    return 2 if built.problems else 0


def summary(built: Built, index: str) -> str:
    """The line at the end of a build."""
    stats, changes = built.stats, built.changes
    followed = ""
    if changes.same:
        told = [f"{count:,} {name}" for name, count in zip(changes._fields, changes, strict=True) if count]
        followed = f" (files: {', '.join(told)})"
    return (
        f"{counted(stats.articles, 'article')}, {counted(stats.paragraphs, 'paragraph')}, "
        f"{counted(stats.words, 'word')} in {built.seconds:.1f} s; {index}: {stats.size / 1e6:.1f} MB{followed}"
    )


def _list(paths: tuple[str, ...]) -> int:
    """Print what would be read: a kind and a path a line; the exit status."""
    files, problems, passed_over = planned(paths)
    for one in files:
        click.echo(f"{one.kind or '?'}\t{safe(one.path)}")
    for problem in problems:
        note(str(problem))
    _say_passed_over(passed_over)
    note(f"{counted(len(files), 'file')} would be read")
    return 2 if problems else 0


def _say_passed_over(passed_over: Mapping[str, int]) -> None:
    if passed_over:
        kinds = ", ".join(f"{count:,} {suffix}" for suffix, count in sorted(passed_over.items()))
        note(f"passed over, for want of a reader: {kinds}")


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
        files = f"file {progress.files:,} of {progress.total_files:,}, " if progress.total_files > 1 else ""
        size = f"{progress.read / 1e6:,.0f} of {progress.total / 1e6:,.0f} MB"
        return f"{files}{counted(progress.articles, 'article')}, {size}, {rate:,.0f} a second, {reading}"

    def problem(self, problem: Problem) -> None:
        """Name a problem, on a line of its own."""
        self.clear()
        note(str(problem))

    def clear(self) -> None:
        """Take the line away."""
        if self._line:
            click.echo("\r\x1b[K", nl=False, err=True)
            self._line = False
