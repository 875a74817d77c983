"""The file of near-copies: which articles of a state of an index say nearly the same.

=============  =================================================================================================
section        what it is
=============  =================================================================================================
``documents``  column: the title documents of all articles that have near-copies, ascending; documents are
               numbered through all segments
``groups``     column: the number of the group of each
``places``     column: its place in the group; 0 is the first, of which the others are variants
=============  =================================================================================================
"""

from bisect import bisect_left
from collections.abc import Iterable
from typing import TYPE_CHECKING

from search.engines.local.codec.files import SectionFile

if TYPE_CHECKING:
    from search.engines.local.codec.files import AnyPath


class Variants:
    """The groups of near-copies of an index."""

    def __init__(self, path: "AnyPath") -> None:
        self._file = file = SectionFile(path)
        self.documents, self.groups, self.places = (
            file.column("documents"),
            file.column("groups"),
            file.column("places"),
        )

    def among(self, titles: Iterable[int]) -> dict[int, list[int]]:
        """Of some articles (ascending title documents), those that are the first of their group among these, each
        with the others."""
        groups: dict[int, list[tuple[int, int]]] = {}
        at = 0
        for title in titles:
            at = bisect_left(self.documents, title, lo=at)
            if at == len(self.documents):
                break
            if self.documents[at] == title:
                groups.setdefault(self.groups[at], []).append((self.places[at], title))
        found = (sorted(group) for group in groups.values() if len(group) > 1)
        return {first[1]: [title for _, title in others] for first, *others in found}

    def of(self, title: int) -> list[int]:
        """The other members of the group of an article (title document), in their order."""
        at = bisect_left(self.documents, title)
        if at == len(self.documents) or self.documents[at] != title:
            return []
        group = self.groups[at]
        members = [(self.places[i], self.documents[i]) for i, one in enumerate(self.groups) if one == group]
        return [one for _, one in sorted(members) if one != title]

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
