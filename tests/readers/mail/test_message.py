"""Mail: what a newsletter says, in whichever form it is sent, who sent it, and every kind of broken one."""

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import Article
from search.readers import Problem
from search.readers.mail.message import decoded
from tests.readers.reading import Written, broken

HEADERS = {
    "From": "L’Écho du détroit <lettre@echo.example>",
    "To": "lecteur@paper.example",
    "Subject": "Calais : le port s’agrandit",
    "Date": "Mon, 28 Sep 2015 00:30:00 +0200",
    "Message-ID": "<lettre-12@echo.example>",
    "List-Id": "La lettre <lettre.echo.example>",
    "List-Unsubscribe": "<https://echo.example/stop>",
    "Content-Language": "fr-FR, en",
    "Archived-At": "<https://echo.example/lettre/12>",
}
HTML = """<html><head><style>p {color: red}</style></head><body><table><tr><td>
<p>Le chantier de la digue a commencé.</p><p>&zwnj;&nbsp;&zwnj;</p><p>Elle protégera trois postes à quai.</p>
</td></tr></table></body></html>"""
PLAIN = "Le chantier de la digue a commencé.\n\nElle protégera trois postes à quai.\n"
BOTH = ("Le chantier de la digue a commencé.", "Elle protégera trois postes à quai.")


def message(plain: str | None = PLAIN, html: str | None = None, **headers: str) -> EmailMessage:
    """A message; a header without a value is left out."""
    made = EmailMessage(SMTP)
    if plain is not None:
        made.set_content(plain)
    if html is not None:
        (made.add_alternative if plain is not None else made.set_content)(html, subtype="html")
    for name, value in (HEADERS | headers).items():
        if value:
            made[name] = value
    return made


written = Written("lettre.eml")


def only(folder: Path, content: bytes | EmailMessage) -> Article:
    [found] = written(folder, content if isinstance(content, bytes) else content.as_bytes())
    assert isinstance(found, Article)
    return found


def raw(headers: str, body: bytes = b"Un.\n") -> bytes:
    return headers.encode() + b"\n\n" + body


def test_every_field(tmp_path: Path) -> None:
    assert only(tmp_path, message()) == Article(
        "lettre-12@echo.example", "Calais : le port s’agrandit", BOTH, "2015-09-28", None, "L’Écho du détroit", "fr",
        "https://echo.example/lettre/12", str(tmp_path / "lettre.eml"), 0, {"list-id": "lettre.echo.example"},
    )  # fmt: skip


def test_hardly_any_field(tmp_path: Path) -> None:
    expected = Article("lettre", "lettre", ("Un.",), path=str(tmp_path / "lettre.eml"))
    assert only(tmp_path, b"MIME-Version: 1.0\n\nUn.") == expected


@pytest.mark.parametrize(
    ("headers", "author", "source"),
    [
        ({"List-Id": "", "List-Unsubscribe": ""}, "L’Écho du détroit", None),
        ({"List-Id": "", "List-Unsubscribe": "", "From": "anne@echo.example"}, None, None),
        ({"From": "lettre@echo.example"}, None, "echo.example"),
        ({"From": '"Duval, Anne" <a@b.example>', "List-Post": "<mailto:l@b.example>"}, "Duval, Anne", "La lettre"),
        ({"From": "Anne via Ports <a@b.example>", "List-Post": "<mailto:l>", "List-Id": "<l>"}, "Anne", "Ports"),
        ({"From": "Anne <a@b.example>", "List-Post": "NO"}, None, "Anne"),
    ],
)
def test_who_wrote_it(tmp_path: Path, headers: dict[str, str], author: str | None, source: str | None) -> None:
    one = only(tmp_path, message(**headers))
    assert (one.author, one.source) == (author, source)


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("=?utf-8?q?L=E2=80=99=C3=89cho?=", "L’Écho"),
        ("=?UTF-8?B?w4k=?= =?UTF-8?B?Y2hv?=", "Écho"),
        ("=?utf-8?b?w?= =?utf-8?b?4k=?=", "=?utf-8?b?w?= =?utf-8?b?4k=?="),
        ("=?utf-8?q?=C3?= =?utf-8?q?=89cho?=", "Écho"),  # a letter cut in two
        ("=?iso-8859-1?q?caf=E9?= noir", "café noir"),
        ("=?x-unknown?q?caf=E9?=", "café"),
        ("=?utf-8?q?caf=E9?=", "café"),
        ("A\n  B", "A B"),
        ("caf\udce9", "café"),
        ("caf\udcc3\udca9", "café"),
        ("=?utf-8?b?AAA", "=?utf-8?b?AAA"),
    ],
)
def test_headers_are_decoded(header: str, text: str) -> None:
    assert decoded(header) == text


