"""Finding words: the compiled kernel and the arrays find what analysing each text finds, and invert it alike."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.local.build import compiled, printed, sameness
from search.engines.local.build.arrays import ArrayWords
from search.engines.local.build.compiled import CompiledWords
from search.engines.local.build.table import Table
from search.engines.local.build.vocabulary import Vocabulary
from search.engines.local.build.words import Inverted, Words
from search.language import evidence, words
from search.native import kernel

MAKERS: list[Callable[[], Words]] = [ArrayWords]
if kernel:
    MAKERS.append(partial(CompiledWords, kernel))
both = pytest.mark.parametrize("make", MAKERS, ids=["arrays", "compiled"][: len(MAKERS)])

PIECES = [
    "Calais", "CALAIS", "l'", "L’", "qu'", "d’aucuns", "presqu'île", "aujourd’hui", "O'Brien", "été", "e\u0301t",
    "ʼ", "-", "–", "Pas-de-Calais", "S.N.C.F.", "27", "000", "000,5", "1", "R&D", "« ", "\u00a0»", ".", ",", "…",
    "?", "(", "\u200b", "\u00ad", " ", " ", " ", "\u202f", "\n", "東京", "_", "𝒜", "2019", "3e", "œuf", "ŉ", "ª",
    "'s", "’", '"', "/", "a", "l'", "d'", "aucuns", "l’élu", "x" * 23, "y" * 25, "»,", ": ", "!?", "jusqu'à",
    "l'ex-élu", "Œ", "š", "\u3000", "[", "*", "+", "/", "%", "#", "€", "²", "µ", "&", "—", "27.", "5,", "http://www.",
    "a.b", "x.", "O", "G7", "20h30", "È", "\ud800", "&nbsp;", "}", "°", "<", "\x1f", "\x85", "\u2028", "é.",
    "27,5", "0.5", "1.000", "12,345", "0,000", "3.1.4", "€5,", "5s", "(", ")", '"', ";", ",,", "mot", "mot.",
    "1" * 23, "'", "''", "s", "S'", "d'\"", "8 000", "1 000 000", "(120", " 000,", "O'", "qu'",
]  # fmt: skip
pieces = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
letters = st.lists(st.sampled_from("aé’à œ\u2028\u3000𝒜."), max_size=50).map("".join)
texts = st.one_of(pieces, letters, st.text(max_size=30))


Found = list[list[str]]


def names_of(made: Words) -> list[str]:
    """The forms, by number."""
    return made.described.lines(np.arange(len(made.described))).forms.strings()


def inverted(made: Words, given_texts: list[str], counts: list[bool]) -> Inverted:
    """The words of texts as lists, each form a term."""
    forms = len(made.described)
    speech = np.array([1 << number % 3 for number in range(len(given_texts))], np.uint64)
    return made.invert(np.arange(forms, dtype=np.int32), forms, np.array(counts, bool), speech)


def looked_up(made: Words, given_texts: list[str]) -> list[list[tuple[str, bool]]]:
    """The words of each text, and whether their case says something (of equal words of a text, of as many)."""
    half = len(given_texts) // 2
    for part in (given_texts[:half], given_texts[half:]):
        made.add(part)
    made.look()
    names = names_of(made)
    found: list[dict[int, str]] = [{} for _ in given_texts]
    lists, cf, *_ = inverted(made, given_texts, [True] * len(given_texts))
    assert cf.tolist() == np.bincount(np.repeat(np.arange(len(names)), lists.df), lists.tf, len(names)).tolist()
    positions = iter(lists.positions.tolist())
    for form, text, tf in zip(np.repeat(np.arange(len(names)), lists.df), lists.documents, lists.tf, strict=True):
        for _ in range(tf):
            found[text][next(positions)] = names[form]
    assert made.lengths().tolist() == [len(one) for one in found]
    assert sorted(np.flatnonzero(made.used())) == sorted(np.flatnonzero(cf))
    result = []
    for number, text in enumerate(found):
        telling = inverted(made, given_texts, [number == one for one in range(len(given_texts))]).evidence.tolist()
        left = dict(zip(names, telling, strict=True))
        result.append(
            sorted((form, nth < left[form]) for form, nth in _numbered([text[at] for at in range(len(text))]))
        )
        assert [text[at] for at in range(len(text))] == [word.form for word in words(given_texts[number])]
    return result


def _numbered(forms: list[str]) -> Iterator[tuple[str, int]]:
    """Each form with how often it came before."""
    seen = Counter[str]()
    for form in forms:
        yield form, seen[form]
        seen[form] += 1


def by_evidence(text: str) -> list[tuple[str, bool]]:
    """The words that the language finds, sorted; of equal ones those first whose case says something."""
    return sorted(evidence(words(text)))


@both
@given(given_texts=st.lists(texts, min_size=1, max_size=4))
@settings(max_examples=400)
def test_they_find_what_the_language_finds(make: Callable[[], Words], given_texts: list[str]) -> None:
    assert looked_up(make(), given_texts) == [by_evidence(text) for text in given_texts]


@pytest.mark.skipif(not kernel, reason="no compiled kernel here")
@given(given_texts=st.lists(texts, min_size=1, max_size=6), flags=st.lists(st.booleans(), min_size=200, max_size=200))
@settings(max_examples=200)
def test_both_say_the_same(given_texts: list[str], flags: list[bool]) -> None:
    said = []
    for make in MAKERS:
        made = make()
        for _ in range(2):  # the second time with what is known from the first
            made.clear()
            made.add(given_texts)
            made.look()
        names = names_of(made)
        order = np.array(sorted(range(len(names)), key=names.__getitem__), np.int64)
        order = order[made.used()[order]]
        ranks = np.zeros(len(names), np.int32)
        ranks[order] = np.arange(len(order))
        speech = np.array([1 << number % 3 for number in range(len(given_texts))], np.uint64)
        counts = np.array(flags[: len(given_texts)])
        found = made.invert(ranks, len(order), counts, speech)
        starts = np.array([place for place in range(len(given_texts)) if not place or flags[place]], np.int64)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sameness, "SHORTEST", 3)
            sketches, keys = made.compare(starts)
        told = made.tally(np.array([len(name) % 2 == 0 for name in names], bool), starts)
        columns = [*found.lists, found.cf, found.evidence, found.speech, made.lengths(), sketches]
        said.append(([names[number] for number in order], [column.tolist() for column in columns], keys, told))
    assert said[0] == said[1]


@pytest.mark.skipif(not kernel, reason="no compiled kernel here")
def test_what_fails_in_the_kernel_leaves_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    assert kernel
    made = CompiledWords(kernel)
    made.add(["Calais est un port"])
    with pytest.raises(TypeError):
        made.add(["la mer", 5])  # type: ignore[list-item]
    assert made.lengths().tolist() == [4]

    def fails(chunk: str) -> None:
        raise MemoryError(chunk)

    monkeypatch.setattr(compiled, "analysed", fails)
    with pytest.raises(MemoryError, match="東京"):
        made.add(["le phare", "la mer 東京"])
    assert made.lengths().tolist() == [4]
    monkeypatch.undo()
    made.add(["la mer 東京"])
    assert made.lengths().tolist() == [4, 4]


@pytest.mark.skipif(not kernel, reason="no compiled kernel here")
def test_the_kernel_refuses_what_does_not_fit() -> None:
    assert kernel
    made = CompiledWords(kernel)
    made.add(["Calais est un port"])
    made.look()
    short, zeros = np.zeros(1, np.int32), np.zeros(1, np.uint64)
    with pytest.raises(ValueError, match="expected a rank for each form, a flag and languages for each text"):
        made.invert(short, 4, np.ones(1, bool), zeros)
    with pytest.raises(ValueError, match="expected ranks below 2"):
        made.invert(np.arange(4, dtype=np.int32), 2, np.ones(1, bool), zeros)
    with pytest.raises(TypeError, match="expected numbers of 4 bytes, found some of 8"):
        made.invert(np.arange(4), 4, np.ones(1, bool), zeros)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="expected words that are set up"):
        kernel.Words.__new__(kernel.Words).add(["Calais"])
    with pytest.raises(ValueError, match="expected the texts at which articles begin"):
        made.compare(np.array([0, 1], np.int64))


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("27 000 habitants", ["27000", "habitants"]),
        ("27\u00a0000 habitants", ["27000", "habitants"]),
        ("(27\u202f000,5) l'été", ["27000,5", "été"]),
        ("27\n000 habitants", ["27", "000", "habitants"]),
        ("27  000", ["27", "000"]),
        ("en 2019 000 fois", ["en", "2019", "000", "fois"]),
        ("de 1 000 000 à 1 500", ["de", "1000000", "à", "1500"]),
    ],
)
def test_numbers_with_spaces(text: str, forms: list[str]) -> None:
    around = ["avant 12", text, "345 après"]
    for make in MAKERS:
        found = [[form for form, _ in one] for one in looked_up(make(), around)]
        assert found == [["12", "avant"], sorted(forms), ["345", "après"]]


def test_a_chunk_is_analysed_once() -> None:
    vocabulary = Vocabulary()
    numbers = list(map(vocabulary.__getitem__, "S.N.C.F. Calais... l’O'Brien S.N.C.F. Calais...".split()))
    assert numbers == [0, 1, 2, 0, 1]
    vocabulary.describe()
    assert vocabulary.described.names == ["SNCF", "Calais", "O'Brien"]
    assert vocabulary.described.lines(np.arange(3)).folded.strings() == ["sncf", "calais", "o'brien"]


def test_words_that_begin_at_the_same_slot_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Table, "_slots", lambda table, keys: np.zeros(len(keys[0]), np.int64))
    text = "Calais calais Calais extraordinairement extraordinairemen d'abord l'abord"
    assert looked_up(ArrayWords(), [text]) == [by_evidence(text)]


def test_many_new_words_are_looked_up_a_part_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printed, "AT_ONCE", 2)
    text = "Calais et Douvres et Calais, et encore Douvres extraordinairement Calais Dunkerque"
    assert looked_up(ArrayWords(), [text]) == [by_evidence(text)]
