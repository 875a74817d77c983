"""The segments as a Whoosh codec, so that Whoosh's own ``Searcher`` reads them, and any program that uses Whoosh.

========================  ============================================================================================
field                     what Whoosh finds there
========================  ============================================================================================
``text``                  the printed forms of titles and paragraphs, with positions and lengths; stored
``meta``                  words of the metadata, with positions: ``source<tab>monde``; in title documents
``id``, ``language``,     one term for each document of an article: the value as it is; columns to sort and group by
``source``, ``author``
``date``                  likewise, the first day of the article's date, ``20190503``; none where there is no date
``number``                stored: 0 for the title, then 1, 2 …
========================  ============================================================================================

A Whoosh document is a title or a paragraph. What Whoosh can ask of a codec and this one does not have: vectors,
writing (`search.engines.local.writer` writes), and values of postings as bytes, in which Whoosh keeps pickles.
"""

from collections.abc import Iterator
from typing import Any

from whoosh import fields, formats
from whoosh.analysis import Token, Tokenizer
from whoosh.codec import base

from search.engines.local.codec.for_whoosh.documents import DocumentReader
from search.engines.local.codec.for_whoosh.terms import TermsReader
from search.engines.local.codec.for_whoosh.values import VALUES
from search.engines.local.codec.segment import Segment
from search.language import words


class PrintedForms(Tokenizer):  # type: ignore[misc]  # Whoosh has no types
    """Parts a text, or the words of a query, into printed forms."""

    def __call__(self, value: str, positions: bool = False, chars: bool = False, **_: Any) -> Iterator[Any]:
        token = Token(positions, chars)
        for position, word in enumerate(words(value)):
            token.text, token.pos = word.form, position
            token.startchar, token.endchar = word.start, word.end
            token.boost, token.stopped = 1.0, False
            yield token


def schema() -> Any:
    """Whoosh's schema of an index."""
    return fields.Schema(
        text=fields.FieldType(formats.Positions(), PrintedForms(), scorable=True, stored=True),
        meta=fields.FieldType(formats.Positions(), PrintedForms()),
        number=fields.STORED(),
        **{name: fields.ID(stored=True, sortable=True) for name in VALUES},
    )


class Codec(base.Codec):  # type: ignore[misc]
    """Reads segments for Whoosh."""

    def terms_reader(self, storage: object, segment: "WhooshSegment") -> TermsReader:
        """The terms of a segment."""
        return TermsReader(segment.segment)

    def per_document_reader(self, storage: object, segment: "WhooshSegment") -> DocumentReader:
        """The documents of a segment."""
        return DocumentReader(segment.segment)

    def _not_here(self, *_: object, **__: object) -> Any:
        raise NotImplementedError("this codec only reads; write with search.build, or with IndexWriter")

    per_document_writer = field_writer = postings_writer = postings_reader = new_segment = _not_here


class WhooshSegment(base.Segment):  # type: ignore[misc]
    """A segment, as Whoosh knows segments."""

    def __init__(self, segment: Segment) -> None:
        super().__init__("news-search")
        self.segment = segment
        self.segid = segment.file.name

    def codec(self) -> Codec:
        """What reads it."""
        return Codec()
