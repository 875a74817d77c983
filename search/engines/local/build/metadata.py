"""The words of metadata: terms such as ``source<tab>monde``, in the title documents."""

import numpy as np

from search.engines.local.build.about import Field
from search.engines.local.build.spill import write_lines, write_postings
from search.engines.local.build.words import Words
from search.engines.local.codec.columns import Lines
from search.engines.local.codec.encode import Lists
from search.engines.local.codec.files import SectionWriter
from search.engines.local.codec.packing import Numbers, ranges
from search.engines.local.codec.records import meta_word

_BETWEEN = meta_word("", "")
"""What is between the name of a field and a word. Terms are in the order of names, then words, unless there is such a
sign, or one before it, in a name."""


class MetadataPostings:
    """The words of metadata, which `words` finds. Each field has positions of its own."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._names: list[str] = []
        self._terms: list[Lines] = []
        nothing = np.zeros(0, np.int64)
        self._columns: list[tuple[Numbers, ...]] = [(nothing,) * 5]

    def add(self, field: Field, starts: Numbers) -> None:
        """Add a field, in the order of their names; `starts` has the title document of each article."""
        words, count = self._words, len(field.values)
        words.clear()
        words.add(field.values)
        words.look()
        order = words.described.in_order()
        terms, ranks = words.described.terms(order[words.used()[order]], meta_word(field.name, ""))
        found = words.invert(ranks, len(terms.ends), np.zeros(count, bool), np.zeros(count, np.uint64))
        lists = found.lists
        documents = starts[np.array(field.articles)[lists.documents]]
        self._names.append(field.name)
        self._terms.append(terms)
        self._columns.append((lists.df, documents, lists.tf, lists.positions, found.cf))

    def write(self, file: SectionWriter) -> None:
        """Write the terms and their lists."""
        terms, lists, cf = self.inverted()
        write_lines(file, "meta.forms", terms)
        write_postings(file, "meta", lists, cf)

    def inverted(self) -> tuple[Lines, Lists, Numbers]:
        """The terms, in order; their lists, and the number of positions in each."""
        df, documents, tf, positions, cf = map(np.concatenate, zip(*self._columns, strict=True))
        terms, lists = Lines.joined(self._terms), Lists(df, documents, tf, positions)
        if any(sign <= _BETWEEN for name in self._names for sign in name):
            strings = terms.strings()
            order = np.array(sorted(range(len(strings)), key=strings.__getitem__), np.int64)
            terms = Lines.of([strings[place] for place in order])
            lists, cf = _in_order(lists, cf, order)
        return terms, lists, cf


def _in_order(lists: Lists, cf: Numbers, order: Numbers) -> tuple[Lists, Numbers]:
    """The lists in another order."""
    postings = ranges((np.cumsum(lists.df) - lists.df)[order], lists.df[order])
    positions = ranges((np.cumsum(cf) - cf)[order], cf[order])
    moved = lists.df[order], lists.documents[postings], lists.tf[postings], lists.positions[positions]
    return Lists(*moved), cf[order]
