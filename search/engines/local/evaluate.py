"""Which texts match a plan. Knows the tree; asks `Postings` for everything else."""

from collections.abc import Iterable
from functools import reduce

from search.engines.local.plan import (
    AllOf,
    AnyOf,
    Dated,
    Forms,
    InMetadata,
    InTitle,
    NoneOf,
    PhraseTerm,
    Plan,
    Term,
)
from search.engines.local.postings import Postings


class Evaluation:
    """Evaluates one plan, reading each posting list once.

    `matching` gives the documents of a plan; `frequency` and `phrase_frequencies` what scoring needs of a leaf.
    """

    def __init__(self, postings: Postings) -> None:
        self.postings = postings
        self._lists: dict[str, dict[int, int]] = {}
        self._joined: dict[Forms, dict[int, int]] = {}
        self._phrases: dict[PhraseTerm, dict[int, int]] = {}

    def matching(self, plan: Plan) -> set[int]:
        """The documents that match."""
        match plan:
            case Term(grades):
                return set(self.together(grades[-1].forms))
            case PhraseTerm():
                return set(self.phrase_frequencies(plan))
            case InTitle(part):
                return self._articles(one for one in self.matching(part) if self.postings.number(one) == 0)
            case InMetadata(words, prefix):
                return self._articles(self.postings.with_metadata(list(words), prefix=prefix))
            case Dated(first, last):
                return self._articles(self.postings.dated(first, last))
            case AllOf(parts):
                return self._all_of(parts)
            case AnyOf(parts):
                return set().union(*map(self.matching, parts))
            case NoneOf(part):
                return set(self.postings.documents()) - self.matching(part)

    def frequencies(self, form: str) -> dict[int, int]:
        """How often a form stands in each document that has it."""
        if form not in self._lists:
            self._lists[form] = dict(self.postings.frequencies(form))
        return self._lists[form]

    def together(self, forms: Forms) -> dict[int, int]:
        """How often any of the forms stands in each document that has one."""
        if len(forms) == 1:
            return self.frequencies(forms[0])
        if forms not in self._joined:
            total: dict[int, int] = {}
            for form in forms:
                for document, count in self.frequencies(form).items():
                    total[document] = total.get(document, 0) + count
            self._joined[forms] = total
        return self._joined[forms]

    def phrase_frequencies(self, phrase: PhraseTerm) -> dict[int, int]:
        """How often a phrase stands in each document that has it."""
        if phrase not in self._phrases:
            self._phrases[phrase] = self._count(phrase)
        return self._phrases[phrase]

    def _all_of(self, parts: tuple[Plan, ...]) -> set[int]:
        found = [self.matching(part) for part in parts if not isinstance(part, NoneOf)]
        left = reduce(set.intersection, sorted(found, key=len)) if found else set(self.postings.documents())
        for part in parts:
            if isinstance(part, NoneOf):
                left = left - self.matching(part.part)
        return left

    def _articles(self, documents: Iterable[int]) -> set[int]:
        """All texts of the articles of these documents."""
        whole = {one for document in documents for one in self.postings.article(document)}
        return whole.intersection(self.postings.documents())

    def _count(self, phrase: PhraseTerm) -> dict[int, int]:
        """Positions are read only in the documents that have every word of the phrase."""
        texts = [set().union(*map(self.frequencies, forms)) for forms in phrase.slots]
        left = reduce(set.intersection, sorted(texts, key=len))
        ends: dict[int, set[int]] = {}
        for place, forms in enumerate(phrase.slots):
            here = self._positions(forms, left)
            if place:
                here = {d: at & {end + 1 for end in ends[d]} for d, at in here.items()}
            ends = {document: at for document, at in here.items() if at}
            left = set(ends)
        return {document: len(at) for document, at in ends.items()}

    def _positions(self, forms: Forms, documents: set[int]) -> dict[int, set[int]]:
        found: dict[int, set[int]] = {}
        for form in forms:
            for document, positions in self.postings.positions(form, documents).items():
                found.setdefault(document, set()).update(positions)
        return found
