"""What the words of a query mean in an archive: forms, grades, weights."""

import pytest

import search
from search.article import Article

FRENCH = """Hier, le tour de Tours : deux tours, trois tours. On tourne. Le maire de Calais cale ; il a calé à Calais.
Manche courte. Un élu, une élue, des élus, élire. Sotte."""
ENGLISH = "The lines to Dover. A line, lined up, lines. Calais is on the line."

Grades = list[tuple[float, str]]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> search.Archive:
    folder = tmp_path_factory.mktemp("index")
    articles = [Article("fr", "", (FRENCH,), language="fr"), Article("en", "", (ENGLISH,), language="en")]
    search.build(articles=articles, index=folder)
    return search.open(folder)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Calais", [(2.5, "Calais")]),
        ("calais", [(2.5, "Calais")]),
        ("cale", [(2.5, "cale calé")]),
        ("tours", [(0.5, "Tours tours"), (2.0, "Tours tour tours")]),
        (
            "Tours",
            [(0.5, "Tours"), (0.5, "Tours tours"), (2.0, "Tours tour tours")],
        ),
        ("TOURS", [(0.5, "Tours tours"), (2.0, "Tours tour tours")]),
        ("Sotte", [(2.5, "Sotte")]),
        ("élus", [(0.5, "élus"), (2.0, "élu élue élus")]),
        ("lines", [(0.5, "lines"), (0.5, "line lines"), (1.5, "line lined lines")]),
        ("le", [(2.5, "Le le")]),
        ("lineman", [(2.5, "")]),
        ("lining", [(1.0, ""), (1.5, "line lined lines")]),
    ],
)
def test_grades(archive: search.Archive, word: str, expected: Grades) -> None:
    (found,) = archive.forms(word)
    assert [(weight, " ".join(forms)) for weight, forms in found.grades] == expected


@pytest.mark.parametrize(
    ("word", "name", "stop"),
    [
        ("Calais", True, False),
        ("Dover", True, False),
        ("tours", False, False),
        ("le", False, True),
        ("the", False, True),
    ],
)
def test_names_and_stop_words(archive: search.Archive, word: str, name: bool, stop: bool) -> None:
    (found,) = archive.forms(word)
    assert (found.name, found.stop) == (name, stop)


def test_forms_are_counted(archive: search.Archive) -> None:
    (found,) = archive.forms("calais")
    assert found.grades[0][1] == {"Calais": 2}
    assert archive.forms("...") == []
