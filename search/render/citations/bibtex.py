r"""BibTeX, as BibTeX, biblatex and reference managers read it.

An article in a newspaper is an ``@article``. BibTeX reads ``year`` and ``month``, biblatex ``date``, which has the
day. Signs that TeX obeys are escaped, but for addresses, which both take as they are. BibTeX counts braces, even
those escaped: where they do not pair they are written as ``{\textbraceleft}`` and ``{\textbraceright}``.
"""

from collections.abc import Iterator

from search.render.citations.citation import Citation
from search.render.citations.names import Name

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The macros that every BibTeX style has for months."""

_SIGNS = {
    **{sign: f"\\{sign}" for sign in "&%#_${}"},
    "\\": "{\\textbackslash}",
    "~": "{\\textasciitilde}",
    "^": "{\\textasciicircum}",
}
_ESCAPED = str.maketrans(_SIGNS)
_UNPAIRED = str.maketrans(_SIGNS | {"{": "{\\textbraceleft}", "}": "{\\textbraceright}"})


def entry(one: Citation) -> str:
    """An entry, with an empty line after it."""
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(one))
    return f"@article{{{one.key},\n{fields}}}\n"


def _fields(one: Citation) -> Iterator[tuple[str, str]]:
    if one.authors:
        yield "author", _braced(" and ".join(map(_name, one.authors)))
    if one.title:
        yield "title", _braced(_braced(escaped(one.title)))  # twice, so that styles leave its capitals alone
    if one.source:
        yield "journal", _braced(escaped(one.source))
    if one.date:
        yield "date", _braced("-".join(f"{part:02}" for part in one.date))
        yield "year", _braced(f"{one.date[0]:04}")
    if len(one.date) > 1:
        yield "month", MONTHS[one.date[1] - 1]
    if one.language:
        yield "language", _braced(escaped(one.language))
    if one.url:
        yield "url", _braced(one.url)
    if one.note:
        yield "note", _braced(one.note)


def escaped(text: str) -> str:
    """The text without anything that TeX obeys."""
    return text.translate(_ESCAPED if _is_paired(text) else _UNPAIRED)


def _is_paired(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0


def _name(one: Name) -> str:
    """The name as BibTeX parts it; what is not a person's is in braces, which keep it whole."""
    if one.literal:
        return _braced(escaped(one.literal))
    return f"{escaped(one.family)}, {escaped(one.given)}"


def _braced(text: str) -> str:
    return f"{{{text}}}"
