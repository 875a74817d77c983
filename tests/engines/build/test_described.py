"""What there is to say of printed forms: the compiled kernel says what Python says."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from search.engines.local.build import compiled
from search.engines.local.build.compiled import CompiledWords
from search.engines.local.build.compiled_forms import CompiledForms
from search.engines.local.build.described import Described, Listed
from search.engines.local.build.vocabulary import Analysis
from search.engines.local.codec.columns import Lines
from search.engines.local.codec.stems import LIGHT, NO_STEM, STEM, entries
from search.language import Language, fold, language
from search.language.french import STOP, light
from search.language.suffixes import Rule, Suffixes
from search.native import kernel

pytestmark = pytest.mark.skipif(not kernel, reason="no compiled kernel here")

ODD = "İıſŉǅƎΣςσﬁǆǈẞ\u0301\u0307\u0345東京가\uac01𝒜Ａ\ud800\udfffᾳ№⅓ʼµ"
LATIN = "".join(map(chr, (*range(1, 10), *range(11, 0x180))))
ENDINGS = [rule.ending for step in light.steps for rule in step]

letters = st.text(st.sampled_from("aeilnrstuéèçœß"), min_size=1, max_size=6)
french = st.builds(str.__add__, letters, st.sampled_from(["", "s", *ENDINGS])) | st.sampled_from([*light.own, *STOP])
forms = st.one_of(
    french,
    french.map(str.capitalize),
    french.map(str.upper),
    st.text(st.sampled_from(LATIN), min_size=1, max_size=9),
    st.text(st.sampled_from(ODD + "aesÉ"), min_size=1, max_size=5),
    st.text(st.characters(exclude_characters="\n"), min_size=1, max_size=5),
    st.builds("{}{}".format, st.sampled_from(["anticonstitutionnel", "Élysée" * 9]), st.sampled_from("aéœΣ東")),
    st.builds(str.__mul__, letters, st.integers(1, 300)),
)
batches = st.lists(st.lists(forms, max_size=30), min_size=1, max_size=3)


def listed(given_forms: list[list[str]]) -> list[list[str]]:
    """The same, each form once."""
    seen: set[str] = set()
    return [[one for one in batch if not (one in seen or seen.add(one))] for batch in given_forms]  # type: ignore[func-returns-value]


@contextmanager
def made_of(batch: list[str]) -> Iterator[None]:
    """Any chunk that is not simple holds these forms."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "analysed", lambda chunk: Analysis([(one, False) for one in batch], False))
        yield


def described(given_forms: list[list[str]]) -> Iterator[tuple[Described, NDArray[np.uint64]]]:
    """The forms, known to both, with their hashes; after each batch, so that there are old and new ones."""
    assert kernel
    by_kernel, by_python = CompiledWords(kernel), Listed()
    for number, batch in enumerate(given_forms):
        with made_of(batch):
            by_kernel.add([f"東京{number}"])
        by_kernel.look()
        by_python.add(batch)
        yield by_kernel.described, by_kernel.described.hashes()
        yield by_python, np.array(by_python.hashes, np.uint64)


@given(batches)
@example([[*LATIN], [*ODD]])
@settings(max_examples=300)
def test_forms_are_folded_and_put_in_order(given_forms: list[list[str]]) -> None:
    given_forms = listed(given_forms)
    found = described(given_forms)
    for count in range(len(given_forms)):
        known = [one for batch in given_forms[: count + 1] for one in batch]
        order = sorted(range(len(known)), key=lambda number: (fold(known[number]), known[number]))
        hashes = []
        for made, hashed in (next(found), next(found)):
            every = np.arange(len(made))
            assert made.lines(every).forms.strings() == known
            assert made.lines(every).folded.strings() == list(map(fold, known))
            assert made.in_order().tolist() == order
            lines = made.lines(made.in_order()).forms
            assert lines.ends.tolist() == np.cumsum([len(one) + 1 for one in lines.data.split(b"\n")[:-1]]).tolist()
            some = made.in_order()[::2].copy()
            terms, ranks = made.terms(some, "é\t")
            assert terms.strings() == [f"é\t{one}" for one in sorted({fold(known[number]) for number in some})]
            assert [terms.strings()[ranks[number]] for number in some] == [f"é\t{fold(known[one])}" for one in some]
            assert terms.ends.tolist() == Lines.of(terms.strings()).ends.tolist()
            assert not np.delete(ranks, some).any()
            small = {known[number].lower() for number in range(0, len(known), 3)}
            assert made.among(small).tolist() == [one.lower() in small for one in known]
            hashes.append(hashed.tolist())
        assert hashes[0] == hashes[1]


