"""JSON Lines: every field, every kind of bad line with its number, and compressed files that end too soon."""

import bz2
import gzip
import json
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import Article, zstd
from search.readers import Problem, find, packed, read
from search.readers.tables import jsonl

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "": lambda data: data,
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstd.compress,
}
PACKED = [packed for packed in PACKERS if packed]
THOUSAND = b"".join(b'{"text": "%d %d"}\n' % (number, number**9) for number in range(1000))


def items(path: Path) -> list[Article | Problem]:
    return [item for file in find([path]).files for item, _ in read(file)]


def written(folder: Path, content: bytes, suffix: str = ".jsonl") -> list[Article | Problem]:
    path = folder / f"press{suffix}"
    path.write_bytes(content)
    return items(path)


def said(found: list[Article | Problem], folder: Path) -> list[str]:
    return [str(item).removeprefix(f"{folder}/") for item in found if isinstance(item, Problem)]


def articles(found: list[Article | Problem]) -> list[Article]:
    return [item for item in found if isinstance(item, Article)]


@pytest.mark.parametrize("packed", PACKERS)
@pytest.mark.parametrize("suffix", [".jsonl", ".ndjson"])
def test_plain_and_compressed(tmp_path: Path, suffix: str, packed: str) -> None:
    content = '\ufeff{"id": "un", "text": "Été"}\r\n\n  {"text": "Deux"}'.encode()
    found = articles(written(tmp_path, PACKERS[packed](content), suffix + packed))
    assert [(one.id, one.paragraphs, one.line) for one in found] == [("un", ("Été",), 1), ("press:3", ("Deux",), 3)]


def test_every_field(tmp_path: Path) -> None:
    record = {
        "id": "o-1", "titre": " Un \n titre ", "text": "Un.\nDeux.", "date": "2019-05", "auteur": ["A", "B"],
        "source": "S", "lang": "FR", "url": "U", "tags": ["x", 1], "vide": "", "rien": None, "n": 1.5,
    }  # fmt: skip
    assert written(tmp_path, json.dumps(record).encode()) == [
        Article(
            "o-1", "Un titre", ("Un.", "Deux."), "2019-05", "A, B", "S", "fr", "U",
            str(tmp_path / "press.jsonl"), 1, {"tags": '["x", 1]', "n": "1.5"},
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("identity", "expected"),
    [('"a"', "a"), ("7", "7"), ("1.5", "1.5"), ("0", "0"), ("null", "press:1"), ('""', "press:1")],
)
def test_ids(tmp_path: Path, identity: str, expected: str) -> None:
    [one] = articles(written(tmp_path, f'{{"id": {identity}, "text": "a"}}'.encode()))
    assert one.id == expected


def test_paragraphs_are_taken_as_they_are(tmp_path: Path) -> None:
    [one] = articles(written(tmp_path, b'{"paragraphs": [" a\\nb ", "", "c"], "text": "ignored"}'))
    assert one.paragraphs == ("a\nb", "c")


def test_a_title_is_text_enough(tmp_path: Path) -> None:
    [one] = articles(written(tmp_path, b'{"title": "A"}'))
    assert (one.title, one.paragraphs) == ("A", ())


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"oups", "not JSON at column 1 (Expecting value)"),
        (b'{"text": "a"', "not JSON at column 13 (Expecting ',' delimiter)"),
        (b'{"text": "a", "x": NaN}', "not JSON (NaN is no number)"),
        (b'{"text": "a", "x": -Infinity}', "not JSON (-Infinity is no number)"),
        (b"[1, 2]", "expected an object {…}, found list"),
        (b'"a"', "expected an object {…}, found str"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (b'{"text": "\xe9t\xe9"}', "byte 11 of the line is not UTF-8"),
        (b"{}", 'holds no text: expected "text" or "paragraphs"'),
        (b'{"text": " "}', 'holds no text: expected "text" or "paragraphs"'),
        (b'{"text": null, "date": "2019"}', 'holds no text: expected "text" or "paragraphs"'),
        (b'{"text": 1}', '"text": expected a string, found int'),
        (b'{"text": ["a"]}', '"text": expected a string, found list'),
        (b'{"paragraphs": "a"}', '"paragraphs": expected a list of strings'),
        (b'{"paragraphs": ["a", 1]}', '"paragraphs": expected a list of strings'),
        (b'{"text": "a", "title": 1}', '"title": expected a string, found int'),
        (b'{"text": "a", "author": [1]}', '"author": expected a string, found list'),
        (b'{"text": "a", "url": {}}', '"url": expected a string, found dict'),
        (b'{"text": "a", "id": []}', '"id": expected a string or a number, found list'),
        (b'{"text": "a", "x": ' + b"9" * 5000 + b"}", "a number has too many digits"),
        (b'{"text": "a", "id": true}', '"id": expected a string or a number, found bool'),
    ],
    ids=lambda value: value[:40] if isinstance(value, bytes) else "",
)
def test_a_bad_line_is_named_and_skipped(tmp_path: Path, line: bytes, reason: str) -> None:
    found = written(tmp_path, b'{"text": "a"}\n' + line + b'\n{"text": "b"}\n')
    assert said(found, tmp_path) == [f"press.jsonl:2: {reason}: the line is skipped"]
    assert [one.line for one in articles(found)] == [1, 3]


