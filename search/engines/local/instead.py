"""What a text has in place of what a query asks for."""

from search.article import Article
from search.engines.local.patterns import edits
from search.engines.local.plan import scored
from search.engines.local.resolve import Resolver
from search.engines.local.spots import Close, Forms, Spot, frequency, places, rows
from search.language import fold, forms
from search.query import Between, Field, Node, Not, field_name

LIKE = 3
"""So many words are named that are like one that is missing."""

BEGINNING = 5
"""Words are alike that begin with so many letters, or that are an edit apart; long ones also if two are."""


class TextWords:
    """The words of a text: where each form stands."""

    def __init__(self, text: str) -> None:
        self.standing: dict[str, list[int]] = {}
        for place, form in enumerate(forms(text)):
            self.standing.setdefault(form, []).append(place)

    def at(self, forms: Forms) -> set[int]:
        """Where any of some forms stands."""
        return {place for form in forms for place in self.standing.get(form, ())}

    def found(self, forms: Forms) -> dict[str, int]:
        """Which of some forms stand here, and how often."""
        return {form: len(self.standing[form]) for form in forms if form in self.standing}


class Instead:
    """Says of the parts of a query that fail what a text (the article's title is 0) has in their place."""

    def __init__(self, resolver: Resolver, article: Article, number: int, words: TextWords) -> None:
        self._resolver, self._article, self._number, self._words = resolver, article, number, words

    def of(self, node: Node) -> str:
        """What there is in place of one part that is no group."""
        match node:
            case Not(part):
                return f"it has {_listed(self._standing(part)) or part}"
            case Field(name) | Between(name):
                return self._field(field_name(name), name)
        spots = self._spots(node)
        said = [self._about(spot) for spot in spots]
        return "; ".join(dict.fromkeys(filter(None, [*said, *map(self._elsewhere, spots)])))

    def _spots(self, node: Node) -> list[Spot]:
        plan = self._resolver.part(node, keep_stop_words=True)
        return [leaf.spot for leaf, _ in scored(plan)] if plan else []

    def _standing(self, node: Node) -> list[str]:
        slots = [slot for spot in self._spots(node) for row in rows(spot) for slot in row.slots]
        return [form for slot in slots for form in self._words.found(slot)]

    def _field(self, known: str, name: str) -> str:
        article = self._article
        values = {"title": article.title, "date": article.date, "source": article.source, "author": article.author,
                  "language": article.language, "url": article.url}  # fmt: skip
        value = values.get(known) or article.metadata.get(name) or article.metadata.get(known)
        return f'its {known} is "{value}"' if value else f"it has no {known}"

    def _about(self, spot: Spot) -> str:
        if isinstance(spot, Close):
            return _apart(spot, self._words)
        if times := frequency(spot, self._words.at):
            return f"only {times} time{'s' * (times > 1)}"
        slots = [slot for row in rows(spot) for slot in row.slots]
        found = [form for slot in slots for form in self._words.found(slot)]
        if len(slots) > 1:
            return f"it has {_listed(found)}, but not so in a row" if found else "it has none of these words"
        like = self._like(slots[0])
        return f"not there, but {_listed(like)}" if like else "not there"

    def _like(self, missing: Forms) -> list[str]:
        """Words of the text that are like some that are missing."""
        wanted = {fold(form) for form in missing[:20]}
        alike = [form for form in self._words.standing if any(_are_alike(one, fold(form)) for one in wanted)]
        return alike[:LIKE]

    def _elsewhere(self, spot: Spot) -> str:
        """The other texts of the article that have it."""
        found = [
            "the title" if number == 0 else str(number)
            for number, text in self._article.numbered()
            if number != self._number and frequency(spot, TextWords(text).at)
        ]
        if not found:
            return ""
        paragraphs = [number for number in found if number != "the title"]
        named = f"paragraph{'s' * (len(paragraphs) > 1)} {', '.join(paragraphs)}" if paragraphs else ""
        return "it stands in " + " and ".join(filter(None, ["the title" * ("the title" in found), named]))


def _are_alike(one: str, two: str) -> bool:
    if len(one) < BEGINNING - 1:
        return False
    most = 1 if len(one) <= BEGINNING + 1 else 2
    return two.startswith(one[:BEGINNING]) or edits.distance(one, two, most) <= most


def _apart(spot: Close, words: TextWords) -> str:
    """How far the sides of what is not near each other are from each other."""
    left, right = (places(side, words.at) for side in (spot.left, spot.right))
    if not left or not right:
        return (
            "neither is there"
            if not left and not right
            else f"the {'left' if not left else 'right'} one is not there"
        )
    far, turned = min((max(two[0] - one[1], one[0] - two[1]), two[0] < one[0]) for one in left for two in right)
    return f"{max(far, 0)} words from one to the other" + ", in the other order" * (spot.ordered and turned)


def _listed(found: list[str]) -> str:
    return ", ".join(dict.fromkeys(found))
