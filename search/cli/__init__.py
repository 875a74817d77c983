"""The command line: one module a command, loaded when it is called.

Data goes to stdout, everything else to stderr. Exit status: 0 found (or done), 1 nothing found, 2 error.

click reads the command line. It takes longer to import than a search takes, so the commonest command lines are read
without it (`search.cli.quick`), in the same way.
"""

import os
import signal
import sys
from contextlib import suppress
from typing import NoReturn

from search.cli import quick
from search.errors import QueryError, SearchError
from search.render.style import safe


def run(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and exit."""
    if sys.stdin is None:  # the shell closed it: there is nothing to read
        sys.stdin = open(os.devnull)  # noqa: SIM115
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # the same: what is said goes nowhere
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115
        if hasattr(stream := getattr(sys, name), "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.exit(_status(arguments))


def _status(arguments: list[str] | None) -> int:
    """Run a command; its exit status. Whatever goes wrong is one clear message on stderr."""
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        run_it = quick.command(sys.argv[1:] if arguments is None else arguments)
        status = run_it() if run_it else _with_click(arguments)
        sys.stdout.flush()
        return status
    except QueryError as error:
        return _fail(error.pointed())
    except SearchError as error:
        return _fail(str(error))
    except (BrokenPipeError, SystemExit):  # click leaves in this way when a pipe is closed
        _hush()
        return 141
    except OSError as error:  # such as a full disk
        _hush()
        return _fail(": ".join(filter(None, [error.filename, error.strerror or str(error)])))
    except KeyboardInterrupt:
        return _stopped()


def _with_click(arguments: list[str] | None) -> int:
    import click

    from search.cli.group import main

    if "_SEARCH_COMPLETE" in os.environ:
        from search.cli.completion import complete

        return complete(os.environ["_SEARCH_COMPLETE"])
    try:
        status = main.main(args=arguments, prog_name="search", standalone_mode=False)
        return status if isinstance(status, int) else 0
    except click.Abort:
        return _stopped()
    except click.exceptions.NoArgsIsHelpError as error:
        print(error.format_message(), file=sys.stderr)
        return 2
    except click.ClickException as error:
        usage = error.ctx.get_usage() if isinstance(error, click.UsageError) and error.ctx else ""
        return _fail(error.format_message(), usage)


def _stopped() -> int:
    print("search: stopped", file=sys.stderr, flush=True)
    return 130


def _hush() -> None:
    """Let what could not be written go nowhere, so that Python's last flush says nothing."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)


def _fail(message: str, before: str = "") -> int:
    with suppress(OSError):  # where even that cannot be said, the status says it
        lines = [*filter(None, [before]), *map(safe, f"search: {message}".split("\n"))]
        print(*lines, sep="\n", file=sys.stderr, flush=True)
    return 2
