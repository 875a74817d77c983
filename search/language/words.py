"""Words: where they begin and end in a text, and in which printed form they are indexed.

The rules hold for every language, so that a query needs no language to be parted into words:

=====================  =========================================================================================
letters and digits     a run of them is a word: ``Calais``, ``5``, ``G7``, ``14h30``
elision                ``l'`` ``d'`` ``qu'`` ``jusqu'`` … are cut off and take no position; so is English ``'s``
own apostrophe         ``aujourd'hui``, ``prud'homme``, ``presqu'île``, ``quelqu'un``, ``O'Brien``, ``don't`` keep it
hyphens                part words, at successive positions: ``Grande-Synthe`` is ``Grande``, ``Synthe``
``S.N.C.F.``           is ``SNCF``
``R&D``, ``AT&T``      are words
numbers                ``27 000``, ``27.000`` and ``27,000`` are ``27000``; ``27,5`` is one word
Chinese, Japanese      every character is a word, so that a run of them is a phrase
=====================  =========================================================================================

`words` gives each word with its span in the original text and with what the text says about its case: whether
it opens a sentence, where a capital means nothing (`search.language.names`).
"""

import re
from functools import lru_cache
from typing import NamedTuple

from search.language.normal import fold, normalise
from search.lazy import pattern

LONGEST = 255
"""A longer word (encoded data, mostly) is indexed by this many of its characters."""

_MARK = (  # combining marks that no composed letter takes up, and the vowel signs of Indic, Thai and Semitic scripts
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0900-\u0903\u093a-\u093c\u093e-\u094f\u0951-\u0957"
    "\u0962\u0963\u0981-\u0983\u09bc\u09be-\u09cd\u0a01-\u0a03\u0a3c-\u0a4d\u0a81-\u0a83\u0abc-\u0acd"
    "\u0b01-\u0b03\u0b3c-\u0b4d\u0b82\u0bbe-\u0bcd\u0c00-\u0c04\u0c3e-\u0c4d\u0c81-\u0c83\u0cbc-\u0ccd"
    "\u0d00-\u0d03\u0d3b-\u0d4d\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
)
_CJK = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"


def _word(char: str, letter: str, alone: str) -> re.Pattern[str]:
    """What finds a word, or an elision: by patterns of a letter or digit, of a letter, of what is a word alone."""
    return pattern(
        rf"""
      (?P<elision> (?<!\w) (?! (?i:presqu'[iî]les?|quelqu'une?s?|d'aucuns)\b )
          (?i: [ldjmtsnc] | qu | jusqu | lorsqu | puisqu | quoiqu | presqu | quelqu )' )
    | (?P<acronym> (?<!\w) {letter} (?:\.{letter})+ (?!{char}) \.? )
    | (?P<company> (?<!\w) {letter}{{1,3}} & {letter}{{1,3}} (?!{char}) )
    | (?P<number>  (?<!\w) (?<!\d[.,]) (?:
          [1-9]\d{{0,2}} (?P<parting>[ .,]) \d{{3}} (?:(?P=parting)\d{{3}})* (?!\d)
              (?: (?!(?P=parting)) [.,] \d+ )? (?!\d|[.,]\d)
        | \d+ [.,] \d+ (?!\d|[.,]\d) ) )
    | (?P<cjk>     {alone} )
    | (?P<plain>   {char}++ (?:'{char}++)*+ '? )
    """,
        re.VERBOSE,
    )


