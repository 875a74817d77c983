"""The tokens of queries: words of letters are told from all else at one look."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search import tokens
from search.lazy import pattern

PIECES = st.sampled_from(
    [*"aÉß1²_-'’/:.,~^*?=()\"« \u00a0\n", "ou", "ET", "NEAR", "NEAR/3", "a:b", "porte-avions", "l’eau", "27 000"]
)


@given(st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=12))
@example("a- b-c -d e-1 12 345 NOT:x")
def test_words_of_letters_are_what_the_other_rules_say(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        found = tokens.tokens(text)
        patch.setattr(tokens, "_LETTERS", pattern("(?!)"))
        assert found == tokens.tokens(text)