@pytest.mark.parametrize(
    ("plain", "html", "paragraphs"),
    [
        (PLAIN, HTML, BOTH),
        (None, HTML, BOTH),
        ("", HTML, BOTH),
        ("Ce message est en HTML.\n", HTML, BOTH),
        (PLAIN, "<p>Voir en ligne</p>", BOTH),
        (PLAIN, '<img src="a.png">', BOTH),
        ("Lire : https://echo.example/" + "x" * 500, HTML, BOTH),
    ],
)
def test_the_better_of_two_forms_is_taken(
    tmp_path: Path, plain: str | None, html: str, paragraphs: tuple[str, ...]
) -> None:
    assert only(tmp_path, message(plain, html)).paragraphs == paragraphs


def test_attachments_are_left_alone(tmp_path: Path) -> None:
    made = message(PLAIN, HTML)
    made.add_attachment("Autre chose.", filename="autre.txt")
    made.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="a.pdf")
    made.add_attachment(message("Message joint."))
    assert only(tmp_path, made).paragraphs == BOTH


def test_a_message_that_was_sent_on_is_read(tmp_path: Path) -> None:
    made = message(None, None, Subject="Tr : Calais")
    made.add_attachment(message(PLAIN, HTML))
    one = only(tmp_path, made)
    assert (one.title, one.paragraphs) == ("Tr : Calais", BOTH)


SERVICE = """<html><body><div class="avant" style="display: none; max-height: 0">Le port, et le reste &nbsp;</div>
<p>Si ce message ne s’affiche pas correctement, <a href="https://echo.example/1">lisez-le en
ligne</a></p><img src="https://echo.example/pixel.gif" width="1" height="1" alt=""><p>Le chantier de la digue a
commencé.</p><p>Elle protégera trois postes à quai.</p><p>Vous recevez cette lettre parce que vous l’avez demandée.
</p><p><a href="https://echo.example/stop">Se désabonner</a> | <a href="https://echo.example/2">Gérer vos préférences
</a></p><p>Unsubscribe</p></body></html>"""


def test_what_is_about_a_newsletter_itself_is_left_out(tmp_path: Path) -> None:
    assert only(tmp_path, message(None, SERVICE)).paragraphs == BOTH


def test_a_letter_may_speak_of_unsubscribing(tmp_path: Path) -> None:
    body = "Comment se désabonner ?\n"
    letter = message(body, **{"List-Id": "", "List-Unsubscribe": ""})
    assert only(tmp_path, letter).paragraphs == ("Comment se désabonner ?",)
    long = "<p>Se désabonner : " + "le lecteur s’en va, le journal reste. " * 10 + "</p>"
    assert len(only(tmp_path, message(None, long)).paragraphs) == 1


@pytest.mark.parametrize("name", ["1443400200.M1P2.hote:2,S", "lettre.txt", "lettre"])
@pytest.mark.parametrize(
    "line", ["Return-Path: <a@b>", "Received: from a by b", "Received: by a", "Delivered-To: a@b"]
)
def test_the_kind_is_told_by_the_beginning(tmp_path: Path, name: str, line: str) -> None:
    [one] = written(tmp_path, raw(f"{line}\nSubject: Le port"), name)
    assert isinstance(one, Article)
    assert one.title == "Le port"


def test_headers_without_end_take_no_time(tmp_path: Path) -> None:
    for header in ("From: " + "(" * 100_000, "Content-Type: text/plain" + ';a="' * 200_000):
        assert only(tmp_path, raw(f"Subject: a\n{header}")).title == "a"


def test_parts_follow_each_other(tmp_path: Path) -> None:
    body = b"""--x\nContent-Type: text/plain\n\nUn.\n--x\nContent-Type: text/html\n\n<p>Deux.</p>\n--x--\n"""
    content = raw("Subject: a\nContent-Type: multipart/mixed; boundary=x", body)
    assert only(tmp_path, content).paragraphs == ("Un.", "Deux.")


FLOWED = (
    b"Le port de Calais \r\nest le premier.\r\n\r\n> Une question \r\n> longue ?\r\n From ici.\r\n-- \r\nAnne\r\n"
)
TRIO = ("Le port de Calais est le premier.", "Une question longue ?", "From ici.")
WRAPPED = b"Le port de Calais est le premier port de\nvoyageurs de France, et le restera encore\nlongtemps.\n\nFin.\n"


