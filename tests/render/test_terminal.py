"""Hits as people read them: every line exact, none too wide."""

from hypothesis import given
from hypothesis import strategies as st

from search.columns import clusters, width
from search.hits import Hit, ParagraphHit, Span
from search.render.style import PLAIN, Style, without_style
from search.render.terminal import UNWRAPPED, hit

COLOUR, BRACKETS = Style(colour=True), Style(brackets=True)
words = st.lists(st.text("aé港\u00a0👍🏽\u200d", min_size=1, max_size=14), max_size=60)
LONG = "Voici une phrase assez longue. " * 20


def paragraph(number: int, score: float = 1.0, text: str = "Le port de Calais.") -> ParagraphHit:
    at = text.find("Calais")
    return ParagraphHit(number, score, text, (Span(at, at + 6),) if at >= 0 else ())


def found(*paragraphs: ParagraphHit, title: str = "Calais", source: str | None = "AFP") -> Hit:
    marks = (Span(0, 6),) if title == "Calais" else ()
    return Hit(1, "a-1", title, "2019-05", source, "fr", None, None, 1.0, paragraphs, marks)


def test_a_hit_in_a_pipe() -> None:
    assert list(hit(found(paragraph(0), paragraph(2)), PLAIN, None)) == [
        "Calais",
        "2019-05 · AFP · a-1",
        "  2  Le port de Calais.",
    ]


def test_a_hit_in_brackets_and_in_colour() -> None:
    one = found(paragraph(2))
    assert list(hit(one, BRACKETS, 80)) == ["[Calais]", "2019-05 · AFP · a-1", "  2  Le port de [Calais]."]
    assert list(hit(one, COLOUR, 80)) == [
        "\x1b[1;31mCalais\x1b[0m",
        "\x1b[2m2019-05 · AFP · a-1\x1b[0m",
        "\x1b[2m  2  \x1b[0mLe port de \x1b[1;31mCalais\x1b[0m.",
    ]
    assert next(hit(found(title="Le port"), COLOUR, 80)) == "\x1b[1mLe port\x1b[0m"


def test_what_is_not_known_is_left_out() -> None:
    bare = found().__replace__(title="", date=None, source=None)
    assert list(hit(bare, COLOUR, 80)) == ["\x1b[2ma-1\x1b[0m"]


def test_the_three_best_paragraphs_in_reading_order() -> None:
    scores = {1: 1.0, 2: 5.0, 3: 1.0, 9: 2.0, 10: 4.0}
    lines = list(hit(found(*(paragraph(*item) for item in scores.items())), COLOUR, 80))
    assert [without_style(line) for line in lines[2:]] == [
        "   2  Le port de Calais.",
        "   9  Le port de Calais.",
        "  10  Le port de Calais.",
        "      … and 2 more",
    ]
    assert lines[-1] == "      \x1b[2m… and 2 more\x1b[0m"


def test_one_more_paragraph() -> None:
    *_, last = hit(found(*map(paragraph, range(5))), PLAIN, None)
    assert last == "     … and 1 more"


def test_just_three_paragraphs_have_no_more() -> None:
    assert len(list(hit(found(*map(paragraph, range(4))), PLAIN, None))) == 5


def test_a_wrapped_hit() -> None:
    text = f"{LONG}Enfin le port de Calais, et tout ce qui s’ensuit pour la ville. {LONG}"
    assert list(hit(found(paragraph(12, 1.0, text)), BRACKETS, 40)) == [
        "[Calais]",
        "2019-05 · AFP · a-1",
        "  12  … Enfin le port de [Calais], et",
        "      tout ce qui s’ensuit pour la",
        "      ville. Voici une phrase assez …",
    ]


def test_a_long_paragraph_in_a_pipe_is_one_line() -> None:
    [*_, line] = hit(found(paragraph(1, 1.0, f"{LONG}Calais {LONG}")), PLAIN, None)
    assert UNWRAPPED - 20 < len(line) <= UNWRAPPED + len("  1  …  …")
    assert line.startswith("  1  … ")
    assert line.endswith(" …")


def test_a_heading_is_wrapped_too() -> None:
    one = found(title="Un titre qui ne tient pas", source="Le Journal de la côte")
    assert list(hit(one, PLAIN, 20)) == ["Un titre qui ne", "tient pas", "2019-05 · Le Journal", "de la côte · a-1"]


@given(st.integers(20, 60), words.map(" ".join), st.sampled_from([PLAIN, COLOUR, BRACKETS]), st.data())
def test_an_excerpt_takes_at_most_three_lines(columns: int, text: str, style: Style, data: st.DataObject) -> None:
    bounds = [0, *(end for end, _ in clusters(text))]
    places = sorted(data.draw(st.sets(st.sampled_from(bounds), max_size=8)))
    marks = tuple(Span(a, b) for a, b in zip(places[::2], places[1::2], strict=False))
    one = found().__replace__(title="", paragraphs=(ParagraphHit(7, 1.0, text, marks),))
    lines = list(hit(one, style, columns))[1:]
    assert len(lines) <= 3
    assert all(width(without_style(line)) <= max(columns, 25) for line in lines)


def test_a_mark_of_more_than_three_lines_is_cut() -> None:
    text = "mot " * 30 + "x" * 80 + " mot" * 30
    one = found().__replace__(title="", paragraphs=(ParagraphHit(7, 1.0, text, (Span(120, 200),)),))
    assert list(hit(one, BRACKETS, 25))[1:] == [
        "  7  …",
        "     [xxxxxxxxxxxxxxxx]",
        "     [xxxxxxxxxxxxxxxx] …",
    ]


LEAD = "Un grand port de mer. " * 9


def test_a_title_alone_has_the_beginning_of_the_article_on_terminals_only() -> None:
    one = found(paragraph(0)).__replace__(lead=LEAD)
    assert list(hit(one, PLAIN, None)) == ["Calais", "2019-05 · AFP · a-1"]
    assert list(hit(one, COLOUR, 40))[2:] == [
        "     \x1b[2mUn grand port de mer. Un grand port\x1b[0m",
        "     \x1b[2mde mer. Un grand port de mer. …\x1b[0m",
    ]
    assert len(list(hit(one.__replace__(lead=""), COLOUR, 40))) == 2


def test_titles_lead_to_their_articles() -> None:
    linked = Style(colour=True, links=True)
    url = "https://a.fr/été?a=1"
    one = found().__replace__(title="Un titre qui est trop long", title_marks=(), url=url)
    ref = "\x1b]8;;https://a.fr/%C3%A9t%C3%A9?a=1\x1b\\{}\x1b]8;;\x1b\\"
    assert list(hit(one, linked, 20)) == [
        ref.format("\x1b[1mUn titre qui est\x1b[0m"),
        ref.format("\x1b[1mtrop long\x1b[0m"),
        "\x1b[2m2019-05 · AFP · a-1\x1b[0m",
    ]
    assert list(hit(one.__replace__(title=""), linked, 20)) == [ref.format("\x1b[2m2019-05 · AFP · a-1\x1b[0m")]
    assert "\x1b]" not in "".join(hit(one.__replace__(url=None), linked, 20))


def test_long_ids_are_left_whole() -> None:
    one = found().__replace__(article="x" * 50)
    assert list(hit(one, PLAIN, 30))[1:] == ["2019-05 · AFP ·", "x" * 50]
