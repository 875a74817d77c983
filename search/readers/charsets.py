"""Text in the encoding that a mail or a book names, if it is one and the bytes are in it; else it is guessed."""

import codecs

from search.readers import text

_SLOW_OR_ODD = frozenset("idna punycode unicode_escape raw_unicode_escape undefined mbcs oem".split())
_WESTERN = {"iso8859-1": "cp1252", "ascii": "utf-8"}
"""What is called so holds more, often."""


def decoded(data: bytes, told: str) -> str:
    """The text; `ValueError` if nobody can tell its encoding."""
    try:
        name = codecs.lookup(told).name if told else ""
        name = _WESTERN.get(name, name)
        if name and name not in _SLOW_OR_ODD:
            return data.decode(name)
    except (LookupError, ValueError):
        pass
    return text.decode(data)
