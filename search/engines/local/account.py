"""Why an article is found, or not: its score part by part, and what fails."""

from collections.abc import Callable, Collection, Iterator, Mapping

from search.article import Article
from search.engines.local import scoring
from search.engines.local.instead import Instead, TextWords
from search.engines.local.plan import Leaf, Plan, Term, scored
from search.engines.local.resolve import Resolver
from search.engines.local.spots import Forms, frequency, rarity, rows
from search.explained import Account, Share, TextAccount
from search.query import And, Boost, Field, InArticle, Node, Or


class Accountant:
    """Accounts for the articles of one archive: `idf` is that of `scoring`, `norm` what the length of a document
    counts there, `matching` the documents that match a plan."""

    def __init__(
        self,
        resolver: Resolver,
        idf: Callable[[Forms], float],
        norm: Callable[[int], float],
        matching: Callable[[Plan], Collection[int]],
    ) -> None:
        self._resolver, self._idf, self._norm, self._matching = resolver, idf, norm, matching
        self._known: dict[tuple[Node, bool], Collection[int] | None] = {}

    def article(self, tree: Node, article: Article, title: int) -> Account:
        """The account of an article, whose title is this document."""
        plan = self._resolver.plan(tree)
        keep = self._resolver.keeps_stop_words(tree)
        leaves = [
            (leaf, only, name) for (leaf, only), name in zip(scored(plan), self._names(tree, keep), strict=True)
        ]
        texts = []
        for number, text in article.numbered():
            words = TextWords(text)
            by_leaf = [
                list(self._shares(leaf, name, words, title + number))
                for leaf, only_titles, name in leaves
                if number == 0 or not only_titles
            ]
            fits = self._holds(tree, keep, title + number) is not False
            instead = Instead(self._resolver, article, number, words)
            failing = () if fits else tuple(self._failing(tree, keep, title + number, instead))
            shares = tuple(share for part in by_leaf for share in part)
            texts.append(TextAccount(number, fits, _total(by_leaf), shares, failing))
        return _whole(article, tuple(texts))

    def _names(self, node: Node, keep: bool) -> Iterator[str]:
        """What the leaves that score are called in the query, in their order."""
        match node:
            case And(parts) | Or(parts):
                for part in parts:
                    yield from self._names(part, keep)
            case Boost(part) | InArticle(part):
                yield from self._names(part, keep)
            case Field(_, part) if self._leaves(node, keep):
                yield from self._names(part, self._resolver.keeps_stop_words(part))
            case _:
                yield from [str(node)] * len(self._leaves(node, keep))

    def _leaves(self, node: Node, keep: bool) -> list[Leaf]:
        plan = self._resolver.part(node, keep_stop_words=keep)
        return [leaf for leaf, _ in scored(plan)] if plan else []

    def _shares(self, leaf: Leaf, name: str, words: TextWords, document: int) -> Iterator[Share]:
        """What a leaf adds, grade by grade."""
        norm = self._norm(document)
        for grade, weight, rare, times, found in self._weighted(leaf, words):
            if times:
                saturation = times * (scoring.K1 + 1) / (times + norm)
                yield Share(name, grade, found, times, weight, rare, saturation, weight * rare * saturation)

    def _weighted(self, leaf: Leaf, words: TextWords) -> Iterator[tuple[str, float, float, int, Mapping[str, int]]]:
        if isinstance(leaf, Term):
            for place, grade in enumerate(leaf.grades, 1):
                found = words.found(grade.forms)
                name = "" if len(leaf.grades) == 1 else f"grade {place} of {len(leaf.grades)}"
                yield name, grade.weight, self._idf(grade.forms), sum(found.values()), found
        else:
            found = {
                form: n for row in rows(leaf.spot) for slot in row.slots for form, n in words.found(slot).items()
            }
            yield "", leaf.weight, rarity(leaf.spot, self._idf), frequency(leaf.spot, words.at), found

    def _holds(self, node: Node, keep: bool, document: int) -> bool | None:
        """Whether a document matches a part of a query; ``None`` where the part is left out."""
        if (node, keep) not in self._known:
            plan = self._resolver.part(node, keep_stop_words=keep)
            self._known[node, keep] = self._matching(plan) if plan else None
        known = self._known[node, keep]
        return None if known is None else document in known

    def _failing(self, node: Node, keep: bool, document: int, instead: Instead) -> Iterator[tuple[str, str]]:
        """The smallest parts of a query that a text lacks, and what it has instead."""
        if self._holds(node, keep, document) is not False:
            return
        match node:
            case And(parts) | Or(parts):
                for part in parts:
                    yield from self._failing(part, keep, document, instead)
            case Boost(part):
                yield from self._failing(part, keep, document, instead)
            case _:
                yield str(node), instead.of(node)


def _total(by_leaf: list[list[Share]]) -> float:
    """The sum of all shares, added up in the order of `scoring`."""
    total = 0.0
    for shares in by_leaf:
        part = 0.0
        for share in shares:
            part += share.score
        total += part
    return total


def _whole(article: Article, texts: tuple[TextAccount, ...]) -> Account:
    matching = [text for text in texts if text.matches]
    best = max((text for text in matching if text.number), key=lambda text: (text.score, -text.number), default=None)
    title = next((text.score for text in texts if text.number == 0), 0.0)
    score = (best.score if best else 0.0) + scoring.TITLE_SHARE * title if matching else 0.0
    number = best.number if best else None
    return Account(article.id, article.title, bool(matching), score, number, scoring.TITLE_SHARE, texts)
