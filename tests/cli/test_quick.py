"""Command lines that are read without click are read as click reads them."""

from typing import Any

import click
import pytest

from search.cli import quick
from search.cli.group import main

LINES = """
for Calais
for Calais port
for Calais -Dunkerque -nord -va
for -nord bateau
for -n 5 Calais
for -n5 Calais
for -n 0 Calais
for -n05 Calais
for Calais -n=5
for Calais --any
for Calais --sort newest --since 2019 --until=2020-01
for Calais --sort=oldest --json
for Calais port --in article
for Calais port --in=paragraph
for Calais --count -n 3
for --no-pager Calais
for --files Calais --index elsewhere
for Calais --index=else=where --color always
for Calais --color=never --since=
for -- -n --json
for Calais -- -x --any
for -x Dunkerque
for - Calais
for (Calais ET port) OU tunnel
for Calais --since 2019 --since 2020
read a-1
read a-1 --query Calais
read --query=Calais a-1 --color never --index x
read -- -a
read a-1 --no-pager
read a-1:5 --around 2
read a-1 --around=0 --query Calais
for Calais -1 -00
"""
LEFT_TO_CLICK = """
for
for --any
for -h
for --help
for Calais --help
for Calais --nothing
for Calais --sort
for Calais --sort best
for Calais --in book
for Calais --color sometimes
for Calais -n
for Calais -n x
for Calais -n -3
for Calais -n 1_000
for Calais -n ５
for Calais -n５
for Calais --any=yes
for Calais --json --count
for Calais --since -1
for Calais --format csv
for Calais --format=csv
for Calais --fields article
for Calais --files -0
for -0 Calais
for Calais --offset 3
for Calais --all
for Calais --topic 1 --tag x
read
read a b
read -a
read a --json
read a --cite ris
read a --raw
read a --around
read a --around x
read a --around -1
info
build x
--version
"""


def by_click(name: str, arguments: list[str]) -> dict[str, Any]:
    command = main.get_command(click.Context(main), name)
    assert command
    return command.make_context(name, arguments).params


def without_defaults(given: dict[str, Any]) -> dict[str, Any]:
    usual = {"sort": "relevance", "offset": 0, "within": "paragraph", "colour": "auto", "index": "index"}
    return {
        name: value
        for name, value in given.items()
        if value is not None and value is not False and value != usual.get(name)
    }


@pytest.mark.parametrize("line", LINES.strip().split("\n"))
@pytest.mark.parametrize("folder", ["", "press"])
def test_both_read_the_same(line: str, folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEARCH_INDEX", folder)
    name, *arguments = line.split(" ")
    given = quick.parameters(name, arguments)
    assert given is not None
    assert without_defaults(given) == without_defaults(by_click(name, list(arguments)))
    assert quick.command([name, *arguments]) is not None


@pytest.mark.parametrize("line", LEFT_TO_CLICK.strip("\n").split("\n"))
def test_what_is_not_plainly_right_is_left_to_click(line: str) -> None:
    assert quick.command(line.split(" ")) is None


def test_completion_is_left_to_click(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_SEARCH_COMPLETE", "bash_source")
    assert quick.command([]) is None
    assert quick.command(["for", "Calais"]) is None


@pytest.mark.parametrize("name", ["for", "read"])
def test_the_options_are_those_that_click_has(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command
    options = [one for one in command.params if isinstance(one, click.Option)]
    left = set(quick.LEFT[name])
    valued = {(opt, one.name) for one in options if not one.is_flag for opt in one.opts if opt not in left}
    flags = {(opt, one.name) for one in options if one.is_flag for opt in one.opts if opt not in left}
    assert valued == set(quick._VALUED[name].items())
    assert flags == set(quick._FLAGS[name].items())
    assert left <= {opt for one in options for opt in one.opts}
