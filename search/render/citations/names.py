"""Who wrote it: the names in a field of authors, which the press fills as it comes.

``Anne Durand et Paul Petit``, ``Durand, Anne; Petit, Paul``, ``Par Anne Durand, avec AFP``, ``La Rédaction``. A name
is parted into family and given name where it says so itself (``Durand, Anne``) or looks like a person's; any other,
such as an agency's, is left whole.
"""

import unicodedata
from collections.abc import Iterator, Sequence

from search.lazy import pattern
from search.value import Value

_BY = pattern(r"(?i)(?:par|by)\s+(?=[^\W\d_])")
_STRONG = pattern(r"\s*[;|]\s*|\s+/\s+")
_AND = pattern(r"(?i)\s*(?:,\s*)?(?<!\S)(?:et|and|&|und|avec|with)(?!\S)\s*")
_ELIDED = pattern(r"^[dl]['’](?=\w)")
_COMMA = pattern(r"\s*,\s*")
_WHEN = pattern(r"(?i)(?:publiée?|mise? à jour|modifiée?|published|updated)\s")
_SITE = pattern(r".*\w{2}\.\w{2,}")

_PARTICLES = frozenset(
    "al ben bin da das de del della den der des di dos du el la le los ten ter van von zu zum".split()
)
_ARTICLES = frozenset("le la les the der die das il el los las".split())
_BODIES = frozenset(
    "agence agency association bureau correspondant correspondants desk editorial editors equipe france groupe group "
    "journal magazine ministere news office online post press presse radio redaction reporters reuters service "
    "services source staff syndicat team television texte times tv universite video web zapping".split()
)
"""Words, without accents, that a person's name does not have."""

_ACRONYM = 3
"""Capitals alone are an agency's up to so many, and a family's from there on (``PETIT, Paul``)."""


class Name(Value):
    """A name: `family` and `given` of a person, or only `literal`, a name that is not parted."""

    family: str = ""
    given: str = ""
    literal: str = ""

    def __str__(self) -> str:
        return self.literal or f"{self.given} {self.family}"

    @property
    def inverted(self) -> str:
        """The family name first."""
        return self.literal or f"{self.family}, {self.given}"


def names(text: str) -> tuple[Name, ...]:
    """The names in a field of authors, each once, in their order."""
    by = _BY.match(text)
    groups = [part for part in _STRONG.split(text[by.end() if by else 0 :]) if part]
    found = (name for group in groups for part in _AND.split(group) for name in _listed(part, len(groups) > 1))
    return tuple(dict.fromkeys(found))


def _listed(text: str, apart: bool) -> Iterator[Name]:
    """The names between commas; where these part family and given name, that one. `apart` says that other signs than
    commas stand between names."""
    parts = [part for part in _COMMA.split(text.strip()) if part and not _WHEN.match(part)]
    if len(parts) == 2 and _is_inverted(parts[0], parts[1], apart):
        yield Name(parts[0], parts[1])
    else:
        yield from map(_name, parts)


def _is_inverted(first: str, second: str, apart: bool) -> bool:
    if _is_acronym(first) or _is_acronym(second) or _has_body([*first.split(), *second.split()]):
        return False
    words = first.split()
    return apart or len(words) == 1 or _bare(words[0]) in _PARTICLES


def _name(text: str) -> Name:
    words = text.split()
    if not _is_person(words):
        return Name(literal=text)
    start = next((at for at, word in enumerate(words) if at and _bare(word) in _PARTICLES), len(words) - 1)
    return Name(" ".join(words[start:]), " ".join(words[:start]))


def _is_person(words: Sequence[str]) -> bool:
    capital = [word for word in words if _ELIDED.sub("", word)[0].isupper()]
    small = [word for word in words if word not in capital]
    return (
        2 <= len(capital) <= 4
        and words[0] in capital
        and words[-1] in capital
        and all(_bare(word) in _PARTICLES for word in small)
        and not any(char.isdigit() for word in words for char in word)
        and not any(_is_acronym(word) or _SITE.fullmatch(word) for word in words)
        and not _has_body(words)
        and _bare(words[0]) not in _ARTICLES
    )


def _has_body(words: Sequence[str]) -> bool:
    return any(_bare(word) in _BODIES for word in words)


def _is_acronym(text: str) -> bool:
    return text.isupper() and text.isalpha() and 1 < len(text) <= _ACRONYM


def _bare(word: str) -> str:
    """The word in small letters without accents."""
    return "".join(char for char in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(char))
