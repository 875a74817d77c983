"""BibTeX, RIS and CSL-JSON are read back by the libraries of others, whatever titles and authors hold."""

import json
import logging
import warnings
from collections.abc import Sequence

import jsonschema
import pytest
import rispy
from bibtexparser.entrypoint import parse_string as parse_bibtexparser
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string as parse_pybtex
from pylatexenc.latex2text import LatexNodes2Text

from search import Article
from search.render.citations import lines
from search.render.citations.bibtex import escaped
from search.render.citations.citation import Citation, of

TITLES = (
    "Le port de Calais",
    "Un {titre} \"cité\" & 50 % de #1 à 3_4 $ ~ ^ \\ 'x'",
    "Une } accolade",
    "{ une autre",
    "}{",
    "Deux\nlignes\r\net\tplus",
    "Été, œuvre, Ça – « là »…",
    "Лев Толстой 東京 القاهرة",
    "A @article{x, title = {y}} ER  - ",
    "TY  - JOUR",
    "a,b = {c}, @string{d = e} %",
    "\x1b[31mrouge\x00",
    "fin \\",
    "=1+1",
)
AUTHORS = (
    None,
    "Anne Durand et Paul Petit",
    "Durand, Anne; de Gaulle, Charles",
    "Agence France-Presse & {co} %",
    "AND and and",
    "others",
)
DATES = (None, "2019", "2019-05", "2019-05-03")
ARTICLES = [
    Article(
        f"Id {number}", title, ("Un.",), date, AUTHORS[number % len(AUTHORS)], source, language,
        "https://a.fr/x_y?a=1&b=2%20#{z}" if number % 2 else None,
    )
    for number, title in enumerate(TITLES)
    for date, source, language in [(DATES[number % 4], ("AFP & {co", None)[number % 2], "fr")]
]  # fmt: skip
CITED = [*map(of, ARTICLES), Citation("a", "a"), of(ARTICLES[0], 5, "Un.")]


def flat(text: str) -> str:
    return of(Article("a", text, ("Un.",))).title


def written(form: str, cited: Sequence[Citation] = CITED) -> str:
    return "\n".join(lines(form, cited))


def test_an_entry_of_bibtex() -> None:
    one = of(
        Article("a-1", "Le {port} & 5 %", ("Un.",), "2019-05-03", "Anne Durand, AFP", "L_a", "fr", "https://a/_%")
    )
    assert written("bibtex", [one]) == (
        "@article{a-1,\n"
        "  author = {Durand, Anne and {AFP}},\n"
        "  title = {{Le \\{port\\} \\& 5 \\%}},\n"
        "  journal = {L\\_a},\n"
        "  date = {2019-05-03},\n"
        "  year = {2019},\n"
        "  month = may,\n"
        "  language = {fr},\n"
        "  url = {https://a/_%},\n"
        "}\n"
    )


