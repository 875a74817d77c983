"""Articles as they were given: their texts and all that is known of them, compressed.

Some articles make a block, of about `BLOCK_SIZE` bytes; a block is one zstd frame with a checksum. In it stand the
articles one after the other, each as: the number of its texts (u32), the size of each in bytes (u32), the texts in
UTF-8. The first text is the article's record: JSON of all that has no column of its own. The second is the title,
the others are the paragraphs.
"""

import json
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from json.encoder import encode_basestring as quoted
from struct import pack
from typing import TYPE_CHECKING, Any

from search.engines.local.codec.columns import LONE
from search.engines.local.codec.files import SectionFile

if TYPE_CHECKING:
    from search.article import Article
    from search.readers.tables.plain import Plain

BLOCK_SIZE = 8192
"""A block ends with the article that fills it to this size (bytes before compression)."""

METADATA = ("source", "author", "language", "url")
"""The fields of an article that are searched as metadata, beside what its `metadata` holds."""


def storable(identity: str) -> str:
    """The id as UTF-8 can hold it (file names and JSON can smuggle in what it cannot)."""
    return identity.encode("utf-8", "replace").decode()


def meta_word(field: str, word: str) -> str:
    """The term of a (folded) word in a metadata field."""
    return f"{field}\t{word}"


def metadata(article: "Article") -> dict[str, str]:
    """All of an article's metadata that can be asked for, by field. No field has a line end in its name."""
    own = {name: value for name in METADATA if (value := getattr(article, name))}
    return {**with_plain_names(article.metadata), **own}


def with_plain_names(fields: Mapping[str, str]) -> Mapping[str, str]:
    """Fields whose names have no line ends."""
    if "\n" in "".join(fields):
        return {name.replace("\n", " "): value for name, value in fields.items()}
    return fields


def encoded(article: "Article") -> bytes:
    """An article's part of a block."""
    return packed([_record(article), article.title, *article.paragraphs])


def all_encoded(found: "Plain") -> list[bytes]:
    """The same for articles that the kernel has read."""
    from search.native import kernel  # which reading has no use for

    assert kernel
    names, values = tuple(map(quoted, found.metadata)), tuple(found.metadata.values())
    path = quoted(str(found.source.path))
    every: list[bytes] = kernel.pack_rows(path, found.numbers, found.urls, names, values, found.titles, found.lines)
    return every


def _record(article: "Article") -> str:
    """The record of an article, as JSON. (A `json.JSONEncoder` takes twice the time for such small things.)"""
    fields = []
    if article.url is not None:
        fields.append(f'"url": {quoted(article.url)}')
    if article.path is not None:
        fields.append(f'"path": {quoted(article.path)}')
    if article.line:
        fields.append(f'"line": {article.line}')
    if article.metadata:
        metadata = ", ".join([f"{quoted(name)}: {quoted(value)}" for name, value in article.metadata.items()])
        fields.append(f'"metadata": {{{metadata}}}')
    return f"{{{', '.join(fields)}}}"


def packed(texts: list[str]) -> bytes:
    """Texts as an article's part of a block has them."""
    from search.native import kernel  # which reading has no use for

    if kernel:
        found: bytes = kernel.pack(texts)
        return found
    parts = [text.encode("utf-8", LONE) for text in texts]
    return b"".join((pack(f"<{len(parts) + 1}I", len(parts), *map(len, parts)), *parts))


class Blocks:
    """Collects blocks: the frames, and the first article of each."""

    def __init__(self, compress: Callable[[bytes], bytes]) -> None:
        self._compress = compress
        self._open: list[bytes] = []
        self._size = 0
        self._group = -1
        self._articles = 0
        self._blocks: list[tuple[bytes, bool]] = []
        self.first_articles = array("q")

    def add(self, article: bytes, group: int) -> None:
        """Add an article. Articles of different groups are never in the same block."""
        if self._size >= BLOCK_SIZE or group != self._group:
            self._end()
        if not self._open:
            self.first_articles.append(self._articles)
        self._group = group
        self._open.append(article)
        self._size += len(article)
        self._articles += 1

    def add_frame(self, frame: bytes, articles: int) -> None:
        """Add a block as it is."""
        self._end()
        self._blocks.append((frame, True))
        self.first_articles.append(self._articles)
        self._articles += articles

    def frames(self) -> list[bytes]:
        """All blocks, compressed. (One after the other, while the dictionary is in the processor's caches.)"""
        self._end()
        return [block if is_frame else self._compress(block) for block, is_frame in self._blocks]

    def _end(self) -> None:
        if self._open:
            self._blocks.append((b"".join(self._open), False))
            self._open, self._size = [], 0


