"""Excerpts: which part of a text is shown."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.columns import clusters
from search.excerpts import Excerpt, excerpt
from search.hits import Span


def cut(text: str, word: str, width: int) -> Excerpt:
    """The excerpt around the places of a word."""
    found = [Span(at, at + len(word)) for at in range(len(text)) if text.startswith(word, at)]
    return excerpt(text, found, width)


def test_a_short_text_is_shown_whole() -> None:
    assert excerpt("Le port", [Span(3, 7)], 7) == Excerpt("Le port", (Span(3, 7),), False, False)


def test_it_begins_at_the_sentence_of_the_first_mark() -> None:
    text = "Un début sans intérêt. Une autre phrase. Voici le port de Calais, qui est grand ouvert aux navires."
    assert cut(text, "Calais", 45) == Excerpt(
        "Voici le port de Calais, qui est grand ouvert", (Span(17, 23),), True, True
    )


@pytest.mark.parametrize("end", ["Fini. ", "Fini ? ", "Fini\u00a0! ", "Fini… ", "« Fini.\u00a0» ", "“Fini.” "])
def test_where_sentences_begin(end: str) -> None:
    text = f"{'mot ' * 10}{end}Le port de Calais {'mot ' * 10}"
    assert cut(text, "Calais", 30).text == "Le port de Calais mot mot mot"


def test_it_begins_at_a_word_where_no_sentence_begins() -> None:
    text = "mot " * 20 + "Calais" + " mot" * 20
    assert cut(text, "Calais", 30) == Excerpt("mot mot Calais mot mot mot mot", (Span(8, 14),), True, True)


def test_near_the_start_it_begins_there() -> None:
    text = "le port de Calais" + " mot" * 20
    assert cut(text, "Calais", 20) == Excerpt("le port de Calais", (Span(11, 17),), False, True)


def test_near_the_end_it_is_filled_from_before() -> None:
    text = "mot " * 20 + "le port de Calais"
    assert cut(text, "Calais", 30) == Excerpt("mot mot mot le port de Calais", (Span(23, 29),), True, False)


def test_the_densest_stretch_is_chosen() -> None:
    text = "Calais " + "mot " * 30 + "Calais et Calais " + "mot " * 30 + "Calais"
    found = cut(text, "Calais", 40)
    assert [found.text[a:b] for a, b in found.marks] == ["Calais", "Calais"]
    assert "Calais et Calais" in found.text


def test_without_marks_it_is_the_beginning() -> None:
    assert excerpt("un deux trois quatre", [], 10) == Excerpt("un deux", (), False, True)


def test_a_mark_longer_than_the_width_is_shown_whole() -> None:
    assert cut("avant " * 5 + "anticonstitutionnellement" + " après" * 5, "anticonstitutionnellement", 10) == Excerpt(
        "anticonstitutionnellement", (Span(0, 25),), True, True
    )


def test_no_break_spaces_are_not_broken() -> None:
    text = "mot " * 10 + "«\u00a0Calais\u00a0» est\u202f: 27\u202f000 âmes" + " mot" * 10
    for width in range(10, 60):
        part = cut(text, "Calais", width).text
        assert ("«" in part) == ("»" in part)
        assert ("27" in part) == ("000" in part)


def test_the_words_around_marks_are_whole() -> None:
    text = f"{'x' * 40} L’élection de Grande-Synthe, hier. {'x' * 40}"
    for width in range(5, 30):
        assert cut(text, "élection", width).text.startswith("L’élection"), width
        assert cut(text, "Grande", width).text.split()[-1] in ("Grande-Synthe,", "hier."), width


def test_the_last_full_stop_is_not_cut_off() -> None:
    assert cut(f"{'x' * 40} mot élection.", "élection", 8) == Excerpt("élection.", (Span(0, 8),), True, False)


def test_a_text_without_spaces_is_cut_somewhere() -> None:
    assert cut("あ" * 50 + "港" + "あ" * 50, "港", 20).text == "港" + "あ" * 19


def test_most_different_words_are_chosen_then_most_marks() -> None:
    text = "ports port ports " + "mot " * 30 + "port et Calais " + "mot " * 30 + "Calais port port"
    found = [Span(m.start(), m.end()) for m in re.finditer("ports?|Calais", text)]
    part = excerpt(text, found, 40)
    assert [part.text[a:b] for a, b in part.marks] == ["Calais", "port", "port"]
    part = excerpt(text.removesuffix(" port"), found[:-1], 40)
    assert [part.text[a:b] for a, b in part.marks] == ["port", "Calais"]


def test_it_ends_with_a_sentence_that_ends_near_by() -> None:
    text = "Le port de Calais est fermé. Les marins attendent. Un " + "mot " * 20
    assert cut(text, "Calais", 60) == Excerpt(
        "Le port de Calais est fermé. Les marins attendent.", (Span(11, 17),), False, True
    )
    assert cut(text, "Calais", 45).text == "Le port de Calais est fermé. Les marins"


@pytest.mark.parametrize(
    ("group", "unit"),
    [
        ("« Calais »", "« Calais »"),
        ("Calais ! oui", "Calais !"),
        ("10 000 Calais", "10 000"),
        ("Calais : oui", "Calais :"),
        ("10 % Calais", "10 %"),
        ("👩\u200d🚀Calais", "👩\u200d🚀Calais"),
    ],
)
def test_groups_are_not_cut(group: str, unit: str) -> None:
    text = f"{'mot ' * 10}{group} {'mot ' * 10}"
    for width in range(8, 60):
        part = cut(text, "Calais", width).text
        assert set(part.replace(unit, "mot").split()) <= {"mot", "Calais", "oui"}, (width, part)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Span]]:
    """A text of different words, some with full stops, and marks of one word or a few."""
    count = draw(st.integers(1, 60))
    long = draw(st.sets(st.integers(0, count)))
    stops = draw(st.sets(st.integers(0, count)))
    parts = [f"m{i}{'x' * 12 * (i in long)}{'.' * (i in stops)}" for i in range(count)]
    starts = [sum(len(part) + 1 for part in parts[:i]) for i in range(count)]
    spans, at = [], 0
    while at < count:
        run = draw(st.integers(0, 3))
        if run and at + run <= count:
            spans.append(Span(starts[at], starts[at + run - 1] + len(parts[at + run - 1].rstrip("."))))
        at += run + draw(st.integers(1, 9))
    return " ".join(parts), spans


@given(marked_texts(), st.integers(1, 200))
@settings(max_examples=300)
def test_every_excerpt(marked: tuple[str, list[Span]], width: int) -> None:
    """It is a part of the text from word to word, not too long, with its marks where they were."""
    text, spans = marked
    part = excerpt(text, spans, width)
    start = text.index(part.text)
    end = start + len(part.text)
    assert (part.cut_before, part.cut_after) == (start > 0, end < len(text))
    assert start == 0 or text[start - 1] == " "
    assert end == len(text) or text[end] == " " or not spans
    longest = max(map(len, text.split()))
    widest = max([width, *(b - a for a, b in spans)])
    assert len(part.text) <= widest + longest
    assert not any(a < cut < b for a, b in spans for cut in (start, end))
    kept = [Span(start + a, start + b) for a, b in part.marks]
    assert kept == [span for span in spans if span.start >= start and span.end <= end]
    assert bool(kept) == bool(spans)


signs = st.text(st.sampled_from("abE 北e\u0301👍🏽\u200d👩🚀.!«»\u00a0 19"), min_size=1, max_size=120)


def test_an_accent_without_a_letter_stays_with_its_space() -> None:
    assert excerpt("1 \u03011", [Span(3, 4)], 1) == Excerpt("1", (Span(0, 1),), True, False)
    assert excerpt("Il dit oui. \u0301Non, merci. Oui", [Span(13, 16)], 9).text == "oui. \u0301Non,"


@given(signs, st.integers(1, 60), st.data())
@settings(max_examples=500)
def test_no_mark_cluster_or_group_is_cut(text: str, width: int, data: st.DataObject) -> None:
    bounds = [0, *(end for end, _ in clusters(text))]
    places = sorted(data.draw(st.sets(st.sampled_from(bounds), max_size=6)))
    spans = [Span(a, b) for a, b in zip(places[::2], places[1::2], strict=False)]
    part = excerpt(text, spans, width)
    starts = [at for at in range(len(text)) if text.startswith(part.text, at)]
    fitting = [
        at
        for at in starts
        if all(cut in bounds and not any(a < cut < b for a, b in spans) for cut in (at, at + len(part.text)))
        and tuple(Span(a - at, b - at) for a, b in spans if a >= at and b <= at + len(part.text)) == part.marks
    ]
    assert fitting
    assert bool(part.marks) == bool(spans)
