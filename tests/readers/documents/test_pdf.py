"""PDF: paragraphs out of lines, what the file tells about itself, and every kind of file that gives no text."""

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import Article
from search.readers import Problem
from search.readers.documents import pdfapart, pdffile
from tests.readers.documents.pages import Put, column, pdf
from tests.readers.reading import Written, broken

PORT = [
    "   Le chantier du port de Calais a commencé à l’automne. La digue protégera",
    "trois postes à quai, et les plus grands navires pourront y accoster sans",
    "remorqueur. La ville attend de nouveaux emplois.",
]
TUNNEL = [
    "   Le tunnel, lui, fut inauguré le 6 mai 1994 par la reine Élisabeth II et le",
    "président Mitterrand, qui étaient venus chacun en train. Il relie Coquelles",
    "à Folkestone.",
]
WHOLE_PORT, WHOLE_TUNNEL = (" ".join(map(str.strip, lines)) for lines in (PORT, TUNNEL))
INFO = """/Title (Le port) /Author (Anne Duval) /Subject (Calais) /Keywords (port, ferry)
/CreationDate (D:20150928003000+02'00') /ModDate (D:2016) /Producer (x)"""


written = Written("port.pdf")
only = written.only


def test_every_field(tmp_path: Path) -> None:
    content = pdf(column([*PORT, *TUNNEL]), info=INFO, catalogue="/Lang (fr-FR)")
    assert only(tmp_path, content) == Article(
        "port", "Le port", (WHOLE_PORT, WHOLE_TUNNEL), "2015-09-28", "Anne Duval", None, "fr", None,
        str(tmp_path / "port.pdf"), 0, {"subject": "Calais", "keywords": "port, ferry"},
    )  # fmt: skip


def xmp(producer: str = "<pdf:Producer>x</pdf:Producer>") -> str:
    return f"""<?xpacket begin=""?><x:xmpmeta><rdf:RDF><rdf:Description>{producer}<dc:title><rdf:Alt>
    <rdf:li xml:lang="x-default">La digue</rdf:li><rdf:li>Le môle</rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq>
    <rdf:li>Anne</rdf:li><rdf:li>Paul</rdf:li></rdf:Seq></dc:creator><dc:language><rdf:Bag><rdf:li>fr-FR</rdf:li>
    </rdf:Bag></dc:language><xmp:CreateDate>2015-09-28T10:00:00+02:00</xmp:CreateDate></rdf:Description></rdf:RDF>
    </x:xmpmeta>"""


def test_xmp_tells_what_the_information_does_not(tmp_path: Path) -> None:
    one = only(tmp_path, pdf(column(PORT), xmp=xmp()))
    assert (one.title, one.author, one.date, one.language) == ("La digue", "Anne, Paul", "2015-09-28", "fr")
    other = only(tmp_path, pdf(column(PORT), xmp=xmp(), info=INFO))
    assert (other.title, other.author, other.date) == ("Le port", "Anne Duval", "2015-09-28")


def test_xmp_of_a_picture_tells_nothing(tmp_path: Path) -> None:
    one = only(tmp_path, pdf(column(PORT), xmp=xmp("")))
    assert (one.title, one.author, one.date, one.language) == ("port", None, None, None)


@pytest.mark.parametrize(
    "title", ["Microsoft Word - port.doc", "sans titre 1", "port.indd", "Untitled", "12", " ", ""]
)
def test_the_largest_text_is_the_title(tmp_path: Path, title: str) -> None:
    large = [Put(70, 790, "Calais agrandit", 20), Put(70, 768, "son port", 20)]
    one = only(tmp_path, pdf([*large, *column(PORT, top=700)], info=f"/Title ({title})"))
    assert (one.title, one.paragraphs) == ("Calais agrandit son port", (WHOLE_PORT,))