class Texts:
    """Reads the texts of articles from their blocks; the last few blocks are kept."""

    KEPT = 3000

    def __init__(
        self, frames: memoryview, ends: memoryview, articles: memoryview, decompress: Callable[[bytes], bytes]
    ) -> None:
        self._frames, self._ends, self._articles = frames, ends, articles
        self._decompress = decompress
        self._blocks: dict[int, list[ArticleTexts]] = {}
        self._passed: tuple[int, list[ArticleTexts]] = (-1, [])

    def __len__(self) -> int:
        return len(self._ends)

    def texts(self, article: int, *, passing: bool = False) -> "ArticleTexts":
        """The texts of an article. For one who is `passing` through all of them in order, its block alone is kept."""
        number = bisect_right(self._articles, article) - 1
        block = self._blocks.get(number) or (self._passing if passing else self._kept)(number)
        return block[article - self._articles[number]]

    def _kept(self, number: int) -> "list[ArticleTexts]":
        """The articles of a block, which is kept."""
        unpacked = self._unpacked(number)
        if len(self._blocks) >= self.KEPT:
            del self._blocks[next(iter(self._blocks))]
        self._blocks[number] = unpacked
        return unpacked

    def _passing(self, number: int) -> "list[ArticleTexts]":
        passed, block = self._passed
        if passed != number:
            block = self._unpacked(number)
            self._passed = number, block
        return block

    def _unpacked(self, number: int) -> "list[ArticleTexts]":
        start = self._ends[number - 1] if number else 0
        frame = bytes(self._frames[start : self._ends[number]])
        return list(map(ArticleTexts, parts_of(memoryview(self._decompress(frame)))))


def blocks_of(file: SectionFile, decompress: Callable[[bytes], bytes]) -> Texts:
    """The texts of a segment or a spill."""
    return Texts(file.section("blocks"), file.column("blocks.ends"), file.column("blocks.articles"), decompress)


class ArticleTexts:
    """The texts of one article: its record, its title (number 0) and its paragraphs (from 1)."""

    def __init__(self, data: memoryview) -> None:
        count = int.from_bytes(data[:4], "little")
        self._data = data
        self._sizes = data[4 : 4 + 4 * count].cast("I")

    def record(self) -> dict[str, Any]:
        """What was kept of the article beside its texts."""
        found: dict[str, Any] = json.loads(self._text(0))
        return found

    def text(self, number: int) -> str:
        """The title or a paragraph."""
        return self._text(number + 1)

    def lead(self) -> str:
        """The first paragraph, if there is one."""
        return self._text(2) if len(self._sizes) > 2 else ""

    def article(self, identity: str, **columns: Any) -> "Article":
        """All of it, with what the columns say."""
        from search.article import Article  # a search shows parts of articles only

        paragraphs = tuple(self._text(number) for number in range(2, len(self._sizes)))
        return Article(identity, self._text(1), paragraphs, **columns, **self.record())

    def _text(self, place: int) -> str:
        start = 4 + 4 * len(self._sizes) + sum(self._sizes[:place])
        return str(self._data[start : start + self._sizes[place]], "utf-8", LONE)


def parts_of(block: memoryview) -> Iterator[memoryview]:
    """The articles of a block."""
    at = 0
    while at < len(block):
        count = int.from_bytes(block[at : at + 4], "little")
        size = 4 + 4 * count + sum(block[at + 4 : at + 4 + 4 * count].cast("I"))
        yield block[at : at + size]
        at += size


LEVEL = 4
"""How hard zstd tries."""


def codec(dictionary: bytes, level: int = LEVEL) -> tuple[Callable[[bytes], bytes], Callable[[bytes], bytes]]:
    """The functions that compress and decompress a frame, with a dictionary (or none: ``b""``)."""
    from search.zstd import CompressionParameter, Strategy, ZstdCompressor, ZstdDecompressor, ZstdDict, ZstdError

    trained = ZstdDict(dictionary) if dictionary else None
    options: dict[int, int] = {
        CompressionParameter.compression_level: level,
        CompressionParameter.checksum_flag: 1,
        CompressionParameter.dict_id_flag: 0,
    }
    if trained:  # smaller tables than the level has stay in the processor's caches
        options |= {
            CompressionParameter.strategy: Strategy.dfast,
            CompressionParameter.hash_log: 18,
            CompressionParameter.chain_log: 16,
            CompressionParameter.min_match: 5,
        }
    compressor: list[ZstdCompressor] = []  # made when it is needed: who only reads has no use for it

    def compress(data: bytes) -> bytes:
        if not compressor:
            loaded = trained.as_undigested_dict if trained else None  # as the options say, not only the level
            compressor.append(ZstdCompressor(options=options, zstd_dict=loaded))
        compressor[0].set_pledged_input_size(len(data))
        return compressor[0].compress(data, ZstdCompressor.FLUSH_FRAME)

    def decompress(frame: bytes) -> bytes:
        one = ZstdDecompressor(zstd_dict=trained)
        data = one.decompress(frame)
        if not one.eof:
            raise ZstdError("a frame was cut off")
        return data

    return compress, decompress
