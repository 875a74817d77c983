"""What a spill is made of: postings as plain columns, and values of which many are the same."""

from array import array

import numpy as np

from search.article import Article
from search.engines.local.codec.columns import LONE, write_strings
from search.engines.local.codec.encode import Lists
from search.engines.local.codec.files import SectionWriter
from search.engines.local.codec.packing import Numbers
from search.engines.local.codec.records import meta_word, metadata
from search.language import folded_forms


def inverted(terms: Numbers, texts: Numbers, positions: Numbers, count: int) -> tuple[Lists, Numbers]:
    """The posting lists of `count` terms, whose words stand in these texts at these positions; and the number of
    positions in each list."""
    terms, texts, positions = _sorted(terms, texts, positions)
    new = np.ones(len(terms), bool)
    new[1:] = (terms[1:] != terms[:-1]) | (texts[1:] != texts[:-1])
    first = np.flatnonzero(new)
    tf = np.diff(np.append(first, len(terms)))
    df = np.bincount(terms[first], minlength=count)
    return Lists(df, texts[first], tf, positions), np.bincount(terms, minlength=count)


def write_postings(
    file: SectionWriter, field: str, terms: Numbers, texts: Numbers, positions: Numbers, count: int
) -> None:
    """Write the posting lists of a field's words as columns."""
    lists, cf = inverted(terms, texts, positions, count)
    file.column(f"{field}.df", lists.df)
    file.column(f"{field}.cf", cf)
    file.column(f"{field}.documents", lists.documents)
    file.column(f"{field}.tf", lists.tf)
    file.column(f"{field}.positions", lists.positions)


def write_values(file: SectionWriter, name: str, values: list[bytes]) -> None:
    """Write a column of strings of which many are the same: their numbers in the sorted values, and the values."""
    distinct = sorted(set(values))
    number = {value: place for place, value in enumerate(distinct)}
    file.column(name, np.array([number[value] for value in values], np.int64))
    write_strings(file, f"{name}.values", distinct)


class MetadataPostings:
    """Collects the words of metadata: terms such as ``source<tab>monde``, in the title documents."""

    def __init__(self) -> None:
        self._numbers: dict[str, dict[str, int]] = {}
        self._count = 0
        self._values: dict[tuple[str, str], list[int]] = {}
        self._words: list[int] = []
        self._documents = array("q")
        self._counts = array("q")

    def add(self, article: Article, document: int) -> None:
        """Add an article's metadata."""
        before = len(self._words)
        for field, value in metadata(article).items():
            self._words += self._value(field, value)
        self._documents.append(document)
        self._counts.append(len(self._words) - before)

    def write(self, file: SectionWriter) -> None:
        """Write the terms and their lists."""
        numbers = {
            meta_word(field, word): number for field, words in self._numbers.items() for word, number in words.items()
        }
        terms = sorted(numbers)
        rank = np.zeros(len(terms), np.int64)
        rank[[numbers[term] for term in terms]] = np.arange(len(terms))
        write_strings(file, "meta.forms", [term.encode("utf-8", LONE) for term in terms])
        words = rank.take(np.array(self._words, np.int64)) if terms else np.zeros(0, np.int64)
        counts = np.array(self._counts)
        positions = np.arange(len(words)) - np.repeat(np.cumsum(counts) - counts, counts)
        write_postings(file, "meta", words, np.repeat(self._documents, counts), positions, len(terms))

    def _value(self, field: str, value: str) -> list[int]:
        key = (field, value)
        if key not in self._values:
            known = self._numbers.setdefault(field, {})
            self._values[key] = found = []
            for word in folded_forms(value):
                number = known.get(word)
                if number is None:
                    number = known[word] = self._count
                    self._count += 1
                found.append(number)
        return self._values[key]


def _sorted(terms: Numbers, texts: Numbers, positions: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """The words by term, text and position."""
    text_bits, position_bits = (int(part.max()).bit_length() if len(part) else 1 for part in (texts, positions))
    if text_bits + position_bits + int(terms.max(initial=0)).bit_length() > 63:
        order = np.lexsort((positions, texts, terms))
        return terms[order], texts[order], positions[order]
    key = (terms.astype(np.int64) << (text_bits + position_bits)) | (texts << position_bits) | positions
    key.sort()
    return (
        key >> (text_bits + position_bits),
        (key >> position_bits) & ((1 << text_bits) - 1),
        key & ((1 << position_bits) - 1),
    )
