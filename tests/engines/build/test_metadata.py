"""The words of metadata: whoever finds them, whatever fields are called, each article has its own."""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.article import Article
from search.engines.local.build.about import About
from search.engines.local.build.arrays import ArrayWords
from search.engines.local.build.finder import Finders, new_finders
from search.engines.local.build.metadata import MetadataPostings
from search.engines.local.build.words import Words
from search.engines.local.codec.files import SectionFile, SectionWriter
from search.engines.local.codec.records import meta_word
from search.language import fold, words

NAMES = ["a", "a\tb", "a\x01", "a b", "ab", "é", "", "\t", "東"]
VALUES = ["Calais", "calais Douvres", "b CALAIS", "Élysée, élysée", "…", "c\td"]

articles = st.lists(st.dictionaries(st.sampled_from(NAMES), st.sampled_from(VALUES), max_size=5), max_size=6)


def written(given_articles: list[dict[str, str]], finder: Words) -> dict[str, list[tuple[int, int]]]:
    """Of each term, in the order in which they are written, its documents, with how often it stands there."""
    about, made = About(), MetadataPostings(finder)
    for number, one in enumerate(given_articles):
        about.add(Article(str(number), "", (), metadata=one))
    for field in about.fields():
        made.add(field, 3 * np.arange(len(about)))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "spill"
        with SectionWriter(path, durable=False) as file:
            made.write(file)
            file.close()
        with closing(SectionFile(path)) as read:
            terms = bytes(read.section("meta.forms")).decode().split("\n")[:-1]
            df, documents, tf = (list(read.column(f"meta.{name}")) for name in ("df", "documents", "tf"))
    pairs = iter(zip(documents, tf, strict=True))
    return {term: [next(pairs) for _ in range(count)] for term, count in zip(terms, df, strict=True)}


def expected(given_articles: list[dict[str, str]]) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, dict[int, int]] = {}
    for number, one in enumerate(given_articles):
        for name, value in one.items():
            for word in words(value):
                documents = found.setdefault(meta_word(name, fold(word.form)), {})
                documents[3 * number] = documents.get(3 * number, 0) + 1
    return {term: list(found[term].items()) for term in sorted(found)}


@given(articles, articles)
@settings(max_examples=150, deadline=None)
def test_each_term_has_the_articles_that_have_the_word(one: list[dict[str, str]], two: list[dict[str, str]]) -> None:
    for finder in (ArrayWords(), new_finders().metadata):
        for drafted in (one, two):  # one after the other, with what is known from the first
            found = written(drafted, finder)
            assert list(found.items()) == list(expected(drafted).items())


def test_what_knows_too_much_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    finders = new_finders()
    assert finders.renewed() == finders
    kind = type(finders.metadata)
    monkeypatch.setattr(kind, "is_full", property(lambda words: words is finders.metadata))
    renewed = finders.renewed()
    assert renewed.texts is finders.texts
    assert renewed.metadata is not finders.metadata
    assert isinstance(renewed, Finders)
