"""Text in the encoding that a mail, a page or a book names, if the bytes are in it; else the encoding is guessed."""

import codecs

from search.readers import text

_SLOW_OR_ODD = frozenset("idna punycode unicode_escape raw_unicode_escape undefined mbcs oem".split())
_WESTERN = {"iso8859-1": "cp1252", "ascii": "utf-8"}
"""What is called so holds more, often."""


def usable(name: str) -> str:
    """Python's name of a character set; ``""`` where there is none, or what is called so is no character set."""
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    is_text = getattr(found, "_is_text_encoding", True)  # not base64, zip, rot13 …
    return found.name if is_text and found.name not in _SLOW_OR_ODD else ""


def decoded(data: bytes, told: str) -> str:
    """The text; `ValueError` if nobody can tell its encoding."""
    name = usable(told) if told else ""
    name = _WESTERN.get(name, name)
    try:
        if name:
            return data.decode(name)
    except ValueError:
        pass
    return text.decode(data)
