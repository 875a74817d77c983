"""Deletions: the documents of a segment that no longer count, in a section file beside it.

===================  =======  ==================================================================================
section              width    what it is
===================  =======  ==================================================================================
``documents``        u32 …    the deleted documents, ascending
``text.terms``       …        the terms of the field ``text`` that stood in them, ascending
``text.df``          …        for each of these, the number of documents left
``text.evidence``    …        and what is left of the evidence of names
``text.speech``      …        and of the languages
``meta.terms``       …        the terms of the field ``meta`` that stood in them
``meta.df``          …        for each of these, the number of documents left
===================  =======  ==================================================================================

So the numbers that decide about meanings and scores are always those of an index without the deleted documents.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Self

from search.engines.local.codec.files import SectionFile

if TYPE_CHECKING:
    from search.engines.local.codec.files import AnyPath


class Deletions:
    """Deleted documents, and what is left of each term that stood in them, by column and term."""

    def __init__(self, documents: frozenset[int], changes: Mapping[str, Mapping[int, int]]) -> None:
        self.documents = documents
        self.changes = changes

    @classmethod
    def none(cls) -> Self:
        """Nothing is deleted."""
        return cls(frozenset(), {})

    @classmethod
    def read(cls, path: "AnyPath") -> Self:
        """From a file."""
        file = SectionFile(path)
        try:
            changes = {}
            for field, names in (("text", ("df", "evidence", "speech")), ("meta", ("df",))):
                terms = list(file.column(f"{field}.terms"))
                for name in names:
                    column = f"{field}.{name}"
                    changes[column] = dict(zip(terms, file.column(column), strict=True))
            return cls(frozenset(file.column("documents")), changes)
        finally:
            file.close()

    def __contains__(self, document: int) -> bool:
        return document in self.documents

    def __bool__(self) -> bool:
        return bool(self.documents)
