"""Options that several commands share."""

from collections.abc import Callable
from typing import Any

import click

from search.cli.quick import COLOURS

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

index_option: Decorator = click.option(
    "--index",
    metavar="DIR",
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
