"""Plain objects: whatever the kernel reads, it reads as JSON is read, and all else is left alone."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import search
from search.engines.local.codec.records import all_encoded, encoded
from search.native import kernel
from search.readers import Record, SourceFile, parse
from search.readers.paragraphs import WIDEST, paragraphs
from search.readers.source import clean
from search.readers.tables.fields import Mapping
from search.readers.tables.plain import LINE, OTHER, TEXT, Plain, plain

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


def flat(data: bytes) -> dict[str, str] | None:
    """What the kernel reads, as a dictionary: of names that are there twice the last one counts, as for Python."""
    assert kernel
    names = kernel.names(data)
    if names is None:
        return None
    columns = kernel.rows((data, data, b"{}"), tuple(map(str.encode, names)), bytes([OTHER] * len(names)), 0)
    assert all(len(column) == 2 and column[0] == column[1] for column in columns)
    return {name: column[0] for name, column in zip(names, columns, strict=True)}


def expected(data: bytes) -> dict[str, str] | None:
    """What Python reads, if it is an object, as metadata has it."""
    try:
        found = json.loads(data.decode())
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    return {name: one if isinstance(one, str) else json.dumps(one) for name, one in found.items() if one is not None}


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
    assert flat(data) == {"a": "éé😀\n/", "b": "-12", "é": "true", "d": ""}


NO_MARKUP = [sign for sign in SIGNS[:13] if sign != "\r"]


def column(role: int, value: object) -> list[str | bytes]:
    """What the kernel makes of a value."""
    assert kernel
    found: list[str | bytes]
    (found,) = kernel.rows((json.dumps({"a": value}).encode(),), (b"a",), bytes([role]), WIDEST)
    return found


@given(text=st.lists(st.sampled_from([*NO_MARKUP, LONG, "x" * 119, "é" * 60, "\n"]), max_size=12).map("".join))
def test_lines(text: str) -> None:
    found = column(TEXT, text)
    widest = max(map(len, (line.strip() for line in text.split("\n"))))
    assert (not found) == (widest <= WIDEST)
    for lines in found:
        assert isinstance(lines, bytes)
        assert lines.decode() == "\n".join(filter(None, (line.strip() for line in text.split("\n"))))
        assert tuple(lines.decode().split("\n")) == paragraphs(text)


def test_every_white_space_is_known() -> None:
    for code in [*range(0xD800), *range(0xE000, 0x110000, 7)]:
        one = chr(code)
        if one in "\r<":
            continue
        given_text = f"{one}a{'b' * WIDEST}{one}"
        lines = "\n".join(filter(None, (line.strip() for line in given_text.split("\n"))))
        assert column(TEXT, given_text) == [lines.encode()]
        spaced = f"{one}{one} a{one}b{one}"
        assert column(LINE, spaced) == [" ".join(spaced.split())]


@pytest.mark.parametrize("text", ["a</b>", "a & b; c", "&#9;", "&" + "é" * 15 + ";"])
def test_lines_that_may_be_markup(text: str) -> None:
    assert column(LINE, text) == []
    assert column(LINE, text.replace(";", ",").replace("</", "< /")) == [text.replace(";", ",").replace("</", "< /")]


@given(text=st.text("a<</&; é", max_size=60))
@example(text="Calais <")
def test_lines_with_signs_of_markup(text: str) -> None:
    data = text.encode()
    names = [place for place, sign in enumerate(data) if sign == ord("&") and b";" in data[place + 1 : place + 33]]
    assert column(LINE, text) == ([] if "</" in text or names else [" ".join(text.split())])


def test_a_title_that_ends_like_a_tag(tmp_path: Path) -> None:
    (tmp_path / "press.jsonl").write_text(json.dumps({"id": "1", "title": "Calais <", "text": LONG}))
    search.build(tmp_path / "press.jsonl", index=tmp_path / "index")
    with search.open(tmp_path / "index") as archive:
        assert archive.read("1").title == "Calais <"


@given(
    path=strings,
    numbers=st.lists(st.integers(0, 2**40), min_size=3, max_size=3),
    values=st.lists(st.lists(strings, min_size=3, max_size=3), max_size=3),
    titles=st.lists(strings, min_size=3, max_size=3),
    lines=st.lists(st.lists(st.sampled_from(["a", "é" * 300, LONG]), min_size=1, max_size=5), min_size=3, max_size=3),
)
def test_packed_rows(
    path: str, numbers: list[int], values: list[list[str]], titles: list[str], lines: list[list[str]]
) -> None:
    assert kernel
    urls, *values = [[clean(one) for one in each] for each in [*values, titles]]
    names = [f'"{place}"\n' for place in range(len(values))]
    source = SourceFile(Path(clean(path).replace("\0", "")), "a", 1)
    nothing = [""] * 3
    every = Plain(
        source, numbers, nothing, list(map(clean, titles)), ["\n".join(one).encode() for one in lines], nothing,
        nothing, nothing, nothing, urls, dict(zip(names, values, strict=True)),
    )  # fmt: skip
    for place, block in enumerate(all_encoded(every)):
        metadata = {name: column[place] for name, column in every.metadata.items() if column[place]}
        article = search.Article(
            "", every.titles[place], tuple(lines[place]), url=urls[place] or None, path=str(source.path),
            line=numbers[place], metadata=metadata,
        )  # fmt: skip
        assert block == encoded(article)


@pytest.mark.parametrize(
    ("given_arguments", "said"),
    [
        (((), (b"a",), b"", 0), "expected a role for each of the names"),
        (((), (b"a",), b"\x05", 0), "expected a role for each of the names"),
        (((), ("a",), b"\x04", 0), "expected a role for each of the names, which are bytes"),
        ((("a",), (b"a",), b"\x04", 0), "bytes"),
    ],
)
def test_what_the_kernel_cannot_do(given_arguments: Any, said: str) -> None:
    assert kernel
    with pytest.raises((ValueError, TypeError), match=said):
        kernel.rows(*given_arguments)


@pytest.mark.parametrize("column_of_lines", [[], [b"a", b"b"]])
def test_columns_that_are_not_alike(column_of_lines: list[bytes]) -> None:
    assert kernel
    with pytest.raises(ValueError, match=r"columns .* of the same length"):
        kernel.pack_rows("a", [1], [""], (), (), ["a"], column_of_lines)
    with pytest.raises(ValueError, match=r"columns .* of the same length"):
        kernel.pack_rows("a", [1], [""], ("a",), ([],), ["a"], [b"a"])


MAPPINGS: list[Mapping] = [(), (("title", "byline"),), (("text", "lead"), ("author", "title")), (("text", "a.b"),)]


def articles_of(found: Plain | None) -> list["search.Article"]:
    """The articles that the kernel has read."""
    made = []
    for place in range(len(found.numbers) if found else 0):
        assert found
        one = found.part(place, place + 1)
        made.append(
            search.Article(
                one.ids[0], one.titles[0], tuple(one.lines[0].decode().split("\n")), one.dates[0] or None,
                one.authors[0] or None, one.sources[0] or None, one.languages[0] or None, one.urls[0] or None,
                str(one.source.path), one.numbers[0],
                {name: column[0] for name, column in one.metadata.items() if column[0]},
            )
        )  # fmt: skip
    return made


@given(records=st.lists(objects, min_size=1, max_size=4), columns=st.sampled_from(MAPPINGS))
@settings(max_examples=600)
def test_articles_are_what_they_are_otherwise(records: list[dict[str, object]], columns: Mapping) -> None:
    source = record_of(b"", columns).source
    every = [
        Record(source, number, json.dumps(fields, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        for number, fields in enumerate(records)
    ]
    for article, record in zip(articles_of(plain(every)), every, strict=False):
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
    (article,) = articles_of(plain([record_of(data)]))
    assert (article.id, article.title, article.paragraphs) == ("5", "Le port", (f"{LONG} Oui.", LONG))


def test_articles_up_to_one_that_is_not_plain() -> None:
    every = [next(fields_of(**others)) for others in ({}, {"id": "b", "lang": None}, {"lang": "fr"}, {})]
    records = list(map(record_of, every))
    assert [one.id for one in articles_of(plain(records))] == ["5", "b"]
    assert [one.id for one in articles_of(plain(records[2:]))] == ["5"]
    dated = [record_of(next(fields_of(date=date))) for date in ("2019", " ", "hier", "2020")]
    assert [one.date for one in articles_of(plain(dated))] == ["2019", None]
    assert plain(dated[2:]) is None


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
    assert plain([record_of(data)]) is None


def test_a_name_that_is_there_twice() -> None:
    assert plain([record_of(f'{{"text": "{LONG}", "title": "a", "title": "b"}}'.encode())]) is None


def test_without_a_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    (data,) = fields_of()
    monkeypatch.setattr("search.readers.tables.plain.kernel", None)
    assert plain([record_of(data)]) is None
