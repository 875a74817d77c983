"""JSON that is no JSON Lines: a list of articles, a list in an object, one article, or one after the other.

======================================  ============================================================================
``[{…}, {…}]``                          each object is an article (`search.readers.tables.objects`)
``{"articles": [{…}, …], …}``           so is each in a list that has one of the names in `LISTS`
``{"response": {"docs": [{…}, …]}}``    or in such a list in an object that has one of the names in `HOLDERS`
``{"title": …, "text": …}``             any other object is an article itself
``{…} {…}``                             whatever of these comes next
======================================  ============================================================================

What a search engine gives (``{"_id": …, "_source": {…}}``) is taken out of its wrapping. A file is read a part at a
time, so it may be of any size; what stands behind a mistake in it is lost, and named.
"""

import json
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Generator, Iterator
from itertools import count
from typing import Any, BinaryIO

from search.article import Article
from search.lazy import pattern
from search.readers.source import Problem, Record, SourceFile
from search.readers.tables.objects import articles, reason

LISTS = frozenset(
    "articles items documents docs data results result hits entries news posts records rows stories value".split()
)
HOLDERS = frozenset("response data result results hits feed body payload".split())

LONGEST = 64_000_000
"""Characters of an item; a longer one is no article."""

_CHUNK = 1 << 16
_SPACE = pattern(r"[ \t\r\n]*")
_NEAR_END = 12
"""What ends so near the end of what was read, or is wrong there, may go on: a number, a word, an escape."""

Found = Generator[str, None, dict[str, Any] | None]


def split(source: SourceFile, raw: BinaryIO) -> Iterator[Record | Problem]:
    """The objects of a file that are articles."""
    stream = _Stream(raw)
    numbers = count(1)
    number = 0
    try:
        while stream.peek():
            found = stream.objects()
            last: dict[str, Any] | None = None
            while True:
                try:
                    text = next(found)
                except StopIteration as end:
                    last = end.value
                    break
                number = next(numbers)
                yield Record(source, number, text.encode("utf-8", "surrogatepass"))
            if last is not None:
                is_alone = not number and not stream.peek()
                number = 0 if is_alone else next(numbers)
                yield Record(source, number, json.dumps(last).encode())
    except UnicodeDecodeError as error:
        yield Problem(f"{source.path}:{number + 1}", f"not {error.encoding.upper()}: the rest is lost")
    except json.JSONDecodeError as error:
        yield Problem(f"{source.path}:{number + 1}", f"not JSON ({error.msg}): the rest is lost")
    except (ValueError, RecursionError) as error:
        yield Problem(f"{source.path}:{number + 1}", f"{reason(error)}: the rest is lost")


def parse(record: Record) -> Iterator[Article | Problem]:
    """The article of an object."""
    if b'"_source"' in record.data:
        record = record._replace(data=_unwrapped(record.data))
    return articles(record, "item")


def _unwrapped(data: bytes) -> bytes:
    """What a search engine has wrapped."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return data
    if isinstance(found, dict) and isinstance(found.get("_source"), dict):
        known = {"id": found["_id"]} if isinstance(found.get("_id"), str | int) else {}
        return json.dumps(known | found["_source"]).encode()
    return data


class _Stream:
    """JSON that comes a part at a time."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self._decoder: Any = None
        self._text, self._at = "", 0
        self._decode = json.JSONDecoder().raw_decode

    def peek(self) -> str:
        """The next sign that is no white space; ``""`` at the end."""
        while True:
            space = _SPACE.match(self._text, self._at)
            self._at = space.end() if space else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def objects(self) -> Found:
        """The next value: the texts of what is in its lists; or itself, if it is an object without such a list."""
        sign = self.peek()
        if sign == "{":
            return (yield from self._object(0))
        if sign == "[":
            yield from self._list()
        else:
            yield self._value()[1]
        return None

    def _object(self, depth: int) -> Found:
        """What is in the lists of an object; or the object, if it has none."""
        self._take("{")
        members: dict[str, Any] = {}
        has_list = False
        while self.peek() != "}":
            name, _ = self._value()
            if not isinstance(name, str):
                raise ValueError("not JSON (expected a name in an object)")
            self._take(":")
            sign = self.peek()
            if sign == "[" and name.lower() in LISTS and self._opens_list():
                has_list = True
                yield from self._list()
            elif sign == "{" and name.lower() in HOLDERS and depth < 3:
                inner = yield from self._object(depth + 1)
                has_list = has_list or inner is None
                members[name] = inner
            else:
                members[name] = self._value()[0]
            self._next("}")
        self._take("}")
        return None if has_list else members

    def _opens_list(self) -> bool:
        """Whether a list of objects begins here."""
        while True:
            inside = _SPACE.match(self._text, self._at + 1)
            end = inside.end() if inside else self._at + 1
            if end < len(self._text):
                return self._text[end] == "{"
            if not self._more():
                return False

    def _list(self) -> Iterator[str]:
        self._take("[")
        while self.peek() != "]":
            yield self._value()[1]
            self._next("]")
        self._take("]")

    def _next(self, end: str) -> None:
        """Go over a comma, unless the end comes."""
        if self.peek() == ",":
            self._at += 1
        elif self.peek() != end:
            raise ValueError(f"not JSON (expected , or {end})" if self.peek() else "not JSON (breaks off)")

    def _take(self, sign: str) -> None:
        if self.peek() != sign:
            raise ValueError(f"not JSON (expected {sign})" if self.peek() else "not JSON (breaks off)")
        self._at += 1

    def _value(self) -> tuple[Any, str]:
        """The next value, and its text."""
        self.peek()
        while True:
            try:
                value, end = self._decode(self._text, self._at)
                if end < len(self._text) - _NEAR_END or not self._more():
                    text = self._text[self._at : end]
                    self._at = end
                    return value, text
            except json.JSONDecodeError as error:
                may_go_on = error.msg.startswith("Unterminated") or error.pos > len(self._text) - _NEAR_END
                if not may_go_on:
                    raise
                if not self._more():
                    raise ValueError("not JSON (breaks off)") from None

    def _more(self) -> bool:
        """Read on, as much again as is there; whether there was more."""
        left = len(self._text) - self._at
        if left > LONGEST:
            raise ValueError(f"longer than {LONGEST // 1_000_000} MB")
        data = self._raw.read(max(_CHUNK, left))
        if self._decoder is None:
            wide = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
            self._decoder = getincrementaldecoder("utf-16" if wide else "utf-8-sig")()
        new = self._decoder.decode(data, final=not data)
        if not data and not new:
            return False
        self._text, self._at = self._text[self._at :] + new, 0
        return True
