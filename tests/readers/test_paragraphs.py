"""Paragraphs: a line each, or a block each where an editor broke the lines."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.readers.paragraphs import paragraphs

LONG = (
    "La préfecture a annoncé mardi que les travaux du port de Calais dureront jusqu’au printemps, "
    "malgré la tempête qui a retardé les navires. Les pêcheurs attendent depuis trois semaines une réponse "
    "du ministère, qui n’a pas encore fixé la date de la réunion promise aux syndicats."
)
SECOND = "Le maire, lui, ne veut pas attendre et demande que l’on ouvre dès demain le second bassin aux chalutiers."
POEM = "Sous le pont Mirabeau\ncoule la Seine\nEt nos amours\nFaut-il qu'il m'en souvienne\nLa joie venait toujours"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("blank", [1, 2, 3])
def test_a_line_is_a_paragraph(newline: str, blank: int) -> None:
    assert paragraphs((newline * blank).join([LONG, SECOND, LONG])) == (LONG, SECOND, LONG)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_hard_wrapped_blocks_are_joined(newline: str, width: int) -> None:
    text = "\n \n".join(textwrap.fill(one, width, break_on_hyphens=False) for one in (LONG, SECOND))
    assert paragraphs(text.replace("\n", newline)) == (LONG, SECOND)


def test_a_hard_wrapped_file_of_one_block() -> None:
    assert paragraphs(textwrap.fill(LONG, 60)) == (LONG,)


def test_indented_blocks_are_joined() -> None:
    text = textwrap.fill(LONG, 60, initial_indent="    ", subsequent_indent="  ", break_on_hyphens=False)
    assert paragraphs(f"{text}\n\n{text}") == (LONG, LONG)


def test_the_lines_of_a_poem_stay_apart() -> None:
    assert paragraphs(POEM) == tuple(POEM.split("\n"))
    assert paragraphs(f"{POEM}\n\n{POEM}") == (*POEM.split("\n"), *POEM.split("\n"))


def test_lines_wider_than_any_editor_s_are_paragraphs() -> None:
    wide = textwrap.wrap(f"{LONG} {SECOND} " * 4, 140)
    assert paragraphs("\n".join(wide) + "\n\nFin.") == (*wide, "Fin.")


def test_full_lines_that_end_sentences_are_paragraphs() -> None:
    lines = ["Le port de Calais est fermé depuis ce matin.", "Les bateaux pour Douvres attendent au large."] * 3
    assert paragraphs("\n".join(lines) + "\n\nFin.") == (*lines, "Fin.")


def test_two_short_lines_are_two_paragraphs() -> None:
    assert paragraphs("Le port est\nfermé aujourd’hui") == ("Le port est", "fermé aujourd’hui")


@pytest.mark.parametrize("text", ["", "\n\n", " \t\r\n "])
def test_nothing_is_no_paragraph(text: str) -> None:
    assert paragraphs(text) == ()


@given(st.text(st.sampled_from("ab .\n\r\u00a0"), max_size=200))
def test_no_word_is_lost(text: str) -> None:
    found = paragraphs(text)
    assert " ".join(found).split() == text.split()
    assert all(one == one.strip() != "" for one in found)
