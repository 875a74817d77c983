"""Stems: which forms are inflections of one word, by the rules of one language.

For each language and grade there are two columns: the hashes of stems, ascending, and the form (its place in the
dictionary) that has the stem. A hash is the lower half of the CRC-32 of the stem. Those who look up a stem check the
forms they find, since stems may share a hash; they also look for the stem itself among the folded forms, because a
form that is its own stem is not listed. Nor are stop words, which have no inflections.
"""

from binascii import crc32
from collections.abc import Sequence

from search.language import Language, language

LIGHT, STEM = 2, 3
"""The grades that stems make: plural and feminine; all inflections."""

SPOKEN = (
    "fr", "en", "ar", "ca", "cs", "da", "de", "el", "eo", "es", "et", "eu", "fa", "fi", "ga", "hi", "hu", "hy", "id",
    "it", "lt", "nb", "ne", "nl", "nn", "no", "pl", "pt", "ro", "ru", "sr", "sv", "ta", "tr", "yi",
)  # fmt: skip
"""The languages with stems. A form's *speech* has the bit ``1 << place`` for each of these that it is printed in."""

_HASH = 0xFFFF
NO_STEM = 0
"""In place of a hash: the form has no entry."""


def speech_bit(code: str) -> int:
    """The bit of a language; 0 if it has no stems."""
    known = language(code).code
    return 1 << SPOKEN.index(known) if known in SPOKEN else 0


def spoken(speech: int) -> list[str]:
    """The languages of a form's speech."""
    return [code for place, code in enumerate(SPOKEN) if speech >> place & 1]


def stem_of(tongue: Language, grade: int, form: str) -> str:
    """The stem of a form."""
    return tongue.light_stem(form) if grade == LIGHT else tongue.stem(form)


def stem_hash(stem: str) -> int:
    """The hash of a stem (never `NO_STEM`)."""
    return crc32(stem.encode()) & _HASH or 1


def entries(tongue: Language, grade: int, lowered: Sequence[str], folded: Sequence[str]) -> list[int]:
    """The hashes under which forms, given in small letters and folded, are listed, or `NO_STEM`."""
    stems = tongue.light_stems(lowered) if grade == LIGHT else tongue.stems(lowered)
    stop = tongue.stop
    return [
        NO_STEM if stem == key or small in stop else crc32(stem.encode()) & _HASH or 1
        for small, key, stem in zip(lowered, folded, stems, strict=True)
    ]


def section(code: str, grade: int) -> str:
    """The name of the section with the hashes; that with the forms has ``.forms`` behind it."""
    return f"stems.{code}.{grade}"
