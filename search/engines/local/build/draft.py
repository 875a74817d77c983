"""A draft: articles in memory, and the spill that they become.

A spill is a section file (`search.engines.local.codec.files`) with all that a segment has
(`search.engines.local.codec`), except that its posting lists are plain columns, its forms (and the same folded)
lines, and its stems a column for each grade; ids are in no order. `search.engines.local.build.merge` makes a segment
of spills.
"""

from array import array
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.article import Article
from search.dates import days
from search.engines.local.build import sameness
from search.engines.local.build.finder import Finders
from search.engines.local.build.metadata import MetadataPostings
from search.engines.local.build.spill import write_lines, write_postings, write_values
from search.engines.local.codec.columns import LONE, write_strings
from search.engines.local.codec.files import SectionWriter
from search.engines.local.codec.records import Blocks, encoded
from search.engines.local.codec.stems import LIGHT, STEM, section, speech_bit, spoken
from search.language import language
from search.language.detect import detect
from search.language.languages import DEFAULT, TELLING

Starts = NDArray[np.int64]
"""At which text each article begins: at its title."""


class Prepared(NamedTuple):
    """An article that can be added, and how it is encoded. Its paragraphs may be `lines`, in UTF-8, parted by line
    ends."""

    article: Article
    lines: bytes | None
    block: bytes


def prepared(article: Article, lines: bytes | None = None) -> Prepared:
    """Make an article ready to be added. If its paragraphs are given as `lines`, it has none itself."""
    for name, value in article.metadata.items():
        if not isinstance(value, str):
            raise TypeError(f'metadata "{name}": expected a string, found {type(value).__name__}')
    days(article.date or "1970")
    block = encoded(article, lines)
    if lines is not None and article.language is None:  # which is found out by its text
        article = replace(article, paragraphs=tuple(lines.decode().split("\n")))
    return Prepared(article, lines, block)


class Draft:
    """Collects articles; `write` makes a spill of them. `finders` may have served other drafts before."""

    def __init__(self, finders: Finders, compress: Callable[[bytes], bytes]) -> None:
        self._words, self._metadata_words = finders
        self._words.clear()
        self._blocks = Blocks(compress)
        self._starts = array("q")
        self._count = 0
        self._articles: list[Article] = []
        self.size = 0
        """About how many characters of text there are so far."""

    def __len__(self) -> int:
        return len(self._articles)

    def add(self, article: Article, group: int, lines: bytes | None = None) -> None:
        """Add an article, as `prepared` has it. Texts are compressed together only within a `group`. What fails
        leaves nothing behind."""
        self.take(prepared(article, lines), group)

    def take(self, ready: "Prepared", group: int) -> None:
        """Add an article that is prepared."""
        article, lines, block = ready
        if lines is None:
            texts = [article.title, *article.paragraphs]
            self._words.add(texts)
            count, size = len(texts), sum(map(len, texts))
        else:
            count, size = self._words.add_lines(article.title, lines), len(lines)
        self._starts.append(self._count)
        self._count += count
        self._articles.append(article)
        self._blocks.add(block, group)
        self.size += size

    def ids(self) -> list[bytes]:
        """The ids of the articles."""
        return [article.id.encode() for article in self._articles]

    def write(self, path: Path) -> list[int]:
        """Write the spill; the two keys (`sameness`) of each article, in a row: that of its address, that of its
        text."""
        self._words.look()
        starts = np.array(self._starts, np.int64)
        self._tell_languages(starts)
        with ThreadPoolExecutor(1) as beside, SectionWriter(path, durable=False) as file:
            frames = beside.submit(self._blocks.frames)
            self._write_words(file, starts)
            self._write_articles(file, starts)
            sketches, by_text = self._words.compare(starts)
            file.add("sketches", sketches, width=1)
            self._write_metadata(file, starts)
            self._write_blocks(file, frames.result())
        by_address = [sameness.address_key(article.url) for article in self._articles]
        return [key for pair in zip(by_address, by_text, strict=True) for key in pair]

    def _tell_languages(self, starts: Starts) -> None:
        """Find out the languages of the articles that do not say them."""
        if all(article.language is not None for article in self._articles):
            return
        known = self._words.described
        counts = self._words.tally(np.ones(len(known), bool), starts)
        english, french = (self._words.tally(known.among(TELLING[code]), starts) for code in ("en", "fr"))
        for place, article in enumerate(self._articles):
            if article.language is None:
                one, two = english[place], french[place]
                by_words = (counts[place], "en", one) if one > two else (counts[place], DEFAULT, two)
                found = detect(" ".join(article.paragraphs), *by_words)
                self._articles[place] = replace(article, language=found)

    def _write_words(self, file: SectionWriter, starts: Starts) -> None:
        names = np.array([language(one.language or "").names for one in self._articles], bool)
        bits = np.array([speech_bit(one.language or "") for one in self._articles], np.uint64)
        of_text = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, self._count)))
        is_body = np.ones(self._count, bool)
        is_body[starts] = False
        known = self._words.described
        order = known.in_order()
        order = order[self._words.used()[order]]
        ranks = np.zeros(len(known), np.int32)
        ranks[order] = np.arange(len(order))
        found = self._words.invert(ranks, len(order), names[of_text] & is_body, bits[of_text])
        for name, lines in known.lines(order)._asdict().items():
            write_lines(file, f"text.{name}", lines)
        file.column("text.evidence", found.evidence)
        file.column("text.speech", found.speech)
        write_postings(file, "text", found.lists, found.cf)
        for bit in np.unique(bits).tolist():
            for code in spoken(bit):
                self._write_stems(file, code, order, np.flatnonzero(found.speech & np.uint64(bit)))

    def _write_stems(self, file: SectionWriter, code: str, order: Starts, places: Starts) -> None:
        """Write the stems of the forms at some places, in the order in which forms are written."""
        for grade in (LIGHT, STEM):
            hashes = np.zeros(len(order), np.int64)
            hashes[places] = self._words.described.stems(code, grade, order[places])
            file.column(section(code, grade), hashes)

    def _write_articles(self, file: SectionWriter, starts: Starts) -> None:
        lengths = self._words.lengths() + 1
        lengths[starts[[not one.title for one in self._articles]]] = 0
        dates = np.array([days(one.date) if one.date else (0, 0) for one in self._articles], np.int64).reshape(-1, 2)
        file.column("lengths", lengths)
        file.column("numbers", np.arange(len(lengths)) - np.repeat(starts, np.diff(np.append(starts, len(lengths)))))
        file.column("starts", starts)
        file.column("first", dates[:, 0])
        file.column("last", dates[:, 1])
        write_strings(file, "ids", self.ids())
        for name in ("language", "source", "author"):
            write_values(file, name, [(getattr(one, name) or "").encode("utf-8", LONE) for one in self._articles])

    def _write_metadata(self, file: SectionWriter, starts: Starts) -> None:
        meta = MetadataPostings(self._metadata_words)
        for article, start in zip(self._articles, starts.tolist(), strict=True):
            meta.add(article, start)
        meta.write(file)

    def _write_blocks(self, file: SectionWriter, frames: list[bytes]) -> None:
        file.add("blocks", *frames)
        file.column("blocks.ends", np.cumsum([len(frame) for frame in frames], dtype=np.int64))
        file.column("blocks.articles", np.array(self._blocks.first_articles))
        file.close(documents=self._count, articles=len(self._articles))
