"""Keywords with examples: for each word that some texts use more than others, a place in them where it stands."""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from search import concordance
from search.article import Article
from search.engines.protocol import Engine
from search.hits import Hit, ParagraphHit
from search.keyness import Keyword, Keywords
from search.language import forms
from search.query import And, Node, Or, Phrase, Word

TRIED = 50
"""So many texts are looked at for an example that is not that of another word."""

Place = tuple[Hit, ParagraphHit]


def telling(engine: Engine, tree: Node, against: Node | None, limit: int | None) -> Keywords:
    """The surest keywords (`None`: all) of what a tree finds, against all other texts or what `against` finds."""
    found = engine.keywords(tree, against)
    taken: set[tuple[str, int]] = set()
    words = tuple(_with_example(engine, tree, word, taken) for word in found.words[:limit])
    return found.__replace__(words=words)


def _with_example(engine: Engine, tree: Node, word: Keyword, taken: set[tuple[str, int]]) -> Keyword:
    """The word with a line of a paragraph that is no example yet (if there is one: else of any text)."""
    printed = _printed(word)
    found = _chosen(_places(engine.walk(And((tree, printed)), variants=True)), taken)
    if found is None:
        return word
    hit, paragraph = found
    taken.add((hit.article, paragraph.number))
    marks = engine.marks(printed, Article(hit.article, "", (paragraph.text,))).get(1, ())
    alone = hit.__replace__(paragraphs=(paragraph.__replace__(marks=marks),))
    return word.__replace__(example=next(concordance.lines([alone]), None))


def _chosen(places: Iterable[Place], taken: Collection[tuple[str, int]]) -> Place | None:
    """The first paragraph that is no example yet; else the first text."""
    first: Place | None = None
    for hit, text in islice(places, TRIED):
        first = first or (hit, text)
        if text.number and (hit.article, text.number) not in taken:
            return hit, text
    return first


def _places(hits: Iterable[Hit]) -> Iterator[Place]:
    for hit in hits:
        for paragraph in hit.paragraphs:
            yield hit, paragraph


def _printed(word: Keyword) -> Node:
    """What finds the word as it is printed most often; a name of several words in a row."""
    if len(forms(word.word)) > 1:
        return Phrase(word.word, exact=True)
    return Or(tuple(Word(one, exact=True) for one in word.forms[:3]))
