"""What is found out about a hit when it is asked for."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from search.engines.local.codec.records import ArticleTexts
from search.engines.local.codec.segment import Segment
from search.engines.local.marks import Marker
from search.engines.local.plan import Leaf
from search.hits import BEST, Hit, ParagraphHit, Variant


class Markers:
    """What finds the words of the leaves: in titles, and in paragraphs, where those of titles only do not count."""

    def __init__(self, leaves: list[tuple[Leaf, bool]]) -> None:
        self._leaves = leaves
        self._made: dict[bool, Marker] = {}

    def of(self, number: int) -> Marker:
        """What finds them in a text of an article: its title (0), or a paragraph."""
        in_title = number == 0
        if in_title not in self._made:
            self._made[in_title] = Marker(leaf.spot for leaf, only in self._leaves if in_title or not only)
        return self._made[in_title]


class Later:
    """Finds the fields of a hit, and of its paragraphs."""

    def __init__(
        self,
        segment: Segment,
        article: int,
        texts: ArticleTexts,
        title: int,
        matching: Mapping[int, float],
        markers: Markers,
        variants: Callable[[list[int]], tuple[Variant, ...]],
        others: list[int],
    ) -> None:
        self._segment, self._article, self._texts = segment, article, texts
        self._title, self._matching, self._markers = title, matching, markers
        self._variants, self._others = variants, others

    def of_hit(self, _: Hit, field: Any) -> Any:
        """A field of the hit; or, for `BEST` and a number, so many of its best paragraphs."""
        if isinstance(field, tuple) and field[0] == BEST:
            return self._paragraphs(self._best(field[1]))
        match field:
            case "paragraphs":
                return self._paragraphs(sorted(self._matching))
            case "article":
                return self._segment.ids[self._article]
            case "date":
                return self._segment.date(self._article)
            case "source" | "language" | "author":
                return self._segment.value(field, self._article) or None
            case "variants":
                return self._variants(self._others)
            case "title":
                return self._texts.text(0)
            case "lead":
                return self._texts.lead()
            case "title_marks":
                return self._markers.of(0)(self._texts.text(0))
        return self._texts.record().get(field, 0 if field == "line" else None)

    def of_paragraph(self, paragraph: ParagraphHit, field: str) -> Any:
        """A field of a paragraph."""
        text = self._texts.text(paragraph.number)
        return text if field == "text" else self._markers.of(paragraph.number)(text)

    def _paragraphs(self, documents: Iterable[int]) -> tuple[ParagraphHit, ...]:
        title, scores, find = self._title, self._matching, self.of_paragraph
        return tuple([ParagraphHit.later(find, number=one - title, score=scores[one]) for one in documents])

    def _best(self, count: int) -> list[int]:
        """So many of the documents that score best, but the title, in order."""
        scores = self._matching
        documents = sorted(document for document in scores if document != self._title)
        if count == 1 and documents:
            return [max(documents, key=scores.__getitem__)]
        return sorted(sorted(documents, key=lambda document: -scores[document])[:count])
