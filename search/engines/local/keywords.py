"""The words that some texts use more than others do (`search.keyness`).

Forms that fold alike, and plurals and feminines (the light stem), are one word, labelled with its commonest form; a
name is its own. Names of several words are found in a sample of the texts, as runs of words with a capital, and
counted as phrases; a word that is mostly part of such a name is not counted by itself.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from search.engines.local.formcounts import form_counts, texts_of
from search.engines.local.meaning import Meaning
from search.engines.local.postings import SegmentPostings
from search.engines.local.runs import runs
from search.keyness import SURE, Keyword, Keywords, g2, log_ratio
from search.language import fold, forms, language, words
from search.language.normal import fold_all
from search.lazy import pattern
from search.query import Node, Or, Phrase, Word

LEAST = 3
"""A keyword stands in so many texts at least."""

LIKELY = 400
"""So many of the words that are surest are looked at closely."""

SAMPLE, NAMES = 600, 40
"""So many texts are read for names of several words, and so many of these are counted."""

LARGE = 300_000
"""In an archive of more words numpy is worth its import."""

PART = 0.5
"""A word of which so large a part stands in a name is not counted by itself."""

_ARTICLES = frozenset("la le les l the der die das el los las il lo".split())
NUMBER = pattern(r"[\d.,h]+")

Counts = Callable[[Node], tuple[int, int]]
"""Counts the texts of either side that match."""

Finder = Callable[[Node], Collection[int]]
"""Finds the texts that match."""


class Sides(NamedTuple):
    """The texts that are compared (ascending documents): some, and others. Without `others`, these are all texts but
    the first ones and their `copies`."""

    texts: Sequence[int]
    others: Sequence[int] | None
    copies: Sequence[int]


class _Group(NamedTuple):
    """A word: its folded form, its printed forms, the commonest first, and in how many texts each stands; in how many
    texts of each side it stands (some may be counted twice)."""

    key: str
    forms: tuple[str, ...]
    counts: tuple[int, ...]
    texts: int
    others: int

    def counted(self, count: Counts) -> "_Group":
        """The word, with texts that have several of its forms counted once."""
        if len(self.forms) == 1:
            return self
        texts, others = count(Or(tuple(Word(form, exact=True) for form in self.forms)))
        return self._replace(texts=texts, others=others)


class KeywordFinder:
    """Finds keywords in one archive, most of which is in a language."""

    def __init__(self, postings: SegmentPostings, meaning: Meaning, code: str, find: Finder) -> None:
        self._postings, self._meaning, self._find = postings, meaning, find
        self._language = language(code)

    def keywords(self, sides: Sides, without: frozenset[str]) -> Keywords:
        """The keywords of some texts, but for the folded forms `without`; the surest first."""
        of = len(sides.texts)
        of_others = self._postings.count - of - len(sides.copies) if sides.others is None else len(sides.others)
        if not (of and of_others):
            return Keywords(of, of_others, ())
        count = self._counter(sides)
        names = list(self._names(sides, count))
        groups = [one for one in self._folded(sides) if one.key not in without]
        groups.sort(key=lambda one: (-_surprise(one, of, of_others), one.key))
        inside = {part: name.texts for name in reversed(names) for part in name.key.split(" ")}
        single = [one for one in self._inflected(groups[:LIKELY]) if inside.get(one.key, 0) < PART * one.texts]
        telling = [one for one in names if not (without | _ARTICLES).issuperset(one.key.split(" "))]
        exact = [one.counted(count) for one in single if _surprise(one, of, of_others) > SURE]
        found = [_keyword(one, of, of_others) for one in (*telling, *exact)]
        ordered = sorted(filter(None, found), key=lambda one: (-one.g2, one.word))
        return Keywords(of, of_others, tuple(ordered))

    def _counter(self, sides: Sides) -> Counts:
        """What counts the texts of either side that match."""
        texts, copies = set(sides.texts), set(sides.copies)
        others = None if sides.others is None else set(sides.others)

        def count(tree: Node) -> tuple[int, int]:
            found = set(self._find(tree))
            left_out = len(found & texts) + len(found & copies)
            return len(found & texts), len(found) - left_out if others is None else len(found & others)

        return count

    def _folded(self, sides: Sides) -> Iterator[_Group]:
        """The words, by how they fold; the commonest form first."""
        ours = form_counts(self._postings, sides.texts)
        copies = form_counts(self._postings, sides.copies).texts
        theirs = None if sides.others is None else form_counts(self._postings, sides.others).texts
        kept = [form for form in ours.texts if len(form) > 1 and not NUMBER.fullmatch(form)]
        by_key: dict[str, list[str]] = {}
        for form, key in zip(kept, fold_all(kept), strict=True):
            by_key.setdefault(key, []).append(form)
        for key, same in by_key.items():
            texts = sum(map(ours.texts.__getitem__, same))
            same.sort(key=lambda form: (-ours.texts[form], form))
            if texts < LEAST or self._meaning.is_stop_word(same[0]):
                continue
            if theirs is None:
                others = sum(ours.of_all(form) - copies.get(form, 0) for form in same) - texts
            else:
                others = sum(theirs.get(form, 0) for form in same)
            yield _Group(key, tuple(same), tuple(map(ours.texts.__getitem__, same)), texts, others)

    def _inflected(self, groups: Sequence[_Group]) -> Iterator[_Group]:
        """The words with their plurals and feminines."""
        stems = self._language.light_stems([one.forms[0].lower() for one in groups])
        by_stem: dict[str, list[_Group]] = {}
        for one, stem in zip(groups, stems, strict=True):
            by_stem.setdefault(f"={one.key}" if self._meaning.is_name(one.forms[0]) else stem, []).append(one)
        for same in by_stem.values():
            every = [pair for one in same for pair in zip(one.forms, one.counts, strict=True)]
            forms, counts = zip(*sorted(every, key=lambda pair: (-pair[1], pair[0])), strict=True)
            texts, others = sum(one.texts for one in same), sum(one.others for one in same)
            yield _Group(fold(forms[0]), forms, counts, texts, others)

    def _names(self, sides: Sides, count: Counts) -> Iterator[_Group]:
        """Names of several words, the commonest first."""
        seen, printed = Counter[str](), dict[str, Counter[str]]()
        for text in texts_of(self._postings, sides.texts[:: -(-len(sides.texts) // SAMPLE)]):
            for name in set(self._runs(text)):
                key = " ".join(map(fold, forms(name)))
                seen[key] += 1
                printed.setdefault(key, Counter())[name] += 1
        common = [name for name, count in seen.most_common() if count >= LEAST][:NAMES]
        for name in common:
            if any(f" {name} " in f" {one} " and 2 * seen[one] > seen[name] for one in common if one != name):
                continue  # mostly part of a longer one
            ours, theirs = count(Phrase(name))
            label = min(printed[name], key=lambda one: (-printed[name][one], one))
            yield _Group(name, (label,), (ours,), ours, theirs)

    def _runs(self, text: str) -> Iterator[str]:
        """The names of several words in a text."""
        every = words(text)
        for start, end in runs(text, every, self._meaning.is_name):
            yield text[every[start].start : every[end - 1].end]


def _keyword(group: _Group, of: int, of_others: int) -> Keyword | None:
    """The word, if the texts use it more, and that is no chance."""
    numbers = min(group.texts, of), of, min(group.others, of_others), of_others
    sure = _surprise(group, of, of_others)
    if numbers[0] < LEAST or sure < SURE:
        return None
    return Keyword(group.forms[0], group.forms, numbers[0], numbers[2], sure, log_ratio(*numbers))


def _surprise(group: _Group, of: int, of_others: int) -> float:
    """G² of a word that the texts use more, 0 of any other."""
    texts, others = min(group.texts, of), min(group.others, of_others)
    return g2(texts, of, others, of_others) if texts * of_others > others * of else 0.0
