"""A small writer of PDF files, to test with: text at places, in sizes, on pages."""

from typing import NamedTuple


class Put(NamedTuple):
    """A line of text: from the left and from below in points, in a size."""

    left: float
    base: float
    text: str
    size: float = 10


def column(lines: list[str], left: float = 70, top: float = 750, size: float = 10, step: float = 12) -> list[Put]:
    """Lines under each other; an empty one leaves room, spaces before one indent it."""
    indents = [5 * (len(line) - len(line.lstrip())) for line in lines]
    puts = (
        Put(left + indent, top - at * step, line.strip(), size)
        for at, (line, indent) in enumerate(zip(lines, indents, strict=True))
    )
    return [one for one in puts if one.text]


def pdf(*pages: list[Put], info: str = "", catalogue: str = "", trailer: str = "", xmp: str = "") -> bytes:
    """A file with these pages, in Helvetica."""
    kids = " ".join(f"{5 + 2 * at} 0 R" for at in range(len(pages)))
    metadata = f"/Metadata {5 + 2 * len(pages)} 0 R" if xmp else ""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalogue} {metadata} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< " + info.encode("utf-8") + b" >>",
    ]
    for at, puts in enumerate(pages):
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * at} 0 R"
        objects += [
            f"{page} /Resources << /Font << /F 3 0 R >> >> >>".encode(),
            _stream(b"\n".join(map(_shown, puts))),
        ]
    if xmp:
        objects.append(_stream(xmp.encode(), b"/Type /Metadata /Subtype /XML "))
    return _file(objects, trailer)


def _shown(put: Put) -> bytes:
    text = put.text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /F %g Tf %g %g Td (%s) Tj ET" % (put.size, put.left, put.base, text)


def _stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<< %s/Length %d >>\nstream\n%s\nendstream" % (more, len(data), data)


def _file(objects: list[bytes], trailer: str) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R %s >>\n" % (size, trailer.encode())
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s%sstartxref\n%d\n%%%%EOF\n" % (size, table, end, len(out))
