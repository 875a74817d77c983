"""Random and broken queries, in any number: no traceback, none slow, and no memory that grows.

    python -m benchmarks.endure INDEX [--queries 1000000] [--processes 2] [--seed 1]

Queries are made from a seed: words of the archive joined at random by all of the language, and those with characters
changed, dropped, doubled or exchanged. Each is parsed, written and parsed again (which must give the same tree), and
asked; of those that find nothing, what is said of them is asked for as well. Seconds are those of the processor, so
that other work on the machine does not count.
"""

import argparse
import random
import resource
import sys
import time
from array import array
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

import search
from search import Archive, QueryError
from search.syntax import parse

OPERATORS = (
    "AND",
    "OR",
    "NOT",
    "ET",
    "OU",
    "SAUF",
    "NEAR/3",
    "PROCHE/20",
    "BEFORE/5",
    "avant/2",
    "ATLEAST/2",
    "-",
    "",
)
FIELDS = (
    "title:",
    "date:",
    "source:",
    "lang:",
    "author:",
    "article:",
    "since:",
    "depuis:",
    "category:",
    "x:",
    "text:",
)
DATES = ("2019", "2018-05", "2019-02-30", "2017..2019", '"mai 2019"', "..2018", '"3 months ago"', "hier", "2019..x")
SIGNS = "()\"«»“”'’*?~^=/:-–.,;!&|\\[]{}0123456789 \t\u00a0\x00\x1béÉœ漢🙂\u0301"


SLOWEST = 5
"""So many queries are named."""


class Report(NamedTuple):
    """What a share of the queries came to."""

    asked: int
    refused: int
    seconds: "array[float]"
    silences: "array[float]"
    slowest: list[tuple[float, str]]
    memory: list[int]
    faults: list[str]


class Maker:
    """Makes queries from words and a seed."""

    def __init__(self, words: list[str], seed: int) -> None:
        self._words, self._random = words, random.Random(seed)

    def query(self) -> str:
        """A query, or what one becomes by a few slips of the finger."""
        text = self._group(self._random.choice((1, 2, 2, 3, 4, 6)))
        return self._mutated(text) if self._random.random() < 0.5 else text

    def _group(self, size: int) -> str:
        parts = []
        for _ in range(size):
            parts += [self._part(size), self._random.choice(OPERATORS) if self._random.random() < 0.4 else ""]
        return " ".join(filter(None, parts[:-1] if parts[-1] else parts))

    def _part(self, size: int) -> str:
        pick, word = self._random.random(), self._word()
        if pick < 0.1 and size > 1:
            return f"({self._group(size - 1)})"
        if pick < 0.2:
            return f"{self._random.choice(FIELDS)}{self._random.choice((word, self._random.choice(DATES)))}"
        if pick < 0.3:
            return '"' + " ".join(self._random.choice((self._word(), "*", "de")) for _ in range(3)) + '"'
        return word

    def _word(self) -> str:
        word = self._random.choice(self._words)
        at = self._random.randrange(len(word) + 1)
        match self._random.randrange(14):
            case 0:
                return f"{word[: max(at, 2)]}*"
            case 1:
                return f"{word[:at]}*{word[at:]}"
            case 2:
                return f"{word[:at]}?{word[at + 1 :]}"
            case 3:
                return f"{word}~{self._random.choice(('', 1, 2))}"
            case 4:
                return f"/{word[:at]}.{self._random.choice('*+?')}{word[at + 1 :]}/"
            case 5:
                return f"{word}^{self._random.choice((2, 0.5, 3))}"
            case 6:
                return f"={word}"
        return word

    def _mutated(self, text: str) -> str:
        signs = list(text)
        for _ in range(self._random.randint(1, 4)):
            at = self._random.randrange(len(signs) + 1)
            match self._random.randrange(4):
                case 0:
                    signs.insert(at, self._random.choice(SIGNS))
                case 1:
                    del signs[at : at + 1]
                case 2:
                    signs[at : at + 1] = self._random.choice(SIGNS)
                case 3:
                    signs[at:at] = signs[: self._random.randrange(12)]
        return "".join(signs)


def ask(archive: Archive, text: str) -> int | None:
    """How many paragraphs a query finds; ``None`` if it is refused. Anything else is a fault."""
    try:
        tree = parse(text).tree
        again = parse(str(tree)).tree
        assert again == tree, f"{text!r} is read as {tree}, which is read as {again}"
        return archive.search(text, limit=10).paragraphs
    except QueryError as error:
        error.pointed()
        return None


def share(index: str, words: list[str], seed: int, count: int) -> Report:
    """Ask so many queries."""
    maker, seconds, silences = Maker(words, seed), array("d"), array("d")
    slowest: list[tuple[float, str]] = []
    memory: list[int] = []
    faults: list[str] = []
    refused = 0
    with search.open(index) as archive:
        for number in range(count):
            text = maker.query()
            started = time.process_time()
            try:
                found = ask(archive, text)
                took = time.process_time() - started
                refused += found is None
                if found == 0:
                    archive.silence(text)
                    silences.append(time.process_time() - started - took)
            except Exception as error:  # what is looked for
                faults.append(f"{text!r}: {type(error).__name__}: {error}")
                took = time.process_time() - started
            seconds.append(took)
            slowest = sorted([*slowest, (took, text)], reverse=True)[:SLOWEST]
            if number % max(count // 10, 1) == 0:
                memory.append(_memory())
    return Report(count, refused, seconds, silences, slowest, memory, faults)


def _memory() -> int:
    """What this process holds now, in MB."""
    with open("/proc/self/statm") as status:
        return int(status.read().split()[1]) * resource.getpagesize() // 1_000_000


def lines(reports: list[Report]) -> Iterator[str]:
    """The report."""
    seconds = sorted(one for report in reports for one in report.seconds)
    silences = sorted(one for report in reports for one in report.silences) or [0.0]
    slowest = sorted((one for report in reports for one in report.slowest), reverse=True)[:SLOWEST]
    asked, refused, faults = (
        sum(some) for some in zip(*((one.asked, one.refused, len(one.faults)) for one in reports), strict=True)
    )
    yield "# Random queries\n"
    yield f"{asked:,} queries: {refused:,} refused with a reason, {len(silences):,} found nothing, {faults} faults.\n"
    yield f"Asking: {_spread(seconds)}. What is said of nothing: {_spread(silences)}. The slowest:\n"
    yield from (f"- {took:.2f} s: `{text!r}`" for took, text in slowest)
    for report in reports:
        yield f"\nMemory of a process, from its first query to its last, MB: {', '.join(map(str, report.memory))}"
        yield from (f"\n- FAULT {fault}" for fault in report.faults[:20])


def _spread(seconds: list[float]) -> str:
    median, most = (seconds[len(seconds) * part // 1000] for part in (500, 999))
    return f"median {1000 * median:.2f} ms, 999 of 1,000 within {most:.2f} s, all within {seconds[-1]:.2f} s"


def main() -> int:
    """Run, and print the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index")
    parser.add_argument("--queries", type=int, default=100_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with search.open(given.index) as archive:
        words = sorted(form for form, count in archive.words("/.{2,}/") if count > 1)
    count = given.queries // given.processes
    with ProcessPoolExecutor(given.processes) as pool:
        shares = [
            pool.submit(share, given.index, words, given.seed + place, count) for place in range(given.processes)
        ]
        reports = [one.result() for one in shares]
    print("\n".join(lines(reports)))
    return int(any(report.faults for report in reports))


if __name__ == "__main__":
    sys.exit(main())
