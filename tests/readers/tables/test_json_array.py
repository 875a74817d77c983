"""JSON that is no JSON Lines: lists, objects with lists, articles alone, and every way to break off."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import Article
from search.readers import Problem, Record, SourceFile
from search.readers.tables import json_array
from tests.readers.reading import Items, Written, broken

written = Written("press.json")
ONE: dict[str, Any] = {"title": "Le port", "text": "Un.\nDeux.", "date": "3 mai 2019"}
TWO: dict[str, Any] = {"title": "La digue", "text": "Trois.", "tags": ["x"]}


def told(found: Items) -> list[str]:
    return [f"{one.id} {one.title}" if isinstance(one, Article) else str(one).rpartition("/")[2] for one in found]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([ONE, TWO], ["press:1 Le port", "press:2 La digue"]),
        ({"status": "ok", "totalResults": 2, "articles": [ONE, TWO]}, ["press:1 Le port", "press:2 La digue"]),
        ({"response": {"numFound": 2, "docs": [ONE, TWO]}, "x": 1}, ["press:1 Le port", "press:2 La digue"]),
        ({"hits": {"hits": [{"_id": "a", "_source": ONE}, {"_source": TWO}]}}, ["a Le port", "press:2 La digue"]),
        ({"feed": {"results": [ONE], "data": [TWO]}}, ["press:1 Le port", "press:2 La digue"]),
        (ONE, ["press Le port"]),
        (ONE | {"data": {"a": 1}, "items": ["x"], "results": []}, ["press Le port"]),
        (ONE | {"response": {"a": {"b": []}}}, ["press Le port"]),
        ([], []),
        ({"articles": []}, ['press.json: holds no text: expected "text" or "paragraphs": the item is skipped']),
        ([ONE, 3, TWO], [
            "press:1 Le port",
            "press.json:2: expected an object {…}, found int: the item is skipped",
            "press:3 La digue",
        ]),
        ([ONE, {"x": 1}], [
            "press:1 Le port",
            'press.json:2: holds no text: expected "text" or "paragraphs": the item is skipped',
        ]),
        ("rien", ["press.json:1: expected an object {…}, found str: the item is skipped"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_forms(tmp_path: Path, value: Any, expected: list[str], indent: int | None, encoding: str) -> None:
    content = json.dumps(value, indent=indent, ensure_ascii=False).encode(encoding)
    assert told(written(tmp_path, content)) == expected


def test_every_field(tmp_path: Path) -> None:
    record = {
        "source": {"id": None, "name": "AFP"}, "author": [{"name": "A"}, "B"], "headline": "Le  port", "lang": "FR",
        "content": "<p>Un.</p><p>Deux &amp; trois.</p>", "publishedAt": "2019-05-03T23:30:00Z", "url": "U", "n": 1,
    }  # fmt: skip
    assert written(tmp_path, json.dumps({"articles": [record]}).encode()) == [
        Article(
            "press:1", "Le port", ("Un.", "Deux & trois."), "2019-05-03", "A, B", "AFP", "fr", "U",
            str(tmp_path / "press.json"), 1, {"n": "1"},
        )
    ]  # fmt: skip


def test_one_after_the_other(tmp_path: Path) -> None:
    lines = json.dumps(ONE) + "\n" + json.dumps(TWO) + "\n"
    assert told(written(tmp_path, lines.encode())) == ["press:1 Le port", "press:2 La digue"]
    pretty = json.dumps(ONE, indent=2) + json.dumps([TWO], indent=2)
    assert told(written(tmp_path, pretty.encode())) == ["press:1 Le port", "press:2 La digue"]


def test_a_bad_line_takes_no_other_with_it(tmp_path: Path) -> None:
    lines = "\n".join([json.dumps(ONE), '{"oups"', json.dumps(TWO)])
    found = told(written(tmp_path, lines.encode()))
    assert [found[0], found[2]] == ["press:1 Le port", "press:3 La digue"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'[{"text": "a"}, {"text": "b"', "press.json:2: not JSON (breaks off): the rest is lost"),
        (b'[{"text": "a"}', "press.json:2: not JSON (breaks off): the rest is lost"),
        (b'[{"text": "a"}, ', "press.json:2: not JSON (breaks off): the rest is lost"),
        (b'[{"text": "a"} {"text": "b"}]', "press.json:2: not JSON (expected , or ]): the rest is lost"),
        (b'[{"text": "a"}, {"text": oups, "x": "a long rest of it"}]',
         "press.json:2: not JSON (Expecting value): the rest is lost"),
        (b'[{"text": "a"}, {"text": "\xe9"}, {"text": "c"}]', "press.json:1: not UTF-8: the rest is lost"),
        (b'[{"text": "a"}, ' + b"[" * 100_000, "press.json:2: nested too deeply: the rest is lost"),
        (b'[{"text": "a"}, ' + b"9" * 5000 + b", 1]", "press.json:2: a number has too many digits: the rest is lost"),
        (b'{"articles": [{"text": "a"}], 7: 8}',
         "press.json:2: not JSON (expected a name in an object): the rest is lost"),
        (b'{"articles": [{"text": "a"}], "x" 8}', "press.json:2: not JSON (expected :): the rest is lost"),
    ],
)  # fmt: skip
def test_what_breaks_off(tmp_path: Path, content: bytes, reason: str) -> None:
    found = told(written(tmp_path, content))
    assert found[-1] == reason
    assert found[:-1] in (["press:1 "], [])


def test_an_item_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_array, "LONGEST", 1_000_000)
    found = told(written(tmp_path, b'[{"text": "a"}, {"text": "' + b"x" * 3_000_000))
    assert found == ["press:1 ", "press.json:2: longer than 1 MB: the rest is lost"]


class Slow(BytesIO):
    """A file that gives a few bytes at a time."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(3)


def _nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    names = st.sampled_from(["a", "articles", "data", "text"])
    return st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3)


@given(st.recursive(st.none() | st.booleans() | st.floats(-9, 9) | st.text(max_size=5), _nested, max_leaves=8))
def test_parts_of_any_size(value: Any) -> None:
    data = json.dumps([value, {"articles": [{"a": value}]}], ensure_ascii=False).encode()
    source = SourceFile(Path("a.json"), "a", len(data))
    one, two = (list(json_array.split(source, stream)) for stream in (BytesIO(data), Slow(data)))
    assert one == two
    assert all(isinstance(record, Record) for record in one)


VALID = json.dumps({"status": "ok", "articles": [ONE, TWO, {"_id": 3, "_source": ONE}]}, indent=1).encode()


@broken(VALID)
def test_any_change_gives_articles_and_problems(tmp_path: Path, content: bytes) -> None:
    for item in written(tmp_path, content):
        assert str(item)


@given(
    st.lists(
        st.sampled_from(list('[]{},:"\\ \n') + ['"text"', '"articles"', "1", "null", '{"text": "a"}']), max_size=30
    )
)
@settings(max_examples=200)
def test_soups_of_signs(pieces: list[str]) -> None:
    data = "".join(pieces).encode()
    for record in json_array.split(SourceFile(Path("a.json"), "a", 1), BytesIO(data)):
        found = [record] if isinstance(record, Problem) else json_array.parse(record)
        assert all(isinstance(one, Article | Problem) for one in found)
