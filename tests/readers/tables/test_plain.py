"""Plain objects: whatever the kernel reads, it reads as JSON is read, and all else is left alone."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import search
from search.native import kernel
from search.readers import Record, SourceFile, parse
from search.readers.paragraphs import WIDEST, paragraphs
from search.readers.tables.fields import Mapping
from search.readers.tables.plain import plain

pytestmark = pytest.mark.skipif(not kernel, reason="no compiled kernel here")

LONG = "Le port de Calais est le premier de France pour les voyageurs, " * 2 + "dit-on."
SIGNS = [
    "a", "é", "’", "𝒜", "\n", "\r", "\t", " ", "\u2028", "\u3000", "\x85", "\xa0", '"', "\\", "/", "\x00", "<",
    "&", "<p>",
    "&eacute;", "\ud83d", "\ude00", LONG, LONG + "\n", " \n", "…", "\x7f", "œ", "5",
]  # fmt: skip
strings = st.lists(st.sampled_from(SIGNS), max_size=12).map("".join)
values = st.one_of(
    strings, st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.just(["a"]), st.just({"a": "b"})
)
NAMES = [
    "id",
    "title",
    "text",
    "date",
    "lang",
    "author",
    "byline",
    "body",
    "paragraphs",
    "url",
    "Rubrik",
    "é\n",
    "lead",
]
objects = st.dictionaries(st.sampled_from(NAMES), st.one_of(strings, strings, strings, values), max_size=8)


def record_of(data: bytes, columns: Mapping = ()) -> Record:
    return Record(SourceFile(Path("press/a.jsonl"), "a", 1, "jsonl", columns), 7, data)


def flat(data: bytes, longest: int = 20) -> dict[str, object] | None:
    """What the kernel reads, as a dictionary."""
    assert kernel
    found = kernel.flat(data, longest)
    if found is None:
        return None
    names, each, long = found
    assert long == sum(isinstance(one, bytes) for one in each)
    for one in each:
        assert (
            len(one) > longest if isinstance(one, bytes) else not isinstance(one, str) or len(one.encode()) <= longest
        )
    return {
        name: one.decode() if isinstance(one, bytes) else one for name, one in zip(names, each, strict=True)
    }  # of names that are there twice the last one counts, as for Python


def expected(data: bytes) -> dict[str, object] | None:
    """What Python reads, if it is an object."""
    try:
        found = json.loads(data.decode())
    except (ValueError, RecursionError):
        return None
    return {name: one for name, one in found.items() if one is not None} if isinstance(found, dict) else None


@given(fields=objects, is_ascii=st.booleans(), indent=st.sampled_from([None, 1]))
@settings(max_examples=300)
def test_objects(fields: dict[str, object], is_ascii: bool, indent: int | None) -> None:
    data = json.dumps(fields, ensure_ascii=is_ascii, indent=indent).encode("utf-8", "surrogatepass")
    found = flat(data)
    assert found is None or found == expected(data)
    is_plain = all(one is None or isinstance(one, str | bool | int) for one in fields.values())
    if is_plain and not any("\ud800" <= sign <= "\udfff" for one in fields.values() for sign in str(one)) and fields:
        assert found is not None or any(isinstance(one, int) and abs(one) >= 10**18 for one in fields.values())


PARTS = [
    b"{", b"}", b'"', b'"a"', b":", b",", b" ", b"\\", b"\\u", b"\\u00e9", b"\\ud83d\\ude00", b"\\ud83d",
    b"\\udc00", b"null",
    b"true", b"false", b"nul", b"0", b"-", b"12", b"-0", b"01", b"1.5", b"1e3", b"\xc3", b"\xa9", b"\xed\xa0\x80",
    b"\xf0\x9f\x98\x80",
    b"\xc0\x80", b"\xe2\x80", b"\n", b"\x01", b"[", b"]", b"NaN", b'{"a":', b'"b"}', b'{"a":"b","c":', b"abcdefgh",
    b"\xef\xbb\xbf",
    b"\\n", b'\\"', b"\\/", b"\\x", b"\xf4\x90\x80\x80", b"\xe0\x80\x80", b"123456789012345678",
    b"1234567890123456789",
]  # fmt: skip


@given(parts=st.lists(st.sampled_from(PARTS), max_size=10), is_string=st.booleans())
@settings(max_examples=500)
def test_what_is_no_object_or_no_json(parts: list[bytes], is_string: bool) -> None:
    inside = b"".join(parts)
    data = b'{"a": "' + inside + b'"}' if is_string else inside
    found = flat(data)
    assert found is None or found == expected(data)


@pytest.mark.parametrize(
    "data",
    [
        b'{"a": "\xc3"}', b'{"a": "\xed\xa0\x80"}', b'{"a": "\xc0\xaf"}', b'{"a": "\xf5\x80\x80\x80"}',
        b'{"a": "\xe2\x80"}',
        b'{"a": "\\ud83d"}', b'{"a": "\\ude00\\ud83d"}', b'{"a": "\\ud83d\\u0041"}', b'{"a": "b\n"}', b'{"a": "b"',
        b'{"a": "b"} x',
        b'{"a": "b",}', b'{"a" "b"}', b'{"a": 1.0}', b'{"a": 01}', b'{"a": -}', b'{"a": NaN}', b'{"a": nulll}',
        b"[]", b"", b"{}",
        b'{"a": ["b"]}', b'{"a": "\\x"}', b'{"a": "\\u00g0"}', b'{"a": "\\u00', b'{"a": 1', b'{a: "b"}',
        b'{"a": 1234567890123456789}',
    ],
)  # fmt: skip
def test_what_is_left_to_python(data: bytes) -> None:
    assert flat(data) is None


def test_what_the_kernel_reads() -> None:
    data = '{"a": "é\\u00e9\\ud83d\\ude00\\n\\/", "b": -12, "c": null, "é": true, "d": ""}\r\n'.encode()
    assert flat(data) == {"a": "éé😀\n/", "b": -12, "é": True, "d": ""}
    assert kernel is not None
    assert kernel.flat('{"a": "élan", "b": "elan"}'.encode(), 4) == (("a", "b"), ["élan".encode(), "elan"], 1)


@given(text=st.lists(st.sampled_from([*SIGNS[:13], LONG, "x" * 119, "é" * 60, "\n"]), max_size=12).map("".join))
def test_lines(text: str) -> None:
    assert kernel
    found = kernel.lines(text.encode(), WIDEST)
    widest = max(map(len, (line.strip() for line in text.split("\n"))))
    assert (found is None) == (widest <= WIDEST)
    if found is not None:
        assert found.decode() == "\n".join(filter(None, (line.strip() for line in text.split("\n"))))
        assert tuple(found.decode().split("\n")) == paragraphs(text) or "\r" in text


def test_every_white_space_is_known() -> None:
    assert kernel
    for code in [*range(0xD800), *range(0xE000, 0x110000, 7)]:
        one = chr(code)
        given_text = f"{one}a{'b' * WIDEST}{one}"
        assert (
            kernel.lines(given_text.encode(), WIDEST)
            == "\n".join(filter(None, (line.strip() for line in given_text.split("\n")))).encode()
        )


@given(title=strings, record=strings, lines=st.lists(st.sampled_from(["a", "é" * 300, LONG]), min_size=1, max_size=5))
def test_packed_lines(title: str, record: str, lines: list[str]) -> None:
    assert kernel
    assert kernel.pack_lines(record, title, "\n".join(lines).encode()) == kernel.pack([record, title, *lines])


MAPPINGS: list[Mapping] = [(), (("title", "byline"),), (("text", "lead"), ("author", "title")), (("text", "a.b"),)]


@given(fields=objects, columns=st.sampled_from(MAPPINGS))
@settings(max_examples=600)
def test_articles_are_what_they_are_otherwise(fields: dict[str, object], columns: Mapping) -> None:
    record = record_of(json.dumps(fields, ensure_ascii=False).encode("utf-8", "surrogatepass"), columns)
    found = plain(record)
    if found:
        article = replace(found.article, paragraphs=tuple(found.lines.decode().split("\n")))
        assert [article] == list(parse(record))
        assert list(article.metadata.items()) == list(_first(record).metadata.items())


def _first(record: Record) -> "search.Article":
    (found,) = parse(record)
    assert isinstance(found, search.Article)
    return found


def fields_of(**others: object) -> Iterator[bytes]:
    yield json.dumps({"id": 5, "headline": "Le  port", "body": f"{LONG} Oui.\n\n{LONG}", **others}).encode()


@pytest.mark.parametrize("others", [{}, {"lang": "fr-FR", "datePublished": "12/05/2019", "section": 3, "x": None}])
def test_plain_articles(others: dict[str, object]) -> None:
    (data,) = fields_of(**others)
    found = plain(record_of(data))
    assert found
    assert (found.article.id, found.article.title, found.article.paragraphs) == ("5", "Le port", ())
    assert found.lines.decode().split("\n") == [f"{LONG} Oui.", LONG]


@pytest.mark.parametrize(
    "others",
    [
        {"body": "Le port."}, {"body": LONG + "<p>"}, {"body": f"{LONG}\r\n{LONG}"}, {"date": "hier"},
        {"author": {"name": "A"}},
        {"author": 5}, {"paragraphs": "a"}, {"id": 1.5}, {"body": f"{LONG} &amp;"}, {"created": 1593700000},
        {"title": ["a"]},
    ],
)  # fmt: skip
def test_articles_that_are_not_plain(others: dict[str, object]) -> None:
    (data,) = fields_of(**others)
    assert plain(record_of(data)) is None


def test_a_name_that_is_there_twice() -> None:
    assert plain(record_of(f'{{"text": "{LONG}", "title": "a", "title": "b"}}'.encode())) is None


def test_without_a_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    (data,) = fields_of()
    monkeypatch.setattr("search.readers.tables.plain.kernel", None)
    assert plain(record_of(data)) is None
