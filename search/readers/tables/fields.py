"""Fields: what tables and JSON call the parts of an article.

A part is found under its own name, under one of those that programs commonly give it (`KNOWN`, in which capitals,
accents, spaces, ``_`` and ``-`` do not count), or under the one that the user gives (``--map title=headline``), where
dots lead into objects (``--map text=content.body``).
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

NAMES = ("id", "title", "text", "paragraphs", "date", "author", "source", "language", "url")
"""The parts."""

KNOWN = {
    "id": "identifier guid uid uuid docid documentid articleid",
    "title": "titre headline hed heading titel",
    "text": "texte body content contents contenu corps articlebody articletext fulltext maintext bodytext article",
    "paragraphs": "paragraphes",
    "date": "datepublished publishedat published publishedon publicationdate pubdate publishdate publisheddate "
    "datepublication datedepublication datetime createdat created timestamp",
    "author": "auteur auteurs authors byline creator",
    "source": "publication journal publisher outlet newspaper media sitename site website",
    "language": "langue lang",
    "url": "link lien permalink href uri canonicalurl",
}  # fmt: skip
"""Other names of the parts, those that are most surely right first."""

LAST = "description summary abstract resume chapo chapeau lead excerpt"
"""What is the text only if nothing else is."""

Mapping = tuple[tuple[str, str], ...]


def columns_of(text: str) -> Mapping:
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


@lru_cache(maxsize=1024)
def parts_of(names: tuple[str, ...], mapping: Mapping) -> dict[str, str]:
    """Which of these names stands for which part; parts that are under their own name are left out."""
    mapped = {name: part for part, name in mapping}
    found = dict(mapped)
    taken = {part for part, _ in mapping}
    plain = {_plain(name): name for name in reversed(names) if name not in mapped}
    for part, others in KNOWN.items():
        if part in taken or part in names:
            continue
        name = next((plain[one] for one in (part, *others.split()) if one in plain), None)
        if name is not None:
            found[name] = part
    if not {"text", "paragraphs"} & {*found.values(), *names}:
        found |= {plain[one]: "text" for one in reversed(LAST.split()) if one in plain and plain[one] not in found}
        found = _one_text(found, names)
    return found


def _one_text(found: dict[str, str], names: tuple[str, ...]) -> dict[str, str]:
    """Only the surest of several names that may stand for the text."""
    texts = [name for name, part in found.items() if part == "text"]
    return {name: part for name, part in found.items() if part != "text" or name == texts[-1]}


def has_text(names: Iterable[str], mapping: Mapping) -> bool:
    """Whether there is a name for the text, or for the paragraphs, among these."""
    every = tuple(names)
    parts = {part for name, part in parts_of(every, mapping).items() if name in every}
    own = {name for name in every if name not in {one for _, one in mapping}}
    return bool({"text", "paragraphs"} & (parts | own))


def no_text(names: Iterable[str]) -> str:
    """What to say where there is no name for the text among these."""
    every = [name for name in names if name]
    shown = ", ".join(f'"{name[:30]}…"' if len(name) > 30 else f'"{name}"' for name in every[:8])
    more = f" and {len(every) - 8} more" if len(every) > 8 else ""
    example = next((name for name in every if len(name) <= 30 and not set(name) & set(",=")), "column")
    return f'no column for "text" among {shown or "none"}{more}: name it, such as --map text={example}'


def arranged(record: dict[str, Any], mapping: Mapping) -> dict[str, Any]:
    """A record with the parts of an article under their own names; what has no value is left out."""
    if None in record.values():
        record = {name: value for name, value in record.items() if value is not None}
    parts = parts_of(tuple(record), mapping)
    if not parts and not mapping:
        return dict(record)
    mapped = {name for _, name in mapping}
    moved = {
        name: part
        for name, part in parts.items()
        if name in record and (name in mapped or _may_be(part, record[name]))
    }
    found = {name: value for name, value in record.items() if name not in moved} if moved else dict(record)
    for part in (part for part, _ in mapping if part in found):
        found[f"other_{part}"] = found.pop(part)  # what the user names goes before it
    for name, part in moved.items():
        found[part] = record[name]
    for part, name in mapping:
        if part not in found and "." in name and (value := _inside(record, name)) is not None:
            found[part] = value
    return found


def _may_be(part: str, value: object) -> bool:
    """Whether a value under another name than a part's own can be that part."""
    if part == "id":
        return isinstance(value, str | int) and not isinstance(value, bool)
    if part == "date":
        return isinstance(value, str | int | float) and not isinstance(value, bool)
    if part in ("author", "source"):
        every = value if isinstance(value, list) else [value]
        return all(isinstance(one.get("name") if isinstance(one, dict) else one, str) for one in every)
    return isinstance(value, list if part == "paragraphs" else str)


def _inside(record: dict[str, Any], path: str) -> Any:
    """What dots lead to."""
    value: Any = record
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _plain(name: str) -> str:
    """A name without what does not count."""
    return "".join(one for one in unicodedata.normalize("NFKD", name).casefold() if one.isalnum())
