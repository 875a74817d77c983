"""The query language: what a text means, where it stops making sense, and that nothing else ever happens."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.errors import QueryError
from search.query import And, Between, Field, Node, Not, Or, Phrase, Prefix, Word
from search.syntax import DEEPEST, parse

A, B, C = Word("a"), Word("b"), Word("c")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a", A),
        ("  a\tb\u00a0c\n", And((A, B, C))),
        ("a AND b", And((A, B))),
        ("a ET b", And((A, B))),
        ("a OR b", Or((A, B))),
        ("a OU b OU c", Or((A, B, C))),
        ("a NOT b", And((A, Not(B)))),
        ("a SAUF b", And((A, Not(B)))),
        ("a -b", And((A, Not(B)))),
        ("-b", Not(B)),
        ("a AND NOT b", And((A, Not(B)))),
        ("a ET SAUF b", And((A, Not(B)))),
        ("NOT NOT a", A),
        ("NOT -a", A),
        ("a OU b c", Or((A, And((B, C))))),
        ("a b OU c", Or((And((A, B)), C))),
        ("a OU SAUF b c", Or((A, And((Not(B), C))))),
        ("(a OU b) c", And((Or((A, B)), C))),
        ("a(b OU c)", And((A, Or((B, C))))),
        ("-(a b)", Not(And((A, B)))),
        ("(a b) c", And((A, B, C))),
        ("((a))", A),
        ('"fin de vie"', Phrase("fin de vie")),
        ("« fin de vie »", Phrase(" fin de vie ")),
        ("“fin de vie”", Phrase("fin de vie")),
        ("„Ende“ b", And((Phrase("Ende"), B))),
        ('a"b c"d', And((A, Phrase("b c"), Word("d")))),
        ('-"b c"', Not(Phrase("b c"))),
        ("=Tours", Word("Tours", exact=True)),
        ("-=Tours", Not(Word("Tours", exact=True))),
        ("immigr*", Prefix("immigr")),
        ("immigr**", Prefix("immigr")),
        ("Grande-Synthe", Word("Grande-Synthe")),
        ("l’Est aujourd'hui", And((Word("l’Est"), Word("aujourd'hui")))),
        ("27 000 morts", And((Word("27 000"), Word("morts")))),
        ("27\u202f000", Word("27\u202f000")),
        ("27 0000", And((Word("27"), Word("0000")))),
        ("et ou sauf and or not", And(tuple(map(Word, "et ou sauf and or not".split())))),
        ("title:Calais", Field("title", Word("Calais"))),
        ('title:"a b"', Field("title", Phrase("a b"))),
        ("title:(a OU b) c", And((Field("title", Or((A, B))), C))),
        ("title:cal*", Field("title", Prefix("cal"))),
        ("title:=a", Field("title", Word("a", exact=True))),
        ("-source:AFP", Not(Field("source", Word("AFP")))),
        ("date:2019", Field("date", Word("2019"))),
        ("date:2019-05..2020", Between("date", "2019-05", "2020")),
        ("date:2019..", Between("date", "2019", "")),
        ("date:..2020", Between("date", "", "2020")),
        ("date:2019...2020", Between("date", "2019", "2020")),
        ("Calais : ville", And((Word("Calais"), Word(":"), Word("ville")))),
        ("Calais: ville", And((Word("Calais:"), Word("ville")))),
        ("12:30", Word("12:30")),
        ("a ! b", And((A, Word("!"), B))),
        ("--a", Word("--a")),
    ],
)
def test_what_a_query_means(text: str, tree: Node) -> None:
    assert parse(text) == (tree, ())


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a", A),
        ("a b c", Or((A, B, C))),
        ("a b -c", And((Or((A, B)), Not(C)))),
        ("a b title:c", And((Or((A, B)), Field("title", C)))),
        ("a date:2019..2020 b", And((Or((A, B)), Between("date", "2019", "2020")))),
        ("a AND b", And((A, B))),
        ("a b AND c", And((Or((A, B)), C))),
        ("(a OU b) c", Or((A, B, C))),
        ("-a -b", And((Not(A), Not(B)))),
    ],
)
def test_any_word_is_enough_but_what_narrows_must_hold(text: str, tree: Node) -> None:
    assert parse(text, any_word=True).tree == tree


@pytest.mark.parametrize(
    ("text", "tree", "notes"),
    [
        ('a "b c', And((A, Phrase("b c"))), ["the quotation mark of column 3 is not closed: read to the end"]),
        ("« a", Phrase(" a"), ["the quotation mark of column 1 is not closed: read to the end"]),
        ("a - b", And((A, B)), ['the "-" of column 3 stands alone: left out']),
        ("– a", A, ['the "–" of column 1 stands alone: left out']),
        ("a —", A, ['the "—" of column 3 stands alone: left out']),
        ("-- a", A, ['the "--" of column 1 stands alone: left out']),
        ("a AND - b", And((A, B)), ['the "-" of column 7 stands alone: left out']),
    ],
)  # fmt: skip
def test_what_is_forgiven(text: str, tree: Node, notes: list[str]) -> None:
    assert parse(text) == (tree, tuple(notes))


HINT = "; an operator is searched as a word in quotes"


@pytest.mark.parametrize(
    ("text", "column", "problem"),
    [
        ("", 1, "expected a word, found the end"),
        ("  ", 3, "expected a word, found the end"),
        ("-", 2, "expected a word, found the end"),
        ("AND a", 1, 'expected a word, found "AND"' + HINT),
        ("a ET", 5, 'expected a word after "ET", found the end'),
        ("a OU OU b", 6, 'expected a word after "OU", found "OU"' + HINT),
        ("a SAUF", 7, 'expected a word after "SAUF", found the end'),
        ("OU EST CALAIS", 1, 'expected a word, found "OU"' + HINT),
        ("(a", 3, 'expected ")" for the "(" of column 1, found the end'),
        ("a (b OU (c d) e", 16, 'expected ")" for the "(" of column 3, found the end'),
        ("a)", 2, 'expected a word or an operator, found ")"'),
        ("()", 2, 'expected a word after "(", found ")"'),
        (')"a"', 1, 'expected a word, found ")"'),
        ('a ""', 3, "expected words between the quotation marks"),
        ('a "', 3, "expected words between the quotation marks"),
        ("a =", 3, 'expected a word right after "="'),
        ('="a b"', 1, 'expected a word right after "="'),
        ("*", 1, 'a "*" can stand only at the end of a word: immigr*'),
        ("a b*c", 4, 'a "*" can stand only at the end of a word: immigr*'),
        ("a *b", 3, 'a "*" can stand only at the end of a word: immigr*'),
        ("=a*", 3, 'a "*" can stand only at the end of a word: immigr*'),
        ("title:-a", 7, 'expected a value after "title", found "-"'),
        ("title:title:a", 7, 'expected a word after "title", found "title"'),
        ("title:)", 7, 'expected a word or an operator, found ")"'),
        ("date:..", 6, 'expected a value on one side of ".." at least'),
        ("(" * (DEEPEST + 1) + "a", DEEPEST + 1, f"more than {DEEPEST} brackets within each other"),
        ("(" * 100_000, DEEPEST + 1, f"more than {DEEPEST} brackets within each other"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_where_a_query_stops_making_sense(text: str, column: int, problem: str) -> None:
    with pytest.raises(QueryError) as refused:
        parse(text)
    assert (refused.value.column, refused.value.problem) == (column, problem)


def test_many_operators_in_a_row() -> None:
    assert parse("NOT " * 10_000 + "a").tree == A


def test_a_very_long_query() -> None:
    tree = parse("mot " * 250_000).tree
    assert isinstance(tree, And)
    assert len(tree.parts) == 250_000


PIECES = st.sampled_from(
    ['"', "“", "”", "«", "»", "(", ")", " ", "-", "–", "=", "*", ":", "..", "\u00a0", "\x00", "\u200b", "AND", "ET",
     "OU", "NOT", "SAUF", "title:", "date:", "a", "Calais", "l’", "27", "000", "\ud800", "é", "北"]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=15).map("".join), st.lists(PIECES, max_size=15).map(" ".join))


def attempt(text: str, any_word: bool) -> Node | QueryError:
    try:
        return parse(text, any_word=any_word).tree
    except QueryError as error:
        return error


@given(TEXTS, st.booleans())
@settings(max_examples=500)
@example('“a " »', False)
def test_nothing_but_a_tree_or_an_error_with_its_column(text: str, any_word: bool) -> None:
    outcome = attempt(text, any_word)
    if isinstance(outcome, QueryError):
        assert 1 <= outcome.column <= len(text) + 1
        assert outcome.pointed()
    else:
        assert parse(str(outcome)).tree == outcome


def test_numbers_side_by_side_are_printed_as_two() -> None:
    tree = parse("0  000").tree
    assert (str(tree), parse(str(tree)).tree) == ("0 AND 000", tree)
