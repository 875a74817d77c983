"""Front matter: lines of ``key: value`` between two lines of ``---`` at the top of a text file."""

from typing import NamedTuple

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
    name = ""
    for number, line in enumerate(lines, 2):
        text = line.strip()
        key, colon, value = text.partition(":")
        if not text or text.startswith("#"):
            continue
        if text.startswith("- ") and name:
            fields[name] = ", ".join(filter(None, [fields[name], _unquoted(text[2:])]))
        elif colon and not line[0].isspace() and key.strip():
            name = key.strip().lower()
            name = ALIASES.get(name, name)
            fields[name] = _unquoted(value)
        else:
            bad.append(number)
    return fields, bad


def _unquoted(value: str) -> str:
    value = value.strip()
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value