@pytest.mark.parametrize(
    ("date", "reason"),
    [
        ('"bientôt"', 'expected a date such as 2019, 2019-05, 2019-05-03 or 03/05/2019, found "bientôt"'),
        ("20191301", 'there is no such day as "20191301"'),
    ],
)
def test_a_bad_date_is_named_and_the_article_kept(tmp_path: Path, date: str, reason: str) -> None:
    found = written(tmp_path, f'{{"text": "a", "date": {date}}}'.encode())
    assert said(found, tmp_path) == [f"press.jsonl:1: date: {reason}; the article is kept without a date"]
    assert [one.date for one in articles(found)] == [None]


@pytest.mark.parametrize("date", ["null", '""', '" "'])
def test_no_date_is_no_bad_date(tmp_path: Path, date: str) -> None:
    [one] = written(tmp_path, f'{{"text": "a", "date": {date}}}'.encode())
    assert isinstance(one, Article)
    assert one.date is None


def test_lone_surrogates_are_replaced(tmp_path: Path) -> None:
    texts = rb'{"id": "\udfff", "title": "\ud800t", "paragraphs": ["a\udc00"], '
    [one] = articles(written(tmp_path, texts + rb'"k\ud800": "\ud800", "source": "\ud83d\ude00"}'))
    assert (one.id, one.title, one.paragraphs, one.source) == ("�", "�t", ("a�",), "😀")
    assert one.metadata == {"k�": "�"}


