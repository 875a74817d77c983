"""When two articles are the same: they have one address, or one text."""

from hashlib import blake2b

from search.article import Article
from search.lazy import pattern

SHORTEST = 25
"""Texts with fewer words than this say too little to be told from others."""

_NO_PART = pattern(r"^https?://(?:www\.)?|#.*$|[?&]utm_[^&#]*|/+$")
_ADDRESS = pattern(r"[^/]+/.")
"""An address of something; a site alone is none."""


def keys(article: Article) -> tuple[int, int]:
    """Numbers (64 bits) that are the same for articles with one address, and for those with one text; 0 where there
    is none to compare."""
    return _hash(_address(article.url or "")), _hash(_text(article.paragraphs))


def _address(url: str) -> str:
    bare = _NO_PART.sub("", url.strip())
    return bare if _ADDRESS.match(bare) else ""


def _text(paragraphs: tuple[str, ...]) -> str:
    words = " ".join(paragraphs).casefold().split()
    return " ".join(words) if len(words) >= SHORTEST else ""


def _hash(text: str) -> int:
    if not text:
        return 0
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little") or 1
