"""An article, as a reader makes it from a file and as the index gives it back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Article:
    """One article: a title, paragraphs, and what is known about it.

    `id` is unique in an index. `date` is ISO 8601, possibly only a year (``2019``) or a month (``2019-05``).
    `language` is an ISO 639-1 code (``fr``). `path` names the file it was read from, as given on the command
    line, and `line` the line of that file where several articles share one (counted from 1; 0 where the file
    is one article). `metadata` holds every other field that came with it.
    """

    id: str
    title: str
    paragraphs: tuple[str, ...]
    date: str | None = None
    author: str | None = None
    source: str | None = None
    language: str | None = None
    url: str | None = None
    path: str | None = None
    line: int = 0
    metadata: Mapping[str, str] = field(default_factory=dict)

    def numbered(self) -> Iterator[tuple[int, str]]:
        """The texts that are searched, with their numbers: the title, if there is one, is 0, paragraphs count
        from 1."""
        if self.title:
            yield 0, self.title
        yield from enumerate(self.paragraphs, 1)

    @property
    def place(self) -> str:
        """Where it was read: ``path`` or ``path:line``."""
        where = self.path or self.id
        return f"{where}:{self.line}" if self.line else where