@pytest.mark.parametrize(
    ("packed", "reason"),
    [
        (".gz", "Compressed file ended before the end-of-stream marker was reached"),
        (".bz2", "Compressed file ended before the end-of-stream marker was reached"),
        (".xz", "Compressed file ended before the end-of-stream marker was reached"),
        (".zst", "Compressed file ended before the end of the last frame"),
    ],
)
def test_a_compressed_file_that_was_cut_off(tmp_path: Path, packed: str, reason: str) -> None:
    whole = PACKERS[packed](THOUSAND)
    found = written(tmp_path, whole[: len(whole) // 2], f".jsonl{packed}")
    line = len(articles(found)) + 1
    assert line < 1000
    assert said(found, tmp_path) == [
        f"press.jsonl{packed}:{line}: broken compressed data, the rest is lost: {reason}"
    ]


@pytest.mark.parametrize(
    ("packed", "reason"),
    [
        (".gz", "Not a gzipped file (b'{\"')"),
        (".xz", "Input format not supported by decoder"),
        (".zst", "Unable to decompress Zstandard data: Unknown frame descriptor"),
    ],
)
def test_a_file_that_is_not_compressed_at_all(tmp_path: Path, packed: str, reason: str) -> None:
    found = written(tmp_path, b'{"text": "a"}\n', f".jsonl{packed}")
    expected = f"press.jsonl{packed}:1: broken compressed data, the rest is lost: {reason}"
    assert [str(one).removeprefix(f"{tmp_path}/") for one in found] == [expected]


@pytest.mark.parametrize("packed", PACKED)
def test_several_compressed_parts_are_one_file(tmp_path: Path, packed: str) -> None:
    pack = PACKERS[packed]
    content = b"".join(pack(part) for part in (b'{"text": ', b'"a"}\n', THOUSAND, b""))
    found = written(tmp_path, content, f".jsonl{packed}")
    assert len(found) == len(articles(found)) == 1001


def test_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    assert written(tmp_path, b"") == written(tmp_path, b"\n\n \n") == []


pieces = st.sampled_from(
    [b'{"text": "a"}', b"\n", b'{"', b"[", b'"id":', b"1e999", b'"\\ud800"', b"\xff", b"NaN", b"}"]
)
content = st.binary(max_size=100) | st.lists(pieces | st.binary(max_size=3)).map(b"".join)


@given(content, st.sampled_from(list(PACKERS)), st.booleans(), st.integers(0, 100))
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_give_articles_and_problems(
    tmp_path: Path, data: bytes, packed: str, really: bool, lost: int
) -> None:
    """Packed or just named so, whole or cut off: the reader never fails."""
    data = PACKERS[packed](data) if really else data
    for item in written(tmp_path, data[: max(0, len(data) - lost)], f".jsonl{packed}"):
        assert str(item)


def test_a_line_without_end_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LONGEST", 1000)
    content = b'{"text": "a"}\n{"text": "' + b"x" * 5000 + b'"}\n{"text": "b"}\n' + b"y" * 1000
    found = written(tmp_path, content)
    assert [(one.line, one.paragraphs) for one in articles(found)] == [(1, ("a",)), (3, ("b",))]
    assert said(found, tmp_path) == [f"press.jsonl:{line}: longer than 0 MB: the line is skipped" for line in (2, 4)]


def test_a_file_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "AT_LEAST", 1000)
    monkeypatch.setattr(packed, "RATIO", 10)
    found = written(tmp_path, gzip.compress(b'{"text": "a"}\n' * 100_000), ".jsonl.gz")
    assert said(found, tmp_path) == ["press.jsonl.gz: unpacks to more than 10 times its size: the rest is left out"]


@pytest.mark.parametrize(
    ("fields", "title", "paragraphs", "date"),
    [
        ({"title": {"rendered": "L&rsquo;été"}, "content": {"rendered": "<p>Un.</p><p>Deux &amp; trois.</p>"}},
         "L’été", ("Un.", "Deux & trois."), None),
        ({"title": {"$t": "Un"}, "text": {"#text": "Deux."}, "date": {"$date": 1477296000000}},
         "Un", ("Deux.",), "2016-10-24"),
        ({"title": "Un <b>port</b>", "text": "Le <em>vieux</em> port.\n\nL&eacute;t&#233;.", "date": 1477296000.5},
         "Un port", ("Le vieux port.", "Lété."), "2016-10-24"),
        ({"title": "a < b & c", "text": "On écrit <b> pour le gras, R&D et AT&T."},
         "a < b & c", ("On écrit <b> pour le gras, R&D et AT&T.",), None),
    ],
)  # fmt: skip
def test_what_some_programs_make_of_values(
    tmp_path: Path, fields: dict[str, object], title: str, paragraphs: tuple[str, ...], date: str | None
) -> None:
    [found] = written(tmp_path, json.dumps(fields).encode())
    assert isinstance(found, Article), found
    assert (found.title, found.paragraphs, found.date) == (title, paragraphs, date)


def test_languages(tmp_path: Path) -> None:
    lines = "".join(f'{{"text": "Un.", "language": "{one}"}}\n' for one in ("fr-FR", "français", "eng"))
    assert [one.language for one in written(tmp_path, lines.encode()) if isinstance(one, Article)] == [
        "fr",
        "fr",
        "en",
    ]


def test_an_object_that_says_more_is_kept(tmp_path: Path) -> None:
    [found] = written(tmp_path, b'{"text": "Un.", "weight": {"value": 3, "unit": "kg"}}')
    assert isinstance(found, Article)
    assert found.metadata == {"weight": '{"value": 3, "unit": "kg"}'}
