"""A draft: articles in memory, and the spill that they become.

A spill is a section file (`search.engines.local.codec.files`), without checksums, with all that a segment has
(`search.engines.local.codec`), except that its posting lists are plain columns, its forms (and the same folded)
lines, and its stems a column for each grade; ids are in no order. `search.engines.local.build.merge` makes a segment
of spills.
"""

from array import array
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from search.article import Article
from search.dates import days
from search.engines.local.build import sameness
from search.engines.local.build.about import About
from search.engines.local.build.finder import Finders
from search.engines.local.build.metadata import MetadataPostings
from search.engines.local.build.spill import write_lines, write_postings, write_values
from search.engines.local.build.words import Inverted
from search.engines.local.codec.columns import write_strings
from search.engines.local.codec.files import SectionWriter
from search.engines.local.codec.packing import distinct
from search.engines.local.codec.records import Blocks, all_encoded, encoded
from search.engines.local.codec.stems import LIGHT, STEM, section, speech_bit, spoken
from search.language import language
from search.language.detect import detect
from search.language.languages import DEFAULT, TELLING
from search.readers.tables.plain import Plain

Starts = NDArray[np.int64]
"""At which text each article begins: at its title."""

T = TypeVar("T")


class Counted(NamedTuple):
    """The printed forms in the texts of some articles, in their order; in how many texts each is, and how often it is
    evidence of what is a name; and the terms of metadata, with the number of articles of each."""

    forms: list[str]
    df: list[int]
    evidence: list[int]
    terms: list[str]
    articles: list[int]


