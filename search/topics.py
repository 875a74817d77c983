"""Topics, and judgements of what is relevant to them (qrels), as the evaluations of TREC and CLEF have them.

Topics are either marked up, as those of TREC and CLEF are::

    <top>
    <num> Number: 301
    <title> International Organized Crime
    <desc> Description:
    Identify organizations that participate in international criminal activity …
    </top>

(CLEF puts a language before the names: ``<FR-title>``), or a table: ``301<TAB>International Organized Crime``.

Judgements are lines of four columns: topic, iteration (which nobody looks at), article, relevance. A relevance of 0
or less says that someone looked, and that it is not relevant.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from search.lazy import pattern
from search.queries import Fault

PARTS = ("title", "desc", "narr")
"""What a topic that is marked up says, from the shortest to the longest."""


class Topic(NamedTuple):
    """What is asked; `line` is where it begins."""

    line: int
    id: str
    text: str


class Judged(NamedTuple):
    """How relevant an article is to a topic."""

    line: int
    topic: str
    article: str
    relevance: int


_TOP = pattern(r"(?is)<top>(.*?)(?=</top>|<top>|\Z)")
_ELEMENT = pattern(r"(?is)<(?:[a-z]{2}-)?(num|title|desc|narr)>(.*?)(?=</?[a-z][a-z-]*>|\Z)")
_LABEL = pattern(r"(?i)^(?:number|topic|description|narrative)\s*:\s*")
_WHOLE = pattern(r"[-+]?[0-9]{1,9}")


def topics(text: str, parts: Sequence[str] = ("title",)) -> Iterator[Topic | Fault]:
    """The topics of a file's text; of those that are marked up, what these parts say."""
    known: dict[str, int] = {}
    for one in _marked_up(text, parts) if text.lstrip("\ufeff \t\r\n").startswith("<") else _tabled(text):
        if isinstance(one, Topic) and one.id in known:
            yield Fault(one.line, f'the topic "{one.id}" was there before, in line {known[one.id]}: left out')
            continue
        if isinstance(one, Topic):
            known[one.id] = one.line
        yield one


def judgements(text: str) -> Iterator[Judged | Fault]:
    """The judgements of a file's text."""
    known: dict[tuple[str, str], int] = {}
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        cells = line.split()
        if not cells:
            continue
        if len(cells) != 4:
            yield Fault(number, f"expected 4 columns (topic, iteration, article, relevance), found {len(cells)}")
            continue
        topic, _, article, relevance = cells
        first = known.setdefault((topic, article), number)
        if first != number:
            yield Fault(number, f'"{article}" was judged for "{topic}" before, in line {first}: left out')
        elif not _WHOLE.fullmatch(relevance):
            yield Fault(number, f'expected a whole number as relevance, found "{relevance}"')
        else:
            yield Judged(number, topic, article, int(relevance))


def _tabled(text: str) -> Iterator[Topic | Fault]:
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, tab, words = line.partition("\t")
        if tab and name.strip() and words.strip():
            yield Topic(number, name.strip(), _plain(words))
        else:
            yield Fault(number, f'expected a topic and its text with a tab between, found "{line.strip()[:40]}"')


def _marked_up(text: str, parts: Sequence[str]) -> Iterator[Topic | Fault]:
    if not _TOP.search(text):
        yield Fault(1, "expected topics in <top> … </top>, or lines of a topic, a tab and its text; found neither")
    for found in _TOP.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        said = {name.lower(): _LABEL.sub("", _plain(value)) for name, value in _ELEMENT.findall(found[1])}
        missing = [f"<{name}>" for name in ("num", *parts) if not said.get(name)]
        if missing:
            yield Fault(line, f"expected a topic with {' and '.join(missing)}, found none")
        else:
            yield Topic(line, said["num"], " ".join(said[name] for name in parts))


def _plain(text: str) -> str:
    from html import unescape  # which brings a long table

    return " ".join((unescape(text) if "&" in text else text).split())
