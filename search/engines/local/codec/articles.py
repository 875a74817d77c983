"""The articles of a segment, or of a spill: their columns and their texts."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from search.dates import spanned
from search.engines.local.codec.columns import Strings
from search.engines.local.codec.files import SectionFile
from search.engines.local.codec.records import ArticleTexts, blocks_of

VALUES = ("language", "source", "author")
"""Columns of strings of which many are the same."""

if TYPE_CHECKING:
    from search.article import Article
    from search.engines.local.codec.files import AnyPath


class Articles:
    """The articles of a section file, in their order."""

    def __init__(self, path: "AnyPath", decompress: Callable[[bytes], bytes]) -> None:
        self.file = file = SectionFile(path)
        self.documents = int(file.about["documents"])
        self.articles = int(file.about["articles"])
        self.starts, self.first, self.last = file.column("starts"), file.column("first"), file.column("last")
        self.ids = Strings(file, "ids")
        self._texts = blocks_of(file, decompress)
        self._values = {name: (file.column(name), Strings(file, f"{name}.values")) for name in VALUES}

    def article_at(self, document: int) -> int:
        """The article to which a document belongs."""
        return bisect_right(self.starts, document) - 1

    def documents_of(self, article: int) -> range:
        """The documents of an article: its title, then its paragraphs."""
        end = self.starts[article + 1] if article + 1 < self.articles else self.documents
        return range(self.starts[article], end)

    def value(self, name: str, article: int) -> str:
        """The language, source or author of an article, ``""`` if it has none."""
        column, values = self._values[name]
        return values[column[article]]

    def values(self, name: str, articles: Iterable[int]) -> set[str]:
        """The languages, sources or authors of these articles; ``""`` if some have none."""
        column, values = self._values[name]
        return {values[place] for place in {column[article] for article in articles}}

    def column_of(self, name: str) -> Sequence[int]:
        """Of each article, the number of its language, source or author among `all_values`."""
        return self._values[name][0]

    def all_values(self, name: str) -> Sequence[str]:
        """The languages, sources or authors that there are."""
        return self._values[name][1]

    def date(self, article: int) -> str | None:
        """The date of an article, as precise as it is known."""
        return spanned(first, self.last[article]) if (first := self.first[article]) else None

    def texts(self, article: int, *, passing: bool = False) -> ArticleTexts:
        """The texts of an article; `passing` if those of all are read in their order."""
        return self._texts.texts(article, passing=passing)

    def article(self, article: int) -> "Article":
        """All of an article."""
        values = {name: self.value(name, article) or None for name in VALUES}
        return self.texts(article).article(self.ids[article], date=self.date(article), **values)

    def close(self) -> None:
        """Let go of the file."""
        self.file.close()
