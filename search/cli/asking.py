"""What ``search for`` does, once it is known what is asked."""

from collections.abc import Iterable, Iterator, Sequence

from search.archive import Limits, Within
from search.archive import open as open_archive
from search.cli.output import columns, counted, emit, note, say_nothing_found, style
from search.engines.protocol import Sort
from search.hits import Hit, Hits
from search.render import terminal
from search.render.style import safe


def find(
    query: Sequence[str],
    limit: int | None = None,
    any_word: bool = False,
    sort: Sort = "relevance",
    since: str | None = None,
    until: str | None = None,
    as_json: bool = False,
    count: bool = False,
    files: bool = False,
    variants: bool = False,
    within: Within = "paragraph",
    colour: str = "auto",
    index: str = "index",
    no_pager: bool = False,
) -> int:
    """Print what matches a query; the exit status."""
    text = " ".join(query)
    if limit is None:
        limit = 0 if files else 10
    with open_archive(index) as archive:
        wanted = 0 if count else limit or None
        found = archive.search(
            text,
            limit=wanted,
            any_word=any_word,
            sort=sort,
            since=since,
            until=until,
            variants=variants or files,
            within=within,
        )
        shown = blocks(found, colour)
        if count:
            shown = iter([f"{found.paragraphs}\t{found.articles}"])
        elif files:
            shown = files_of(found)
        elif as_json:
            shown = _json_lines(found)
        emit(shown, no_pager=no_pager)
        for remark in found.notes:
            note(remark)
        if not (found.paragraphs or count):
            limits: Limits = {"any_word": any_word, "since": since, "until": until, "within": within}
            say_nothing_found(archive, text, limits)
        elif not (count or files or as_json):
            note(summary(found, len(found)))
    return 0 if found.paragraphs else 1


def _json_lines(found: Hits) -> Iterator[str]:
    from search.render import jsonl

    return map(jsonl.line, found)


def blocks(found: Iterable[Hit], colour: str) -> Iterator[str]:
    """The lines for some articles as people read them."""
    look, wide = style(colour), columns()
    for number, one in enumerate(found):
        if number:
            yield ""
        yield from terminal.hit(one, look, wide)


def files_of(found: Iterable[Hit], *, raw: bool = False) -> Iterator[str]:
    """The names of the files in which something was found, each once; `raw` as they are."""
    seen = set[str]()
    for one in found:
        if one.path and one.path not in seen:
            seen.add(one.path)
            yield one.path if raw else safe(one.path)


def summary(found: Hits, shown: int, offset: int = 0) -> str:
    """How much was found, and how much of it is shown: so many articles after the first ones."""
    alike = f" ({counted(found.variants, 'near-copy', 'near-copies')} of others)" if found.variants else ""
    said = f"{counted(found.articles, 'article')}{alike}, {counted(found.paragraphs, 'paragraph')}"
    if offset and not shown:
        return f"{said}: none of them after the first {offset:,}"
    if offset:
        return f"{said}, {offset + 1:,} to {offset + shown:,} shown"
    is_all = shown + found.variants == found.articles
    return said if is_all else f"{said}, the first {shown} shown (-n 0 shows all)"
