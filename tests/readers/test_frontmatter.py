"""Front matter: which lines are fields, and which texts have none."""

import pytest

from search.readers.frontmatter import split


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("title: Calais", {"title": "Calais"}),
        ("title:   Calais : la ville  ", {"title": "Calais : la ville"}),
        ('title: "Calais: la ville"', {"title": "Calais: la ville"}),
        ("title: 'Calais'", {"title": "Calais"}),
        ("title: '", {"title": "'"}),
        ("title: \"Calais'", {"title": "\"Calais'"}),
        ("title:", {"title": ""}),
        ("titre: A", {"title": "A"}),
        ("Auteur: B", {"author": "B"}),
        ("langue: fr", {"language": "fr"}),
        ("lang: fr", {"language": "fr"}),
        ("Mots clés: a, b", {"mots clés": "a, b"}),
        ("url: https://a.fr/b:c", {"url": "https://a.fr/b:c"}),
        ("author:\n- A\n- 'B'", {"author": "A, B"}),
        ("tags: a\n  - b\n\n  # remarque\n  - c", {"tags": "a, b, c"}),
        ("title: A\ntitle: B", {"title": "B"}),
        ("# remarque", {}),
        ("title: 'L''été'", {"title": "L'été"}),
        ('author: "Jean \\"Jo\\" Roux"', {"author": 'Jean "Jo" Roux'}),
        ("title: >-\n  Le port\n  de Calais\nauthor: A", {"title": "Le port de Calais", "author": "A"}),
        ("note: |\n  Un.\n  Deux.\n", {"note": "Un.\nDeux."}),
    ],
)
def test_fields(line: str, fields: dict[str, str]) -> None:
    assert split(f"---\n{line}\n---\nTexte.\n") == (fields, "Texte.\n", [])


@pytest.mark.parametrize("end", ["---", "...", "---  "])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_and_closing_fences(end: str, newline: str) -> None:
    text = newline.join(["--- ", "date: 2019", end, "Un.", "---", "Deux."])
    assert split(text) == ({"date": "2019"}, newline.join(["Un.", "---", "Deux."]), [])


def test_lines_that_are_no_fields_are_counted_in_the_file() -> None:
    text = "---\ntitle: A\nrien\n: B\n  c: D\n\n---\nTexte."
    assert split(text) == ({"title": "A"}, "Texte.", [3, 4, 5])


def test_an_item_without_a_field_is_no_field() -> None:
    assert split("---\n- a\ntitle: A\n---\n").bad_lines == [2]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Texte.",
        "\n---\ntitle: A\n---\n",
        "---",
        "---\ntitle: A\nTexte sans fin.",
        "---\nUn texte entre deux filets\n---\nSuite.",
        "----\ntitle: A\n----\n",
    ],
)
def test_all_is_body_without_front_matter(text: str) -> None:
    assert split(text) == ({}, text, [])


def test_toml() -> None:
    matter = split('+++\ntitre = "L\'été"\ndate = 2019-05-03\ntags = ["a", "b"]\n+++\nLe texte.\n')
    assert matter.fields == {"title": "L'été", "date": "2019-05-03", "tags": "a, b"}
    assert matter.body == "Le texte.\n"


@pytest.mark.parametrize("text", ["+++\ntitre = \n+++\nx", "+++\na = 1\n", "+++\n"])
def test_what_is_no_toml_is_text(text: str) -> None:
    assert split(text) == ({}, text, [])
