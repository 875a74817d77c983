"""Lists of queries: names, comments, and lines that cannot be taken."""

from collections.abc import Iterator

from search.queries import Asked, Fault, queries


def test_a_query_a_line() -> None:
    assert list(queries([b"Calais\n", b"port ET tunnel\r\n", b"ferry"])) == [
        Asked(1, "Calais", "Calais"),
        Asked(2, "port ET tunnel", "port ET tunnel"),
        Asked(3, "ferry", "ferry"),
    ]


def test_names_stand_before_a_tab() -> None:
    lines = ["canots\tcanot* OU bateau", "\tferry", " a b \t c\td \n"]
    assert list(queries(line.encode() for line in lines)) == [
        Asked(1, "canots", "canot* OU bateau"),
        Asked(2, "ferry", "ferry"),
        Asked(3, "a b", "c d"),
    ]


def test_blank_lines_and_comments_are_passed_over() -> None:
    assert list(queries([b"# a", b"", b"  \t \n", b"  # b\tc", b"a # c"])) == [Asked(5, "a # c", "a # c")]


def test_a_byte_order_mark() -> None:
    assert list(queries([b"\xef\xbb\xbf\xc3\xa9t\xc3\xa9\n"])) == [Asked(1, "été", "été")]


def test_lines_that_cannot_be_taken() -> None:
    assert list(queries([b"\xe9t\xe9", b"name\t\n", b"a"])) == [
        Fault(1, "expected UTF-8, found the byte 0xE9: save the list as UTF-8"),
        Fault(2, "expected a query after the tab, found none"),
        Asked(3, "a", "a"),
    ]


def test_each_is_there_before_the_next_line_is_read() -> None:
    def lines() -> Iterator[bytes]:
        yield b"a\n"
        raise AssertionError("read too early")

    assert next(iter(queries(lines()))).line == 1