class Draft:
    """Collects articles; `write` makes a spill of them. `finders` may have served other drafts before."""

    def __init__(self, finders: Finders, compress: Callable[[bytes], bytes]) -> None:
        self._words, self._metadata_words = finders
        self._words.clear()
        self._blocks = Blocks(compress)
        self._counts = array("i")
        self._about = About()
        self._untold: dict[int, str] = {}
        self.size = 0
        """About how many characters of text there are so far."""

    def __len__(self) -> int:
        return len(self._about)

    def add(self, article: Article, group: int) -> None:
        """Add an article. Texts are compressed together only within a `group`. What fails leaves nothing behind."""
        _check(article)
        block = encoded(article)
        texts = [article.title, *article.paragraphs]
        self._words.add(texts)
        self._counts.append(len(texts))
        if article.language is None:
            self._untold[len(self)] = " ".join(article.paragraphs)
        self._about.add(article)
        self._blocks.add(block, group)
        self.size += sum(map(len, texts))

    def extend(self, found: Plain, group: int) -> None:
        """Add articles that the kernel has read."""
        blocks = all_encoded(found)
        self._counts.frombytes(self._words.add_rows(found.titles, found.lines).tobytes())
        for place, code in enumerate(found.languages, len(self)):
            if not code:
                self._untold[place] = found.lines[place - len(self)].decode().replace("\n", " ")
        self._about.extend(found)
        for block in blocks:
            self._blocks.add(block, group)
        self.size += sum(map(len, found.lines))

    def ids(self) -> list[bytes]:
        """The ids of the articles."""
        return list(map(str.encode, self._about.ids))

    def write(self, path: Path) -> list[int]:
        """Write the spill; the two keys (`sameness`) of each article, in a row: that of its address, that of its
        text."""
        self._words.look()
        counts = np.array(self._counts, np.int64)
        starts = np.cumsum(counts) - counts
        self._tell_languages(starts)
        with ThreadPoolExecutor(1) as beside, SectionWriter(path, durable=False, checked=False) as file:
            frames = beside.submit(self._blocks.frames)
            self._write_words(file, starts, counts)
            self._write_articles(file, starts, counts)
            sketches, by_text = self._words.compare(starts)
            file.add("sketches", sketches, width=1)
            self._metadata(starts).write(file)
            self._write_blocks(file, frames.result())
            file.close(documents=int(counts.sum()), articles=len(self))
        by_address = map(sameness.address_key, self._about.urls)
        return [key for pair in zip(by_address, by_text, strict=True) for key in pair]

    def _tell_languages(self, starts: Starts) -> None:
        """Find out the languages of the articles that do not say them."""
        if not self._untold:
            return
        known = self._words.described
        counts = self._words.tally(np.ones(len(known), bool), starts)
        english, french = (self._words.tally(known.among(TELLING[code]), starts) for code in ("en", "fr"))
        for place, text in self._untold.items():
            one, two = english[place], french[place]
            by_words = (counts[place], "en", one) if one > two else (counts[place], DEFAULT, two)
            self._about.languages[place] = detect(text, *by_words)

    def counted(self) -> Counted:
        """What there is to count of the words."""
        self._words.look()
        counts = np.array(self._counts, np.int64)
        starts = np.cumsum(counts) - counts
        self._tell_languages(starts)
        order, found = self._inverted(starts, counts)
        terms, lists, _ = self._metadata(starts).inverted()
        forms = self._words.described.lines(order).forms.strings()
        return Counted(forms, found.lists.df.tolist(), found.evidence.tolist(), terms.strings(), lists.df.tolist())

    def _bits(self) -> NDArray[np.uint64]:
        """The bit of the language of each article."""
        return np.array(self._of_languages(speech_bit), np.uint64)

    def _of_languages(self, said: Callable[[str], T]) -> list[T]:
        """What is said of the language of each article."""
        every = {code: said(code) for code in set(self._about.languages)}
        return [every[code] for code in self._about.languages]

    def _inverted(self, starts: Starts, counts: Starts) -> tuple[Starts, Inverted]:
        """The numbers of the forms in the texts, in their order, and their lists."""
        names = np.array(self._of_languages(lambda code: language(code).names), bool)
        of_text = np.repeat(np.arange(len(starts)), counts)
        is_body = np.ones(len(of_text), bool)
        is_body[starts] = False
        known = self._words.described
        order = known.in_order()
        order = order[self._words.used()[order]]
        ranks = np.zeros(len(known), np.int32)
        ranks[order] = np.arange(len(order))
        return order, self._words.invert(ranks, len(order), names[of_text] & is_body, self._bits()[of_text])

    def _write_words(self, file: SectionWriter, starts: Starts, counts: Starts) -> None:
        order, found = self._inverted(starts, counts)
        for name, lines in self._words.described.lines(order)._asdict().items():
            write_lines(file, f"text.{name}", lines)
        file.column("text.evidence", found.evidence)
        file.column("text.speech", found.speech)
        write_postings(file, "text", found.lists, found.cf)
        for bit in distinct(self._bits()).tolist():
            for code in spoken(bit):
                self._write_stems(file, code, order, np.flatnonzero(found.speech & np.uint64(bit)))

    def _write_stems(self, file: SectionWriter, code: str, order: Starts, places: Starts) -> None:
        """Write the stems of the forms at some places, in the order in which forms are written."""
        for grade in (LIGHT, STEM):
            hashes = np.zeros(len(order), np.int64)
            hashes[places] = self._words.described.stems(code, grade, order[places])
            file.column(section(code, grade), hashes)

    def _write_articles(self, file: SectionWriter, starts: Starts, counts: Starts) -> None:
        about = self._about
        lengths = self._words.lengths() + 1
        lengths[starts[~np.array(about.have_titles, bool)]] = 0
        dates = np.array([days(one) if one else (0, 0) for one in about.dates], np.int64).reshape(-1, 2)
        file.column("lengths", lengths)
        file.column("numbers", np.arange(len(lengths)) - np.repeat(starts, counts))
        file.column("starts", starts)
        file.column("first", dates[:, 0])
        file.column("last", dates[:, 1])
        write_strings(file, "ids", self.ids())
        for name, values in (("language", about.languages), ("source", about.sources), ("author", about.authors)):
            write_values(file, name, values)

    def _metadata(self, starts: Starts) -> MetadataPostings:
        meta = MetadataPostings(self._metadata_words)
        for field in self._about.fields():
            meta.add(field, starts)
        return meta

    def _write_blocks(self, file: SectionWriter, frames: list[bytes]) -> None:
        file.add("blocks", *frames)
        file.column("blocks.ends", np.cumsum([len(frame) for frame in frames], dtype=np.int64))
        file.column("blocks.articles", np.array(self._blocks.first_articles))


def _check(article: Article) -> None:
    """See that an article can be kept: `TypeError` or `ValueError` if not."""
    for name, value in article.metadata.items():
        if not isinstance(value, str):
            raise TypeError(f'metadata "{name}": expected a string, found {type(value).__name__}')
    days(article.date or "1970")
