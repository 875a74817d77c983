"""mbox: where a message begins and where none does, numbers, memory, and every kind of broken one."""

import tracemalloc
from collections.abc import Iterator
from io import BytesIO, RawIOBase
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import Article
from search.readers import Problem, SourceFile
from search.readers.mail import mbox
from tests.readers.reading import Written, broken

written = Written("lettres.mbox")


def raw(headers: str, body: bytes = b"Un.\n") -> bytes:
    return headers.encode() + b"\n\n" + body


LETTER = raw(
    "Subject: La digue\nMessage-ID: <lettre-12@echo.example>\nContent-Type: text/plain; charset=utf-8\n"
    "Content-Transfer-Encoding: quoted-printable",
    b"La digue a commenc=C3=A9.\n",
)


def boxed(*messages: bytes) -> bytes:
    line = b"From lettre@echo.example Mon Sep 28 00:30:00 2015\n"
    return b"".join(line + one.replace(b"\r\n", b"\n") + b"\n" for one in messages)


FIRST = raw(
    "Subject: Un\nMessage-ID: <1@a>", b"Il vient.\n\n>From Calais, un navire.\n\nFrom Douvres, rien.\n>>From\n"
)


def test_a_box_of_messages(tmp_path: Path) -> None:
    content = boxed(FIRST, LETTER, raw("X: y"), raw("Subject: Trois"))
    first, second, problem, last = written(tmp_path, content, "lettres.mbox")
    assert problem == Problem(
        f"{tmp_path}/lettres.mbox:3", "is no mail: expected headers such as From and Subject: the message is skipped"
    )
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert isinstance(last, Article)
    assert first.paragraphs == ("Il vient.", "From Calais, un navire.", "From Douvres, rien.", "From")
    assert (second.id, second.line, second.paragraphs) == ("lettre-12@echo.example", 2, ("La digue a commencé.",))
    assert (last.id, last.line) == ("lettres:4", 4)


@pytest.mark.parametrize(
    "line",
    [
        b"From - Mon Sep 28 00:30:00 2015\n",
        b"From \r\n",
        b"From -\n",
        b"From 1546@xxx Mon Sep 28 00:30:00 +0000 2015\n",
        b"From a b Mon, 28 Sep 2015 00:30 CEST\n",
    ],
)
def test_lines_that_begin_a_message(tmp_path: Path, line: bytes) -> None:
    content = line + raw("Subject: Un") + b"\n" + line + raw("Subject: Deux")
    titles = [one.title for one in written(tmp_path, content, "a.mbox") if isinstance(one, Article)]
    assert titles == ["Un", "Deux"]


@pytest.mark.parametrize(
    "body",
    [
        b"Un.\nFrom a Mon Sep 28 00:30:00 2015\nSubject: b\n",
        b"Un.\n\nFrom Calais\nNote: rien.\n",
        b"Un.\n\nFrom a at 10:30\nwe left.\n",
    ],
)
def test_lines_that_begin_none(tmp_path: Path, body: bytes) -> None:
    assert len(written(tmp_path, boxed(raw("Subject: Un", body)), "a.mbox")) == 1


def test_a_file_that_is_no_mbox(tmp_path: Path) -> None:
    reason = 'expected "From " at the start of an mbox: all before one is left out'
    assert written(tmp_path, b"Du texte.\n", "a.mbox") == [Problem(f"{tmp_path}/a.mbox", reason)]
    problem, article = written(tmp_path, b"Du texte.\n\n" + boxed(raw("Subject: Un")), "a.mbox")
    assert problem == Problem(f"{tmp_path}/a.mbox", reason)
    assert isinstance(article, Article)
    assert written(tmp_path, b"", "a.mbox") == []


def test_a_message_without_end_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mbox, "LONGEST", 1000)
    content = boxed(raw("Subject: Un"), raw("Subject: Deux", b"x" * 200_000 + b"\n"), raw("Subject: Trois"))
    first, problem, last = written(tmp_path, content, "a.mbox")
    assert problem == Problem(f"{tmp_path}/a.mbox:2", "longer than 0 MB: the message is skipped")
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert (first.title, last.title) == ("Un", "Trois")


