"""The reference of the commands, made from the commands: ``docs/cli.md`` and the man pages in ``docs/man/``.

python -m search.cli.pages docs
"""

import sys
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

import click

from search.cli.group import COMMANDS, main
from search.lazy import pattern
from search.version import VERSION

COLUMNS = 80

HEAD = """\
# The commands

This page and the man pages are made from the commands themselves (`python -m search.cli.pages docs`). To read the
man pages with `man search-for`, copy them to where `man` looks: `cp docs/man/*.1 ~/.local/share/man/man1/`. A script
from `search completion` lets your shell complete commands, fields and words.

Data goes to stdout, everything else to stderr. Exit status: 0 found or done, 1 nothing found, 2 an error (or files
that could not be read), 130 stopped with Ctrl-C.
"""
STATUS = (
    ("0", "Something was found, or all was done."),
    ("1", "Nothing was found."),
    ("2", "Something was wrong: in the command line, in the index, or in files that could not be read."),
    ("130", "Stopped with Ctrl-C."),
)
ENVIRONMENT = (
    ("SEARCH_INDEX", "The folder of the index."),
    ("SEARCH_ALERTS", "The file of alerts."),
    ("SEARCH_PAGER, PAGER", "What shows long output on a terminal; empty or cat: nothing."),
    ("SEARCH_HYPERLINKS", "auto, always or never: whether titles are links on a terminal."),
    ("NO_COLOR", "If it is set, nothing is in colour."),
    ("COLUMNS", "How wide to print."),
)

_PARTS = pattern(r"\n\s*\n")


def pages() -> dict[str, str]:
    """The pages by their names in ``docs/``."""
    found = {"cli.md": "\n".join([HEAD, *(_markdown(name, command) for name, command in _commands())])}
    for name, command in _commands():
        found[f"man/{name.replace(' ', '-')}.1"] = "\n".join(_man(name, command)) + "\n"
    return found


def write(folder: Path) -> None:
    """Write the pages, and remove man pages of commands that are no more."""
    made = pages()
    (folder / "man").mkdir(parents=True, exist_ok=True)
    for old in (folder / "man").glob("*.1"):
        if f"man/{old.name}" not in made:
            old.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")


def _commands() -> Iterator[tuple[str, click.Command]]:
    yield "search", main
    for name in COMMANDS:
        command = main.get_command(_context("search", main), name)
        assert command
        yield f"search {name}", command
        if isinstance(command, click.Group):
            yield from ((f"search {name} {one.name}", one) for one in command.commands.values())


def _context(name: str, command: click.Command) -> click.Context:
    return click.Context(
        command, info_name=name, terminal_width=COLUMNS, help_option_names=["-h", "--help"], max_content_width=COLUMNS
    )


def _markdown(name: str, command: click.Command) -> str:
    return f"## {name}\n\n```\n{command.get_help(_context(name, command))}\n```\n"


def _man(name: str, command: click.Command) -> Iterator[str]:
    """The lines of a man page (man(7))."""
    context = _context(name, command)
    title = name.replace(" ", "-")
    yield f'.TH {title.upper()} 1 "" "news-search {VERSION}" "news-search"'
    yield from (".SH NAME", rf"{_text(title)} \- {_text(_purpose(command))}")
    yield from (".SH SYNOPSIS", f".B {_text(name)}", _text(" ".join(command.collect_usage_pieces(context))))
    yield ".SH DESCRIPTION"
    yield from _description(command.help or "")
    if isinstance(command, click.Group):
        yield ".SH COMMANDS"
        for other, one in _commands():
            if other.startswith(f"{name} "):
                yield from (".TP", rf".BR {_text(other.replace(' ', '-'))} (1)", _text(_purpose(one)))
    yield ".SH OPTIONS"
    for names, says in _options(command, context):
        yield from (".TP", f".B {_text(names)}", _text(says))
    for heading, rows in (("EXIT STATUS", STATUS), ("ENVIRONMENT", ENVIRONMENT)):
        yield f".SH {heading}"
        for term, says in rows:
            yield from (".TP", f".B {_text(term)}", _text(says))
    yield ".SH SEE ALSO"
    others = [other.replace(" ", "-") for other, one in _commands() if one is not command]
    yield from (rf".BR {_text(one)} (1){',' * (one != others[-1])}" for one in others)


def _options(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    for one in command.get_params(context):
        if isinstance(one, click.Option) and (record := one.get_help_record(context)):
            yield record


def _purpose(command: click.Command) -> str:
    text = (command.short_help or (command.help or "").split("\n")[0]).rstrip(".")
    return text[0].lower() + text[1:]


def _description(text: str) -> Iterator[str]:
    """Paragraphs; those that click is told not to wrap are examples."""
    for part in _PARTS.split(cleandoc(text)):
        if part.startswith("\b\n"):
            yield from (".PP", ".nf", ".RS 4", *map(_text, part.split("\n")[1:]), ".RE", ".fi")
        else:
            yield from (".PP", _text(" ".join(part.split())))


def _text(text: str) -> str:
    """Text as roff reads it: no line of it is a request, and what is typed stays as it is."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq").replace("`", r"\(ga")
    return (rf"\&{escaped}" if escaped[:1] in (".", "\\") else escaped).replace("^", r"\(ha").replace("~", r"\(ti")


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "docs"))
