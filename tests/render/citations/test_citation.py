"""What a bibliography says of an article: keys, dates, addresses, and the hash of a text."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import Article
from search.hits import Hit
from search.render.citations.citation import Citation, digest, key, of
from search.render.citations.names import Name
from search.render.citations.sentence import sentence

ONE = Article(
    "fr/a-1", "Le port\nde  Calais", ("Un.", "Deux."), "2019-05", "Anne Durand", "AFP", "fr", "https://a.fr/1"
)  # fmt: skip


def test_of_an_article() -> None:
    expected = Citation(
        "fr/a-1", "fr/a-1", "Le port de Calais", (Name("Durand", "Anne"),), (2019, 5), "AFP", "fr", "https://a.fr/1"
    )
    assert of(ONE) == expected
    assert of(ONE).note == ""
    hit = Hit(1, "fr/a-1", ONE.title, "2019-05", "AFP", "fr", ONE.url, None, 1.0, (), author="Anne Durand")
    assert of(hit) == expected


def test_of_a_paragraph() -> None:
    one = of(ONE, 2, "Deux.")
    assert (one.key, one.paragraph, one.note) == ("fr/a-1:2", 2, "paragraph 2, sha256 ca8f6de91b5d7bd6")
    assert of(ONE, 0, ONE.title).note.startswith("title, sha256 ")
    assert of(ONE, None, "x").note == "sha256 2d711642b726b044"


def test_of_an_article_of_which_nothing_is_known() -> None:
    assert of(Article("a", "", ("Un.",))) == Citation("a", "a")


@pytest.mark.parametrize(("date", "parts"), [("2019", (2019,)), ("2019-05", (2019, 5)), ("2019-05-03", (2019, 5, 3))])
def test_dates(date: str, parts: tuple[int, ...]) -> None:
    assert of(Article("a", "", ("Un.",), date)).date == parts


def test_addresses_hold_nothing_that_ends_them() -> None:
    one = of(Article("a", "", ("Un.",), url="https://a.fr/{é}?b=c d%20&e=1#f_\\\n\u202e"))
    assert one.url == "https://a.fr/%7Bé%7D?b=c%20d%20&e=1#f_%5C%0A%E2%80%AE"


def test_keys_of_plain_ids_are_the_ids() -> None:
    for identity in ("orange-8841", "1802-10-10-tunnel", "fr/a.1+b_c"):
        assert key(identity) == identity


def test_keys_of_others_are_readable_and_apart() -> None:
    ids = [
        "A",
        "a",
        "Été 2019, {x}",
        "ete 2019 x",
        "été 2019 x",
        "a:1",
        "a-1",
        "",
        "\ud800",
        "日本",
        "中国",
        "x" * 99,
    ]
    keys = [key(one) for one in ids]
    assert len({one.lower() for one in keys}) == len(ids)
    assert keys[2].startswith("ete-2019-x-")
    assert keys[9].startswith("article-")
    assert [key(one) for one in ids] == keys


@given(st.text(st.characters(codec=None)))
def test_a_key_is_one_that_bibtex_takes(identity: str) -> None:
    assert key(identity)
    assert not set(key(identity)) - set("abcdefghijklmnopqrstuvwxyz0123456789_.+/-")


def test_the_hash_is_that_of_sha256sum() -> None:
    assert digest("été") == hashlib.sha256("été".encode()).hexdigest()[:16]


@pytest.mark.parametrize(
    ("one", "line"),
    [
        (
            of(ONE, 2, "Deux."),
            "Anne Durand: “Le port de Calais”, AFP, 2019-05, paragraph 2, https://a.fr/1 "
            "(fr/a-1:2, sha256 ca8f6de91b5d7bd6)",
        ),
        (of(Article("a", "T", ("Un.",)), 0), "“T” (a:0)"),
        (Citation("a", "a"), "(a)"),
        (Citation("a", "a", authors=(Name(literal="AFP"),), date=(2019,)), "AFP, 2019 (a)"),
    ],
)
def test_in_a_line(one: Citation, line: str) -> None:
    assert sentence(one) == line
