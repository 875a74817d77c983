"""The oracle: reads every text for every query, and is too simple to be wrong.

It shares the language rules (words, stems) with the engine, and nothing else.
"""

import re
from collections import Counter, defaultdict
from fnmatch import fnmatchcase as fnmatch
from functools import cache
from math import log

from search.article import Article
from search.dates import days
from search.language import evidence, fold, forms, has_capital, is_stop_word, language, without_inversion, words
from search.query import (
    And,
    AtLeast,
    Between,
    Boost,
    Field,
    Fuzzy,
    InArticle,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Regex,
    Wildcard,
    Word,
)

K1, B, TITLE_SHARE, WHOLE = 0.5, 0.75, 0.25, 2.5
Slots = list[set[str] | None]  # None: one to three words, whichever
Leaf = tuple[Node, float, bool]  # what counts, how much more, in titles only
Places = set[tuple[int, int]]  # from the first word of a place to its last


class Oracle:
    def __init__(self, articles: list[Article]) -> None:
        self.articles = articles
        self.languages = [language(code) for code in sorted({a.language or "" for a in articles})]
        self.texts = [(a, number, forms(text)) for a in articles for number, text in a.numbered()]
        self.count = len(self.texts)
        self.average = sum(len(text) for *_, text in self.texts) / self.count
        self.df = Counter(form for *_, text in self.texts for form in set(text))
        self.spoken = defaultdict(set)
        capital, small = Counter[str](), Counter[str]()
        for article, number, text in self.texts:
            for form in text:
                self.spoken[form].add(article.language)
            said = article.title if number == 0 else article.paragraphs[number - 1]
            for form, telling in evidence(words(said)):
                if telling and number:
                    (capital if has_capital(form) else small)[fold(form)] += 1
        self.names = {key for key in capital if capital[key] >= 0.95 * (capital[key] + small[key])}

    def search(self, tree: Node) -> list[tuple[str, float, list[tuple[int, float]]]] | None:
        """All articles that match, best first: id, score, and the numbers and scores of the texts that match.
        None where the query has no word."""
        asked = self.asked(tree, False) or self.asked(tree, True)
        if asked is None:
            return None
        tree = asked
        leaves = self.leaves(tree)
        results = []
        for article in self.articles:
            texts = [(number, text) for a, number, text in self.texts if a is article]
            scores = {number: self.score(leaves, text, number) for number, text in texts}
            hits = [(number, scores[number]) for number, text in texts if self.matches(tree, article, text)]
            if hits:
                best = max((score for number, score in hits if number), default=0.0)
                results.append((article.id, best + TITLE_SHARE * scores.get(0, 0.0), hits))
        return sorted(results, key=lambda result: (-result[1], result[0]))

    def matches(self, node: Node, article: Article, text: list[str], spread: bool = False) -> bool:
        """Whether a text matches; if `spread`, whether the words are somewhere in the article."""
        every = [one for a, _, one in self.texts if a is article] if spread else [text]
        match node:
            case And(parts):
                return all(self.matches(part, article, text, spread) for part in parts)
            case Or(parts):
                return any(self.matches(part, article, text, spread) for part in parts)
            case Not(part):
                return not self.matches(part, article, text, spread)
            case Boost(part):
                return self.matches(part, article, text, spread)
            case InArticle(part, listed):
                return self.matches(part, article, text, True) and (not listed or self.listed(part, article, text))
            case AtLeast(count, part):
                return sum(self.frequency(part, one) for one in every) >= count
            case Field("title", part):
                return bool(article.title) and self.matches(part, article, forms(article.title))
            case Field() | Between():
                return self.holds(node, article)
        return any(self.frequency(node, one) for one in every)

    def holds(self, node: Field | Between, article: Article) -> bool:
        """Whether a condition holds for an article."""
        if isinstance(node, Field):
            metadata = [fold(form) for form in forms(getattr(article, node.name) or "")]
            return bool(placed(self.folded_slots(node.part, set(metadata)), metadata))
        if not article.date:
            return False
        first, last = days(article.date)
        return (not node.high or first <= days(node.high)[1]) and (not node.low or last >= days(node.low)[0])

    def listed(self, part: Node, article: Article, text: list[str]) -> bool:
        """Whether a text has one of the words that may be spread over the article, or none of its texts has."""
        words = [leaf for leaf, _, in_title in self.leaves(part) if not in_title]
        has = [any(self.frequency(leaf, one) for leaf in words) for a, _, one in self.texts if a is article]
        return not any(has) or any(self.frequency(leaf, text) for leaf in words)

    def score(self, leaves: list[Leaf], text: list[str], number: int) -> float:
        total, norm = 0.0, K1 * (1 - B + B * len(text) / self.average)
        for node, factor, titles_only in leaves:
            of_leaf = 0.0
            for weight, tf, idf in self.weighted(node, text) if number == 0 or not titles_only else []:
                if tf:
                    of_leaf += weight * factor * idf * (tf * (K1 + 1) / (tf + norm))
            total += of_leaf
        return total

    def leaves(self, node: Node, factor: float = 1.0, titles_only: bool = False) -> list[Leaf]:
        match node:
            case And(parts) | Or(parts):
                return [leaf for part in parts for leaf in self.leaves(part, factor, titles_only)]
            case Field("title", part):
                return self.leaves(part, factor, True)
            case Boost(part, more):
                return [(leaf, factor * more, title) for leaf, factor, title in self.leaves(part, 1.0, titles_only)]
            case AtLeast(_, part):
                return (
                    self.leaves(part, factor, titles_only) if not isinstance(part, Or) else [(part, 1.0, titles_only)]
                )
            case InArticle(part):
                return self.leaves(part, factor, titles_only)
            case Not() | Field() | Between():
                return []
        return [(node, factor, titles_only)]

    def frequency(self, node: Node, text: list[str]) -> int:
        """How often a word or the like stands in a text."""
        if isinstance(node, Near):
            return min(map(len, self.near(node, text)))
        if isinstance(node, Or):
            return len(self.places(node, text))
        return len({start for start, _ in placed(self.slots(node)[-1][1], text)})

    def places(self, node: Node, text: list[str]) -> Places:
        match node:
            case Or(parts):
                return {place for part in parts for place in self.places(part, text)}
            case Near():
                one, two = self.near(node, text)
                return one | two
        return placed(self.slots(node)[-1][1], text)

    def near(self, node: Near, text: list[str]) -> tuple[Places, Places]:
        """The places of each side that are near one of the other."""
        lefts, rights = self.places(node.left, text), self.places(node.right, text)
        pairs = [
            (one, two)
            for one in lefts
            for two in rights
            if 1 <= two[0] - one[1] <= node.distance or (not node.ordered and 1 <= one[0] - two[1] <= node.distance)
        ]
        return {one for one, _ in pairs}, {two for _, two in pairs}

    def weighted(self, node: Node, text: list[str]) -> list[tuple[float, int, float]]:
        """What a word or the like counts as: weights, frequencies, and how rare each is."""
        if isinstance(node, Near | Or):
            return [(WHOLE, self.frequency(node, text), self.rarity(node))]
        return [
            (weight, len({start for start, _ in placed(slots, text)}), self.rarity_of(slots))
            for weight, slots in self.slots(node)
        ]

    def rarity(self, node: Node) -> float:
        match node:
            case Or(parts):
                return min(map(self.rarity, parts))
            case Near(left, right):
                return self.rarity(left) + self.rarity(right)
        return self.rarity_of(self.slots(node)[-1][1])

    def rarity_of(self, slots: Slots) -> float:
        rows: list[list[set[str]]] = [[]]
        for slot in slots:
            if slot is None:
                rows.append([])
            else:
                rows[-1].append(slot)
        total = 0.0
        for row in filter(None, rows):
            idf = 0.0
            for slot in row:
                df = min(sum(self.df[form] for form in slot), self.count)
                idf += log(1 + (self.count - df + 0.5) / (df + 0.5))
            total += idf
        return total

    @cache  # noqa: B019 (an oracle lives as long as its test)
    def slots(self, node: Node) -> list[tuple[float, Slots]]:
        """A word, phrase or pattern as weighted rows of sets of forms, the last one the widest."""
        match node:
            case Phrase(text, exact):
                return [(WHOLE, self.phrase(text, exact))]
            case Prefix(text):
                *others, last = forms(text)
                begins = {form for form in self.df if fold(form).startswith(fold(last))}
                return [(WHOLE, [*(self.grades(form)[1] for form in others), begins])]
            case Wildcard(text):
                return [(WHOLE, [{form for form in self.df if fnmatch(fold(form), fold(text))}])]
            case Regex(text):
                return [(WHOLE, [{form for form in self.df if re.fullmatch(text, fold(form))}])]
            case Fuzzy(text, distance):
                far = {form: edits(fold(text), fold(form)) for form in self.df}
                weights = (1.0, 1.5) if distance == 1 else (0.5, 0.5, 1.5)
                within = [{form for form in far if far[form] <= edit} for edit in range(distance + 1)]
                return merged(list(zip(weights, within, strict=True)))
        assert isinstance(node, Word)
        found = forms(node.text)
        if node.exact:
            return [(WHOLE, [{form} for form in found])]
        found = without_inversion(found)
        if len(found) > 1:
            return [(WHOLE, [self.grades(form)[1] for form in found])]
        printed, inflected, related = self.grades(found[0])
        weighted = [(0.5, printed), (0.5, inflected), (1.5, related)]
        capital = {form for form in printed if has_capital(form)}
        titled = has_capital(found[0]) and not found[0].isupper() and fold(found[0]) not in self.names
        if titled and capital and capital != printed:
            weighted.insert(0, (0.5, capital))
        return merged(weighted)

    def phrase(self, text: str, exact: bool) -> Slots:
        slots: Slots = []
        for word in re.sub(r"(?<=\d) (?=\d{3}\b)", "\u00a0", text).split(" "):
            if word == "*":
                slots.append(None)
            elif "*" in word:
                slots.append({form for form in self.df if fnmatch(fold(form), fold(word))})
            elif exact or word.startswith("="):
                slots += [{form} for form in forms(word.lstrip("="))]
            else:
                slots += [self.grades(form)[0] for form in forms(word)]
        while slots and slots[0] is None:
            slots.pop(0)
        while slots and slots[-1] is None:
            slots.pop()
        return slots

    def folded_slots(self, part: Node, words: set[str]) -> Slots:
        """The slots of a field's value among the folded words of the field."""
        match part:
            case Wildcard(text):
                return [{word for word in words if fnmatch(word, fold(text))}]
            case Regex(text):
                return [{word for word in words if re.fullmatch(text, word)}]
            case Fuzzy(text, distance):
                return [{word for word in words if edits(fold(text), word) <= distance}]
        assert isinstance(part, Word | Phrase | Prefix)
        wanted: list[set[str]] = [{fold(form)} for form in forms(part.text)]
        if isinstance(part, Prefix):
            wanted[-1] = {word for word in words if word.startswith(tuple(wanted[-1]))}
        return list(wanted)

    def grades(self, form: str) -> tuple[set[str], set[str], set[str]]:
        printed = {one for one in self.df if fold(one) == fold(form)}
        inflected, related = set(printed), set(printed)
        for tongue in self.languages if fold(form) not in self.names else []:
            own = [one for one in printed if tongue.code in self.spoken[one]] if printed else [form]
            light = {tongue.light_stem(one) for one in own}
            stems = {tongue.stem(one) for one in own}
            for one in self.df:
                if one.lower() in tongue.stop or fold(one) in self.names:
                    continue
                if tongue.code in self.spoken[one]:
                    if tongue.light_stem(one) in light:
                        inflected.add(one)
                    if tongue.stem(one) in stems:
                        related.add(one)
        return printed, inflected, related | inflected

    def asked(self, node: Node, keep: bool) -> Node | None:
        """The tree without signs and, unless to `keep`, without stop words; None where nothing is left of it. What
        joins words by AND is taken out of what is near or counted."""
        match node:
            case Word(text) | Phrase(text) | Prefix(text) | Wildcard(text) | Fuzzy(text):
                ignored = isinstance(node, Word) and not node.exact and not keep
                return None if all(ignored and is_stop_word(form, self.languages) for form in forms(text)) else node
            case Near() | AtLeast():
                lifted = lift(node)
                return lifted if isinstance(lifted, Near | AtLeast) else self.asked(lifted, True)
            case And(parts) | Or(parts):
                left = [part for part in (self.asked(part, keep) for part in parts) if part]
                if not left or (len(left) < len(parts) and not keep and not any(map(self.leaves, left))):
                    return None
                return left[0] if len(left) == 1 else node.__replace__(parts=tuple(left))
            case Not(part):
                excluded = self.asked(part, True)
                return Not(excluded) if excluded else None
            case Boost(part) | InArticle(part):
                inside = self.asked(part, keep)
                return node.__replace__(part=inside) if inside else None
            case Field("title", part):
                inside = self.asked(part, False) or self.asked(part, True)
                return Field("title", inside) if inside else None
        return node


