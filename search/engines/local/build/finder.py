"""Who finds the words of texts: the compiled kernel where there is one, else numpy."""

from typing import NamedTuple

from search.engines.local.build.compiled import CompiledWords
from search.engines.local.build.words import Words
from search.native import kernel


class Finders(NamedTuple):
    """What finds the words of the texts of articles, and those of their metadata, for one draft after the other."""

    texts: Words
    metadata: Words

    def renewed(self) -> "Finders":
        """The same for the next draft; what knows too much begins anew."""
        return Finders(*(_new_words() if one.is_full else one for one in self))


def new_finders() -> Finders:
    """Finders that know nothing yet."""
    return Finders(_new_words(), _new_words())


def _new_words() -> Words:
    if kernel:
        return CompiledWords(kernel)
    from search.engines.local.build.arrays import ArrayWords  # much, and mostly of no use

    return ArrayWords()