@pytest.mark.parametrize(
    ("kind", "body", "paragraphs"),
    [
        ("text/plain; format=flowed", FLOWED, TRIO),
        ("text/plain; format=flowed; delsp=yes", b"Ca \nlais", ("Calais",)),
        ("text/plain", b"> Une question ?\n\nUne r\xc3\xa9ponse.\n\n-- \nAnne", ("Une question ?", "Une réponse.")),
        ("text/plain", WRAPPED, (" ".join(WRAPPED.decode().split()[:-1]), "Fin.")),
        ("text/plain; charset=utf-8", b"caf\xe9 cr\xe8me", ("café crème",)),
        ("text/plain; charset=iso-8859-1", b"l\x92\xe9cluse", ("l’écluse",)),
        ("text/plain; charset=x-unknown", "écluse".encode(), ("écluse",)),
        ("text/plain; charset=idna", "écluse".encode(), ("écluse",)),
        ("text/plain; charset=zlib", "écluse".encode(), ("écluse",)),
        ("text/plain; charset=utf-7", b"+AOk-cluse", ("écluse",)),
        ("text/plain", b"a\0b\xff", ("ab�",)),
        ("text/html; charset=iso-8859-15", b"<p>20 \xa4</p><p>&eacute;cluse", ("20 €", "écluse")),
        ("image/png", b"x", ()),
        ("multipart/mixed; boundary=x", b"Sans parties", ()),
        ("odd", b"Un.", ("Un.",)),
    ],
)  # fmt: skip
def test_bodies(tmp_path: Path, kind: str, body: bytes, paragraphs: tuple[str, ...]) -> None:
    assert only(tmp_path, raw(f"Subject: a\nContent-Type: {kind}", body)).paragraphs == paragraphs


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit", "x-uuencode", "unknown"])
def test_transfer_encodings_that_are_broken(tmp_path: Path, encoding: str) -> None:
    content = raw(f"Subject: a\nContent-Transfer-Encoding: {encoding}", "é=\n=ZZ%%%".encode())
    assert only(tmp_path, content).title == "a"


@pytest.mark.parametrize(
    ("headers", "date"),
    [
        ("Date: Sun, 27 Sep 2015 23:30:00 -0700", "2015-09-27"),
        ("Date: 2015-09-27", "2015-09-27"),
        ("Received: by a; odd\nReceived: by b; Sun, 27 Sep 2015 10:00:00 +0000", "2015-09-27"),
        ("Date: lundi 28 septembre 2015 à 0h30", "2015-09-28"),
        ("X: y", None),
    ],
)
def test_dates(tmp_path: Path, headers: str, date: str | None) -> None:
    assert only(tmp_path, raw(f"Subject: a\n{headers}")).date == date


def test_a_bad_date_is_named_and_the_article_kept(tmp_path: Path) -> None:
    problem, article = written(tmp_path, raw("Subject: a\nDate: hier"))
    reason = 'date: expected a date, found "hier"; the article is kept without a date'
    assert problem == Problem(str(tmp_path / "lettre.eml"), reason)
    assert isinstance(article, Article)


def nested(depth: int) -> bytes:
    """Parts in parts."""
    opened = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (at, at) for at in range(depth))
    return b"Subject: a\n" + opened + b"Content-Type: text/plain\n\nUn."


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is no mail: expected headers such as From and Subject"),
        (b"Du texte sans rien.\n\nEncore.", "is no mail: expected headers such as From and Subject"),
        (b"X: y\n\nUn.", "is no mail: expected headers such as From and Subject"),
        (b"From: a@b.example\n\n", "holds no text"),
        (raw("Subject: a\nContent-Type: application/pkcs7-mime"), "is encrypted"),
        (raw("Subject: a\nContent-Type: multipart/encrypted; boundary=x"), "is encrypted"),
        (nested(51), "nested too deeply"),
        (nested(5000), "nested too deeply"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, content: bytes, reason: str) -> None:
    assert written(tmp_path, content) == [Problem(str(tmp_path / "lettre.eml"), reason)]


def test_parts_in_parts(tmp_path: Path) -> None:
    assert only(tmp_path, nested(50)).paragraphs == ("Un.",)


LETTER = message().as_bytes()
VALID = message(PLAIN, HTML).as_bytes()
pieces = st.sampled_from(
    [
        b"From a 10:30\n", b"Subject: =?utf-8?q?=C3?=\n", b"\n", b"Content-Type: multipart/mixed; boundary=x\n",
        b"--x\n", b"Content-Transfer-Encoding: base64\n", b'From: "<a@\n', b"Date: 1 x\n", b"List-Post: <\n",
        b"Content-Type: text/plain; charset*=a''b\n", b"Content-Disposition: ; filename*0*=x\n", b"\xff\xfe", b" ",
        b"Message-ID: <[@\n",
    ]
)  # fmt: skip


@given(st.lists(pieces | st.binary(max_size=6), max_size=20).map(b"".join))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_give_articles_and_problems(tmp_path: Path, data: bytes) -> None:
    for item in written(tmp_path, data):
        assert str(item)


@broken(VALID)
def test_any_change_gives_articles_and_problems(tmp_path: Path, content: bytes) -> None:
    for item in written(tmp_path, content):
        assert str(item)


@pytest.mark.parametrize("start", [b"\r\n", b"\n\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n"])
def test_what_stands_before_the_headers(tmp_path: Path, start: bytes) -> None:
    [found] = written(tmp_path, start + b"From: a@b.test\nSubject: Calais\n\nLe port est calme.\n")
    assert isinstance(found, Article)
    assert found.title == "Calais"
