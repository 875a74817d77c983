"""What is known of the articles of a draft beside their texts, by column."""

from array import array
from collections.abc import Iterator
from typing import NamedTuple

from search.article import Article
from search.engines.local.codec.records import METADATA, with_plain_names
from search.readers.tables.plain import Plain


class Field(NamedTuple):
    """A field of metadata: its values, and the numbers of their articles, which ascend."""

    name: str
    values: list[str]
    articles: "array[int]"


class About:
    """The fields of articles, ``""`` where one has none."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.have_titles: list[bool] = []
        self.dates: list[str] = []
        self.authors: list[str] = []
        self.sources: list[str] = []
        self.languages: list[str] = []
        self.urls: list[str] = []
        self._others: dict[str, Field] = {}

    def __len__(self) -> int:
        return len(self.ids)

    def add(self, article: Article) -> None:
        """Add an article."""
        for name, value in with_plain_names(article.metadata).items():
            self._add_others(name, [value])
        self.ids.append(article.id)
        self.have_titles.append(bool(article.title))
        self.dates.append(article.date or "")
        self.authors.append(article.author or "")
        self.sources.append(article.source or "")
        self.languages.append(article.language or "")
        self.urls.append(article.url or "")

    def extend(self, found: Plain) -> None:
        """Add articles that the kernel has read."""
        for name, values in found.metadata.items():
            self._add_others(name, values)
        self.ids += found.ids
        self.have_titles += map(bool, found.titles)
        self.dates += found.dates
        self.authors += found.authors
        self.sources += found.sources
        self.languages += found.languages
        self.urls += found.urls

    def fields(self) -> Iterator[Field]:
        """What is searched as metadata, in the order of the names."""
        own = zip(METADATA, (self.sources, self.authors, self.languages, self.urls), strict=True)
        every = self._others | {name: _whole(name, column, self._others.get(name)) for name, column in own}
        yield from (every[name] for name in sorted(every) if every[name].values)

    def _add_others(self, name: str, values: list[str]) -> None:
        """Add the values of a field for the next articles."""
        field = self._others.get(name)
        if field is None:
            field = self._others[name] = Field(name, [], array("q"))
        first = len(self.ids)
        if all(values):
            field.values.extend(values)
            field.articles.extend(range(first, first + len(values)))
        else:
            field.values.extend(filter(None, values))
            field.articles.extend(first + place for place, value in enumerate(values) if value)


def _whole(name: str, column: list[str], others: Field | None) -> Field:
    """A field of all articles, with what else came under its name where they have none."""
    found = dict(zip(others.articles, others.values, strict=True)) if others else {}
    found |= {article: value for article, value in enumerate(column) if value}
    articles = sorted(found) if others else found
    return Field(name, [found[article] for article in articles], array("q", articles))
