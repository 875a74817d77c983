"""What a bibliography says of an article, whatever its form."""

import hashlib
import unicodedata
from typing import TYPE_CHECKING

from search.hits import Hit
from search.lazy import pattern
from search.render.citations.names import Name, names
from search.render.style import safe
from search.value import Value

if TYPE_CHECKING:
    from search.article import Article

DIGITS = 16
"""So many hexadecimal digits of a SHA-256 are given: two texts that share them do not happen."""

_PLAIN = pattern(r"[a-z0-9][a-z0-9_.+/-]{0,79}")
_OTHERS = pattern(r"[^a-z0-9_.+]+")
_DATE = pattern(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_UNFIT = pattern(r"[\x00-\x20\"<>\\^`{|}\x7f-\xa0\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Citation(Value):
    """An article, or a `paragraph` of it (0: its title), as a bibliography names it. Texts are single lines. `key`
    names it in a bibliography; `date` is the year, with month and day where they are known; `digest` is the beginning
    of the SHA-256 of its text, ``""`` if the text was not read."""

    key: str
    article: str
    title: str = ""
    authors: tuple[Name, ...] = ()
    date: tuple[int, ...] = ()
    source: str = ""
    language: str = ""
    url: str = ""
    paragraph: int | None = None
    digest: str = ""

    @property
    def note(self) -> str:
        """Which text is meant, and how to know it again."""
        which = [] if self.paragraph is None else [f"paragraph {self.paragraph}"] if self.paragraph else ["title"]
        return ", ".join([*which, *([f"sha256 {self.digest}"] if self.digest else [])])


def of(one: "Hit | Article", paragraph: int | None = None, text: str | None = None) -> Citation:
    """The citation of a hit, or of an article or a paragraph of it, whose `text` was read."""
    article = one.article if isinstance(one, Hit) else one.id
    return Citation(
        key=key(article) + (f":{paragraph}" if paragraph is not None else ""),
        article=_line(article),
        title=_line(one.title),
        authors=names(_line(one.author)),
        date=_date(one.date),
        source=_line(one.source),
        language=_line(one.language),
        url=_UNFIT.sub(lambda found: _encoded(found[0]), one.url or ""),
        paragraph=paragraph,
        digest="" if text is None else digest(text),
    )


def key(article: str) -> str:
    """The name of an article in a bibliography: its id, if that is plain enough for BibTeX; else what is plain of it
    and a mark that keeps it apart from others (BibTeX takes ``A`` and ``a`` for one)."""
    if _PLAIN.fullmatch(article):
        return article
    bare = unicodedata.normalize("NFKD", article.lower()).encode("ascii", "ignore").decode()
    readable = _OTHERS.sub("-", bare)[:40].strip("-")
    mark = hashlib.sha256(article.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{readable or 'article'}-{mark}"


def digest(text: str) -> str:
    """The beginning of the SHA-256 of a text in UTF-8, as ``sha256sum`` prints it."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:DIGITS]


def _line(text: str | None) -> str:
    return safe(" ".join((text or "").split()))


def _date(text: str | None) -> tuple[int, ...]:
    found = _DATE.match(text or "")
    return tuple(int(part) for part in found.groups() if part) if found else ()


def _encoded(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "replace"))
