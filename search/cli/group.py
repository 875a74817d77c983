"""The commands, as click knows them: one module a command, loaded when it is called."""

from importlib import import_module

import click

from search.cli.start import start

COMMANDS = {
    name: f"{name}_" if name in ("for", "run", "eval") else name
    for name in (
        "build", "for", "read", "kwic", "timeline", "facets", "terms", "contrast", "like", "alert", "batch", "run",
        "eval", "explain", "words", "info", "show", "help", "completion",
    )
}  # fmt: skip
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
    if ctx.invoked_subcommand is None:  # an empty line: see `search.cli.quick`
        start()
