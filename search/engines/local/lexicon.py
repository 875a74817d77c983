"""The lexicon: which printed forms belong together, over all segments of an index.

What a word means never depends on how the articles came into segments: evidence of names is added up over all of
them before it is weighed, and a stem's forms are those that any segment has.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from search.engines.local.codec.folded import Folded
from search.engines.local.codec.segment import Segment
from search.engines.local.codec.stems import section, speech_bit, spoken, stem_hash, stem_of
from search.language import fold, has_capital, is_name, language

_KEPT = 60_000
"""So many forms are remembered, or those of the last pattern if they are more."""


class Lexicon:
    """Looks forms up; all answers are sorted."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._terms: dict[str, list[int | None]] = {}
        self._names: dict[str, bool] = {}

    def terms(self, form: str) -> list[int | None]:
        """The form's place in the dictionary of each segment, ``None`` where it has none."""
        if form not in self._terms:
            self._keep(self._terms, form, [segment.text.find(form) for segment in self._segments])
        return self._terms[form]

    def folded(self, key: str) -> list[str]:
        """The forms that fold to this."""
        return self._forms(lambda segment: segment.text.keyed(key), every=True)

    def beginning(self, key: str) -> list[str]:
        """The forms whose folded form begins with this."""
        return self._forms(lambda segment: segment.text.beginning(key), every=True)

    def matching(self, find: Callable[[Folded], Iterable[int]]) -> list[str]:
        """The forms of the terms that are found in the folded forms of each segment."""
        return self._forms(lambda segment: find(segment.text.folded), every=True)

    def is_name(self, key: str) -> bool:
        """Whether the forms that fold to this are a name."""
        if key not in self._names:
            capital = small = 0
            for segment in self._segments:
                for term in segment.text.keyed(key):
                    found = segment.evidence(term)
                    if has_capital(segment.text.forms[term]):
                        capital += found
                    else:
                        small += found
            self._keep(self._names, key, is_name(capital, small))
        return self._names[key]

    def stemmed(self, code: str, grade: int, stem: str) -> list[str]:
        """The forms that have this stem in a language; names and stop words are not among them."""
        tongue, bit = language(code), speech_bit(code)
        name, wanted = section(code, grade), stem_hash(stem)

        def terms(segment: Segment) -> Iterator[int]:
            yield from segment.stemmed(name, wanted)
            yield from segment.text.keyed(stem)

        return self._forms(
            terms,
            lambda segment, term, form: (
                segment.speech(term) & bit > 0
                and form.lower() not in tongue.stop
                and stem_of(tongue, grade, form) == stem
                and not self.is_name(fold(form))
            ),
        )

    def languages(self, form: str) -> list[str]:
        """The languages with stems in which this form is printed."""
        speech = 0
        for segment, term in zip(self._segments, self.terms(form), strict=True):
            speech |= segment.speech(term) if term is not None else 0
        return sorted(spoken(speech))

    def df(self, form: str) -> int:
        """In how many texts a form stands."""
        return sum(
            segment.text.df(term)
            for segment, term in zip(self._segments, self.terms(form), strict=True)
            if term is not None
        )

    def _forms(
        self,
        terms: Callable[[Segment], Iterable[int]],
        wanted: Callable[[Segment, int, str], bool] = lambda segment, term, form: True,
        *,
        every: bool = False,
    ) -> list[str]:
        """The forms of these terms of every segment that stand anywhere; `every`: a segment that has one of these
        forms has it among its terms."""
        found: set[str] = set()
        places: dict[str, list[int | None]] = {}
        for number, segment in enumerate(self._segments):
            for term in terms(segment):
                form = segment.text.forms[term]
                if form not in places:
                    places[form] = [None] * len(self._segments)
                places[form][number] = term
                if form not in found and segment.text.df(term) and wanted(segment, term, form):
                    found.add(form)
        if every or len(self._segments) == 1:
            if len(self._terms) + len(places) > _KEPT:
                self._terms.clear()
            self._terms.update(places)
        return sorted(found)

    @staticmethod
    def _keep(cache: dict[str, Any], key: str, value: object) -> None:
        if len(cache) >= _KEPT:
            cache.clear()
        cache[key] = value
