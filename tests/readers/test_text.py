"""Text files: their encoding, title and date, and what is said of those that are no text."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import Article
from search.readers import Problem, find, read
from search.readers.text import decode

SHORT = "L’été à Noël : où êtes-vous ? Ça dépend…"
LONG = "\n".join(
    f"{number}. Le maire de Calais a déclaré « c’est réglé » à l’hôtel de ville." for number in range(200)
)


def items(path: Path) -> list[Article | Problem]:
    return [item for file in find([path]).files for item, _ in read(file)]


def article(folder: Path, name: str, content: str | bytes) -> Article:
    """The one article of a file with this content, which must hold no problem."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    [item] = items(path)
    assert isinstance(item, Article), item
    return item


def problems(folder: Path, name: str, content: str | bytes) -> list[str]:
    """What is said of a file, without the folder."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [str(item).removeprefix(f"{folder}/") for item in items(path) if isinstance(item, Problem)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman"])
@pytest.mark.parametrize("text", [SHORT, LONG], ids=["short", "long"])
def test_the_encoding_is_found(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(("bom", "encoding"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_utf_16_in_both_byte_orders(bom: bytes, encoding: str) -> None:
    assert decode(bom + SHORT.encode(encoding)) == SHORT


def test_other_encodings_are_detected() -> None:
    text = "Президент Франции посетил город Кале и встретился с жителями города. " * 10
    assert decode(text.encode("cp1251")) == text


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    assert article(tmp_path, "a.txt", "\ufeff---\ntitle: Été\n---\nTexte.").title == "Été"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (bytes(range(256)), "a.txt: is not text (it holds zero bytes and is not UTF-8)"),
        (b"abc\0def", "a.txt: is not text (it holds zero bytes)"),
        ("été".encode("utf-32"), "a.txt: is not text (it holds zero bytes)"),
        (b"\xff\xfea", "a.txt: its byte order mark says utf-16, but byte 3 is not"),
        (b"\xef\xbb\xbfab\xe9 c", "a.txt: its byte order mark says utf-8, but byte 6 is not"),
        (b"", "a.txt: holds no text"),
        (b" \r\n\t\n", "a.txt: holds no text"),
        (b"---\ndate: 2019\n---\n", "a.txt: holds no text"),
        (b"---\ntitle:\n---\n", "a.txt: holds no text"),
    ],
)
def test_what_is_no_text_is_said(tmp_path: Path, content: bytes, message: str) -> None:
    assert problems(tmp_path, "a.txt", content) == [message]


def test_an_encoding_that_nobody_knows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Nothing:
        def best(self) -> None:
            return None

    monkeypatch.setattr("charset_normalizer.from_bytes", lambda *_, **__: Nothing())
    said = problems(tmp_path, "a.txt", b"\x81\x8d\x8f\xf0 abc")
    assert said == ["a.txt: its encoding could not be told: save it as UTF-8"]


def test_the_title_of_the_front_matter_comes_first(tmp_path: Path) -> None:
    one = article(tmp_path, "a.md", "---\ntitle: Calais\n---\n# La ville\nTexte.")
    assert (one.title, one.paragraphs) == ("Calais", ("La ville", "Texte."))


@pytest.mark.parametrize(
    ("content", "title", "paragraphs"),
    [
        (
            "Avant.\n\n## Le *port* ##\n\nTexte.\n\n### Suite\nFin.",
            "Le *port*",
            ("Avant.", "Texte.", "Suite", "Fin."),
        ),
        ("# C#\r\n\r\nTexte.\r\n", "C#", ("Texte.",)),
        ("# Seul\n", "Seul", ()),
        ("#\n\nTexte.", "2019-brève", ("#", "Texte.")),
        ("#hashtag", "2019-brève", ("#hashtag",)),
    ],
)
def test_the_first_heading_of_markdown_is_the_title(
    tmp_path: Path, content: str, title: str, paragraphs: tuple[str, ...]
) -> None:
    one = article(tmp_path, "2019-brève.md", content)
    assert (one.title, one.paragraphs) == (title, paragraphs)


def test_a_heading_is_plain_text_in_a_text_file(tmp_path: Path) -> None:
    one = article(tmp_path, "Le port.txt", "# Calais\nTexte.")
    assert (one.title, one.paragraphs) == ("Le port", ("# Calais", "Texte."))


def test_a_heading_with_many_spaces_takes_no_time(tmp_path: Path) -> None:
    assert article(tmp_path, "a.md", f"#{' ' * 50_000}a{' ' * 50_000}b\n").title == f"a{' ' * 50_000}b"


@pytest.mark.parametrize(
    ("name", "content", "date"),
    [
        ("a.txt", "---\ndate: 3/5/2019\n---\nTexte.", "2019-05-03"),
        ("2018-01-01-a.txt", "---\ndate: 2019-05\n---\nTexte.", "2019-05"),
        ("2016-10-24-calais.txt", "Texte.", "2016-10-24"),
        ("2016-10-24.md", "Texte.", "2016-10-24"),
        ("2016-10-245.txt", "Texte.", None),
        ("2016-13-45-a.txt", "Texte.", None),
        ("calais-2016-10-24.txt", "Texte.", None),
    ],
)
def test_the_date_of_the_front_matter_or_of_the_name(
    tmp_path: Path, name: str, content: str, date: str | None
) -> None:
    assert article(tmp_path, name, content).date == date


@pytest.mark.parametrize(
    ("date", "reason"),
    [
        ("hier", 'expected a date such as 2019, 2019-05, 2019-05-03 or 03/05/2019, found "hier"'),
        ("2019-02-30", 'there is no such day as "2019-02-30"'),
    ],
)
def test_a_bad_date_is_named_and_the_article_kept(tmp_path: Path, date: str, reason: str) -> None:
    content = f"---\ndate: {date}\n---\nTexte."
    assert problems(tmp_path, "a.txt", content) == [f"a.txt: date: {reason}; the article is kept without a date"]
    kept = items(tmp_path / "a.txt")[1]
    assert isinstance(kept, Article)
    assert (kept.date, kept.paragraphs) == (None, ("Texte.",))


def test_bad_lines_of_the_front_matter_are_named(tmp_path: Path) -> None:
    said = problems(tmp_path, "a.txt", "---\r\ntitle: A\r\nBadaboum\r\n\r\n  suite: b\r\n---\r\nTexte.")
    reason = 'expected "key: value" in the front matter: this line is ignored'
    assert said == [f"a.txt:3: {reason}", f"a.txt:5: {reason}"]


def test_everything_else_is_metadata(tmp_path: Path) -> None:
    header = "---\ntitle: T\nauthor: A\nsource: S\nlang: FR\nurl: U\nSection: Monde\nvide:\n---\n"
    one = article(tmp_path, "a.txt", header + "Un.\nDeux.")
    assert one == Article(
        "a", "T", ("Un.", "Deux."), author="A", source="S", language="fr", url="U",
        path=str(tmp_path / "a.txt"), metadata={"section": "Monde"},
    )  # fmt: skip


pieces = st.sampled_from(
    [b"---\n", b"title: a\n", b"# b\n", b"\xff\xfe", b"\xef\xbb\xbf", b"\0", b"\r\n", b"date: 9\n"]
)


@given(
    st.binary(max_size=200) | st.lists(pieces | st.binary(max_size=4)).map(b"".join), st.sampled_from([".txt", ".md"])
)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_give_an_article_or_a_problem(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = tmp_path / f"any{suffix}"
    path.write_bytes(data)
    assert items(path)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (f"{LONG}é".encode()[:-1], f"{LONG}\ufffd"),
        ("Élève, forêt, naïf".encode() + b"\xe9.", "Élève, forêt, naïf\ufffd."),
        ("L’".encode()[:-1], None),
        ("été".encode("cp1252"), "été"),
    ],
)
def test_a_few_faults_in_utf8(data: bytes, text: str | None) -> None:
    assert (decode(data) == text) or text is None


@pytest.mark.parametrize(
    ("content", "title", "paragraphs"),
    [
        ("```\n# pas un titre\n```\n\n# Le port\n\nTexte.", "Le port", ("# pas un titre", "Texte.")),
        ("Le port\n=======\n\nTexte.", "Le port", ("Texte.",)),
        ("# Un\n\nTexte.\n\nDeux\n====\n\nAutre.", "Un", ("Texte.", "Deux", "Autre.")),
        ("=====\n\nTexte.", "a", ("=====", "Texte.")),
        ("~~~\n# x\n\nsans fin", "a", ("# x", "sans fin")),
    ],
)
def test_markdown(tmp_path: Path, content: str, title: str, paragraphs: tuple[str, ...]) -> None:
    found = article(tmp_path, "a.md", content)
    assert (found.title, found.paragraphs) == (title, paragraphs)