@given(batches, st.sampled_from(["fr", "en", "de", "tr"]), st.sampled_from([LIGHT, STEM]), st.integers(1, 3))
@example([[*STOP], [*light.own]], "fr", LIGHT, 1)
@settings(max_examples=300)
def test_stems(given_forms: list[list[str]], code: str, grade: int, every: int) -> None:
    # A surrogate has no place in a stem: what says so is Python, whoever asks.
    given_forms = [[one for one in batch if one.isprintable()] for batch in listed(given_forms)]
    for made, _ in described(given_forms):
        numbers = np.arange(len(made))[::-every].copy()
        known = made.lines(numbers).forms.strings()
        expected = entries(language(code), grade, [one.lower() for one in known], list(map(fold, known)))
        assert made.stems(code, grade, numbers).tolist() == expected


rules = st.builds(
    Rule,
    st.text(st.sampled_from("aés"), min_size=1, max_size=3),
    st.text(st.sampled_from("aéœ東"), max_size=3),
    st.integers(0, 5),
    st.sampled_from(["", "a", "as"]),
)
words = st.text(st.sampled_from("aés"), max_size=4)
steps = st.lists(st.lists(rules, min_size=1, max_size=4).map(tuple), max_size=3)


@given(steps, st.dictionaries(words.filter(bool), words, max_size=3), st.lists(words.filter(bool), unique=True))
@settings(max_examples=400)
def test_any_rules(given_steps: list[tuple[Rule, ...]], own: dict[str, str], given_forms: list[str]) -> None:
    tongue = Language("xx", frozenset({"as"}), frozenset(), frozenset(), Suffixes(*given_steps, own=own), None, True)
    for made, _ in described([given_forms]):
        expected = entries(tongue, LIGHT, given_forms, list(map(fold, given_forms)))
        assert made._entries(tongue, LIGHT, np.arange(len(made))).tolist() == expected


def test_a_form_that_is_its_own_stem_and_a_stop_word_have_no_entry() -> None:
    for made, _ in described([["maison", "Maisons", "les", "Nouvelle", "mères"]]):
        found = made.stems("fr", LIGHT, np.arange(5)).tolist()
        assert [one == NO_STEM for one in found] == [True, False, True, False, False]


def test_the_kernel_refuses_what_does_not_fit() -> None:
    assert kernel
    words = CompiledWords(kernel)
    words.add(["Calais est un port"])
    words.look()
    known = words.described
    for numbers in ([4], [-1]):
        with pytest.raises(ValueError, match="expected numbers of forms, below 4"):
            known.lines(np.array(numbers))
    with pytest.raises(ValueError, match="expected forms that are set up"):
        kernel.Forms.__new__(kernel.Forms).odd()
    with pytest.raises(TypeError, match="expected words"):
        kernel.Forms(5, ["a"], ["a"])
    forms = _forms(known)
    with pytest.raises(ValueError, match="expected a stem for each form"):
        forms.stemmed(np.arange(2), [b"calais"], [])
    with pytest.raises(TypeError):
        forms.stemmed(np.arange(1), ["calais"], [])
    for rule in (Rule("", "", 1), Rule("s", "", 1, "é")):
        with pytest.raises(ValueError, match="expected endings, and letters of ASCII before them"):
            forms.light(np.arange(4), ((rule,),), (), [])
    with pytest.raises(ValueError, match="expected words with a stem of their own"):
        forms.light(np.arange(4), (), (("", "a"),), [])


def test_the_kernel_wants_to_be_told_of_all_odd_forms() -> None:
    assert kernel
    words = CompiledWords(kernel)
    forms = _forms(words.described)
    words.add(["Calais, ΣΑΣ Σtraße"])
    assert forms.odd() == ["ΣΑΣ", "Σtraße"]
    for folded in (["σασ"], ["σασ", "σtrasse", "calais"]):
        with pytest.raises((ValueError, IndexError)):
            forms.describe(folded, ["σας", "σtraße"])
        assert len(forms) == 0
    words.look()
    assert words.described.lines(np.arange(3)).folded.strings() == ["calais", "σασ", "σtrasse"]
    with pytest.raises(ValueError, match="expected characters of at most 7 bytes"):
        kernel.Forms(words._words, ["12345678"], ["a"])
    with pytest.raises(ValueError, match="expected two tables of at most 2048 characters"):
        kernel.Forms(words._words, ["a"] * 2049, ["a"] * 2049)


def _forms(made: CompiledForms) -> "kernel.Forms":  # type: ignore[name-defined]
    return made._forms
