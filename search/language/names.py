"""Names: which words an archive prints with a capital wherever they stand.

The archive itself says what a name is; no list of names does. A form is *evidence* of a name where it stands
with a capital inside a sentence, and evidence against one wherever it stands without. `is_name` weighs the two
for all forms that differ only in case and accents. Runs of capitals (a shouted headline) say nothing.
"""

from collections.abc import Iterable, Iterator

from search.language.words import Word

NEARLY_ALWAYS = 0.95
"""The share of capitals from which a word is a name."""


def has_capital(form: str) -> bool:
    """Whether the form begins with a capital."""
    return form[:1].isupper()


def is_shouted(form: str) -> bool:
    """Whether the form is all capitals, of which there are several."""
    return len(form) > 1 and form.isupper()


def evidence(text_words: Iterable[Word]) -> Iterator[tuple[str, bool]]:
    """Each word's form, and whether its case says something: no capital, or a capital inside a sentence."""
    window: list[Word | None] = [None, None, None]
    for word in [*text_words, None]:
        window = [window[1], window[2], word]
        if here := window[1]:
            yield here.form, not has_capital(here.form) or not (here.opens or _in_shouting(window))


def is_name(capital: int, small: int) -> bool:
    """Whether a word with this much evidence for and against is a name."""
    return capital > 0 and capital >= NEARLY_ALWAYS * (capital + small)


def _in_shouting(window: list[Word | None]) -> bool:
    before, here, after = window
    return _all_capitals(here) and (_all_capitals(before) or _all_capitals(after))


def _all_capitals(word: Word | None) -> bool:
    return word is not None and is_shouted(word.form)
