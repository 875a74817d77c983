"""In how many texts each form stands: told from lists, long or short, as from the texts."""

from collections import Counter

import pytest

from search import Article
from search.engines.local import formcounts
from search.language import forms
from tests.conftest import Opener

WORDS = "port tunnel ferry digue phare quai môle bac".split()
TEXTS = [" ".join(word for at, word in enumerate(WORDS) if number % (at + 1) == 0) for number in range(1, 400)]


@pytest.mark.parametrize("long", [1, 50, 10_000])
@pytest.mark.parametrize("at_once", [1, 100, 1_000_000])
def test_the_counts_of_lists_are_those_of_texts(
    archive_of: Opener, monkeypatch: pytest.MonkeyPatch, long: int, at_once: int
) -> None:
    monkeypatch.setattr(formcounts, "LONG", long)
    monkeypatch.setattr(formcounts, "AT_ONCE", at_once)
    monkeypatch.setattr(formcounts, "READ", 10**9)
    archive = archive_of(*(Article(f"a{n:03}", "", (text,), language="fr") for n, text in enumerate(TEXTS)))
    postings = archive._engine._postings  # type: ignore[attr-defined]
    documents = [at for at in range(postings.bases[-1]) if postings.number(at) == 1][::3]
    found = formcounts.form_counts(postings, documents)
    by_hand = Counter(form for text in TEXTS[::3] for form in set(forms(text)))
    assert found.texts == by_hand
    assert all(found.of_all(form) == sum(form in text.split() for text in TEXTS) for form in by_hand)