_WORD = _word(rf"(?:(?![_{_CJK}])[\w{_MARK}])", rf"(?:(?![_\d{_CJK}])\w)", f"[{_CJK}]")
_PLAIN_WORD = _word(r"[^\W_]", r"[^\W\d_]", r"(?!)")
"""The same for chunks that have no sign of `_MARK` or `_CJK`: it takes a tenth of the time to compile."""
_PERHAPS_MARKED = pattern("[^\x00-\u02ff\u2000-\u20cf\u2100-\u27bf]")
_CHUNK = pattern(r"(?:\S*?(?<![\d.,])[1-9]\d{0,2}(?: \d{3})+(?!\d))+\S*|\S+")
_SPECIAL = pattern(r"['&\xad]|\d[ .,\xa0]\d|(?<![^\W_])[^\W\d_]\.[^\W\d_]")
"""What makes a text of Latin signs more than runs of letters and digits."""
_LATIN_END = "\u02b0"
_RUN = pattern(r"[^\W_]+")
_POSSESSIVE = pattern(r"(?:'s?)+$", re.IGNORECASE)
_BREAK = pattern(r"[.!?…:;«»“”„\"()\[\]{}|•*/+\n]|(?<!\S)[-–—]|[–—](?!\S)")


class Word(NamedTuple):
    """A word of a text: its printed form, its span, and whether it opens a sentence (or a quotation, a title …),
    where a capital says nothing about the word. Its position is its place in the list."""

    form: str
    start: int
    end: int
    opens: bool


def words(text: str) -> list[Word]:
    """The words of a text, in order, with spans in the text as it was given."""
    clean = normalise(text)
    found: list[Word] = []
    opens = True
    for chunk in _CHUNK.finditer(clean.text):
        base = chunk.start()
        parts, tail_breaks = _cached_words(chunk[0])
        for form, start, end, breaks in parts:
            span = clean.original(base + start, base + end)
            found.append(Word(form, *span, opens or breaks))
            opens = False
        opens = opens or tail_breaks
    return found


def forms(text: str) -> list[str]:
    """The printed forms of a text's words, in order."""
    if (text.isascii() or max(text) < _LATIN_END) and _SPECIAL.search(text) is None:
        return [form[:LONGEST] for form in _RUN.findall(text)]
    return [word.form for word in words(text)]


def folded_forms(text: str) -> list[str]:
    """The folded forms of a text's words, in order."""
    if text.isascii() and _SPECIAL.search(text) is None:
        return [form[:LONGEST] for form in _RUN.findall(text.lower())]
    return list(map(fold, forms(text)))


_Part = tuple[str, int, int, bool]  # form, start, end, whether what stands before it ends a sentence


def chunks(text: str) -> list[str]:
    """The runs without white space of a normalised text; a number whose thousands are parted by spaces is one."""
    return _CHUNK.findall(text)


def ends_sentence(signs: str) -> bool:
    """Whether a sentence may end at these signs, which stand between words or after them."""
    return _BREAK.search(signs) is not None


def chunk_words(chunk: str) -> tuple[tuple[_Part, ...], bool]:
    """The words of a run without white space: each one's form, start and end in the run, and whether a sentence
    may end before it; and whether one may end after the last."""
    parts: list[_Part] = []
    done = 0
    kind = _WORD if not chunk.isascii() and _PERHAPS_MARKED.search(chunk) else _PLAIN_WORD
    for found in kind.finditer(chunk):
        form, start, end = _form(found)
        if form:
            parts.append((form, start, end, _breaks(chunk, done, start)))
            done = end
    return tuple(parts), _breaks(chunk, done, len(chunk))


_cached_words = lru_cache(maxsize=1 << 16)(chunk_words)


def _breaks(chunk: str, start: int, end: int) -> bool:
    """Whether a sentence may end between two places of a chunk."""
    found = _BREAK.search(chunk, start, end + 1)  # a sign, and what stands behind it: never the whole rest
    return found is not None and found.start() < end


def _form(found: re.Match[str]) -> tuple[str, int, int]:
    """The printed form of a match, and its span in the chunk; an empty form where only an elision was there."""
    text, start, end = found[0], found.start(), found.end()
    if found.lastgroup == "elision":
        return "", start, end
    if found.lastgroup == "acronym":
        return text.replace(".", ""), start, end
    if parting := found["parting"]:
        return text.replace(parting, ""), start, end
    form = _POSSESSIVE.sub("", text)
    return form[:LONGEST], start, end - (len(text) - len(form))
