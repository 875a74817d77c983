"""What makes two articles the same: their address, or their words in their order."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.local.build import sameness
from search.engines.local.build.sameness import address_key, text_keys

HASHES = np.array([7, 11, 13, 4_000_000_000], np.uint64)
texts = st.lists(st.lists(st.integers(0, 3), max_size=6), max_size=8)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("https://www.a.fr/b", "http://a.fr/b/"),
        ("https://a.fr/b?utm_source=x", "https://a.fr/b#top"),
        (" https://a.fr/b\n", "https://a.fr/b"),
    ],
)
def test_an_address_is_the_same_however_it_is_written(one: str, two: str) -> None:
    assert address_key(one) == address_key(two) != 0


@pytest.mark.parametrize("url", [None, "", "https://a.fr", "https://www.a.fr/"])
def test_a_site_alone_is_no_address(url: str | None) -> None:
    assert address_key(url) == 0


def test_another_address_has_another_key() -> None:
    assert len({address_key(f"https://a.fr/{page}?id={page}") for page in range(100)}) == 100


@given(texts)
def test_texts_have_the_same_key_exactly_if_they_have_the_same_words_in_order(found: list[list[int]]) -> None:
    forms = np.array([form for text in found for form in text], np.int32)
    article = np.repeat(np.arange(len(found)), [len(text) for text in found])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sameness, "SHORTEST", 2)
        keys = text_keys(HASHES, forms, article, len(found))
    assert [key == 0 for key in keys] == [len(text) < 2 for text in found]
    long = {tuple(text) for text in found if len(text) >= 2}
    assert len(set(keys) - {0}) == len(long)
