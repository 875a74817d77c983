"""Which texts match a plan. Knows the tree; asks `Postings` for everything else."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial, reduce

from search.engines.local.plan import (
    AllOf,
    AnyOf,
    Dated,
    InArticle,
    InMetadata,
    InTitle,
    Leaf,
    Listed,
    NoneOf,
    Often,
    Placed,
    Plan,
    Term,
)
from search.engines.local.postings import Postings
from search.engines.local.spots import Close, Either, Forms, Gapped, Row, Spot, frequency, rows


class Evaluation:
    """Evaluates one plan, reading each posting list once.

    `matching` gives the documents of a plan; `counted`, `together` and `placed` what scoring needs of a leaf.
    """

    def __init__(self, postings: Postings) -> None:
        self.postings = postings
        self._lists: dict[str, dict[int, int]] = {}
        self._joined: dict[Forms, dict[int, int]] = {}
        self._placed: dict[Placed, dict[int, int]] = {}

    def matching(self, plan: Plan) -> set[int]:
        """The documents that match."""
        match plan:
            case Term() | Placed():
                return set(self.counted(plan))
            case Often(count, leaf, in_article):
                return self._often(self.counted(leaf), count, in_article)
            case Listed(part):
                return self.matching(part)
            case InArticle() | InTitle() | InMetadata() | Dated():
                return self._articles(self._chosen(plan))
            case AllOf(parts):
                return self._all_of(parts)
            case AnyOf(parts):
                return set().union(*map(self.matching, parts))
            case NoneOf(part):
                return set(self.postings.documents()) - self.matching(part)

    def counted(self, leaf: Leaf) -> Mapping[int, int]:
        """How often a leaf stands in each document that has it."""
        return self.together(leaf.grades[-1].forms) if isinstance(leaf, Term) else self.placed(leaf)

    def _chosen(self, plan: InArticle | InTitle | InMetadata | Dated) -> Iterable[int]:
        """Documents of the articles that match as wholes."""
        match plan:
            case InArticle(part):
                return self.matching(part)
            case InTitle(part):
                return [one for one in self.matching(part) if self.postings.number(one) == 0]
            case InMetadata(words):
                return self.postings.with_metadata(words)
            case Dated(first, last):
                return self.postings.dated(first, last)

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

    def placed(self, leaf: Placed) -> dict[int, int]:
        """How often a spot stands in each document that has it."""
        if leaf not in self._placed:
            self._placed[leaf] = self._count(leaf.spot)
        return self._placed[leaf]

    def _often(self, counted: Mapping[int, int], count: int, in_article: bool) -> set[int]:
        if not in_article:
            return {document for document, times in counted.items() if times >= count}
        total = Counter[int]()
        for document, times in counted.items():
            total[self.postings.article(document)[0]] += times
        return self._articles(title for title, times in total.items() if times >= count)

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

    def _count(self, spot: Spot) -> dict[int, int]:
        """Positions are read only in the documents that have every word that must be there."""
        left = self._candidates(spot)
        by_slot = {slot: self._positions(slot, left) for row in rows(spot) for slot in row.slots}
        found = {}
        for document in left:
            if times := frequency(spot, partial(_at, by_slot, document)):
                found[document] = times
        return found

    def _candidates(self, spot: Spot) -> set[int]:
        """The documents that have the words of a spot, somewhere."""
        match spot:
            case Row(slots):
                return _common([set().union(*map(self.frequencies, slot)) for slot in slots])
            case Gapped(parts):
                return _common([self._candidates(part) for part in parts])
            case Either(parts):
                return set().union(*map(self._candidates, parts))
            case Close(left, right):
                return _common([self._candidates(left), self._candidates(right)])

    def _positions(self, forms: Forms, documents: set[int]) -> dict[int, set[int]]:
        found: dict[int, set[int]] = {}
        for form in forms:
            for document, positions in self.postings.positions(form, documents).items():
                found.setdefault(document, set()).update(positions)
        return found


_NOWHERE: set[int] = set()


def _at(by_slot: Mapping[Forms, Mapping[int, set[int]]], document: int, slot: Forms) -> set[int]:
    return by_slot[slot].get(document, _NOWHERE)


def _common(sets: list[set[int]]) -> set[int]:
    return reduce(set.intersection, sorted(sets, key=len))
