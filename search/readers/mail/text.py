"""The text of a mail: of its parts those that are text, of alternatives the best, in paragraphs.

==================  =============================================================================================
``multipart/…``     its parts, one after the other; of ``multipart/alternative`` one
``text/html``       see `search.readers.markup`; what has no letter or digit is filling, and left out
``text/plain``      paragraphs between blank lines (see `search.readers.paragraphs`), with ``format=flowed`` as
                    RFC 3676 has them
a message in it     counts only if there is no other text: a newsletter that was sent on
charsets            the one that is told, if the bytes are in it; else guessed (`search.readers.text`)
of newsletters      lines at the beginning and the end that are about the mail itself are left out: how to read it
                    in a browser, how to get no more; and what is hidden
==================  =============================================================================================
"""

from collections.abc import Iterator
from email.message import Message
from typing import NamedTuple, cast

from search.lazy import pattern
from search.readers.charsets import decoded
from search.readers.markup import paragraphs_of
from search.readers.paragraphs import paragraphs
from search.readers.source import clean

_SERVICE_HEAD, _SERVICE_FOOT, _SERVICE_LONGEST = 5, 15, 300
"""So many paragraphs at the beginning and at the end may be about the mail itself, of so many characters."""

_LINE_END = pattern(r"\r\n|\r|\n")
_QUOTED = pattern(r"^(?:> ?)+", 8)
_LETTER = pattern(r"[^\W_]")
_ADDRESS = pattern(r"[\[(<]?https?://\S+")
_SERVICE = pattern(
    r"(?i)unsubscribe|désabonn|désinscri|(?:pour|souhaite[zr]) ne plus (?:recevoir|en recevoir)"
    r"|(?:view|read|see) .{0,30}(?:online|in (?:your|a|the) (?:web ?)?browser)"
    r"|(?:voir|lire|consulte[rz]|affiche[rz]|version) .{0,40}(?:en ligne|navigateur)"
    r"|s['’]affiche (?:pas|mal)|(?:manage|update) (?:your )?(?:e-?mail )?(?:preferences|subscription)"
    r"|gére[rz] (?:vos|mes|votre|mon) (?:préférences|abonnement)"
    r"|you(?:’re|'re| are) receiving this|you (?:have )?received this (?:e-?mail|message|newsletter)"
    r"|vous (?:recevez|avez reçu) (?:ce|cet|cette) (?:message|e-?mail|mail|courriel|lettre|newsletter)"
)
_HIDDEN = pattern(r"(?i)<(div|span|p|td)\b[^<>]{0,300}?\bdisplay\s{0,3}:\s{0,3}none[^<>]{0,500}>[^<]{0,2000}</\1>")
"""What programs show beside the subject, and the text does not."""

_FILLING = str.maketrans("", "", "\u00ad\u034f\u200b\u200c\u200d\u2007\u2060\ufeff")


class Texts(NamedTuple):
    """The paragraphs of a part, and how many characters they have without the addresses of pages."""

    paragraphs: tuple[str, ...] = ()
    length: int = 0


def texts_of(part: Message) -> Texts:
    """The text of a message; if it has none, that of the messages in it."""
    found = _texts(part, within=False)
    return found if found.paragraphs else _texts(part, within=True)


def without_service(paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """The paragraphs of a newsletter without what is about the mail itself."""
    last = len(paragraphs) - _SERVICE_FOOT
    return tuple(
        one
        for at, one in enumerate(paragraphs)
        if _SERVICE_HEAD <= at < last or len(one) > _SERVICE_LONGEST or not _SERVICE.search(one)
    )


def _texts(part: Message, within: bool) -> Texts:
    if part.is_multipart():
        if part.get_content_maintype() != "multipart" and not within:
            return Texts()
        inside = [_texts(one, within) for one in cast(list[Message], part.get_payload())]
        if part.get_content_subtype() == "alternative":
            return _best(inside)
        return Texts(tuple(one for texts in inside for one in texts.paragraphs), sum(one.length for one in inside))
    if part.get_content_disposition() == "attachment" or part.get_filename():
        return Texts()
    match part.get_content_type():
        case "text/plain":
            return _measured(_plain(part))
        case "text/html":
            return _measured(_html(part))
    return Texts()


def _best(inside: list[Texts]) -> Texts:
    """Of alternatives the last one, which is the fullest form, unless it says much less than another."""
    longest = max((one.length for one in inside), default=0)
    return next((one for one in reversed(inside) if one.length and one.length >= longest / 2), Texts())


def _measured(found: Iterator[str]) -> Texts:
    lines = tuple(
        one for line in found if (one := " ".join(line.translate(_FILLING).split())) and _LETTER.search(one)
    )
    return Texts(lines, sum(len(_ADDRESS.sub("", line)) for line in lines))


def _html(part: Message) -> Iterator[str]:
    return iter(paragraphs_of(_HIDDEN.sub(" ", _decoded(part))))


def _plain(part: Message) -> Iterator[str]:
    lines = _LINE_END.split(_decoded(part))
    if "-- " in lines:
        lines = lines[: lines.index("-- ")]
    if str(part.get_param("format", "")).lower() == "flowed":
        return _flowed(lines, str(part.get_param("delsp", "")).lower() == "yes")
    return iter(paragraphs(_QUOTED.sub("", "\n".join(lines))))


def _flowed(lines: list[str], without_space: bool) -> Iterator[str]:
    """The paragraphs of lines of which those that end in a space go on, in the same depth of quotation."""
    held, depth = "", 0
    for line in lines:
        rest = line.lstrip(">")
        marks, rest = len(line) - len(rest), rest.removeprefix(" ")
        if held and marks != depth:
            yield held
            held = ""
        depth = marks
        if rest.endswith(" "):
            held += rest[:-1] if without_space else rest
        else:
            yield held + rest
            held = ""
    yield held


def _decoded(part: Message) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    try:
        return clean(decoded(data, str(part.get_param("charset", ""))))
    except ValueError:
        return data.decode("utf-8", "replace").replace("\0", "")
