"""The words of metadata: terms such as ``source<tab>monde``, in the title documents."""

from array import array

import numpy as np

from search.article import Article
from search.engines.local.build.spill import write_lines, write_postings
from search.engines.local.build.words import Words
from search.engines.local.codec.columns import Lines
from search.engines.local.codec.encode import Lists
from search.engines.local.codec.files import SectionWriter
from search.engines.local.codec.packing import Numbers, ranges
from search.engines.local.codec.records import meta_word, metadata

_BETWEEN = meta_word("", "")
"""What is between the name of a field and a word. Terms are in the order of names, then words, unless there is such a
sign, or one before it, in a name."""


class _Field:
    """The values of a field, and the title documents of their articles."""

    def __init__(self) -> None:
        self.values: list[str] = []
        self.documents = array("q")

    def inverted(self, words: Words, name: str) -> tuple[Lines, Lists, Numbers]:
        """The terms of the field of this name, in order, which `words` find; their lists, and the number of positions
        in each."""
        words.clear()
        words.add(self.values)
        words.look()
        order = words.described.in_order()
        terms, ranks = words.described.terms(order[words.used()[order]], meta_word(name, ""))
        count = len(self.values)
        found = words.invert(ranks, len(terms.ends), np.zeros(count, bool), np.zeros(count, np.uint64))
        lists = found.lists
        return terms, lists._replace(documents=np.array(self.documents)[lists.documents]), found.cf


class MetadataPostings:
    """Collects the words of metadata. Each field has positions of its own."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._fields: dict[str, _Field] = {}

    def add(self, article: Article, document: int) -> None:
        """Add an article's metadata."""
        for name, value in metadata(article).items():
            field = self._fields.get(name)
            if field is None:
                field = self._fields[name] = _Field()
            field.values.append(value)
            field.documents.append(document)

    def write(self, file: SectionWriter) -> None:
        """Write the terms and their lists."""
        parts, nothing = [], np.zeros(0, np.int64)
        columns = [(nothing,) * 5]
        for name in sorted(self._fields):
            words, lists, cf = self._fields[name].inverted(self._words, name)
            parts.append(words)
            columns.append((*lists, cf))
        df, documents, tf, positions, cf = map(np.concatenate, zip(*columns, strict=True))
        terms, lists = Lines.joined(parts), Lists(df, documents, tf, positions)
        if any(sign <= _BETWEEN for name in self._fields for sign in name):
            strings = terms.strings()
            order = np.array(sorted(range(len(strings)), key=strings.__getitem__), np.int64)
            terms = Lines.of([strings[place] for place in order])
            lists, cf = _in_order(lists, cf, order)
        write_lines(file, "meta.forms", terms)
        write_postings(file, "meta", lists, cf)


def _in_order(lists: Lists, cf: Numbers, order: Numbers) -> tuple[Lists, Numbers]:
    """The lists in another order."""
    postings = ranges((np.cumsum(lists.df) - lists.df)[order], lists.df[order])
    positions = ranges((np.cumsum(cf) - cf)[order], cf[order])
    moved = lists.df[order], lists.documents[postings], lists.tf[postings], lists.positions[positions]
    return Lists(*moved), cf[order]
