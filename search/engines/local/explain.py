"""What a query means in an archive, part by part."""

from collections.abc import Callable, Iterable

from search.engines.local.patterns import edits
from search.engines.local.placing import pieces
from search.engines.local.plan import Plan
from search.engines.local.resolve import Resolver
from search.explained import Part
from search.language import fold, forms, without_inversion
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
    field_name,
)

Group = tuple[str, dict[str, int]]


class Explainer:
    """Explains queries. `df` says in how many texts a form stands, `count` how many texts match a plan."""

    def __init__(self, resolver: Resolver, df: Callable[[str], int], count: Callable[[Plan], int]) -> None:
        self._resolver, self._meaning, self._placing = resolver, resolver.meaning, resolver.placing
        self._df, self._count = df, count

    def query(self, tree: Node) -> Part:
        """A query; `QueryError` where a part of it means nothing."""
        self._resolver.plan(tree)
        return self._part(tree, self._resolver.keeps_stop_words(tree))

    def _part(self, node: Node, keep: bool) -> Part:
        self._meaning.spent = 0
        plan = self._resolver.part(node, keep_stop_words=keep)
        says, groups = self._leaf(node, keep) if plan or isinstance(node, Word) else ("only signs: left out", [])
        inner = [self._part(part, within) for part, within in self._parts(node, keep)]
        paragraphs = self._count(plan) if plan else None
        return Part(str(node), says, tuple(groups), tuple(inner), paragraphs)

    def _parts(self, node: Node, keep: bool) -> Iterable[tuple[Node, bool]]:
        """The parts of a node, and whether stop words count there."""
        match node:
            case And(parts) | Or(parts):
                return [(part, keep) for part in parts]
            case Not(part) | AtLeast(_, part):
                return [(part, True)]
            case Near(left, right):
                return [(left, True), (right, True)]
            case Boost(part) | InArticle(part):
                return [(part, keep)]
            case Field(name, part) if field_name(name) in ("title", "text"):
                return [(part, self._resolver.keeps_stop_words(part))]
        return []

    def _leaf(self, node: Node, keep: bool) -> tuple[str, list[Group]]:
        """What a node says, and the forms it stands for itself."""
        match node:
            case Word(text, exact):
                return self._word(text, exact, keep)
            case Phrase(text, exact):
                return "a phrase", self._phrase(text, exact)
            case Fuzzy(text, distance):
                return f"words like it, by at most {distance} edit{'s' * (distance > 1)}", self._similar(
                    text, distance
                )
            case Prefix() | Wildcard() | Regex():
                return _PATTERNS[type(node)], [self._group("", slot) for slot in self._placing.pattern(node)]
        return _says(node), []

    def _word(self, text: str, exact: bool, keep: bool) -> tuple[str, list[Group]]:
        words = forms(text)
        if exact:
            return "exactly as printed", [self._group("", (form,)) for form in words]
        if not keep and words and all(map(self._meaning.is_stop_word, words)):
            return "a stop word: left out", []
        words = without_inversion(words)
        if len(words) != 1:
            found = [self._group("", self._meaning.inflections(form)) for form in words]
            return ("words in a row, in plural and feminine" if words else "only signs: left out"), found
        form = words[0]
        if self._meaning.is_name(form):
            return "a name: only as it is printed", [self._group("as printed", self._meaning.spellings(form))]
        return self._graded(form)

    def _graded(self, form: str) -> tuple[str, list[Group]]:
        printed, inflected, related = (
            set(found(form)) for found in (self._meaning.spellings, self._meaning.inflections, self._meaning.related)
        )
        groups = [
            self._group(heading, found)
            for heading, found in (
                ("as printed", printed),
                ("plural, feminine", inflected - printed),
                ("same stem", related - inflected),
            )
            if found
        ]
        return ("a word, in all its forms" if groups else "a word that is not in this archive"), groups

    def _phrase(self, text: str, exact: bool) -> list[Group]:
        groups: list[Group] = []
        for piece in pieces(text, exact=exact):
            if piece.kind == "gap":
                groups.append(("one to three words", {}))
            else:
                groups += [self._group("", slot) for slot in self._placing.slots(piece)]
        return groups

    def _similar(self, text: str, distance: int) -> list[Group]:
        groups: list[Group] = []
        for form in forms(text):
            known: set[str] = set()
            for grade in self._meaning.similar(form, distance):
                new = set(grade.forms) - known
                known |= new
                if new:
                    far = min(edits.distance(fold(form), fold(one), distance) for one in new)
                    groups.append(self._group(("as typed", "1 edit", "2 edits")[far], new))
        return groups

    def _group(self, heading: str, found: Iterable[str]) -> Group:
        counts = {form: self._df(form) for form in found}
        return heading, dict(sorted(counts.items(), key=lambda one: (-one[1], fold(one[0]), one[0])))


_PATTERNS: dict[type, str] = {
    Prefix: "words that begin so",
    Wildcard: "words of this pattern",
    Regex: "words that the expression matches",
}


def _says(node: Node) -> str:
    match node:
        case And():
            return "all of"
        case Or():
            return "any of"
        case Not():
            return "not"
        case Near(_, _, distance, ordered):
            return f"{'one before the other' if ordered else 'near each other'}, at most {distance} from word to word"
        case AtLeast(count):
            return f"at least {count} times"
        case Boost(_, factor):
            return f"counts {factor:g} times"
        case InArticle():
            return "anywhere in an article"
        case Field(name) if field_name(name) == "title":
            return "articles with this in the title"
        case Field() | Between():
            return "articles of which this holds"
    raise TypeError(f"no such node: {node!r}")
