"""What is known of the languages: stems, stop words, names, and which language a text is in."""

import pytest

from search.language import (
    analyse,
    evidence,
    forms,
    guess,
    has_capital,
    is_name,
    is_stop_word,
    language,
    without_inversion,
    words,
)

FRENCH, ENGLISH = language("fr"), language("en")


@pytest.mark.parametrize(
    "together",
    [
        "national nationaux nationale nationales", "cheval chevaux", "journal journaux", "bateau bateaux", "jeu jeux",
        "élection élections Election", "acteur acteurs actrice", "heureux heureuse", "bon bonne bonnes",
        "européen européenne", "premier première", "actif active", "élu élue élus élues", "migrant migrants migrante",
        "rue rues", "bijou bijoux", "cadet cadette", "réel réelle",
    ],
)  # fmt: skip
def test_plural_and_feminine_meet_in_the_light_stem(together: str) -> None:
    assert len({FRENCH.light_stem(form) for form in together.split()}) == 1


@pytest.mark.parametrize("apart", ["Calais cale", "cale caler", "élection électeur", "tour tourner", "port porter"])
def test_what_the_light_stem_keeps_apart(apart: str) -> None:
    one, other = map(FRENCH.light_stem, apart.split())
    assert one != other


def test_snowball_joins_the_forms_of_a_verb() -> None:
    assert {FRENCH.stem(form) for form in ("traverser", "traversée", "Traversait", "TRAVERSA")} == {"travers"}
    assert {ENGLISH.stem(form) for form in ("crossing", "crossed", "Crossings")} == {"cross"}


@pytest.mark.parametrize(
    ("form", "stem"),
    [("ferries", "ferry"), ("boats", "boat"), ("glasses", "glasse"), ("bus", "bus"), ("crossings", "crossing"),
     ("class", "class"), ("Migrants", "migrant")],
)  # fmt: skip
def test_english_plurals(form: str, stem: str) -> None:
    assert ENGLISH.light_stem(form) == stem


def test_other_languages_have_snowball_or_just_forms() -> None:
    german, unknown = language("de-AT"), language("xx")
    assert (german.stem("Häuser"), german.light_stem("Häuser"), german.names) == ("haus", "hauser", False)
    assert (unknown.stem("Ñandú"), unknown.light_stem("Ñandú"), unknown.names) == ("nandu", "nandu", True)


@pytest.mark.parametrize("word", "le La des à qui est sont sous pour Dans eu".split())
def test_french_stop_words(word: str) -> None:
    assert is_stop_word(word, [FRENCH])


@pytest.mark.parametrize("word", "été or son an but Est EST fût sûr dû là où-est Calais point".split())
def test_words_that_are_no_stop_words(word: str) -> None:
    assert not is_stop_word(word, [FRENCH])


@pytest.mark.parametrize(
    ("word", "stop"),
    [
        ("the", True),
        ("le", True),
        ("or", False),
        ("an", False),
        ("but", False),
        ("car", False),
        ("US", False),
        ("us", True),
    ],
)
def test_a_word_of_one_language_is_no_stop_word_of_the_other(word: str, stop: bool) -> None:
    assert is_stop_word(word, [FRENCH, ENGLISH]) == stop


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("vit-elle", "vit"), ("a-t-on", "a"), ("est-ce", "est"), ("Saint-Denis", "Saint Denis"),
     ("rendez-vous", "rendez vous"),
     ("elle", "elle"), ("il-on", "il")],
)  # fmt: skip
def test_the_pronoun_of_a_question_is_left_out(typed: str, kept: str) -> None:
    assert without_inversion(forms(typed)) == kept.split()


@pytest.mark.parametrize(
    ("text", "code"),
    [("Les ferries quittent le port de Calais", "fr"), ("The ferries leave the port of Calais", "en"),
     ("", "fr"), ("on a la mer", "fr")],
)  # fmt: skip
def test_the_language_of_a_text(text: str, code: str) -> None:
    assert guess(forms(text)) == code


def telling(text: str) -> dict[str, bool]:
    return dict(evidence(words(text)))


def test_a_capital_inside_a_sentence_is_evidence() -> None:
    assert telling("Hier à Calais. Demain, la Manche") == {
        "Hier": False, "à": True, "Calais": True, "Demain": False, "la": True, "Manche": True,
    }  # fmt: skip


def test_runs_of_capitals_are_no_evidence_but_acronyms_are() -> None:
    assert telling("la CRISE DES MIGRANTS et la SNCF")["MIGRANTS"] is False
    assert telling("la CRISE DES MIGRANTS et la SNCF")["SNCF"] is True


@pytest.mark.parametrize(
    ("capital", "small", "name"), [(1, 0, True), (95, 5, True), (94, 6, False), (0, 0, False), (0, 9, False)]
)
def test_a_name_is_nearly_always_printed_with_a_capital(capital: int, small: int, name: bool) -> None:
    assert is_name(capital, small) == name


@pytest.mark.parametrize(
    ("form", "capital"), [("Élysée", True), ("été", False), ("5G", False), ("G7", True), ("", False)]
)
def test_capitals(form: str, capital: bool) -> None:
    assert has_capital(form) == capital


def test_what_becomes_of_a_text() -> None:
    le, elections = analyse("Les élections")
    assert (le.form, le.stop, le.opens, le.position) == ("Les", True, True, 0)
    assert (elections.printed, elections.form, elections.start, elections.end) == ("élections", "élections", 4, 13)
    assert (elections.position, elections.folded, elections.light, elections.stem) == (
        1,
        "elections",
        "election",
        "elect",
    )
    assert not elections.stop
    assert [(word.printed, word.form) for word in analyse("la S.N.C.F.", "fr")] == [
        ("la", "la"),
        ("S.N.C.F.", "SNCF"),
    ]
    assert [word.light for word in analyse("the ferries", "en")] == ["the", "ferry"]


@pytest.mark.parametrize(
    "together",
    [
        "vitrail vitraux", "travail travaux", "corail coraux", "public publique publics publiques",
        "long longue longues", "blanc blanche blanches", "grec grecque", "bref brève brèves",
        "nouveau nouvelle nouvelles nouvel nouveaux",
        "beau belle beaux belles bel", "vieux vieille vieilles vieil", "fou folle fous folles", "mou molle",
    ],
)  # fmt: skip
def test_plurals_and_feminines_of_their_own(together: str) -> None:
    assert len({language("fr").light_stem(form) for form in together.split()}) == 1


@pytest.mark.parametrize("apart", ["chapeau chapelle", "sel seau", "arc arche", "bouc bouche", "bal bail"])
def test_what_looks_like_a_plural_or_a_feminine(apart: str) -> None:
    assert len({language("fr").light_stem(form) for form in apart.split()}) == 2
