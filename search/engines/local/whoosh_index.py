"""An index as Whoosh knows indexes: ``whoosh_index("press").searcher()``."""

import os
from pathlib import Path
from typing import Any

from whoosh.index import Index
from whoosh.reading import EmptyReader, MultiReader, SegmentReader

from search.engines.local import folder as index_folder
from search.engines.local.codec.for_whoosh import WhooshSegment, schema
from search.engines.local.codec.opened import open_index


class WhooshIndex(Index):  # type: ignore[misc]  # Whoosh has no types
    """Reads an index folder; `search.engines.local.codec.for_whoosh` says what is in it."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self._manifest = index_folder.current(Path(folder))
        self._opened = open_index(folder, self._manifest.segments, self._manifest.dictionary)
        self.schema = schema()

    def reader(self, reuse: Any = None) -> Any:
        """A reader of all segments."""
        readers = [
            SegmentReader(None, self.schema, WhooshSegment(segment), generation=0)
            for segment in self._opened.segments
        ]
        if not readers:
            return EmptyReader(self.schema)
        return readers[0] if len(readers) == 1 else MultiReader(readers, generation=0)

    def doc_count_all(self) -> int:
        """How many documents there are, with deleted ones and titles that are not there."""
        return sum(segment.documents for segment in self._opened.segments)

    def doc_count(self) -> int:
        """How many documents there are."""
        return self._manifest.texts

    def is_empty(self) -> bool:
        """Whether there is no document."""
        return not self._manifest.texts

    def close(self) -> None:
        """Let go of the files."""
        self._opened.close()
