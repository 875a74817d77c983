"""From an object with named fields, as JSON and tables have them, to an article.

====================  ===================================================================================
``id``                a string or a number; without it, the file's name and the number of the item
``title``             a string
``text``              the paragraphs, parted as in a text file, or HTML
``paragraphs``        or a list of strings
``date``              see `search.dates` and `search.readers.when`; seconds or thousandths since 1970
``author``,           a string; an object with a ``name``; or a list of these
``source``
``url``               a string
``language``          a code (ISO 639), a locale or a name (`search.readers.languages`)
anything else         is kept as metadata; what is no string is written as JSON
in an object          ``rendered``, ``#text``, ``$t``, ``$date``, ``value`` is what is meant, as some exports have it
====================  ===================================================================================

Other names of these fields: see `search.readers.tables.fields`.
"""

import json
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import Any, NoReturn

from search.article import Article
from search.lazy import pattern
from search.readers.languages import code
from search.readers.paragraphs import paragraphs
from search.readers.source import Problem, Record, SourceFile, clean, date_of
from search.readers.tables.fields import Mapping, arranged

_SURE = ("rendered", "#text", "$t", "$date")
_INSIDE = (*_SURE, "_", "value")
MOST_BESIDE = 4
"""An object that stands for a simple value has so many fields at most."""
_INLINE_NAMES = r"(?:a|b|i|u|em|strong|span|sup|sub|small|font|cite|q|mark|abbr)"
_INLINE, _INLINE_END = pattern(rf"(?i)</?{_INLINE_NAMES}\b[^<>]*>"), pattern(rf"(?i)</{_INLINE_NAMES}>")
_ENTITY = pattern(r"&(?:[A-Za-z]{2,8}|#\d{2,6}|#[xX][0-9A-Fa-f]{2,5});")
_MARKUP = pattern(r"(?i)<(?:p|br|div|h[1-6]|ul|ol|li|blockquote)\b[^<>]*>")


def articles(record: Record, what: str, encoding: str = "utf-8") -> Iterator[Article | Problem]:
    """The article of a record that is JSON, or what is wrong with it; `what` it is: a line, an item, a row."""
    try:
        fields = _decode(record.data.rstrip(b"\r\n").decode(encoding))
        if not isinstance(fields, dict):
            raise ValueError(f"expected an object {{…}}, found {type(fields).__name__}")
        fields = _arranged(fields, record.source.columns)
        given = fields.pop("date", None)
        date, problem = date_of(record.place, "" if given is None else str(given))
        article = made(record.source, record.number, fields, date)
    except UnicodeDecodeError as error:
        yield Problem(record.place, f"byte {error.start + 1} of the {what} is not UTF-8: the {what} is skipped")
    except (ValueError, RecursionError) as error:
        yield Problem(record.place, f"{reason(error)}: the {what} is skipped")
    else:
        if problem:
            yield problem
        yield article


def _arranged(fields: dict[str, Any], columns: Mapping) -> dict[str, Any]:
    """The fields under their own names, and simple where they can be."""
    if any(isinstance(one, dict) for one in fields.values()):
        into = {name.partition(".")[0] for _, name in columns}  # what the user leads into stays as it is
        fields = {name: one if name in into else _inner(one) for name, one in fields.items()}
    return arranged(fields, columns)


def _no_number(name: str) -> NoReturn:
    """Refuse what Python reads though JSON has no such numbers."""
    raise ValueError(f"not JSON ({name} is no number)")


_decode = json.JSONDecoder(parse_constant=_no_number).decode


def reason(error: Exception) -> str:
    """What is wrong with JSON."""
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON at column {error.colno} ({error.msg})"
    if "int_max_str_digits" in str(error):
        return "a number has too many digits"
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)


def made(source: SourceFile, number: int, fields: dict[str, Any], date: str | None) -> Article:
    """The article that these fields are, which are taken out of the dictionary. `ValueError` where a field is wrong,
    or there is no text."""
    identity = fields.pop("id", "")
    if isinstance(identity, bool) or not isinstance(identity, str | int | float):
        raise ValueError(f'"id": expected a string or a number, found {type(identity).__name__}')
    parts = _paragraphs(fields)
    title = _text(fields, "title")
    if not parts and not title:
        raise ValueError(_without_text(source))
    return Article(
        id=clean(str(identity)) or source.own_id(number),
        title=title,
        paragraphs=parts,
        date=date,
        author=_text(fields, "author") or None,
        source=_text(fields, "source") or None,
        language=_code(_text(fields, "language")) or None,
        url=_text(fields, "url") or None,
        path=str(source.path),
        line=number,
        metadata={clean(name): clean(_as_text(value)) for name, value in fields.items() if value != ""},
    )


def _without_text(source: SourceFile) -> str:
    names = dict(source.columns)
    wanted = [names[one] for one in ("text", "paragraphs") if one in names] or ["text", "paragraphs"]
    return "holds no text: expected " + " or ".join(f'"{name}"' for name in wanted)


def _paragraphs(fields: dict[str, Any]) -> tuple[str, ...]:
    text, parts = fields.pop("text", None), fields.pop("paragraphs", None)
    if isinstance(parts, list) and all(isinstance(part, str) for part in parts):
        return tuple(clean(part.strip()) for part in parts if part.strip())
    if parts is not None:
        raise ValueError('"paragraphs": expected a list of strings')
    if text is not None and not isinstance(text, str):
        raise ValueError(f'"text": expected a string, found {type(text).__name__}')
    text = clean(text or "")
    if "<" in text and _MARKUP.search(text):
        from search.readers.markup import paragraphs_of  # not all texts are HTML

        return paragraphs_of(text)
    return paragraphs(_bare(text))


def _inner(value: Any) -> Any:
    """What is meant by an object that some program made of a simple value."""
    if isinstance(value, dict):
        for name in _INSIDE if len(value) <= MOST_BESIDE else ():
            if isinstance(value.get(name), str | int | float) and (name in _SURE or len(value) == 1):
                return value[name]
    return value


def _bare(text: str) -> str:
    """Text without the tags within its lines, and with the signs that names of HTML stand for."""
    if "<" in text and _INLINE_END.search(text):
        text = _INLINE.sub("", text)
    return unescape(text) if "&" in text and _ENTITY.search(text) else text


def _text(fields: dict[str, Any], name: str) -> str:
    """Take a field that must be a string; a list of strings is joined by commas."""
    value = fields.pop(name, "")
    if isinstance(value, str):
        return _shared_line(value) if name in _SHARED else _line(value)
    if isinstance(value, dict) and isinstance(value.get("name"), str) and name in ("author", "source"):
        value = value["name"]
    elif isinstance(value, list):
        parts = [one.get("name") if isinstance(one, dict) else one for one in value]
        names = [part for part in parts if isinstance(part, str)]
        value = ", ".join(names) if len(names) == len(parts) else value
    if not isinstance(value, str):
        raise ValueError(f'"{name}": expected a string, found {type(value).__name__}')
    return _line(value)


def _line(text: str) -> str:
    """A text as one line."""
    return clean(" ".join(_bare(text).split()))


_shared_line = lru_cache(maxsize=2048)(_line)
_code = lru_cache(maxsize=256)(code)
_SHARED = frozenset(("author", "source", "language"))
"""What many articles have in common."""


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
