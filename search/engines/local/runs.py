"""Names of several words in a text: words with a capital in a row, with particles between them."""

from collections.abc import Callable, Iterator, Sequence

from search.language import Word, has_capital
from search.lazy import pattern

_PARTICLES = frozenset("de du des la le les of the von van der den el al ben bin y di da do dos".split())
_BETWEEN = pattern(r"[ \u00a0-]|[ \u00a0-][dl]['’]")


def runs(text: str, words: Sequence[Word], is_name: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """The names of several words in a text that has these words: the first of each, and that after its last. A word
    that opens a sentence begins one only if it is a name anyway."""
    start, end = 0, -1
    for place, word in enumerate([*words, None]):
        follows = word and place == end and _BETWEEN.fullmatch(text, words[place - 1].end, word.start)
        capital = word and has_capital(word.form) and not (len(word.form) > 5 and word.form.isupper())
        if word and follows and (capital or word.form in _PARTICLES):
            end = place + 1
            continue
        while end > start and not has_capital(words[end - 1].form):
            end -= 1
        if end - start > 1:
            yield start, end
        begins = capital and word and (not word.opens or is_name(word.form))
        start, end = (place, place + 1) if begins else (0, -1)
