"""RIS, as reference managers read it: a tag and a value a line, ``ER`` at the end of a record."""

from collections.abc import Iterator

from search.render.citations.citation import Citation


def record(one: Citation) -> str:
    """A record, with an empty line after it."""
    return "".join(f"{tag}  - {value}\n" for tag, value in _lines(one))


def _lines(one: Citation) -> Iterator[tuple[str, str]]:
    yield "TY", "NEWS"
    yield "ID", one.key
    for tag, value in (
        ("TI", one.title),
        *(("AU", author.inverted) for author in one.authors),
        ("T2", one.source),
        ("PY", f"{one.date[0]:04}" if one.date else ""),
        ("DA", _date(one.date)),
        ("LA", one.language),
        ("UR", one.url),
        ("N1", one.note),
    ):
        if value:
            yield tag, value
    yield "ER", ""


def _date(date: tuple[int, ...]) -> str:
    """``YYYY/MM/DD/``; what is not known is empty."""
    return "/".join([*(f"{part:02}" for part in date), *[""] * (4 - len(date))]) if date else ""
