"""PDF files are read in a process of their own, which may break off, or be ended, without harm to the one that asks.

    python -m search.readers.documents.pdfapart

==========  =======================================================================================================
question    on stdin: the length of a file, 8 bytes, little-endian; the file
answer      on stdout: a line of JSON, the fields of `search.readers.documents.pdffile.Contents`
==========  =======================================================================================================

The process stays for the next file. It may have `MEMORY` bytes, where the system can hold it to that, and `SECONDS`
for a file, and one more for each `PER_SECOND` bytes of it.
"""

import atexit
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock, Timer
from typing import BinaryIO, cast

from search.readers.documents.pdffile import Contents
from search.readers.documents.pdffile import contents as read

MEMORY = 2 << 30
SECONDS = 60.0
PER_SECOND = 500_000


class Apart:
    """The process, started when it is first asked, and again after it broke off."""

    def __init__(
        self, command: Sequence[str] = (sys.executable, "-P", "-m", "search.readers.documents.pdfapart")
    ) -> None:
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()
        self._is_late = False

    def ask(self, data: bytes) -> Contents:
        """What is in a file."""
        with self._lock:
            process = self._process = self._process or _started(self._command)
            self._is_late = False
            seconds = _seconds(len(data))
            timer = Timer(seconds, self._late, [process])
            timer.daemon = True
            timer.start()
            answer = b""
            try:
                with suppress(OSError):  # it is gone
                    answer = _exchanged(process, data)
            except BaseException:  # Ctrl-C: the answer, should it yet come, is not that to the next question
                self._end()
                raise
            finally:
                timer.cancel()
                timer.join()
            if answer.endswith(b"\n") and not self._is_late:
                return Contents(*json.loads(answer))
            self._end()
            if self._is_late:
                return Contents([f"takes longer than {seconds:.0f} seconds: it is not read"])
            reason = f"cannot be read: PDFium broke off (status {process.returncode}), or took too much memory"
            return Contents([reason])

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _late(self, process: "subprocess.Popen[bytes]") -> None:
        self._is_late = True
        process.kill()

    def _end(self) -> None:
        if self._process:
            with suppress(OSError):
                cast(BinaryIO, self._process.stdin).close()
            cast(BinaryIO, self._process.stdout).close()
            self._process.kill()
            self._process.wait()
            self._process = None


def _started(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    """Start the process. It takes no code from the folder where the command runs (``-P``)."""
    paths = os.pathsep.join(filter(None, [str(Path(__file__).parents[3]), os.environ.get("PYTHONPATH", "")]))
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths},
    )


def _exchanged(process: "subprocess.Popen[bytes]", data: bytes) -> bytes:
    question, answer = cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)
    question.write(len(data).to_bytes(8, "little"))
    question.write(data)
    question.flush()
    return answer.readline()


_apart = Apart()
atexit.register(_apart.close)


def contents(data: bytes) -> Contents:
    """What a PDF file holds."""
    return _apart.ask(data)


def main() -> None:
    """Answer until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that asks, which ends this one
    _limit()
    while head := sys.stdin.buffer.read(8):
        size = int.from_bytes(head, "little")
        _end_after(_seconds(size) + 10)
        answer = json.dumps(safely(sys.stdin.buffer.read(size)))
        sys.stdout.buffer.write(answer.encode() + b"\n")
        sys.stdout.buffer.flush()
        _end_after(0)


def _seconds(size: int) -> float:
    return SECONDS + size / PER_SECOND


def _end_after(seconds: float) -> None:
    """End this process then, should the one that asks be gone by that time."""
    if hasattr(signal, "alarm"):  # not on Windows
        signal.alarm(int(seconds))


def safely(data: bytes) -> Contents:
    """What is in a file, or what went wrong: the library may hit on what it did not expect."""
    try:
        return read(data)
    except Exception as error:
        return Contents([f"cannot be read ({type(error).__name__}: {error})"])


def _limit() -> None:
    """Let the process have so much memory, and no more."""
    with suppress(ImportError, ValueError, OSError):  # not every system can
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
