"""Names in a field of authors: parted where they are persons', whole where not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.render.citations.names import names

PERSONS = {
    "Anne Durand": ["Durand, Anne"],
    "Anne Durand et Paul Petit": ["Durand, Anne", "Petit, Paul"],
    "Durand, Anne; Petit, Paul": ["Durand, Anne", "Petit, Paul"],
    "Durand, Anne et Petit, Paul": ["Durand, Anne", "Petit, Paul"],
    "Anne Durand, Paul Petit and Jean Roux": ["Durand, Anne", "Petit, Paul", "Roux, Jean"],
    "Smith, John, and Doe, Jane": ["Smith, John", "Doe, Jane"],
    "M. Smith & J. Doe": ["Smith, M.", "Doe, J."],
    "J.Paul Smith": ["Smith, J.Paul"],
    "Par Anne Durand": ["Durand, Anne"],
    "PETIT, Paul": ["PETIT, Paul"],
    "Le Pen, Marine": ["Le Pen, Marine"],
    "Marine Le Pen": ["Le Pen, Marine"],
    "Charles de Gaulle": ["de Gaulle, Charles"],
    "Jean d’Ormesson": ["d’Ormesson, Jean"],
    "Лев Толстой": ["Толстой, Лев"],
    "Anne Durand, Anne Durand": ["Durand, Anne"],
}
WHOLE = {
    "AFP": ["AFP"],
    "Le Monde": ["Le Monde"],
    "La Rédaction": ["La Rédaction"],
    "Agence France-Presse": ["Agence France-Presse"],
    "村上 春樹": ["村上 春樹"],
    "Jean {d'Arc}": ["Jean {d'Arc}"],
    "Reuters ; AFP": ["Reuters", "AFP"],
    "Studio 42": ["Studio 42"],
    "Source Le Phare": ["Source Le Phare"],
    "Morandini Phare.com": ["Morandini Phare.com"],
    "AFP, publié le 20 août": ["AFP"],
    "rédaction web": ["rédaction web"],
}


@pytest.mark.parametrize(("text", "found"), PERSONS.items())
def test_persons(text: str, found: list[str]) -> None:
    assert [one.inverted for one in names(text)] == found
    assert not any(one.literal for one in names(text))


@pytest.mark.parametrize(("text", "found"), WHOLE.items())
def test_others(text: str, found: list[str]) -> None:
    assert [one.literal for one in names(text)] == found


def test_both() -> None:
    found = names("Anne Durand, avec AFP")
    assert [str(one) for one in found] == ["Anne Durand", "AFP"]
    assert [str(one) for one in names("AFP, Anne Durand")] == ["AFP", "Anne Durand"]


@pytest.mark.parametrize("text", ["", " ", ", ,", ";", " ; , "])
def test_nobody(text: str) -> None:
    assert names(text) == ()


@given(st.text())
def test_any_text_has_names_without_commas_between_persons(text: str) -> None:
    for one in names(text):
        assert "," not in one.literal + one.family + one.given
        assert ";" not in one.literal + one.family + one.given