def test_a_box_is_read_as_a_stream() -> None:
    content = BytesIO(boxed(*[raw("Subject: Un", b"Une ligne.\n" * 1000)] * 200))
    source = SourceFile(Path("a.mbox"), "a", 0, "mbox")
    tracemalloc.start()
    assert sum(1 for _ in mbox.split(source, content)) == 200
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000


class Endless(RawIOBase):
    """A box of so many messages, made while it is read."""

    def __init__(self, messages: int) -> None:
        self._parts = self._made(messages)
        self._left = b""

    def _made(self, messages: int) -> Iterator[bytes]:
        one = boxed(raw("Subject: Le port\nContent-Type: text/plain", b"Une ligne du port de Calais.\n" * 4000))
        return (one for _ in range(messages))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._left = self._left or next(self._parts, b"")
        size = min(len(buffer), len(self._left))
        buffer[:size], self._left = self._left[:size], self._left[size:]
        return size


def test_a_large_box_takes_no_more_memory_than_a_small_one() -> None:
    from io import BufferedReader

    source = SourceFile(Path("a.mbox"), "a", 0, "mbox")
    tracemalloc.start()
    numbers = [item.number for item in mbox.split(source, cast(BinaryIO, BufferedReader(Endless(300)))) if item]  # type: ignore[union-attr]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert numbers == list(range(1, 301))  # 35 MB
    assert peak < 2_000_000


def test_a_line_of_spaces_takes_no_time() -> None:
    content = BytesIO((b"From " + b" " * 65_000 + b"x\n\n") * 20)
    [problem] = mbox.split(SourceFile(Path("a.mbox"), "a", 0, "mbox"), content)
    assert isinstance(problem, Problem)


@pytest.mark.parametrize("name", ["Inbox", "2015-September.txt"])
@pytest.mark.parametrize("sender", ["-", "a@b.example", "anne at b.example "])
def test_the_kind_is_told_by_the_beginning(tmp_path: Path, name: str, sender: str) -> None:
    content = f"From {sender} Mon Sep 28 00:30:00 2015\nSubject: Le port\n\nUn.\n".encode()
    [one] = written(tmp_path, content, name)
    assert isinstance(one, Article)
    assert (one.title, one.line) == ("Le port", 1)


@pytest.mark.parametrize("text", [b"From Calais to Dover\n\nA ferry.", b"From Calais at Mon Sep 28 10:30\nA ferry."])
def test_a_text_that_begins_so_is_a_text(tmp_path: Path, text: bytes) -> None:
    [one] = written(tmp_path, text, "ferry.txt")
    assert isinstance(one, Article)
    assert one.line == 0


VALID = boxed(FIRST, LETTER, raw("Subject: Trois"))
pieces = st.sampled_from(
    [b"From a 10:30\n", b"From -\n", b"Subject: Le port\n", b"\n", b">From \n", b"\r\n", b"From ", b"\xff\0", b": "]
)


@given(st.lists(pieces | st.binary(max_size=6), max_size=20).map(b"".join))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_give_articles_and_problems(tmp_path: Path, data: bytes) -> None:
    for item in written(tmp_path, data):
        assert str(item)


@broken(VALID)
def test_any_change_gives_articles_and_problems(tmp_path: Path, content: bytes) -> None:
    for item in written(tmp_path, content):
        assert str(item)


@given(st.lists(st.integers(0, 3), min_size=1, max_size=6), st.booleans())
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_quoted_lines_are_what_was_written(tmp_path: Path, depths: list[int], windows: bool) -> None:
    """What mboxrd quotes, with one ``>`` more, comes back."""
    lines = [b">" * depth + b"From the port\n" for depth in depths]
    content = boxed(raw("Subject: a", b"".join(b">" + line for line in lines)))
    content = content.replace(b"\n", b"\r\n") if windows else content
    source = SourceFile(Path("a.mbox"), "a", 0, "mbox")
    [record] = mbox.split(source, BytesIO(content))
    assert not isinstance(record, Problem)
    unquoted = mbox.unquoted(record.data).replace(b"\r\n", b"\n")
    assert unquoted.endswith(b"\n\n" + b"".join(lines) + b"\n")
