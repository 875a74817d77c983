"""Where a title leads to, on terminals that have hyperlinks (OSC 8)."""

import os

from search.lazy import pattern

LONGEST = 2000
"""Longer addresses (bytes) are no links: terminals ignore them from 2083 on."""

_WEB = pattern(r"(?i:https?)://[^\s\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]+")
_INSIDE = "!/"
_KEPT = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
_SIGNS = frozenset(b"!#$%&'()*+,/:;=?@[]")


def address(url: str | None, path: str | None) -> str:
    """The address of an article: its own if that is of the web, else that of its file, if there is one; else ``""``.

    It is printable ASCII without spaces: whatever an article says, it cannot end the sequence that it stands in.
    """
    found = _web(url) if url else ""
    if not found and path:
        found = _file(path)
    return found if len(found) <= LONGEST else ""


def _web(url: str) -> str:
    return _encoded(url.encode(), _KEPT | _SIGNS) if _WEB.fullmatch(url) else ""


def _file(path: str) -> str:
    """The address of a file that is there. It names the machine, for the terminal may be on another."""
    outer = path if os.path.exists(path) else path.partition(_INSIDE)[0]
    if not os.path.exists(outer):
        return ""
    host = os.uname().nodename if hasattr(os, "uname") else ""
    absolute = os.path.abspath(outer).replace(os.sep, "/")
    return f"file://{_encoded(host.encode(), _KEPT)}/{_encoded(os.fsencode(absolute), _KEPT).lstrip('/')}"


def _encoded(data: bytes, kept: frozenset[int]) -> str:
    return "".join(chr(byte) if byte in kept else f"%{byte:02X}" for byte in data)
