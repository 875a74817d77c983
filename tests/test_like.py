"""What is like an article: itself never, its near-copies on request, and what is shared."""

import pytest

from search import Article, NotFound, QueryError
from search.likeness import SHARE, weight
from tests.conftest import Opener

FERRY = "Le ferry Rodin quitte le quai de Calais avec deux cents routiers à son bord."
STRIKE = "Les routiers de Calais bloquent le quai : aucun ferry ne part, dit Jean Dupont."
LACE = "La dentelle et les métiers Leavers ont leur musée."


def press() -> list[Article]:
    return [
        Article("ferry", "Le ferry", (FERRY,), date="2019-05", source="Voix", language="fr"),
        Article("strike", "La grève", (STRIKE, "Rien d'autre."), date="2020", source="AFP", language="fr"),
        Article("lace", "La dentelle", (LACE,), language="fr"),
        Article("pier", "", ("Un quai vide.",), language="fr"),
    ]


def ids(found: object) -> list[str]:
    return [one.hit.article for one in found.found]  # type: ignore[attr-defined]


def test_what_is_shared_and_how_much(archive_of: Opener) -> None:
    found = archive_of(*press()).like("ferry")
    assert found.itself == "ferry"
    assert ids(found) == ["strike"]
    (one,) = found.found
    assert set(one.shared) == {"ferry", "quai", "routiers", "Calais"}
    assert [word for word in found.words if word in one.shared] == list(one.shared)
    assert SHARE < one.share <= 1
    assert (one.hit.title, one.hit.date, one.hit.rank, one.is_copy) == ("La grève", "2020", 1, False)


def test_itself_is_never_there_however_it_is_given(archive_of: Opener) -> None:
    archive = archive_of(*press())
    by_id = archive.like("ferry")
    again = Article("draft", "Un autre titre", (FERRY.replace(" ", "\n ", 2),), language="fr")
    assert archive.like(again) == by_id
    changed = archive.like(Article("draft", "", (f"{FERRY} Encore.",), language="fr"))
    assert (changed.itself, ids(changed)) == (None, ["ferry", "strike"])


def test_of_two_words_one_is_enough_of_three_two_are_not_too_many(archive_of: Opener) -> None:
    archive = archive_of(*press())
    assert ids(archive.like(Article("x", "", ("Quai Leavers",)))) == ["lace", "pier", "ferry", "strike"]
    assert ids(archive.like(Article("x", "", ("Quai, Leavers, routiers.",)))) == ["ferry", "strike"]
    assert ids(archive.like(Article("x", "", ("quai",)))) == ["pier", "ferry", "strike"]


def test_only_what_matches_as_well(archive_of: Opener) -> None:
    archive = archive_of(*press())
    text = Article("x", "", (f"{FERRY} {LACE}",), language="fr")
    assert ids(archive.like(text)) == ["ferry", "lace", "strike"]
    assert ids(archive.like(text, where="dentelle OU source:AFP")) == ["lace", "strike"]
    assert ids(archive.like(text, where='"rien d\'autre"')) == ["strike"]
    assert ids(archive.like(text, since="2020")) == ["strike"]
    assert ids(archive.like(text, until="2019", where="Calais")) == ["ferry"]
    assert ids(archive.like("ferry", where="-Calais")) == ids(archive.like("ferry", where="rien SAUF part")) == []
    assert ids(archive.like("ferry", where="rien part")) == ["strike"]
    assert ids(archive.like(text, limit=1)) == ["ferry"]
    assert len(archive.like(text, limit=None).found) == 3


def test_nothing_is_like_it(archive_of: Opener) -> None:
    archive = archive_of(*press())
    for text in ("Привет, мир", "", "la de et un", "zorglub"):
        found = archive.like(Article("x", "", (text,)))
        assert (found.found, found.words) == ((), ())
    lace = archive.like("lace")
    assert lace.found == ()


def test_a_title_alone(archive_of: Opener) -> None:
    archive = archive_of(*press(), Article("t", "Calais, les routiers au quai", (), language="fr"))
    assert ids(archive.like("t")) == ["ferry", "strike"]
    assert ids(archive.like(Article("x", "Calais, les routiers au quai", ()))) == ["t", "ferry", "strike"]


def test_what_cannot_be_asked(archive_of: Opener) -> None:
    archive = archive_of(*press())
    with pytest.raises(NotFound, match='no article has the id "nix"'):
        archive.like("nix")
    with pytest.raises(QueryError, match="column 1: no field"):
        archive.like("ferry", where="colour:red")
    with pytest.raises(QueryError, match=r"^expected a limit of 0 or more, found -1$"):
        archive.like("ferry", limit=-1)


def test_repeating_a_word_counts_less_and_less() -> None:
    assert [weight(times) for times in (1, 3)] == [1.0, 1.5]
    assert weight(10**9) < 2
