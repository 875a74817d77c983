"""Options that several commands share."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from search.cli.quick import COLOURS

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

pager_option: Decorator = click.option("--no-pager", is_flag=True, help="Long output is not shown in a pager.")