def test_the_title_that_is_known_is_not_repeated(tmp_path: Path) -> None:
    one = only(tmp_path, pdf([Put(70, 790, "Le Port", 20), *column(PORT, top=700)], info=INFO))
    assert (one.title, one.paragraphs) == ("Le port", (WHOLE_PORT,))


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        (PORT + TUNNEL, (WHOLE_PORT, WHOLE_TUNNEL)),
        ([line.strip() for line in PORT + TUNNEL], (WHOLE_PORT, WHOLE_TUNNEL)),
        ([PORT[0], *PORT[1:2], "", *TUNNEL], (" ".join(map(str.strip, PORT[:2])), WHOLE_TUNNEL)),
        (["Les inves-", "tisseurs ont", "attendu."], ("Les investisseurs ont attendu.",)),
        (["Peut-", "être est-", "il du Nord-", "Pas-de-", "Calais."], ("Peut-être est-il du Nord-Pas-de-Calais.",)),
        (["Un porte-avion, un porte-", "avion, un portemine."], ("Un porte-avion, un porte-avion, un portemine.",)),
        (["Ici :", "• un port ;", "• une digue,", "   haute."], ("Ici :", "• un port ;", "• une digue, haute.")),
    ],
    ids=["indented", "not indented", "room between", "hyphen", "kept hyphens", "hyphen as elsewhere", "bullets"],
)  # fmt: skip
def test_paragraphs_are_put_together(tmp_path: Path, lines: list[str], paragraphs: tuple[str, ...]) -> None:
    assert only(tmp_path, pdf(column(lines))).paragraphs == paragraphs


def test_another_size_begins_a_paragraph(tmp_path: Path) -> None:
    page = [*column(PORT[:2]), *column(["Un encadré,", "plus petit."], top=726, size=7, step=8)]
    one = only(tmp_path, pdf(page))
    assert one.paragraphs == (" ".join(map(str.strip, PORT[:2])), "Un encadré, plus petit.")


def test_paragraphs_go_on_over_pages_and_columns(tmp_path: Path) -> None:
    note = [Put(70, 60, "1. Une note en bas de page.", 7)]
    first = [*column(PORT[:1], top=90), *column(PORT[1:2], left=450, top=790), *note]
    second = [*column(PORT[2:]), *column(TUNNEL, top=700)]
    one = only(tmp_path, pdf(first, second))
    assert one.paragraphs == (WHOLE_PORT, "1. Une note en bas de page.", WHOLE_TUNNEL)


def test_a_newspaper_page(tmp_path: Path) -> None:
    """Two columns, words parted at the ends of lines, a paragraph that goes on in the next column and on the next
    page, running headers and page numbers."""

    def ends(number: int) -> list[Put]:
        return [Put(70, 810, "La Gazette du détroit", 8), Put(290, 30, str(number), 8)]

    one = [
        "   Le chantier du port a",
        "commencé à l’automne. La",
        "digue protégera trois pos-",
        "tes à quai, et les plus",
    ]
    two = [
        "grands navires pourront y",
        "accoster sans remorqueur,",
        "par presque tous les vents.",
        "   Le tunnel, lui, fut inau-",
    ]
    three = ["guré le 6 mai 1994 par la", "reine Élisabeth II, venue en", "train.", "   Il relie Coquelles à Fol-"]
    four = ["kestone."]
    first = [*ends(1), Put(70, 770, "Calais double son port", 22), *column(one, top=720), *column(two, 220, 720)]
    second = [*ends(2), *column(three), *column(four, 220)]
    article = only(tmp_path, pdf(first, second))
    assert article.title == "Calais double son port"
    assert article.paragraphs == (
        "Le chantier du port a commencé à l’automne. La digue protégera trois postes à quai, et les plus grands "
        "navires pourront y accoster sans remorqueur, par presque tous les vents.",
        "Le tunnel, lui, fut inauguré le 6 mai 1994 par la reine Élisabeth II, venue en train.",
        "Il relie Coquelles à Folkestone.",
    )


def test_the_number_of_an_only_page_is_left_out(tmp_path: Path) -> None:
    assert only(tmp_path, pdf([*column(PORT), Put(290, 30, "— 7 —", 8)])).paragraphs == (WHOLE_PORT,)
    year = ["La ville a reçu un millier d’invités, venus des deux côtés, en", "1994."]
    assert only(tmp_path, pdf(column(year))).paragraphs == (" ".join(year),)
    assert only(tmp_path, pdf(column(["1994"]))).paragraphs == ("1994",)


