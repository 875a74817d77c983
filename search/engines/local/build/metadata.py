"""The words of metadata: terms such as ``source<tab>monde``, in the title documents."""

from array import array

import numpy as np

from search.article import Article
from search.engines.local.build.finder import new_words
from search.engines.local.build.spill import write_lines, write_postings
from search.engines.local.codec.columns import Lines
from search.engines.local.codec.encode import Lists
from search.engines.local.codec.files import SectionWriter
from search.engines.local.codec.packing import Numbers, ranges
from search.engines.local.codec.records import meta_word, metadata


class _Field:
    """The values of a field, and the title documents of their articles."""

    def __init__(self) -> None:
        self.values: list[str] = []
        self.documents = array("q")

    def inverted(self) -> tuple[list[str], Lists, Numbers]:
        """The folded words, in order; their lists, and the number of positions in each."""
        words = new_words()
        words.add(self.values)
        words.look()
        used = np.flatnonzero(words.used())
        folded = words.described.folded(used)
        terms = sorted(set(folded))
        rank = {term: place for place, term in enumerate(terms)}
        ranks = np.zeros(len(words.described), np.int32)
        ranks[used] = list(map(rank.__getitem__, folded))
        count = len(self.values)
        found = words.invert(ranks, len(terms), np.zeros(count, bool), np.zeros(count, np.uint64))
        lists = found.lists
        return terms, lists._replace(documents=np.array(self.documents)[lists.documents]), found.cf


class MetadataPostings:
    """Collects the words of metadata. Each field has positions of its own."""

    def __init__(self) -> None:
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
        nothing = np.zeros(0, np.int64)
        terms: list[str] = []
        columns = [(nothing,) * 5]
        for name in sorted(self._fields):
            words, lists, cf = self._fields[name].inverted()
            terms += [meta_word(name, word) for word in words]
            columns.append((*lists, cf))
        df, documents, tf, positions, cf = map(np.concatenate, zip(*columns, strict=True))
        lists = Lists(df, documents, tf, positions)
        order = sorted(range(len(terms)), key=terms.__getitem__)
        if order != list(range(len(terms))):  # which the names of fields can bring about
            lists, cf = _in_order(lists, cf, np.array(order))
        write_lines(file, "meta.forms", Lines.of([terms[place] for place in order]))
        write_postings(file, "meta", lists, cf)


def _in_order(lists: Lists, cf: Numbers, order: Numbers) -> tuple[Lists, Numbers]:
    """The lists in another order."""
    postings = ranges((np.cumsum(lists.df) - lists.df)[order], lists.df[order])
    positions = ranges((np.cumsum(cf) - cf)[order], cf[order])
    moved = lists.df[order], lists.documents[postings], lists.tf[postings], lists.positions[positions]
    return Lists(*moved), cf[order]
