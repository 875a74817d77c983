"""The command line: one module a command, loaded when it is called.

Data goes to stdout, everything else to stderr. Exit status: 0 found (or done), 1 nothing found, 2 error.
"""

import os
import signal
import sys
from contextlib import suppress
from importlib import import_module
from typing import NoReturn

import click

from search.errors import QueryError, SearchError
from search.render.style import safe

COMMANDS = {"build": "build", "for": "for_", "read": "read", "info": "info"}
"""The commands, in the order in which help lists them, and their modules in this package."""


class Commands(click.Group):
    """A group that imports a command's module only when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"search.cli.{COMMANDS[cmd_name]}").command
        return command


@click.group(
    cls=Commands,
    invoke_without_command=True,
    subcommand_metavar="COMMAND [ARGS]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="news-search", prog_name="search", message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Search your news articles: build an index once, then ask.

    \b
    search build articles/        index a folder of articles
    search for Calais             the articles and paragraphs about it
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def run(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and exit."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # the shell closed it: what is said goes nowhere
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115
        if hasattr(stream := getattr(sys, name), "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.exit(_status(arguments))


def _status(arguments: list[str] | None) -> int:
    """Run a command; its exit status. Whatever goes wrong is one clear message on stderr."""
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        status = main.main(args=arguments, prog_name="search", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except QueryError as error:
        return _fail(error.pointed())
    except SearchError as error:
        return _fail(str(error))
    except click.ClickException as error:
        if isinstance(error, click.UsageError) and error.ctx:
            click.echo(error.ctx.get_usage(), err=True)
        return _fail(error.format_message())
    except (BrokenPipeError, SystemExit):  # click leaves in this way when a pipe is closed
        _hush()
        return 141
    except OSError as error:  # such as a full disk
        _hush()
        return _fail(": ".join(filter(None, [error.filename, error.strerror or str(error)])))
    except (KeyboardInterrupt, click.Abort):
        click.echo("search: stopped", err=True)
        return 130


def _hush() -> None:
    """Let what could not be written go nowhere, so that Python's last flush says nothing."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)


def _fail(message: str) -> int:
    with suppress(OSError):  # where even that cannot be said, the status says it
        click.echo("\n".join(map(safe, f"search: {message}".split("\n"))), err=True)
    return 2
