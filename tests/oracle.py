"""The oracle: reads every text for every query, and is too simple to be wrong.

It shares the language rules (words, stems) with the engine, and nothing else.
"""

from collections import Counter, defaultdict
from functools import cache
from math import log

from search.article import Article
from search.dates import days
from search.language import evidence, fold, forms, has_capital, is_stop_word, language, without_inversion, words
from search.query import And, Between, Field, Node, Not, Or, Phrase, Prefix, Word

K1, B, TITLE_SHARE, WHOLE = 0.5, 0.75, 0.25, 2.5
Slots = list[set[str]]
Leaf = tuple[list[tuple[float, Slots]], bool]  # the weighted slots that it counts as; in titles only


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

    def matches(self, node: Node, article: Article, text: list[str]) -> bool:
        match node:
            case And(parts):
                return all(self.matches(part, article, text) for part in parts)
            case Or(parts):
                return any(self.matches(part, article, text) for part in parts)
            case Not(part):
                return not self.matches(part, article, text)
            case Field("title", part):
                return bool(article.title) and self.matches(part, article, forms(article.title))
            case Field(name, Word(value) | Phrase(value) | Prefix(value) as part):
                metadata = [fold(form) for form in forms(getattr(article, name) or "")]
                wanted = [{fold(form)} for form in forms(value)]
                if isinstance(part, Prefix):
                    wanted[-1] = {word for word in metadata if word.startswith(tuple(wanted[-1]))}
                return bool(wanted) and occurrences(wanted, metadata) > 0
            case Between(_, low, high):
                if not article.date:
                    return False
                first, last = days(article.date)
                return (not high or first <= days(high)[1]) and (not low or last >= days(low)[0])
        return occurrences(self.slots(node)[-1][1], text) > 0

    def score(self, leaves: list[Leaf], text: list[str], number: int) -> float:
        total, norm = 0.0, K1 * (1 - B + B * len(text) / self.average)
        for grades, titles_only in leaves:
            of_leaf = 0.0
            for weight, slots in grades if number == 0 or not titles_only else []:
                tf = occurrences(slots, text)
                if tf:
                    idf = 0.0
                    for slot in slots:
                        df = min(sum(self.df[form] for form in slot), self.count)
                        idf += log(1 + (self.count - df + 0.5) / (df + 0.5))
                    of_leaf += weight * idf * (tf * (K1 + 1) / (tf + norm))
            total += of_leaf
        return total

    def leaves(self, node: Node, titles_only: bool = False) -> list[Leaf]:
        match node:
            case And(parts) | Or(parts):
                return [leaf for part in parts for leaf in self.leaves(part, titles_only)]
            case Field("title", part):
                return self.leaves(part, True)
            case Not() | Field() | Between():
                return []
        return [(self.slots(node), titles_only)]

    @cache  # noqa: B019 (an oracle lives as long as its test)
    def slots(self, node: Node) -> list[tuple[float, Slots]]:
        """A word, phrase or beginning as weighted rows of sets of forms, the last one the widest."""
        assert isinstance(node, Word | Phrase | Prefix)
        found = forms(node.text)
        if isinstance(node, Prefix):
            beginning = {form for form in self.df if fold(form).startswith(fold(found[-1]))}
            return [(WHOLE, [*(self.grades(form)[1] for form in found[:-1]), beginning])]
        if isinstance(node, Phrase):
            return [(WHOLE, [self.grades(form)[0] for form in found])]
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
        merged: list[tuple[float, set[str]]] = []
        for weight, group in weighted:
            if merged and merged[-1][1] == group:
                weight += merged.pop()[0]
            merged.append((weight, group))
        return [(weight, [group]) for weight, group in merged]

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
        """The tree without signs and, unless to `keep`, without stop words; None where nothing is left of it."""
        match node:
            case Word(text) | Phrase(text) | Prefix(text):
                ignored = isinstance(node, Word) and not node.exact and not keep
                return None if all(ignored and is_stop_word(form, self.languages) for form in forms(text)) else node
            case And(parts) | Or(parts):
                left = [part for part in (self.asked(part, keep) for part in parts) if part]
                if not left or (len(left) < len(parts) and not keep and not any(map(self.leaves, left))):
                    return None
                return left[0] if len(left) == 1 else node.__replace__(parts=tuple(left))
            case Not(part):
                excluded = self.asked(part, True)
                return Not(excluded) if excluded else None
            case Field("title", part):
                inside = self.asked(part, False) or self.asked(part, True)
                return Field("title", inside) if inside else None
        return node


def occurrences(slots: Slots, text: list[str]) -> int:
    return sum(
        all(form in slot for form, slot in zip(text[start:], slots, strict=False))
        for start in range(len(text) - len(slots) + 1)
    )
