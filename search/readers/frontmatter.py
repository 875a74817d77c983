"""Front matter at the top of a text file: between two lines of ``---`` lines of ``key: value``, the part of YAML that
people write there (strings, in quotes or not, over several lines after ``>`` or ``|``; lists of them); between two
lines of ``+++`` TOML."""

import tomllib
from typing import NamedTuple

from search.lazy import pattern

_BLOCKS = frozenset((">", ">-", ">+", "|", "|-", "|+"))
_ESCAPED = pattern(r'\\(["\\/])')

FIELDS = ("title", "date", "author", "source", "language", "url")
ALIASES = {"lang": "language", "titre": "title", "auteur": "author", "langue": "language"}


class FrontMatter(NamedTuple):
    """The fields, the text after them, and the numbers of lines that are no ``key: value``."""

    fields: dict[str, str]
    body: str
    bad_lines: list[int]


def split(text: str) -> FrontMatter:
    """Part a text into its front matter and its body; without front matter, all of it is body."""
    lines = text.splitlines(keepends=True)
    if lines and lines[0].rstrip() == "+++":
        return _toml(text, lines)
    if not lines or lines[0].rstrip() != "---":
        return FrontMatter({}, text, [])
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), 0)
    if not end:
        return FrontMatter({}, text, [])
    fields, bad = _fields(lines[1:end])
    if not fields and bad:
        return FrontMatter({}, text, [])  # a text between two rules
    return FrontMatter(fields, "".join(lines[end + 1 :]), bad)


def _fields(lines: list[str]) -> tuple[dict[str, str], list[int]]:
    """The fields, and the numbers (in the file) of lines that are none. Items of a list join its field."""
    fields: dict[str, str] = {}
    bad: list[int] = []
    name, block = "", ""
    for number, line in enumerate(lines, 2):
        text = line.strip()
        if block and (not text or line[0].isspace()):
            fields[name] += ("\n" if block == "|" and fields[name] else " ") + text
            fields[name] = fields[name].strip(" ")
            continue
        block = ""
        key, colon, value = text.partition(":")
        if not text or text.startswith("#"):
            continue
        if text.startswith("- ") and name:
            fields[name] = ", ".join(filter(None, [fields[name], _unquoted(text[2:])]))
        elif colon and not line[0].isspace() and key.strip():
            name = key.strip().lower()
            name = ALIASES.get(name, name)
            fields[name] = _unquoted(value)
            if fields[name] in _BLOCKS:
                block, fields[name] = fields[name][0], ""
        else:
            bad.append(number)
    return {name: value.strip() for name, value in fields.items()}, bad


def _toml(text: str, lines: list[str]) -> FrontMatter:
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == "+++"), 0)
    try:
        found = tomllib.loads("".join(lines[1:end]))
    except tomllib.TOMLDecodeError:
        return FrontMatter({}, text, [])
    if not end:
        return FrontMatter({}, text, [])
    fields = {ALIASES.get(name.lower(), name.lower()): _line(value) for name, value in found.items()}
    return FrontMatter(fields, "".join(lines[end + 1 :]), [])


def _line(value: object) -> str:
    return ", ".join(map(_line, value)) if isinstance(value, list) else str(value)


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) < 2 or value[0] != value[-1] or value[0] not in "\"'":
        return value
    inner = value[1:-1]
    return inner.replace("''", "'") if value[0] == "'" else _ESCAPED.sub(r"\1", inner)
