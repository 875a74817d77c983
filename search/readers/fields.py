"""Fields: what tables and JSON call the parts of an article."""

NAMES = ("id", "title", "text", "paragraphs", "date", "author", "source", "language", "url")
"""The parts."""


def columns_of(text: str) -> tuple[tuple[str, str], ...]:
    """What ``title=headline,text=body`` says: pairs of a part and its name. `ValueError` where it makes no sense."""
    found: dict[str, str] = {}
    for pair in text.split(","):
        field, _, name = (part.strip() for part in pair.partition("="))
        if not field or not name:
            raise ValueError(f'expected FIELD=NAME, such as title=headline, found "{pair.strip()}"')
        if field not in NAMES:
            raise ValueError(f'no field "{field}"; there are {", ".join(NAMES)}')
        if field in found:
            raise ValueError(f'the field "{field}" is named twice')
        found[field] = name
    return tuple(found.items())
