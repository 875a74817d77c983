"""What is like an article: its most telling words are looked for in all others (`search.likeness`)."""

from collections.abc import Iterable, Sequence
from itertools import count

from search.article import Article
from search.engines.protocol import Engine
from search.hits import Hit
from search.language import fold
from search.likeness import SHARE, TOGETHER, WORDS, Alike, Likeness, TellingWord
from search.query import Node

LOOKED_AT = 3
"""So many of the articles that are most like a text are compared with it, to know it again."""

Found = list[tuple[Hit, tuple[int, ...]]]


def like(
    engine: Engine,
    article: Article,
    *,
    indexed: bool,
    conditions: Node | None = None,
    limit: int | None = 10,
    variants: bool = False,
) -> Likeness:
    """The articles that are most like one, which is itself never among them.

    `indexed`: the archive has it. If it has not, but has another with the same text, that one stands for it. Its
    near-copies are left out, unless `variants` are asked for.
    """
    words = engine.gist([text for _, text in article.numbered()], WORDS, indexed=indexed)
    if not indexed and (same := _same(engine, article, words)):
        return like(engine, same, indexed=True, conditions=conditions, limit=limit, variants=variants)
    itself = article.id if indexed else None
    copies = frozenset(engine.copies(article.id) if indexed else ())
    found = _asked(engine, words, conditions, None if limit is None else limit + 1, variants)
    others = (one for one in found if one[0].article != itself and (variants or one[0].article not in copies))
    every = tuple(_alike(others, words, copies))
    return Likeness(every[:limit], tuple(one.word for one in words), 0 if variants else len(copies), itself)


def _asked(
    engine: Engine, words: Sequence[TellingWord], conditions: Node | None, limit: int | None, variants: bool
) -> Found:
    if not words:
        return []
    least = TOGETHER if len(words) > TOGETHER else 1
    asked = [one.asked for one in words]
    return engine.alike(asked, conditions, least=least, limit=limit, variants=variants)


def _same(engine: Engine, article: Article, words: Sequence[TellingWord]) -> Article | None:
    """The article of the archive that has the same text."""
    own = _letters(article)
    for hit, _ in _asked(engine, words, None, LOOKED_AT, True):
        found = engine.article(hit.article)
        if own and _letters(found) == own:
            return found
    return None


def _letters(article: Article) -> str:
    return "".join("".join(article.paragraphs).split())


def _alike(
    found: Iterable[tuple[Hit, tuple[int, ...]]], words: Sequence[TellingWord], copies: frozenset[str]
) -> Iterable[Alike]:
    """Those that share enough, with what they share."""
    total = sum(one.worth for one in words)
    ranks = count(1)
    for hit, places in found:
        shared = [words[place] for place in places]
        share = sum(one.worth for one in shared) / total
        if share >= SHARE:
            yield Alike(hit.__replace__(rank=next(ranks)), tuple(_labels(shared)), share, hit.article in copies)


def _labels(shared: Sequence[TellingWord]) -> Iterable[str]:
    """The words as they are printed; a name's last word is not said again."""
    names = {fold(one.word.split()[-1]) for one in shared if " " in one.word}
    return (one.word for one in shared if fold(one.word) not in names)
