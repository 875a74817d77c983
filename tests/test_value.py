"""Values: their fields, known from the start or found when they are asked for."""

import copy
import pickle
from typing import Any

import pytest

from search.value import Value


class Place(Value):
    name: str
    people: int = 0
    country: str | None = None


def test_fields() -> None:
    one = Place("Calais", country="FR")
    assert (one.name, one.people, one.country) == ("Calais", 0, "FR")
    assert one == Place(name="Calais", people=0, country="FR")
    assert one != Place("Calais")
    assert repr(one) == "Place(name='Calais', people=0, country='FR')"
    assert hash(one) == hash(Place("Calais", 0, "FR"))
    assert one.__replace__(people=67_000) == Place("Calais", 67_000, "FR")


@pytest.mark.parametrize(
    ("values", "named", "message"),
    [
        ((), {}, "Place: expected a value for name"),
        (("Calais", 1, "FR", 2), {}, "Place: too many values, or two for one field"),
        (("Calais",), {"name": "Dover"}, "Place: too many values, or two for one field"),
        (("Calais",), {"mayor": "x"}, "Place has no field mayor"),
    ],
)
def test_wrong_fields(values: Any, named: Any, message: str) -> None:
    with pytest.raises(TypeError) as refused:
        Place(*values, **named)
    assert str(refused.value) == message


def test_it_cannot_be_changed() -> None:
    with pytest.raises(AttributeError, match=r"^Place cannot be changed$"):
        Place("Calais").name = "Dover"  # type: ignore[misc]


def test_later_fields_are_found_once() -> None:
    asked = []

    def find(one: Place, field: str) -> object:
        asked.append(field)
        return {"people": 67_000, "country": "FR"}[field]

    one = Place.later(find, name="Calais")
    assert (one.name, asked) == ("Calais", [])
    assert (one.people, one.people, asked) == (67_000, 67_000, ["people"])
    assert one == Place("Calais", 67_000, "FR")
    assert asked == ["people", "country"]
    with pytest.raises(AttributeError, match=r"^Place has no field mayor$"):
        one.mayor  # noqa: B018


def test_copies_have_all_fields() -> None:
    one = Place.later(lambda one, field: f"some {field}", name="Calais", people=3)
    assert pickle.loads(pickle.dumps(one)) == copy.deepcopy(one) == Place("Calais", 3, "some country")
    assert one.__replace__(people=4) == Place("Calais", 4, "some country")
