"""Options that several commands share."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from search.cli.quick import COLOURS, WITHIN

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def folders(ctx: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem[str]]":
    """What a shell completes a folder with: its own."""
    from click.shell_completion import CompletionItem  # which only completion needs

    return [CompletionItem(incomplete, type="dir")]


index_option: Decorator = click.option(
    "--index",
    metavar="DIR",
    shell_complete=folders,
    envvar="SEARCH_INDEX",
    default="index",
    show_default=True,
    help="The folder of the index (or set SEARCH_INDEX).",
)

colour_option: Decorator = click.option(
    "--color",
    "colour",
    type=click.Choice(COLOURS),
    default="auto",
    show_default=True,
    help="When to use colours.",
)


def time_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that bound a time."""
    for option in (
        click.option("--until", metavar="DATE", help="Nothing newer."),
        click.option("--since", metavar="DATE", help="Nothing older: 2019, 2019-05-03, 'mai 2019', '3 months ago'."),
    ):
        command = option(command)
    return command


def asking_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say what matches, as `search.archive.Limits` has them."""
    for option in (
        time_options,
        click.option(
            "--in",
            "within",
            type=click.Choice(WITHIN),
            default="paragraph",
            show_default=True,
            help="Where the words must be together.",
        ),
        click.option("--any", "any_word", is_flag=True, help="Any of the words is enough."),
    ):
        command = option(command)
    return command


def table_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options for other programs."""
    for option in (
        click.option("--tsv", "form", flag_value="tsv", help="The same, parted by tabs."),
        click.option("--csv", "form", flag_value="csv", help="As a table, for spreadsheets."),
        click.option("--json", "form", flag_value="json", help="As JSON, a line each."),
    ):
        command = option(command)
    return command


pager_option: Decorator = click.option("--no-pager", is_flag=True, help="Long output is not shown in a pager.")
