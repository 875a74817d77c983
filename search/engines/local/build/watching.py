"""What a merge is asked to watch: words of which it says where they come to stand in the segment that it makes."""

from collections.abc import Sequence
from typing import NamedTuple


class Watched(NamedTuple):
    """Forms in texts, and terms of metadata, all of which the sources have; each in the order of a segment."""

    forms: Sequence[str] = ()
    terms: Sequence[str] = ()


NOTHING = Watched()


class Places(NamedTuple):
    """Of what is watched, which of the segment's forms and terms these are."""

    forms: Sequence[int]
    terms: Sequence[int]