def test_bibtexparser_reads_it(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        library = parse_bibtexparser(written("bibtex"))
    assert (library.failed_blocks, caplog.records, len(library.entries)) == ([], [], len(CITED))
    assert [entry.key for entry in library.entries] == [one.key for one in CITED]
    for entry, one in zip(library.entries, CITED, strict=True):
        title = entry.fields_dict["title"].value if "title" in entry.fields_dict else "{}"
        assert (title[0], title[-1]) == ("{", "}")
        assert decoded(title[1:-1]) == one.title
        url = entry.fields_dict.get("url")
        assert (url.value if url else "") == one.url


def decoded(text: str) -> str:
    """What TeX prints; the library that knows its macros does not know those for single braces."""
    for macro, sign in (("{\\textbraceleft}", "\\{"), ("{\\textbraceright}", "\\}"), ("{\\textasciicircum}", "^")):
        text = text.replace(macro, sign)
    return str(LatexNodes2Text(keep_comments=True).latex_to_text(text))


def test_pybtex_reads_it() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        library = parse_pybtex(written("bibtex"), "bibtex")
    assert list(library.entries) == [one.key for one in CITED]
    for entry, one in zip(library.entries.values(), CITED, strict=True):
        persons = [
            (" ".join(p.prelast_names + p.last_names), " ".join(p.first_names))
            for p in entry.persons.get("author", [])
        ]
        expected = [
            (f"{{{escaped(name.literal)}}}", "") if name.literal else (escaped(name.family), name.given)
            for name in one.authors
        ]
        assert persons == expected
        assert entry.fields.get("year", "") == (f"{one.date[0]}" if one.date else "")
        assert entry.fields.get("month", "") == ("May" if len(one.date) > 1 else "")


def test_a_record_of_ris() -> None:
    one = of(
        Article("a-1", "Le port", ("Un.",), "2019-05", "Anne Durand, AFP", "L_a", "fr", "https://a/_%"), 1, "Un."
    )
    assert written("ris", [one]) == (
        "TY  - NEWS\nID  - a-1:1\nTI  - Le port\nAU  - Durand, Anne\nAU  - AFP\nT2  - L_a\nPY  - 2019\n"
        "DA  - 2019/05//\nLA  - fr\nUR  - https://a/_%\nN1  - paragraph 1, sha256 625c44aa8eba71a6\nER  - \n"
    )


def test_rispy_reads_it() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        records = rispy.loads(written("ris"))
    assert len(records) == len(CITED)
    for record, one in zip(records, CITED, strict=True):
        assert (record["type_of_reference"], record["id"]) == ("NEWS", one.key)
        assert record.get("title", "") == one.title
        assert record.get("authors", []) == [name.inverted for name in one.authors]
        assert record.get("secondary_title", "") == one.source
        assert record.get("urls", []) == ([one.url] if one.url else [])
        assert "unknown_tag" not in record


NAME = {
    "type": "object",
    "properties": {"family": {"type": "string"}, "given": {"type": "string"}, "literal": {"type": "string"}},
    "additionalProperties": False,
    "minProperties": 1,
}
PARTS = {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3}
TEXT = {"type": "string", "minLength": 1}
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "id": {"type": "string", "minLength": 1},
            "type": {"const": "article-newspaper"},
            "author": {"type": "array", "items": NAME, "minItems": 1},
            "issued": {
                "type": "object",
                "properties": {"date-parts": {"type": "array", "items": PARTS, "minItems": 1, "maxItems": 1}},
                "required": ["date-parts"],
                "additionalProperties": False,
            },
            **dict.fromkeys(("title", "container-title", "language", "URL", "note"), TEXT),
        },
        "required": ["id", "type"],
        "additionalProperties": False,
    },
}  # fmt: skip
"""What the CSL data schema says of the fields that are written here, and nothing beside them."""


def test_csl_is_what_the_schema_has() -> None:
    items = json.loads(written("csl-json"))
    jsonschema.validate(items, SCHEMA)
    assert [one["id"] for one in items] == [one.key for one in CITED]
    assert [one.get("title", "") for one in items] == [one.title for one in CITED]
    assert items[3]["issued"] == {"date-parts": [[2019, 5, 3]]}
    assert items[1]["author"] == [{"family": "Durand", "given": "Anne"}, {"family": "Petit", "given": "Paul"}]
    assert items[3]["author"] == [{"literal": "Agence France-Presse"}, {"literal": "{co} %"}]


def test_csl_of_nothing() -> None:
    assert json.loads(written("csl-json", [])) == []
    assert written("bibtex", []) == written("ris", []) == ""


@pytest.mark.filterwarnings("ignore::UserWarning:citeproc")
def test_citeproc_reads_it() -> None:
    from citeproc import Citation as Cited
    from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    items = [one for one in json.loads(written("csl-json")) if "title" in one]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        source = CiteProcJSON(items)
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    for one in items:
        bibliography.register(Cited([CitationItem(one["id"])]))
    assert len(bibliography.bibliography()) == len(items)


@given(st.text(st.characters(codec=None)), st.text(st.characters(codec=None)))
def test_any_text_comes_back(title: str, author: str) -> None:
    one = of(Article("a", title, ("Un.",), "2019", author, title, None, title))
    [entry] = parse_pybtex(written("bibtex", [one]), "bibtex").entries.values()
    assert entry.fields["year"] == "2019"
    assert len(parse_bibtexparser(written("bibtex", [one])).entries) == 1
    [record] = rispy.loads(written("ris", [one]))
    assert record.get("title", "").strip() == one.title.strip()
    [item] = json.loads(written("csl-json", [one]))
    assert item.get("title", "") == one.title
