"""When two articles are the same: they have one address, or one text."""

from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from search.engines.local.codec.packing import Numbers
from search.lazy import pattern

SHORTEST = 25
"""Texts with fewer words than this say too little to be told from others."""

_NO_PART = pattern(r"^https?://(?:www\.)?|#.*$|[?&]utm_[^&#]*|/+$")

_STEP, _FIRST, _SECOND = map(np.uint64, (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))
"""The constants of SplitMix64 (G. Steele, D. Lea, C. Flood, Fast Splittable Pseudorandom Number Generators, 2014)."""

_SHIFTS = np.uint64(30), np.uint64(27), np.uint64(31)


def address_key(url: str | None) -> int:
    """A number (64 bits) that is the same for articles with one address; 0 where there is none."""
    bare = _bare((url or "").strip())
    site, _, rest = bare.partition("/")
    if not site or not rest:
        return 0  # a site alone is the address of nothing
    return int.from_bytes(blake2b(bare.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little") or 1


def _bare(url: str) -> str:
    """What tells an address from others."""
    if "#" in url or "utm_" in url or "\n" in url:
        return _NO_PART.sub("", url)
    for scheme in ("https://", "http://"):  # the same, many times sooner
        if url.startswith(scheme):
            url = url[len(scheme) :].removeprefix("www.")
            break
    return url.rstrip("/")


def text_keys(hashes: NDArray[np.uint64], forms: Numbers, article: Numbers, count: int) -> list[int]:
    """For each of `count` articles a number (64 bits) that is the same where the words are, folded and in their
    order; 0 for short texts. `forms` are the words of the paragraphs, in a row, `article` says whose, `hashes` are
    those of all forms."""
    sizes = np.bincount(article, minlength=count)
    starts = np.cumsum(sizes) - sizes
    mixed = (np.arange(len(forms)) - starts.take(article)).astype(np.uint64)
    mixed *= _STEP
    mixed ^= hashes.take(forms)
    for shift, factor in zip(_SHIFTS, (_FIRST, _SECOND, None), strict=True):
        mixed ^= mixed >> shift
        if factor is not None:
            mixed *= factor
    sums = np.append(np.uint64(0), np.cumsum(mixed))  # which run over, and so are right again once subtracted
    keys = sums[starts + sizes] - sums[starts]
    keys[keys == 0] = 1
    keys[sizes < SHORTEST] = 0
    return [int(key) for key in keys.tolist()]