def test_a_large_initial_belongs_to_its_word(tmp_path: Path) -> None:
    beside = [
        "e nouveau port de Calais a été inauguré devant un",
        "millier d’invités. L’ouvrage, qui double la surface",
    ]
    below = ["du bassin, a coûté plus de huit cents millions d’euros.", "   Le tunnel, lui, date de 1994."]
    page = [Put(70, 726, "L", 36), *column(beside, 96, 750), *column(below, 70, 726)]
    one = only(tmp_path, pdf([Put(70, 790, "La lettrine du port", 20), *page]))
    assert one.title == "La lettrine du port"
    assert one.paragraphs == ("L" + " ".join([*beside, below[0]]), below[1].strip())


def test_ligatures_are_letters(tmp_path: Path) -> None:
    cmap = """/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange
    1 beginbfchar <7e> <fb03> endbfchar 1 beginbfrange <20> <7d> <0020> endbfrange endcmap end"""
    content = pdf(column(["L'e~cacit"]), xmp=cmap).replace(b"/WinAnsiEncoding", b"/WinAnsiEncoding /ToUnicode 7 0 R")
    [text] = only(tmp_path, content).paragraphs
    assert text == "L'efficacit"


def test_what_nobody_told_is_not_told(tmp_path: Path) -> None:
    info = "/Title (untitled) /Author (anonymous) /Subject (\\(unspecified\\))"  # as ReportLab writes it
    one = only(tmp_path, pdf(column(PORT), info=info))
    assert (one.title, one.author, one.metadata) == ("port", None, {})


def test_a_sentence_that_ends_ends_the_paragraph_of_a_page(tmp_path: Path) -> None:
    one = only(tmp_path, pdf(column(PORT), column(TUNNEL)))
    assert one.paragraphs == (WHOLE_PORT, WHOLE_TUNNEL)


def test_headers_footers_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    pages = []
    for number in range(1, 7):
        head = "L’Écho du détroit" if number % 2 else f"Numéro {number}, automne"
        ends = [Put(70, 810, head, 8), Put(290, 30, f"— {number} —", 8)]
        pages.append([*ends, *column([f"Ici commence la page numéro {number}."], top=400)])
    one = only(tmp_path, pdf(*pages))
    assert one.paragraphs == tuple(f"Ici commence la page numéro {number}." for number in range(1, 7))


def test_a_title_that_is_repeated_above_the_pages_is_kept(tmp_path: Path) -> None:
    head = [Put(70, 810, "Le port de Calais", 8)]
    first = [Put(70, 790, "Le port de Calais", 20), *column(PORT)]
    one = only(tmp_path, pdf(first, [*head, *column(TUNNEL)], [*head, *column(["Fin de l’histoire."], top=600)]))
    assert one.title == "Le port de Calais"
    assert one.paragraphs == (WHOLE_PORT, WHOLE_TUNNEL, "Fin de l’histoire.")


def test_the_kind_is_told_by_the_beginning(tmp_path: Path) -> None:
    [one] = written(tmp_path, pdf(column(PORT)), "port.txt")
    assert isinstance(one, Article)
    assert one.paragraphs == (WHOLE_PORT,)


LOCKED = f"/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >>"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (pdf([]), "has no text (scanned pages?): let a program for OCR read it first"),
        (pdf(column([" "])), "has no text (scanned pages?): let a program for OCR read it first"),
        (pdf(column(PORT), trailer=LOCKED), "is encrypted: it needs a password"),
        (b"%PDF-1.7\n", "is no PDF file, or a broken one (Failed to load document (PDFium: Data format error).)"),
        (b"", "is no PDF file, or a broken one (Failed to load document (PDFium: Data format error).)"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, content: bytes, reason: str) -> None:
    assert written(tmp_path, content) == [Problem(str(tmp_path / "port.pdf"), reason)]


def test_text_that_shows_no_letters_is_named(tmp_path: Path) -> None:
    codes = " ".join(f"<{code:02x}> <e0{code:02x}>" for code in range(0x61, 0x7B))
    cmap = f"""/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange
    26 beginbfchar {codes} endbfchar endcmap end"""
    content = pdf(column(["abcdefgh"]), xmp=cmap).replace(b"/WinAnsiEncoding", b"/WinAnsiEncoding /ToUnicode 7 0 R")
    reason = "its text is not readable: its fonts do not say which letters they show"
    assert written(tmp_path, content) == [Problem(str(tmp_path / "port.pdf"), reason)]


