"""The commonest command lines, read without click, in the same way.

What is not plainly right (an unknown option, a number that is none, no query, a call for help) is left to click,
which says what is wrong. `tests/cli/test_quick.py` compares the two.
"""

import os
from collections.abc import Callable, Sequence
from typing import Any

SORTS = ("relevance", "newest", "oldest")
COLOURS = ("auto", "always", "never")
WITHIN = ("paragraph", "article")

_SHARED = {"--color": "colour", "--index": "index"}
_VALUED = {
    "for": {"-n": "limit", "--sort": "sort", "--since": "since", "--until": "until", "--in": "within", **_SHARED},
    "read": {"--query": "query", "--around": "around", **_SHARED},
}
"""By command: the options that take a value, and the parameters that get it."""

LEFT = {
    "for": ("--format", "--fields", "-0", "--offset", "--all", "--topic", "--tag"),
    "read": ("--cite", "--raw"),
}
"""By command: the options that are left to click."""

_CHOICES = {"sort": SORTS, "colour": COLOURS, "within": WITHIN}

_FLAGS = {
    "for": {"--any": "any_word", "--json": "as_json", "--count": "count", "--files": "files",
            "--variants": "variants", "--no-pager": "no_pager"},
    "read": {"--no-pager": "no_pager"},
}  # fmt: skip


def command(arguments: Sequence[str]) -> Callable[[], int] | None:
    """What runs a command line and gives its exit status; ``None`` where that is left to click."""
    if "_SEARCH_COMPLETE" in os.environ:
        return None
    if not arguments:
        from search.cli.start import start

        return start
    name = arguments[0]
    given = parameters(name, arguments[1:]) if name in _VALUED else None
    if given is None:
        return None
    if name == "read":
        from search.cli.reading import show

        return lambda: show(**given)
    from search.cli.asking import find

    return lambda: find(**given)


def parameters(name: str, arguments: Sequence[str]) -> dict[str, Any] | None:
    """The parameters of a command that were given, or ``None``."""
    found: dict[str, Any] = {"index": index} if (index := os.environ.get("SEARCH_INDEX")) else {}
    words: list[str] = []
    left = iter(arguments)
    for one in left:
        option, _, value = one.partition("=")
        if one == "--":
            words += left
        elif one in _FLAGS[name]:
            found[_FLAGS[name][one]] = True
        elif one in _VALUED[name]:
            value = next(left, "--")
            if value.startswith("-"):
                return None
            found[_VALUED[name][one]] = value
        elif option in _VALUED[name] and option.startswith("--") and "=" in one:
            found[_VALUED[name][option]] = value
        elif one.startswith("-n") and one[2:].isdecimal() and name == "for":
            found["limit"] = one[2:]
        elif one.startswith("--") or one in ("-h", *LEFT[name]) or (one.startswith("-") and name == "read"):
            return None
        else:
            words.append(one)
    return _checked(name, found, words)


def _checked(name: str, found: dict[str, Any], words: list[str]) -> dict[str, Any] | None:
    if not words or (name == "read" and len(words) > 1):
        return None
    if any(found.get(option, values[0]) not in values for option, values in _CHOICES.items()):
        return None
    for option in ("limit", "around"):
        if option in found:
            if not (found[option].isascii() and found[option].isdigit() and len(found[option]) < 10):
                return None
            found[option] = int(found[option])
    if sum(one in found for one in ("as_json", "count", "files")) > 1:
        return None
    found |= {"query": tuple(words)} if name == "for" else {"identity": words[0]}
    return found
