"""What is said of a query that finds nothing."""

import pytest

from search import Archive, Article
from search.engines.protocol import Scope
from search.silence import Found, Missing, Unmet
from tests.conftest import Opener

PRESS = [
    Article("a", "Le port", ("Le port de Calais est fermé.", "La Manche est agitée."), "2019-05-03",
            source="Le Phare", language="fr"),
    Article("b", "La grève", ("La grève dure à Calais.", "Les marins sont à Calais."), "2020",
            source="La Gazette", language="fr"),
    Article("c", "Sans date", ("Un bateau entre au port.",), language="fr"),
]  # fmt: skip
WHOLE = Scope(5, "2019-05-03", "2020", 2)


@pytest.fixture
def press(archive_of: Opener) -> Archive:
    return archive_of(*PRESS)


@pytest.mark.parametrize(
    ("query", "missing", "changes"),
    [
        ("zorglub", [Missing("zorglub", ())], []),
        (
            "Calias",
            [Missing("Calias", (("Calais", 3),))],
            [Found("with Calais for Calias", "Calais", 3)],
        ),
        (
            "zorglub marins zig",
            [Missing("zorglub", ()), Missing("zig", ())],
            [
                Found("without zorglub, zig", "marins", 1),
                Found("with --any", "zorglub OR marins OR zig", 1),
            ],
        ),
        (
            "Calias dunes",
            [Missing("Calias", (("Calais", 3),)), Missing("dunes", (("dure", 1),))],
            [Found("with Calais for Calias, dure for dunes", "Calais dure", 1)],
        ),
        (
            "zorglub marins",
            [Missing("zorglub", ())],
            [Found("without zorglub", "marins", 1), Found("with --any", "zorglub OR marins", 1)],
        ),
        (
            '"zorglub marins"',
            [Missing("zorglub", ())],
            [Found("without zorglub", '"marins"', 1)],
        ),
        (
            "=calais",
            [Missing("=calais", (("Calais", 3),))],
            [Found("with Calais for =calais", "=Calais", 3), Found("without the =", "calais", 3)],
        ),
        (
            '"port =de =calais"',
            [Missing("=calais", (("Calais", 3),))],
            [
                Found("with Calais for =calais", '"port =de Calais"', 1),
                Found("without =calais", '"port =de"', 1),
                Found("without the =", '"port de calais"', 1),
            ],
        ),
        ("zor*", [Missing("zor*", ())], []),
        ("zor ]*", [Missing("zor", ())], []),
        ("/zor/ ;", [Missing("/zor/", ())], []),
        (
            "Calia* marins",
            [Missing("Calia*", (("Calais", 3),))],
            [
                Found("with Calais for Calia*", "Calais marins", 1),
                Found("without Calia*", "marins", 1),
                Found("with --any", "Calia* OR marins", 1),
            ],
        ),
        ("z?rg /zorg.*/", [Missing("z?rg", ()), Missing("/zorg.*/", ())], []),
        (
            "fermé agitée",
            [],
            [
                Found("with --any", "fermé OR agitée", 2),
                Found("with --in article", "article:(fermé agitée)", 2),
            ],
        ),
        (
            "port NEAR/2 fermé",
            [],
            [Found("without NEAR", "port fermé", 1)],
        ),
        (
            '"marins agitée"',
            [],
            [Found("without the quotation marks and with --in article", "article:(marins agitée)", 0)],
        ),
    ],
)
def test_words_that_are_missing_and_what_finds_more(
    press: Archive, query: str, missing: list[Missing], changes: list[Found]
) -> None:
    silence = press.silence(query)
    assert silence.missing == tuple(missing)
    assert silence.changes == tuple(one for one in changes if one.paragraphs)
    assert (silence.conditions, silence.scope, silence.whole) == ("", WHOLE, WHOLE)


def test_what_was_searched(press: Archive) -> None:
    silence = press.silence("marins source:phare", until="2019")
    assert silence.conditions == "source:phare date:..2019"
    assert silence.scope == Scope(2, "2019-05-03", "2019-05-03", 1)
    assert silence.whole == WHOLE
    assert silence.changes == (Found("without all that narrows", "marins", 1),)


def test_nothing_meets_the_conditions(press: Archive) -> None:
    silence = press.silence("marins date:1850")
    assert (silence.conditions, silence.scope) == ("date:1850", Scope(0, None, None, 0))
    assert silence.changes == (Found("without the date", "marins", 1),)


def test_a_field_without_this_value(press: Archive) -> None:
    assert press.silence("marins source:gazete lang:fr -author:x").unmet == (
        Unmet("source:gazete", "source", ("La Gazette", "Le Phare"), 2),
    )


def test_two_changes_where_one_finds_nothing(press: Archive) -> None:
    silence = press.silence('"marins sont Calais" date:1850', within="article")
    assert silence.changes == (
        Found("without the quotation marks and without the date", "article:(marins sont Calais)", 2),
    )
