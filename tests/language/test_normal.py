"""When two spellings are the same text, and when they are the same word."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.language.normal import fold, normalise

KOREAN = "\u1112\u1161\u11ab\u1100\u1173\u11af"  # jamo of 한글


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Calais", "Calais"),
        ("l’été ʼ ′", "l'été ' '"),
        ("27\u00a0000\u202f€", "27 000 €"),
        ("per\u00adsonne \u200bici\ufeff", "personne ici"),
        ("e\u0301te\u0301", "été"),
        (KOREAN, "한글"),
        ("a\u0323\u0302", "ậ"),
        ("\u212b", "Å"),
    ],
)
def test_normalised(text: str, expected: str) -> None:
    assert normalise(text).text == expected


def test_offsets_lead_back() -> None:
    clean = normalise("x e\u0301t\u00ade\u0301 y")
    start, end = clean.original(2, 5)
    assert clean.text[2:5] == "été"
    assert (start, end) == (2, 8)


@given(st.text(st.one_of(st.characters(), st.sampled_from("e\u0301\u0323\u00ad’\u200b" + KOREAN))))
def test_normalising_is_translating_leaving_out_and_composing(text: str) -> None:
    clean = normalise(text)
    plain = re.sub("[\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe0e\ufe0f\ufeff]", "", text)
    plain = re.sub("[’ʼ′‘‛＇]", "'", plain)
    plain = re.sub("[\u00a0\u2000-\u200a\u202f\u205f\u3000]", " ", plain)
    assert clean.text == unicodedata.normalize("NFC", plain)
    if clean.offsets is not None:
        assert len(clean.offsets) == len(clean.text) + 1
        assert clean.offsets == sorted(clean.offsets)
        assert clean.offsets[-1] == len(text)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Élysée", "elysee"), ("ŒUVRE", "oeuvre"), ("Cæsar", "caesar"), ("Straße", "strasse"), ("Łódź", "lodz"),
        ("Øresund", "oresund"), ("İstanbul", "istanbul"), ("27,5", "27.5"), ("ﬁn", "fin"), ("m²", "m2"),
        ("Ελλάς", "ελλασ"),
    ],
)  # fmt: skip
def test_folded(word: str, expected: str) -> None:
    assert fold(word) == expected


@given(st.text())
def test_folding_twice_changes_nothing(word: str) -> None:
    assert fold(fold(word)) == fold(word)


@given(st.text("aàâäbcçdeéèêëfghiîïjklmnoôöpqrstuùûüvwxyÿzœæ"))
def test_case_does_not_count(word: str) -> None:
    assert fold(word.upper()) == fold(word)
