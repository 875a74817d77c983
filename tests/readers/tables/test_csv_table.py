"""CSV: signs between cells, quotes, encodings, names of columns, and rows that do not fit."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import Article
from search.readers import Problem, Record, SourceFile, read
from search.readers.tables import csv_table
from search.readers.tables.fields import columns_of
from tests.readers.reading import Written, broken

written = Written("press.csv")
ROWS = [
    ["headline", "body", "published", "byline", "section", ""],
    ["Le port, et la « ville »", 'Un "bateau".\n\nDeux bateaux ; trois.', "12 mai 2019", "Anne Duval", "ville", ""],
    ["L’été à Calais", "<p>Une.</p><p>Deux.</p>", "1477296000", "", "", "note"],
]


def table(sign: str = ",", end: str = "\r\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=sign, lineterminator=end).writerows(ROWS)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("press.csv", table().encode()),
        ("press.csv", table(",", "\n").encode()),
        ("press.csv", table(";").encode("utf-8-sig")),
        ("press.csv", table("|").encode()),
        ("press.tsv", table("\t").encode()),
        ("press.tab", table("\t").encode()),
        ("press.csv", table("\t").encode("utf-16")),
        ("press.csv", table(";").encode("cp1252")),
        ("press.csv", b"sep=;\r\n" + table(";").encode()),
    ],
)
def test_forms(tmp_path: Path, name: str, content: bytes) -> None:
    first, second = written(tmp_path, content, name)
    begun = 3 if content.startswith(b"sep") else 2
    assert first == Article(
        f"press:{begun}", "Le port, et la « ville »", ('Un "bateau".', "Deux bateaux ; trois."), "2019-05-12",
        "Anne Duval", None, None, None, str(tmp_path / name), begun, {"section": "ville"},
    )  # fmt: skip
    assert second == Article(
        f"press:{begun + 3}", "L’été à Calais", ("Une.", "Deux."), "2016-10-24",
        None, None, None, None, str(tmp_path / name), begun + 3, {"column 6": "note"},
    )  # fmt: skip


def test_a_row_in_another_encoding(tmp_path: Path) -> None:
    content = "title,text\nÉté,à Calais\n".encode() + "Hiver,l’été à Calais\n".encode("cp1252")
    assert [one.paragraphs for one in written(tmp_path, content) if isinstance(one, Article)] == [
        ("à Calais",),
        ("l’été à Calais",),
    ]


def test_rows_that_do_not_fit(tmp_path: Path) -> None:
    content = b"title,text\nA,Un.\nB,Deux.,trois\n\n , \nC\nD,Quatre.,,\n"
    found = written(tmp_path, content)
    assert [one.title if isinstance(one, Article) else one.reason for one in found] == [
        "A",
        "expected 2 cells, found 3: the row is skipped",
        "C",
        "D",
    ]
    assert [one.line for one in found if isinstance(one, Article)] == [2, 6, 7]


def test_names_that_come_twice(tmp_path: Path) -> None:
    [one] = written(tmp_path, b"text,tag,tag\nUn.,a,b\n")
    assert isinstance(one, Article)
    assert one.metadata == {"tag": "a", "tag 3": "b"}


def test_names_that_the_user_gives(tmp_path: Path) -> None:
    path = tmp_path / "press.csv"
    path.write_bytes(b"kop,tekst\nA,Een.\n")
    source = SourceFile(path, "press", 1, columns=columns_of("title=kop,text=tekst"))
    [(one, _)] = read(source)
    assert isinstance(one, Article)
    assert (one.title, one.paragraphs, one.metadata) == ("A", ("Een.",), {})


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"a,b\n1,2\n", 'no column for "text" among "a", "b": name it, such as --map text=a; the file is skipped'),
        (b"Calais\n", 'no column for "text" among "Calais": name it, such as --map text=Calais; the file is skipped'),
    ],
)
def test_no_text(tmp_path: Path, content: bytes, reason: str) -> None:
    assert written(tmp_path, content) == [Problem(str(tmp_path / "press.csv"), reason)]


@pytest.mark.parametrize("content", [b"", b"\n", b" , \n", b"title,text\n", b"sep=;\n", b"\xef\xbb\xbf"])
def test_nothing(tmp_path: Path, content: bytes) -> None:
    assert written(tmp_path, content) == []


def test_a_cell_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_table, "LONGEST", 1000)
    first, problem = written(tmp_path, b'title,text\nA,Un.\nB,"' + b"x\n" * 3000)
    assert isinstance(first, Article)
    assert str(problem).startswith(f"{tmp_path}/press.csv:")
    assert str(problem).endswith(": not CSV (field larger than field limit (1000)): the rest is lost")


VALID = table(";").encode()


@broken(VALID)
def test_any_change_gives_articles_and_problems(tmp_path: Path, content: bytes) -> None:
    for item in written(tmp_path, content):
        assert str(item)


@given(
    st.lists(st.sampled_from(["text", "title", ",", ";", "\t", '"', "\n", "\r", "\0", "é", "\ud800", "a b", "sep="]))
)
@settings(max_examples=200)
def test_soups_of_signs(pieces: list[str]) -> None:
    data = "".join(pieces).encode("utf-8", "surrogatepass")
    raw = io.BufferedReader(io.BytesIO(data))
    for record in csv_table.split(SourceFile(Path("a.csv"), "a", 1), raw):
        found = [record] if isinstance(record, Problem) else csv_table.parse(record)
        assert all(isinstance(one, Article | Problem) for one in found)
    assert not raw.closed


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=5), min_size=2, max_size=2)
    )
)
def test_what_a_program_writes_is_read_back(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["text", "x"], *rows])
    raw = io.BufferedReader(io.BytesIO(out.getvalue().encode()))
    records = [one for one in csv_table.split(SourceFile(Path("a.csv"), "a", 1), raw) if isinstance(one, Record)]
    assert len(records) == sum(any(cell.strip() for cell in row) for row in rows)


OPEN = "a quotation mark opens a cell and is never closed: the line is read as it stands"


@pytest.mark.parametrize("sign", ["\t", ","])
@pytest.mark.parametrize("after", [0, 1, 40])
@pytest.mark.parametrize("closed", [False, True])
def test_a_quotation_mark_that_is_never_closed(tmp_path: Path, sign: str, after: int, closed: bool) -> None:
    rows = [
        ["title", "date", "text"],
        ["Un", "2020", "La mer."],
        ["Deux", "2020", '"Non'],
        ["Trois", "2020", "Le port."],
    ]
    rows += [[f"Titre {number}", "2020", "Le quai."] for number in range(after)]
    rows += [["Fin", "2020", 'dit "oui" et "non']] * (closed and after > 3)
    content = "\n".join(sign.join(row) for row in rows)
    found = written(tmp_path, content.encode(), "press.tsv" if sign == "\t" else "press.csv")
    assert [one.title for one in found if isinstance(one, Article)] == [row[0] for row in rows[1:]]
    assert next(str(one) for one in found if isinstance(one, Problem)).endswith(f":3: {OPEN}")


def test_marks_that_are_never_closed_without_end(tmp_path: Path) -> None:
    content = "title\ttext\n" + "".join(f'"Titre {number}\tTexte.\n' for number in range(500))
    found = written(tmp_path, content.encode(), "press.tsv")
    assert len([one for one in found if isinstance(one, Article)]) == 500
    assert len([one for one in found if isinstance(one, Problem)]) == csv_table.OFTEN


def test_a_cell_of_many_lines_is_one(tmp_path: Path) -> None:
    text = "\n\n".join(f"Un paragraphe, avec des virgules, et {number}." for number in range(2000))
    [found] = written(tmp_path, f'title,text\nUn,"{text}"\n'.encode())
    assert isinstance(found, Article)
    assert len(found.paragraphs) == 2000


def test_a_line_that_is_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_table, "LONGEST", 1_000)
    lines = ["title,text", "Un,a", "Deux," + "b" * 5_000, "Trois,c", "Quatre," + "d" * 993, "Cinq," + "e" * 2_000]
    found = written(tmp_path, "\n".join(lines).encode())
    assert [one.title for one in found if isinstance(one, Article)] == ["Un", "Trois"]
    said = "has more than 0 million characters: the line is left out"
    assert sorted(str(one).partition("press.csv:")[2] for one in found if isinstance(one, Problem)) == [
        f"{line}: {said}" for line in (3, 5, 6)
    ]
