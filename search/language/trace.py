"""What becomes of a text: every word with its form, its keys and its role, for people to look at."""

from search.language.languages import is_stop_word, language
from search.language.normal import fold
from search.language.words import words
from search.value import Value


class Analysis(Value):
    """One word of a text.

    `printed` is what stands in the text at ``[start:end]``, `form` what is indexed, at `position`; `folded`,
    `light` and `stem` are the keys that bring its other forms (grades 1, 2 and 3); `stop` tells whether a
    query ignores it; `opens` whether it opens a sentence, where its capital says nothing.
    """

    printed: str
    form: str
    start: int
    end: int
    position: int
    folded: str
    light: str
    stem: str
    stop: bool
    opens: bool


def analyse(text: str, code: str = "fr") -> list[Analysis]:
    """What becomes of a text, or of a query word, in a language: one entry for each word, in order.

    Whether a word is a name is not in it: only an archive knows (`search.Archive.forms`).
    """
    tongue = language(code)
    return [
        Analysis(
            printed=text[word.start : word.end],
            form=word.form,
            start=word.start,
            end=word.end,
            position=position,
            folded=fold(word.form),
            light=tongue.light_stem(word.form),
            stem=tongue.stem(word.form),
            stop=is_stop_word(word.form, [tongue]),
            opens=word.opens,
        )
        for position, word in enumerate(words(text))
    ]
