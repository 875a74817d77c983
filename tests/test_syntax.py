"""The query language: what a text means, where it stops making sense, and that nothing else ever happens."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.errors import QueryError
from search.query import (
    And,
    AtLeast,
    Between,
    Boost,
    Field,
    Fuzzy,
    InArticle,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Regex,
    Wildcard,
    Word,
)
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
        ("a NEAR/5 b", Near(A, B, 5)),
        ("a NEAR/5 170", Near(A, Word("170"), 5)),
        ("a NOT (NOT b)", And((A, Not(Not(B))))),
        ("a PROCHE/5 b", Near(A, B, 5)),
        ("a near/5 b", Near(A, B, 5)),
        ("a BEFORE/1 b", Near(A, B, 1, ordered=True)),
        ("a AVANT/1000 b", Near(A, B, 1000, ordered=True)),
        ("a NEAR b", And((A, Word("NEAR"), B))),
        ("a NEAR/2 b AVANT/3 c", Near(Near(A, B, 2), C, 3, ordered=True)),
        ("a NEAR/2 (b AVANT/3 c)", Near(A, Near(B, C, 3, ordered=True), 2)),
        ('a NEAR/2 "b c" a', And((Near(A, Phrase("b c"), 2), A))),
        ("a NEAR/2 (b OU c)", Near(A, Or((B, C)), 2)),
        ("(a b) NEAR/2 c", Near(And((A, B)), C, 2)),
        ("-a NEAR/2 b OU c", Or((Not(Near(A, B, 2)), C))),
        ("a* NEAR/2 b~", Near(Prefix("a"), Fuzzy("b"), 2)),
        ("ATLEAST/3 a b", And((AtLeast(3, A), B))),
        ("AUMOINS/3 (a OU b)", AtLeast(3, Or((A, B)))),
        ("ATLEAST/2 a NEAR/2 b", AtLeast(2, Near(A, B, 2))),
        ("-ATLEAST/2 a", Not(AtLeast(2, A))),
        ("wo?d", Wildcard("wo?d")),
        ("*word", Wildcard("*word")),
        ("w**rd*", Wildcard("w*rd*")),
        ("?a", Wildcard("?a")),
        ("qui??", Word("qui??")),
        ("a.fr/b?c=d", Word("a.fr/b?c=d")),
        ("a~", Fuzzy("a")),
        ("a~1", Fuzzy("a")),
        ("a~2", Fuzzy("a", 2)),
        ("a~2^3", Boost(Fuzzy("a", 2), 3.0)),
        ("~", Word("~")),
        ("a^2", Boost(A, 2.0)),
        ("a^0,5 b", And((Boost(A, 0.5), B))),
        ('"a b"^2', Boost(Phrase("a b"), 2.0)),
        ("(a OU b)^1.5", Boost(Or((A, B)), 1.5)),
        ("((a)^2)^3", Boost(Boost(A, 2.0), 3.0)),
        ("^2", Word("^2")),
        ("/a.*b/", Regex("a.*b")),
        ("/(a|b)/^2", Boost(Regex("(a|b)"), 2.0)),
        (r"/a\/b\d/", Regex(r"a/b\d")),
        ("/usr/bin", Word("/usr/bin")),
        ("/a b/", And((Word("/a"), Word("b/")))),
        ('="a B"', Phrase("a B", exact=True)),
        ('"a * =B c*"', Phrase("a * =B c*")),
        ("article:(a b) c", And((InArticle(And((A, B))), C))),
        ('title:"a"^2', Boost(Field("title", Phrase("a")), 2.0)),
        ("title:a^2", Field("title", Boost(A, 2.0))),
        ('date:"mai 2019"..2020', Between("date", "mai 2019", "2020")),
        ('date:2019.."mai 2020" a', And((Between("date", "2019", "mai 2020"), A))),
        ('date:"a b".."c d"', Between("date", "a b", "c d")),
        ('date:"a b"..', Between("date", "a b", "")),
        ('since:"3 months ago"', Between("date", "3 months ago", "")),
        ("depuis:2019 a", And((Between("date", "2019", ""), A))),
        ("until:2019", Between("date", "", "2019")),
        ("jusque:2019", Between("date", "", "2019")),
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
        ("a b NEAR/2 c article:a", And((Or((A, Near(B, C, 2))), InArticle(A)))),
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


PLACED = (
    ' takes words, phrases and groups of these; a field, a "^" or what is excluded stands outside, in '
    "brackets of its own"
)
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
        ("*", 1, 'a "*" needs letters beside it: immigr*, *port, w*rd'),
        ("a **", 3, 'a "*" needs letters beside it: immigr*, *port, w*rd'),
        ("a -*", 4, 'a "*" needs letters beside it: immigr*, *port, w*rd'),
        ("=a*", 3, 'a "*" stands for other letters, "=" for none: take one'),
        ("=a?b", 3, 'a "?" stands for other letters, "=" for none: take one'),
        ("a~3", 2, 'a "~" takes 1 or 2 edits, found "3"'),
        ("a =b~", 5, 'a "~" stands after a plain word: Calias~'),
        ("a*~1", 3, 'a "~" stands after a plain word: Calias~'),
        ('"a b"~5', 6, 'a "~" can stand only after a word; for words near each other: a NEAR/5 b'),
        ("(a)^", 4, 'expected a number after "^", found "^"'),
        ("a^1001", 2, 'expected a number up to 1000 after "^", found "1001"'),
        ('"a"^2,5,5', 4, 'expected a number after "^", found "^2,5,5"'),
        ("NEAR/5 a", 1, 'expected a word, found "NEAR/5"'),
        ("a NEAR/5", 9, 'expected a word after "NEAR/5", found the end'),
        ("a NEAR/5 AND b", 10, 'expected a word after "NEAR/5", found "AND"' + HINT),
        ("a NEAR/0 b", 3, 'expected a number from 1 to 1,000 after the "/", found "NEAR/0"'),
        ("a AVANT/1001 b", 3, 'expected a number from 1 to 1,000 after the "/", found "AVANT/1001"'),
        ("ATLEAST/0 a", 1, 'expected a number from 1 to 1,000 after the "/", found "ATLEAST/0"'),
        ("a NEAR/5 -b", 10, 'expected a word after "NEAR/5", found "-"'),
        ("a NEAR/5 title:b", 10, '"NEAR/5"' + PLACED),
        ("a^2 NEAR/5 b", 1, '"NEAR/5"' + PLACED),
        ("a NEAR/5 (b -c)", 10, '"NEAR/5"' + PLACED),
        ("AUMOINS/2 date:2019", 11, '"AUMOINS/2"' + PLACED),
        ("a ATLEAST/2", 12, 'expected a word after "ATLEAST/2", found the end'),
        ("a" + " NEAR/1 a" * 11, 93, "more than 10 of NEAR or BEFORE in a row"),
        ("a NEAR/1 b " * 51, 553, "more than 50 of NEAR or BEFORE in a query"),
        ('"*"', 1, "expected words between the quotation marks"),
        ('a "* *"', 3, "expected words between the quotation marks"),
        ("since:(a)", 7, 'expected a date after "since", found "("'),
        ('since:"', 7, "expected a date between the quotation marks"),
        ("depuis:title:a", 8, 'expected a date after "depuis", found "title"'),
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
     "OU", "NOT", "SAUF", "title:", "date:", "a", "Calais", "l’", "27", "000", "\ud800", "é", "北", "NEAR/5",
     "AVANT/1", "ATLEAST/2", "~", "~2", "^2", "^0,5", "?", "/", "\\", "/a.b/", "article:", "since:", "|", "."]
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
