"""A worker of a build, as a process: units come in on stdin, spills go to a folder, outcomes out on stdout.

    python -m search.engines.local.build.worker

The first line is JSON: the folder, and the name of the dictionary that will be there. It ends with its input. An
outcome is a line of JSON: the unit's number, its segment's, its articles, the problems,
the bytes that were read, the files with the articles of each, and the articles' keys.
"""

import gc
import json
import signal
import sys
from mmap import mmap
from pathlib import Path
from typing import BinaryIO

from search.engines.local.build.messages import from_bytes
from search.engines.local.build.quiet import SELDOM
from search.engines.local.build.units import work_through


def main(requests: BinaryIO, answers: BinaryIO, memory: mmap | None = None) -> None:
    """Work until there is no more to do. The data of units may be in memory that is shared with the build."""
    task = requests.readline()
    if not task:
        return
    folder, dictionary = json.loads(task)
    units = iter(lambda: from_bytes(requests.read, memory), None)
    for outcome in work_through(units, Path(folder), dictionary):
        problems = [[one.place, one.reason] for one in outcome.problems]
        answer = [*outcome[:3], problems, *outcome[4:]]
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the build, which ends its workers
    gc.freeze()
    gc.set_threshold(SELDOM)
    main(sys.stdin.buffer, sys.stdout.buffer)