def lift(node: Node) -> Node:
    """``(a b) NEAR/5 c`` is ``(a NEAR/5 c) (b NEAR/5 c)``."""
    if isinstance(node, And | Or):
        return type(node)(tuple(map(lift, node.parts)))
    if not isinstance(node, Near | AtLeast):
        return node
    for side in ("left", "right") if isinstance(node, Near) else ("part",):
        part = lift(getattr(node, side))
        if isinstance(part, And | Or) and "And" in repr(part):
            return type(part)(tuple(lift(node.__replace__(**{side: one})) for one in part.parts))
        node = node.__replace__(**{side: part})
    return node


def merged(weighted: list[tuple[float, set[str]]]) -> list[tuple[float, Slots]]:
    found: list[tuple[float, set[str]]] = []
    for weight, group in weighted:
        if found and found[-1][1] == group:
            weight += found.pop()[0]
        found.append((weight, group))
    return [(weight, [group]) for weight, group in found]


def edits(one: str, two: str) -> int:
    """Edits from one word to the other (the whole table; neighbours may be exchanged)."""
    table = {(-1, at): at + 1 for at in range(-1, len(two))} | {(at, -1): at + 1 for at in range(-1, len(one))}
    for a in range(len(one)):
        for b in range(len(two)):
            table[a, b] = min(
                table[a - 1, b] + 1, table[a, b - 1] + 1, table[a - 1, b - 1] + (one[a] != two[b]),
                table[a - 2, b - 2] + 1 if a and b and one[a] == two[b - 1] and one[a - 1] == two[b] else 99,
            )  # fmt: skip
    return table[len(one) - 1, len(two) - 1]


def placed(slots: Slots, text: list[str]) -> Places:
    """Where slots stand in a row, with gaps where there is none."""
    if not slots:
        return set()
    found = {(start, start - 1) for start in range(len(text))}
    for slot in slots:
        if slot is None:
            found = {(start, end + more) for start, end in found for more in (1, 2, 3)}
        else:
            found = {(start, end + 1) for start, end in found if end + 1 < len(text) and text[end + 1] in slot}
    return found
