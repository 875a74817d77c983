"""Who finds the words of texts: the compiled kernel where there is one, else numpy."""

from search.engines.local.build.compiled import CompiledWords
from search.engines.local.build.words import Words
from search.native import kernel


def new_words() -> Words:
    """Words that know nothing yet."""
    if kernel:
        return CompiledWords(kernel)
    from search.engines.local.build.arrays import ArrayWords  # much, and mostly of no use

    return ArrayWords()
