"""What columns are called: the names that programs give, and those that the user gives."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.readers.tables.fields import NAMES, Mapping, arranged, has_text, no_text


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"title": "A", "text": "B"}, {"title": "A", "text": "B"}),
        ({"headline": "A", "body": "B"}, {"title": "A", "text": "B"}),
        (
            {"Titre": "A", "TEXTE": "B", "Auteur": "C", "Langue": "fr"},
            {"title": "A", "text": "B", "author": "C", "language": "fr"},
        ),
        (
            {"publishedAt": "2019", "Date de publication": "2018", "text": "B"},
            {"date": "2019", "Date de publication": "2018", "text": "B"},
        ),
        ({"Date de publication": "2018", "text": "B"}, {"date": "2018", "text": "B"}),
        ({"title": "A", "headline": "H", "text": "B"}, {"title": "A", "headline": "H", "text": "B"}),
        ({"content": "B", "description": "D"}, {"text": "B", "description": "D"}),
        ({"description": "D", "summary": "S"}, {"text": "D", "summary": "S"}),
        ({"title": None, "headline": "H", "text": "B"}, {"title": "H", "text": "B"}),
        ({"text": "B", "media": [{"type": "a"}], "site": 3}, {"text": "B", "media": [{"type": "a"}], "site": 3}),
        ({"text": "B", "publisher": {"name": "A"}}, {"text": "B", "source": {"name": "A"}}),
        ({"text": "B", "timestamp": {"sec": 3}}, {"text": "B", "timestamp": {"sec": 3}}),
    ],
)  # fmt: skip
def test_names_that_are_known(record: dict[str, Any], expected: dict[str, Any]) -> None:
    assert arranged(record, ()) == expected


@pytest.mark.parametrize(
    ("mapping", "expected"),
    [
        ((("title", "kop"),), {"title": "K", "text": "T", "other_title": "A"}),
        ((("text", "title"),), {"text": "A", "other_text": "T", "kop": "K"}),
        ((("title", "kop"), ("text", "title")), {"title": "K", "text": "A", "other_text": "T"}),
        ((("title", "missing"),), {"other_title": "A", "text": "T", "kop": "K"}),
    ],
)
def test_names_that_the_user_gives(mapping: Mapping, expected: dict[str, Any]) -> None:
    assert arranged({"title": "A", "text": "T", "kop": "K"}, mapping) == expected


def test_dots_lead_into_objects() -> None:
    record = {"content": {"body": "B"}, "a.b": "C", "a": {"b": "D"}}
    assert arranged(record, (("text", "content.body"), ("title", "a.b"))) == {
        "content": {"body": "B"}, "a": {"b": "D"}, "text": "B", "title": "C"
    }  # fmt: skip
    assert "text" not in arranged({"content": 3}, (("text", "content.body.p"),))


@pytest.mark.parametrize(
    ("names", "mapping", "expected"),
    [
        (["a", "b"], (), False),
        (["a", "Body"], (), True),
        (["a", "paragraphs"], (), True),
        (["a", "résumé"], (), True),
        (["a", "b"], (("text", "b"),), True),
        (["a", "b"], (("text", "c"),), False),
        (["title", "text"], (("title", "text"),), False),
    ],
)
def test_whether_there_is_a_text(names: list[str], mapping: Mapping, expected: bool) -> None:
    assert has_text(names, mapping) is expected


def test_what_is_said_where_there_is_none() -> None:
    assert no_text([]) == 'no column for "text" among none: name it, such as --map text=column'
    names = ["Une longue phrase qui n’est pas un nom de colonne, sans doute", *"abcdefghi"]
    assert no_text(names) == (
        'no column for "text" among "Une longue phrase qui n’est pa…", "a", "b", "c", "d", "e", "f", "g" and 2 more: '
        "name it, such as --map text=a"
    )


values = st.none() | st.text(max_size=3) | st.integers() | st.lists(st.text(max_size=2), max_size=2)
keys = st.sampled_from([*NAMES, "headline", "body", "lang", "Résumé", "x", "y.z", "média"]) | st.text(max_size=4)


@given(st.dictionaries(keys, values, max_size=6), st.dictionaries(st.sampled_from(NAMES), keys, max_size=3))
def test_nothing_is_lost(record: dict[str, Any], mapping: dict[str, str]) -> None:
    found = arranged(record, tuple(mapping.items()))
    kept = [value for value in record.values() if value is not None]
    assert all(value in found.values() for value in kept)
