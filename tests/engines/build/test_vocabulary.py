"""The vocabulary: looking chunks up gives the words that analysing the text gives."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.local.build import printed
from search.engines.local.build.table import Table
from search.engines.local.build.tokens import Tokens
from search.engines.local.build.vocabulary import Vocabulary
from search.language import evidence, words

PIECES = [
    "Calais", "CALAIS", "l'", "L’", "qu'", "d’aucuns", "presqu'île", "aujourd’hui", "O'Brien", "été", "e\u0301t",
    "ʼ", "-", "–", "Pas-de-Calais", "S.N.C.F.", "27", "000", "000,5", "1", "R&D", "« ", "\u00a0»", ".", ",", "…",
    "?", "(", "\u200b", "\u00ad", " ", " ", " ", "\u202f", "\n", "東京", "_", "𝒜", "2019", "3e", "œuf", "ŉ", "ª",
    "'s", "’", '"', "/", "a", "l'", "d'", "aucuns", "l’élu", "x" * 23, "y" * 25, "»,", ": ", "!?", "jusqu'à",
    "l'ex-élu", "Œ", "š", "\u3000",
]  # fmt: skip
texts = st.one_of(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.text(max_size=30))


def looked_up(given_texts: list[str]) -> list[list[tuple[str, bool]]]:
    """The words of each text, and whether their case says something."""
    vocabulary = Vocabulary()
    half = len(given_texts) // 2
    parts = [given_texts[:half], given_texts[half:]]
    tokens = Tokens.joined([Tokens.of(part, vocabulary) for part in parts if part])
    found: list[list[tuple[str, bool]]] = [[] for _ in given_texts]
    for form, text, position, telling in zip(
        tokens.forms, tokens.texts, tokens.positions, tokens.telling, strict=True
    ):
        assert position == len(found[text])
        found[text].append((vocabulary.names[form], bool(telling)))
    assert tokens.lengths.tolist() == [len(one) for one in found]
    return found


@given(st.lists(texts, min_size=1, max_size=4))
@settings(max_examples=400)
def test_it_finds_what_the_language_finds(given_texts: list[str]) -> None:
    assert looked_up(given_texts) == [list(evidence(words(text))) for text in given_texts]


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("27 000 habitants", ["27000", "habitants"]),
        ("27\u00a0000 habitants", ["27000", "habitants"]),
        ("(27\u202f000,5) l'été", ["27000,5", "été"]),
        ("27\n000 habitants", ["27", "000", "habitants"]),
        ("27  000", ["27", "000"]),
        ("en 2019 000 fois", ["en", "2019", "000", "fois"]),
        ("de 1 000 000 à 1 500", ["de", "1000000", "à", "1500"]),
    ],
)
def test_numbers_with_spaces(text: str, forms: list[str]) -> None:
    around = ["avant 12", text, "345 après"]
    assert [[form for form, _ in one] for one in looked_up(around)] == [["avant", "12"], forms, ["345", "après"]]


def test_a_chunk_is_analysed_once() -> None:
    vocabulary = Vocabulary()
    numbers = list(map(vocabulary.__getitem__, "S.N.C.F. Calais... l’O'Brien S.N.C.F. Calais...".split()))
    assert numbers == [0, 1, 2, 0, 1]
    vocabulary.describe()
    assert vocabulary.names == ["SNCF", "Calais", "O'Brien"]
    assert vocabulary.folded == ["sncf", "calais", "o'brien"]


def test_words_that_begin_at_the_same_slot_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Table, "_slots", lambda table, keys: np.zeros(len(keys[0]), np.int64))
    text = "Calais calais Calais extraordinairement extraordinairemen d'abord l'abord"
    assert looked_up([text]) == [list(evidence(words(text)))]


def test_many_new_words_are_looked_up_a_part_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printed, "AT_ONCE", 2)
    text = "Calais et Douvres et Calais, et encore Douvres extraordinairement Calais Dunkerque"
    assert looked_up([text]) == [list(evidence(words(text)))]
