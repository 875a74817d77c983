"""A draft: articles in memory, and the spill that they become.

A spill is a section file (`search.engines.local.codec.files`) with all that a segment has
(`search.engines.local.codec`), except that its posting lists are plain columns and its stems a column for each
grade; ids are in no order. `search.engines.local.build.merge` makes a segment of spills.
"""

from array import array
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np

from search.article import Article
from search.dates import days
from search.engines.local.build import sameness
from search.engines.local.build.sketch import sketches
from search.engines.local.build.spill import MetadataPostings, write_postings, write_values
from search.engines.local.build.tokens import AT_ONCE, Tokens, guesses
from search.engines.local.build.vocabulary import Vocabulary
from search.engines.local.codec.columns import LONE, write_strings
from search.engines.local.codec.files import SectionWriter
from search.engines.local.codec.packing import Numbers
from search.engines.local.codec.records import Blocks, encoded
from search.engines.local.codec.stems import LIGHT, STEM, section, speech_bit, spoken
from search.language import language
from search.language.detect import detect


class Draft:
    """Collects articles; `write` makes a spill of them. `vocabulary` may have served other drafts before."""

    def __init__(self, vocabulary: Vocabulary, compress: Callable[[bytes], bytes]) -> None:
        self._vocabulary = vocabulary
        self._blocks = Blocks(compress)
        self._tokens: list[Tokens] = []
        self._texts: list[str] = []
        self._waiting = 0
        self._starts = array("q")
        self._count = 0
        self._articles: list[Article] = []
        self.size = 0
        """How many characters of text there are so far."""

    def __len__(self) -> int:
        return len(self._articles)

    def add(self, article: Article, group: int) -> None:
        """Add an article. Texts are compressed together only within a `group`. What fails leaves nothing behind."""
        for name, value in article.metadata.items():
            if not isinstance(value, str):
                raise TypeError(f'metadata "{name}": expected a string, found {type(value).__name__}')
        block = encoded(article)
        days(article.date or "1970")
        texts = (article.title, *article.paragraphs)
        size = sum(map(len, texts))
        self._starts.append(self._count)
        self._count += len(texts)
        self._texts += texts
        self._articles.append(article)
        self._blocks.add(block, group)
        self._waiting += size
        self.size += size
        if self._waiting > AT_ONCE:
            self._look_at_words()

    def ids(self) -> list[bytes]:
        """The ids of the articles."""
        return [article.id.encode() for article in self._articles]

    def write(self, path: Path) -> list[int]:
        """Write the spill; the two keys (`sameness`) of each article, in a row: that of its address, that of its
        text."""
        self._look_at_words()
        starts = np.array(self._starts)
        tokens = Tokens.joined(self._tokens)
        self._tokens = []
        if any(article.language is None for article in self._articles):
            told = guesses(tokens, starts, self._vocabulary)
            self._articles = [
                one
                if one.language is not None
                else replace(one, language=detect(" ".join(one.paragraphs), *by_words))
                for one, by_words in zip(self._articles, told, strict=True)
            ]
        with ThreadPoolExecutor(1) as beside, SectionWriter(path, durable=False) as file:
            frames = beside.submit(self._blocks.frames)
            self._write_words(file, tokens, starts)
            self._write_articles(file, tokens, starts)
            by_text = self._compare(file, tokens, starts)
            self._write_metadata(file, starts)
            self._write_blocks(file, frames.result())
        by_address = [sameness.address_key(article.url) for article in self._articles]
        return [key for pair in zip(by_address, by_text, strict=True) for key in pair]

    def _look_at_words(self) -> None:
        if self._texts:
            self._tokens.append(Tokens.of(self._texts, self._vocabulary))
            self._texts, self._waiting = [], 0

    def _write_words(self, file: SectionWriter, tokens: Tokens, starts: Numbers) -> None:
        names = np.array([language(one.language or "").names for one in self._articles])
        bits = np.array([speech_bit(one.language or "") for one in self._articles])
        titles = np.zeros(self._count, bool)
        titles[starts] = True
        of_text = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, self._count)))
        telling = tokens.telling & (names[of_text] & ~titles)[tokens.texts]
        every = self._vocabulary.names
        is_used = np.bincount(tokens.forms, minlength=len(every)) > 0
        order = self._vocabulary.in_order()
        order = order[is_used[order]]
        rank = np.zeros(len(every), np.int32)
        rank[order] = np.arange(len(order))
        terms = rank.take(tokens.forms)
        one_for_all = bits[0] if (bits == bits[0]).all() else 0
        speech = np.full(len(order), one_for_all, np.int64)
        for bit in [] if one_for_all else np.unique(bits).tolist():
            here = terms[(bits == bit)[of_text][tokens.texts]]
            speech[np.bincount(here, minlength=len(order)) > 0] |= bit
        write_strings(file, "text.forms", [every[number].encode() for number in order.tolist()])
        file.column("text.evidence", np.bincount(terms[telling], minlength=len(order)))
        file.column("text.speech", speech)
        write_postings(file, "text", terms, tokens.texts, tokens.positions, len(order))
        for bit in np.unique(bits).tolist():
            for code in spoken(bit):
                self._write_stems(file, code, order, np.flatnonzero(speech & bit))

    def _write_stems(self, file: SectionWriter, code: str, order: Numbers, places: Numbers) -> None:
        """Write the stems of the forms at some places, in the order in which forms are written."""
        for grade in (LIGHT, STEM):
            hashes = np.zeros(len(order), np.int64)
            hashes[places] = self._vocabulary.stems(code, grade, order[places])
            file.column(section(code, grade), hashes)

    def _write_articles(self, file: SectionWriter, tokens: Tokens, starts: Numbers) -> None:
        lengths = tokens.lengths + 1
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

    def _compare(self, file: SectionWriter, tokens: Tokens, starts: Numbers) -> list[int]:
        """Write the sketches of the articles; the keys of their texts."""
        titles = np.zeros(self._count, bool)
        titles[starts] = True
        article = (np.cumsum(titles) - 1).take(tokens.texts)
        body = ~titles.take(tokens.texts)
        hashes = np.array(self._vocabulary.hashes, np.uint64)
        words = hashes, tokens.forms[body], article[body], len(starts)
        file.add("sketches", sketches(*words).tobytes(), width=1)
        return sameness.text_keys(*words)

    def _write_metadata(self, file: SectionWriter, starts: Numbers) -> None:
        meta = MetadataPostings()
        for article, start in zip(self._articles, starts.tolist(), strict=True):
            meta.add(article, start)
        meta.write(file)

    def _write_blocks(self, file: SectionWriter, frames: list[bytes]) -> None:
        file.add("blocks", *frames)
        file.column("blocks.ends", np.cumsum([len(frame) for frame in frames], dtype=np.int64))
        file.column("blocks.articles", np.array(self._blocks.first_articles))
        file.close(documents=self._count, articles=len(self._articles))
