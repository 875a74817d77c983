"""What is found out about a hit when it is asked for."""

from collections.abc import Iterable
from typing import Any

from search.engines.local.codec.records import ArticleTexts
from search.engines.local.codec.segment import Segment
from search.engines.local.kernels import Ranked
from search.engines.local.marks import Marker
from search.engines.local.plan import Leaf
from search.engines.local.postings import SegmentPostings
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


class HitMaker:
    """Makes the hits of one query."""

    def __init__(self, postings: SegmentPostings, leaves: list[tuple[Leaf, bool]]) -> None:
        self._postings = postings
        self.markers = Markers(leaves)

    def hit(self, rank: int, one: Ranked, *, passing: bool = False) -> Hit:
        """A hit. Its texts are unpacked; all else is found out when it is asked for (the files stay open for it).
        Where hits are made in the order of the archive, texts are of use to the next one only: `passing`."""
        segment, article = self._postings.article_at(one[1])
        texts = segment.texts(article, passing=passing)
        return Hit.later(Later(self, segment, article, texts, one).of_hit, rank=rank, score=one[0])

    def variants(self, titles: list[int]) -> tuple[Variant, ...]:
        """The articles of these title documents, as variants of a hit."""
        found = map(self._postings.article_at, titles)
        return tuple(Variant(one.ids[at], one.date(at), one.value("source", at) or None) for one, at in found)


class Later:
    """Finds the fields of a hit, and of its paragraphs."""

    def __init__(self, maker: HitMaker, segment: Segment, article: int, texts: ArticleTexts, found: Ranked) -> None:
        self._maker, self._segment, self._article, self._texts = maker, segment, article, texts
        _, self._title, self._matching, self._variants = found

    def of_hit(self, _: Hit, field: Any) -> Any:
        """A field of the hit; or, for `BEST` and a number, so many of its best paragraphs."""
        if type(field) is tuple and field[0] == BEST:
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
                return self._maker.variants(self._variants)
            case "title":
                return self._texts.text(0)
            case "lead":
                return self._texts.lead()
            case "title_marks":
                return self._maker.markers.of(0)(self._texts.text(0))
        return self._texts.record().get(field, 0 if field == "line" else None)

    def of_paragraph(self, paragraph: ParagraphHit, field: str) -> Any:
        """A field of a paragraph."""
        text = self._texts.text(paragraph.number)
        return text if field == "text" else self._maker.markers.of(paragraph.number)(text)

    def _paragraphs(self, documents: Iterable[int]) -> tuple[ParagraphHit, ...]:
        title, scores, find = self._title, self._matching, self.of_paragraph
        return tuple([ParagraphHit.later(find, number=one - title, score=scores[one]) for one in documents])

    def _best(self, count: int) -> list[int]:
        """So many of the documents that score best, but the title, in order."""
        scores = self._matching
        title = self._title
        documents = [document for document in scores if document != title]
        if count == 1 and documents:
            return [max(documents, key=scores.__getitem__)]
        return sorted(sorted(documents, key=lambda document: -scores[document])[:count])
