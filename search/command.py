"""Where the command begins: Ctrl-C is answered from the first moment on, before there is anything to clean up."""

import gc
import os
import signal
from typing import NoReturn

SELDOM = 100_000
"""So many objects more, and Python looks for those that only each other know; a command makes hardly any such."""


def main() -> NoReturn:
    """Run the command line and exit."""
    gc.set_threshold(SELDOM)
    signal.signal(signal.SIGINT, _stop)
    from search.cli import run  # takes its time, in which a Ctrl-C would be a traceback

    try:
        run()
    finally:
        gc.freeze()  # else Python looks through all there is, several times, only to end


def _stop(*_: object) -> None:
    os.write(2, b"search: stopped\n")
    os._exit(130)
