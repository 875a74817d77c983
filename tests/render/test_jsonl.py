"""Hits as JSON Lines: the keys in their order, and no character that a terminal or a line reader obeys."""

import json

from hypothesis import given
from hypothesis import strategies as st

from search.hits import Hit, ParagraphHit, Span
from search.render.jsonl import line

HIT = Hit(
    1, "a-1", "Été", "2019-05", "AFP", "fr", None, "a.txt", 2.5,
    (ParagraphHit(0, 1.0, "Été", (Span(0, 3),)), ParagraphHit(7, 1.5, "En « été »", (Span(5, 8),))),
)  # fmt: skip


def test_the_whole_line() -> None:
    assert line(HIT) == (
        '{"v": 1, "rank": 1, "article": "a-1", "title": "Été", "date": "2019-05", "source": "AFP", '
        '"language": "fr", "url": null, "path": "a.txt", "line": 0, "score": 2.5, "variants": [], "paragraphs": ['
        '{"number": 0, "score": 1.0, "text": "Été", "marks": [[0, 3]]}, '
        '{"number": 7, "score": 1.5, "text": "En « été »", "marks": [[5, 8]]}]}'
    )


def test_what_a_terminal_obeys_is_escaped() -> None:
    text = "\x1b[31m\x07\n\x7f\x9b\x85\u2028\u2029\u202e\u2066\u2069\ud800"
    written = line(HIT.__replace__(title=text))
    assert r'"\u001b[31m\u0007\n\u007f\u009b\u0085\u2028\u2029\u202e\u2066\u2069\ud800"' in written
    assert json.loads(written)["title"] == text


@given(st.text(st.characters(codec=None)))
def test_any_text_is_one_line_and_comes_back(text: str) -> None:
    written = line(HIT.__replace__(title=text, paragraphs=(ParagraphHit(1, 0.1, text, ()),)))
    assert len(written.splitlines()) == 1
    assert not any(ord(char) < 32 or 127 <= ord(char) < 160 for char in written)
    record = json.loads(written)
    assert (
        record["title"]
        == record["paragraphs"][0]["text"]
        == text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    )
