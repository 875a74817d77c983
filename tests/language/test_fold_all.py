"""Folding many words at once gives what folding each gives."""

from hypothesis import given
from hypothesis import strategies as st

from search.language import fold
from search.language.normal import fold_all

WORDS = ["Élysée", "Œuvre", "straße", "İstanbul", "e\u0301te", "ﬁn", "27,5", "ŁÓDŹ", "\u0301", "ſ", "Ⅷ", "þorn", ""]
words = st.one_of(st.sampled_from(WORDS), st.text(st.characters(exclude_characters="\n"), max_size=8))


@given(st.lists(words))
def test_many_words(given_words: list[str]) -> None:
    assert fold_all(given_words) == [fold(word) for word in given_words]
