"""Where words are, and in which form they are indexed."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.language import forms, words
from search.language.words import _PERHAPS_MARKED, _PLAIN_WORD, _WORD, LONGEST, chunk_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le port de Calais.", "Le port de Calais"),
        ("l'immigration, L’Europe, d'un", "immigration Europe un"),
        ("qu'il jusqu'à lorsqu'elle puisqu'on quoiqu'en", "il à elle on en"),
        ("c'est s'il n'a m'a t'a j'ai", "est il a a a ai"),
        ("l'«Europe» et l'\"Utopia 56\"", "Europe et Utopia 56"),
        ("l' an", "an"),
        ("aujourd'hui d'aujourd'hui AUJOURD’HUI", "aujourd'hui aujourd'hui AUJOURD'HUI"),
        (
            "prud'hommes presqu'île presqu'Îles quelqu'un quelqu'une",
            "prud'hommes presqu'île presqu'Îles quelqu'un quelqu'une",
        ),
        ("presqu'au quelqu'autre", "au autre"),
        ("O'Brien don't rock'n'roll", "O'Brien don't rock'n'roll"),
        ("Peter's cars, the migrants' boats, McDonald’s", "Peter cars the migrants boats McDonald"),
        ("'Calais'", "Calais"),
        ("Grande-Synthe, porte-parole, Pas‑de‑Calais", "Grande Synthe porte parole Pas de Calais"),
        ("la S.N.C.F., les U.S., A.B.", "la SNCF les US AB"),
        ("l'S.N.C.F. et J.-C. et M. Dupont", "SNCF et J C et M Dupont"),
        ("R&D, AT&T, H&M, r&d", "R&D AT&T H&M r&d"),
        ("Tom &amp; Jerry", "Tom amp Jerry"),
        ("27 000 27\u00a0000 27\u202f000 27\u2009000 27.000 27,000", "27000 27000 27000 27000 27000 27000"),
        ("1 234 567 et (12 000)", "1234567 et 12000"),
        ("en 2019 27 000 personnes", "en 2019 27000 personnes"),
        ("01 23 45 67 89", "01 23 45 67 89"),
        ("27,5 27.5 0,125 1.234,56 d'1,5 million", "27,5 27.5 0,125 1234,56 1,5 million"),
        ("27,5M€, 10%, +33, n°5, 1er, XIXe, 14h30, G7, 5", "27,5 M 10 33 n 5 1er XIXe 14h30 G7 5"),
        ("12.05.2019, 2019-05-12, 3/5/19, v2.3.1", "12 05 2019 2019 05 12 3 5 19 v2 3 1"),
        ("https://www.actu.orange.fr/x_y", "https www actu orange fr x y"),
        ("coo\u00adpé\u00adrer \u200bCalais\ufeff", "coopérer Calais"),
        ("e\u0301lection E\u0301TE\u0301", "élection ÉTÉ"),
        ("北京市の首都", "北 京 市 の 首 都"),
        ("Հայաստան Ελλάδα Москва हिन्दी", "Հայաստան Ελλάδα Москва हिन्दी"),
        ("!!! … — « »", ""),
        ("", ""),
    ],
)
def test_the_words_of_a_text(text: str, expected: str) -> None:
    assert forms(text) == expected.split()


@pytest.mark.parametrize("spelling", ["l'été", "l’été", "lʼété", "l′été", "l'e\u0301te\u0301", "l'é\u00adté"])
def test_spellings_of_the_same_print(spelling: str) -> None:
    (word,) = words(spelling)
    assert (word.form, spelling[: word.start], spelling[word.end :]) == ("été", spelling[:2], "")


def test_spans_are_those_of_the_text_as_given() -> None:
    text = "À l’e\u0301lection, 27\u202f000 per\u00adsonnes de la S.N.C.F. !"
    printed = [text[word.start : word.end] for word in words(text)]
    assert printed == ["À", "e\u0301lection", "27\u202f000", "per\u00adsonnes", "de", "la", "S.N.C.F."]


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("Calais. Dunkerque et Lille", "Calais Dunkerque"),
        ("Il dit : « Venez à Calais » ; Marie", "Il Venez Marie"),
        ("Paris - Calais – Lille", "Paris Calais Lille"),
        ("Pas-de-Calais et Lille–Calais", "Pas"),
        ("le «Ségur» de l'Est (Calais)", "le Ségur de Calais"),
        ("Oui, Calais", "Oui"),
        ("L'Europe. L'Asie", "Europe Asie"),
        ("un… Deux", "un Deux"),
    ],
)
def test_what_opens_a_sentence(text: str, opening: str) -> None:
    assert [word.form for word in words(text) if word.opens] == opening.split()


def test_an_endless_word_is_cut() -> None:
    (word,) = words("x" * 1_000_000)
    assert (len(word.form), word.end) == (LONGEST, 1_000_000)


@given(st.text())
@example("0\U0002f800")  # normalised to another character, and yet one of its own
def test_spans_ascend_within_the_text(text: str) -> None:
    at = 0
    for word in words(text):
        assert word.form
        assert at <= word.start < word.end <= len(text)
        at = word.end


FRENCH = st.text("aàâeéèêiîoôuûcçœl'd'qu’-. &,0127 \u00a0SNRÉ", max_size=40)


@given(st.one_of(FRENCH, st.text()))
@example("0'S'")
def test_a_form_is_its_own_form(text: str) -> None:
    """So a word that was seen in the archive is found when it is typed."""
    for form in forms(text):
        assert forms(form) == [form]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("de 2 000-3 000 personnes", ["de", "2000", "3000", "personnes"]),
        ("2\u202f000–3\u202f000", ["2000", "3000"]),
        ("10 000/20 000 euros", ["10000", "20000", "euros"]),
        ("1 200,50 euros", ["1200,50", "euros"]),
        ("en 2019/1 500", ["en", "2019", "1500"]),
        ("1.234 567", ["1234", "567"]),
    ],
)
def test_several_numbers_with_spaces(text: str, expected: list[str]) -> None:
    assert forms(text) == expected


@pytest.mark.parametrize("part", ["1,", "a@", "中", "中-", "a–"])
def test_a_long_chunk_takes_no_more_than_its_length(part: str) -> None:
    """Tables and coordinates, and scripts without spaces: looking through the rest at each word would take hours."""
    begun = time.monotonic()
    assert len(chunk_words(part * 200_000)[0]) == 200_000
    assert time.monotonic() - begun < 60


SIGNS = [*"aéÉœ’'’.,-_&5٣²ºªʼ…–€№Ωжa\u0301東\u3005ー\u20dd\u0e31𝒜", "l'", "d'", "S.N.", "R&D", "27"]
signs = st.lists(st.sampled_from(SIGNS), max_size=12)


@given(st.one_of(signs.map("".join), st.text(max_size=12)))
def test_a_chunk_without_marks_has_the_same_words_by_the_plain_pattern(chunk: str) -> None:
    if not _PERHAPS_MARKED.search(chunk):
        found = [
            [(one.span(), one.lastgroup, one["parting"]) for one in kind.finditer(chunk)]
            for kind in (_WORD, _PLAIN_WORD)
        ]
        assert found[0] == found[1]