def test_a_bad_date_is_named_and_the_article_kept(tmp_path: Path) -> None:
    problem, article = written(tmp_path, pdf(column(PORT), info="/CreationDate (D:20151399)"))
    reason = 'date: expected a date, found "2015-13-99"; the article is kept without a date'
    assert problem == Problem(str(tmp_path / "port.pdf"), reason)
    assert isinstance(article, Article)


@pytest.mark.parametrize(("setting", "value"), [("MOST_PAGES", 1), ("MOST", 250)])
def test_a_very_long_file_is_cut_off(monkeypatch: pytest.MonkeyPatch, setting: str, value: int) -> None:
    monkeypatch.setattr(pdffile, setting, value)
    found = pdffile.contents(pdf(column(PORT), column(TUNNEL), column(PORT)))
    assert found.problems == ["is very long: its last 2 pages are left out"]
    assert found.paragraphs == [WHOLE_PORT]


def test_a_page_that_is_missing_is_named(tmp_path: Path) -> None:
    content = pdf(column(PORT), column(TUNNEL)).replace(b"[5 0 R 7 0 R]", b"[5 0 R 9 0 R]")
    problem, article = written(tmp_path, content)
    assert str(problem) == f"{tmp_path}/port.pdf: page 2 cannot be read (Failed to load page.)"
    assert isinstance(article, Article)
    assert article.paragraphs == (WHOLE_PORT,)


def test_the_library_may_be_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    reason = "PDF files need: pip install 'news-search[documents]'"
    assert written(tmp_path, pdf(column(PORT))) == [Problem(str(tmp_path / "port.pdf"), reason)]


def test_a_file_that_breaks_the_library_off_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    apart = pdfapart.Apart([sys.executable, "-c", "import os; os.abort()"])
    monkeypatch.setattr(pdfapart, "_apart", apart)
    reason = "cannot be read: PDFium broke off (status -6), or took too much memory"
    for _ in range(2):
        assert written(tmp_path, pdf(column(PORT))) == [Problem(str(tmp_path / "port.pdf"), reason)]


def laughing(depth: int, times: int) -> bytes:
    """A small file with a form that shows a form that shows a form …, each several times."""
    content = pdf(*[[] for _ in range(depth)]).replace(b"/Font << /F 3 0 R >>", b"/XObject << /X 6 0 R >>")
    for at in range(depth):
        shown = b"/X Do " * times if at < depth - 1 else b""
        form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >> "
        head, _, rest = content.partition(b"<< /Length 0 >>\nstream\n\nendstream")
        content = (
            head + b"<< %s/Length %d >>\nstream\n%s\nendstream" % (form % (8 + 2 * at), len(shown), shown) + rest
        )
    return content


def test_a_file_without_end_is_named_and_the_next_one_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfapart, "SECONDS", 0.6)
    reason = "takes longer than 1 seconds: it is not read"
    assert written(tmp_path, laughing(12, 10)) == [Problem(str(tmp_path / "port.pdf"), reason)]
    monkeypatch.undo()
    assert only(tmp_path, pdf(column(PORT))).paragraphs == (WHOLE_PORT,)


def test_a_bug_in_the_reader_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_data: bytes) -> None:
        raise KeyError("Title")

    monkeypatch.setattr(pdfapart, "read", broken)
    assert pdfapart.safely(b"").problems == ["cannot be read (KeyError: 'Title')"]


VALID = pdf(column(PORT), column(TUNNEL), info=INFO, xmp=xmp(), catalogue="/Lang (fr-FR)")


@broken(VALID)
def test_any_bytes_give_articles_and_problems(tmp_path: Path, content: bytes) -> None:
    for item in written(tmp_path, content):
        assert str(item)


puts = st.builds(
    Put,
    st.floats(-100, 700),
    st.floats(-100, 900),
    st.text("aé-•. 1—»|(", max_size=12),
    st.sampled_from([0.0, -3.0, 1.0, 10.0, 10.0, 300.0]),
)


@given(st.lists(st.lists(puts, max_size=6), min_size=1, max_size=4))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_layout_gives_articles_and_problems(tmp_path: Path, pages: list[list[Put]]) -> None:
    for item in written(tmp_path, pdf(*pages)):
        assert str(item)
        assert not isinstance(item, Article) or all(text and "\n" not in text for text in item.paragraphs)
