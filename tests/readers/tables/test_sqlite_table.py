"""SQLite: tables with a column for text, whatever else is in the database, and nothing that runs."""

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from search import Article
from search.readers import Problem, SourceFile, find, read
from search.readers.tables.fields import columns_of
from tests.readers.reading import Written, broken, packed

written = Written("press.sqlite")
SCRIPT = """
CREATE TABLE sources (name, url);
INSERT INTO sources VALUES ('AFP', 'https://afp.test');
CREATE TABLE "the articles" (id INTEGER PRIMARY KEY, headline, body, published INTEGER, note BLOB, weight REAL);
INSERT INTO "the articles" VALUES (7, 'Le port', 'Un.' || char(10) || 'Deux.', 1477296000, x'c3a9', 1.5);
INSERT INTO "the articles" VALUES (9, 'La digue', '<p>Trois.</p>', NULL, x'ff00', 9e999);
INSERT INTO "the articles" VALUES (11, NULL, NULL, NULL, NULL, NULL);
CREATE VIEW texts AS SELECT body AS text FROM "the articles";
"""


def database(script: str = SCRIPT) -> bytes:
    with closing(sqlite3.connect(":memory:")) as made:
        made.executescript(script)
        return bytes(made.serialize())


def test_every_field(tmp_path: Path) -> None:
    first, second, third = written(tmp_path, database())
    place = str(tmp_path / "press.sqlite")
    assert first == Article(
        "7",
        "Le port",
        ("Un.", "Deux."),
        "2016-10-24",
        None,
        None,
        None,
        None,
        place,
        1,
        {"note": "é", "weight": "1.5"},
    )
    assert second == Article("9", "La digue", ("Trois.",), path=place, line=2)
    assert str(third) == f'{place}:3: holds no text: expected "text" or "paragraphs": the row is skipped'


@pytest.mark.parametrize("name", ["press.db", "press.sqlite3", "press", "press.txt"])
def test_by_content(tmp_path: Path, name: str) -> None:
    assert len(written(tmp_path, database(), name)) == 3


def test_packed_and_in_archives(tmp_path: Path) -> None:
    data = database()
    assert len(written(tmp_path, gzip.compress(data), "press.sqlite.gz")) == 3
    [first, *_] = written(tmp_path, packed({"a/press.sqlite": data}), "press.zip")
    assert isinstance(first, Article)
    assert first.path == str(tmp_path / "press.zip!/a/press.sqlite")


def test_several_tables(tmp_path: Path) -> None:
    made = "CREATE TABLE a (text); CREATE TABLE b (x, texte);"
    script = f"{made} INSERT INTO a VALUES ('Un.'); INSERT INTO b VALUES (1, 'Deux.');"
    found = written(tmp_path, database(script))
    assert [(one.id, one.paragraphs) for one in found if isinstance(one, Article)] == [
        ("press:1", ("Un.",)),
        ("press:2", ("Deux.",)),
    ]


def test_names_that_the_user_gives(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(database('CREATE TABLE a ("de ""tekst""", x); INSERT INTO a VALUES (\'Een.\', 2);'))
    source = SourceFile(path, "a", 1, columns=columns_of('text=de "tekst"'))
    [(one, _)] = read(source)
    assert isinstance(one, Article)
    assert (one.paragraphs, one.metadata) == (("Een.",), {"x": "2"})


def test_the_file_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "été #1?.db"
    path.write_bytes(data := database())
    path.chmod(0o444)
    [source] = find([path]).files
    assert len(list(read(source))) == 3
    assert path.read_bytes() == data
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        (
            "CREATE TABLE a (x, y); CREATE TABLE b (x)",
            'no column for "text" among "x", "y": name it, such as --map text=x; the file is skipped',
        ),
        ("CREATE TABLE a (x); DROP TABLE a", "holds no table"),
        ("CREATE VIEW v AS SELECT 'a' AS text", "holds no table"),
        ("CREATE VIRTUAL TABLE f USING fts5(text)", "holds no table"),
    ],
)
def test_no_text(tmp_path: Path, script: str, reason: str) -> None:
    assert written(tmp_path, database(script)) == [Problem(str(tmp_path / "press.sqlite"), reason)]


def test_what_is_no_database(tmp_path: Path) -> None:
    [problem] = written(tmp_path, b"Du texte. " * 1000)
    assert str(problem) == f"{tmp_path}/press.sqlite: broken database, the rest is lost: file is not a database"
    [problem] = written(tmp_path, b"SQLite format 3\0" + bytes(range(256)) * 100, "a.db")
    assert str(problem).startswith(f"{tmp_path}/a.db: broken database, the rest is lost: ")


def test_a_damaged_database_gives_what_is_before_the_damage(tmp_path: Path) -> None:
    rows = "".join(f"INSERT INTO a VALUES ('{number} {'navire ' * 300}');" for number in range(100))
    data = database(f"CREATE TABLE a (text);{rows}")
    *articles, problem = written(tmp_path, data[: len(data) // 2])
    assert "broken database, the rest is lost" in str(problem)
    assert all(isinstance(one, Article) for one in articles)


@broken(database())
def test_any_change_gives_articles_and_problems(tmp_path: Path, content: bytes) -> None:
    for item in written(tmp_path, content):
        assert str(item)


def test_text_that_is_kept_as_bytes(tmp_path: Path) -> None:
    script = "CREATE TABLE t (title, text); INSERT INTO t VALUES ('Un', x'%s'), ('Deux', x'%s');"
    data = database(script % ("L\u2019été à quai.".encode("cp1252").hex(), "Été, forêt, naïf".encode().hex() + "ff"))
    found = written(tmp_path, data)
    assert [one.paragraphs for one in found if isinstance(one, Article)] == [
        ("L\u2019été à quai.",), ("Été, forêt, naïf\ufffd",)
    ]  # fmt: skip


def test_a_log_that_is_not_in_the_file_yet(tmp_path: Path) -> None:
    (tmp_path / "press.sqlite-wal").write_bytes(b"x")
    *articles, problem = written(tmp_path, database("CREATE TABLE t (text); INSERT INTO t VALUES ('Un');"))
    said = "changes in its log (press.sqlite-wal) are not read: end the program that writes it"
    assert len(articles) == 1
    assert str(problem) == f"{tmp_path}/press.sqlite: {said}"


def test_names_that_are_not_utf8(tmp_path: Path) -> None:
    data = bytearray(database("CREATE TABLE ta (title, text); INSERT INTO ta VALUES ('Un', 'La mer.');"))
    at = data.find(b"ta (title")
    data[at] = 0x80
    for found in written(tmp_path, bytes(data)):
        assert isinstance(found, Article | Problem)
