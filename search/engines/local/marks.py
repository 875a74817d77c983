"""Where the words of a query stand in a text."""

from collections.abc import Iterable

from search.engines.local.spots import Forms, Row, Spot, places
from search.hits import Span
from search.language.normal import shows_all
from search.lazy import pattern

MANY = 500
"""Forms are looked for one by one if they are less than this."""

_LATIN_END = "\u02b0"
_PLAIN = frozenset(' \u00a0\u202f\u2009\t\n\r,;:!?…()[]{}«»“”„"-–—/*+=|•%€$@#<>°')
"""Signs that are never part of a word, nor make what stands beside them another one."""
_ELIDED = frozenset("l d j m t s n c qu jusqu lorsqu puisqu quoiqu".split())
_NEVER_ELIDED = pattern(r"(?i)[iî]les?|une?s?|aucuns")


class Marker:
    """Finds spots in one text after another: their spans in order, those that overlap joined."""

    def __init__(self, spots: Iterable[Spot]) -> None:
        self._spots = list(spots)
        self._forms: list[str] = []
        self._sets: dict[Forms, frozenset[str]] = {}
        words = [spot for spot in self._spots if isinstance(spot, Row) and len(spot.slots) == 1]
        if len(words) == len(self._spots):
            forms = {form for spot in words for form in spot.slots[0]}
            self._forms = sorted(forms) if len(forms) < MANY and all(map(_can_be_spotted, forms)) else []
        self._dotted = [f"{form[0]}.{form[1]}" for form in self._forms]

    def __call__(self, text: str) -> tuple[Span, ...]:
        if not self._spots:
            return ()
        spans = self.spotted(text) if self._forms else None
        return _joined(self.read(text) if spans is None else spans)

    def read(self, text: str) -> list[Span]:
        """The spans, from all words of the text."""
        from search.language import words  # not needed for most texts

        found = words(text)
        standing: dict[str, list[int]] = {}
        for place, word in enumerate(found):
            standing.setdefault(word.form, []).append(place)

        def at(forms: Forms) -> set[int]:
            if len(forms) < len(standing):
                return {place for form in forms for place in standing.get(form, ())}
            wanted = self._sets.setdefault(forms, frozenset(forms))
            return {place for form in wanted.intersection(standing) for place in standing[form]}

        every = [place for spot in self._spots for place in places(spot, at)]
        return [Span(found[first].start, found[last].end) for first, last in every]

    def spotted(self, text: str) -> list[Span] | None:
        """The spans of words, found by looking for their letters; ``None`` where only reading the text can tell.

        That is so where the text hides signs, and where an apostrophe, a point or the like beside the letters may
        join them to others.
        """
        if not shows_all(text):
            return None
        if any(dotted in text for dotted in self._dotted):
            return None  # it may stand as S.N.C.F.
        spans: list[Span] = []
        for form in self._forms:
            at = text.find(form)
            while at >= 0:
                end = at + len(form)
                sure = _stands_alone(text, at, end)
                if sure is None:
                    return None
                if sure:
                    spans.append(Span(at, end))
                at = text.find(form, at + 1)
        return spans


def _can_be_spotted(form: str) -> bool:
    """Whether a form is Latin letters, and more than one."""
    return 1 < len(form) < 200 and form.isalpha() and (form.isascii() or max(form) < _LATIN_END)


def _stands_alone(text: str, start: int, end: int) -> bool | None:
    """Whether ``text[start:end]`` is a word, ``None`` if that cannot be told here."""
    before, after = text[start - 1 : start] if start else " ", text[end : end + 1] or " "
    if _is_letter(before) or _is_letter(after):
        return False
    if after == ".":
        after = text[end + 1 : end + 2] or " "
        if after not in ' \n\r\t\u00a0»”")':
            return None
    elif after not in _PLAIN:
        return None
    if before in "'’":
        return True if _after_elision(text, start - 1) and not _NEVER_ELIDED.fullmatch(text, start, end) else None
    return True if before in _PLAIN else None


def _is_letter(char: str) -> bool:
    return char.isalnum() and char < _LATIN_END


def _after_elision(text: str, apostrophe: int) -> bool:
    """Whether an elided word ends with this apostrophe."""
    start = apostrophe
    while start and _is_letter(text[start - 1]):
        start -= 1
    return text[start:apostrophe].lower() in _ELIDED and (start == 0 or text[start - 1] in _PLAIN)


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    if len(spans) < 2:
        return tuple(spans)
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)
