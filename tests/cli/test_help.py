"""``search help``: the query language, the commands, and what there is no help on."""

import re

import pytest

from search.cli.group import COMMANDS
from search.cli.help import QUERY
from search.syntax import parse
from tests.conftest import Shell


def test_the_query_language(shell: Shell) -> None:
    assert shell("help", "query") == (QUERY, "", 0)
    assert max(map(len, QUERY.splitlines())) <= 80


def test_every_example_is_a_query() -> None:
    lines = [line for line in QUERY.splitlines() if line.startswith("  ")]
    asked = [line[:24] for line in lines if not line.startswith(("  title:", "  date:", "  depuis:"))]
    queries = [part.strip() for text in asked for part in re.split(r"\s{2,}", text) if part.strip()]
    queries += [
        part for line in lines for part in line.split() if re.match(r"[a-z]+:", part) and not set(part) & set('("')
    ]
    assert len(queries) > 25
    for query in queries:
        assert parse(query), query


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command(shell: Shell, name: str) -> None:
    ran = shell("help", name)
    assert ran.out.startswith(f"Usage: search {name} ")
    assert ran == shell(name, "--help")


def test_no_topic(shell: Shell) -> None:
    assert shell("help").out == shell("--help").out


def test_no_such_topic(shell: Shell) -> None:
    there = ", ".join(["query", *COMMANDS])
    assert shell("help", "zorglub") == ("", f'search: no help on "zorglub": there is help on {there}\n', 2)
