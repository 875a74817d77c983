"""Where the command begins: Ctrl-C is answered from the first moment on, before there is anything to clean up."""

import os
import signal
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line and exit."""
    signal.signal(signal.SIGINT, _stop)
    from search.cli import run  # takes its time, in which a Ctrl-C would be a traceback

    run()


def _stop(*_: object) -> None:
    os.write(2, b"search: stopped\n")
    os._exit(130)
