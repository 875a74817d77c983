"""A citation in a line, for a footnote: author, title, source, date, address, and where it is found again."""

from search.render.citations.citation import Citation


def sentence(one: Citation) -> str:
    """The line. What is not known is left out."""
    title = f"“{one.title}”" if one.title else ""
    if one.authors:
        title = ": ".join(filter(None, [", ".join(map(str, one.authors)), title]))
    date = "-".join(f"{part:02}" for part in one.date)
    which = "" if one.paragraph is None else f":{one.paragraph}"
    sure = f", sha256 {one.digest}" if one.digest else ""
    place = f"({one.article}{which}{sure})"
    parts = [title, one.source, date, f"paragraph {one.paragraph}" if one.paragraph else "", one.url]
    return " ".join(filter(None, [", ".join(filter(None, parts)), place]))
