"""What ``search for`` does, once it is known what is asked."""

from collections.abc import Iterator, Sequence

from search.archive import Limits, Within
from search.archive import open as open_archive
from search.cli.output import columns, counted, emit, note, say_nothing_found, style
from search.engines.protocol import Sort
from search.hits import Hits
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
        shown = _hit_lines(found, colour)
        if count:
            shown = iter([f"{found.paragraphs}\t{found.articles}"])
        elif files:
            shown = _files(found)
        elif as_json:
            shown = _json_lines(found)
        emit(shown, no_pager=no_pager)
        for remark in found.notes:
            note(remark)
        if not (found.paragraphs or count):
            limits: Limits = {"any_word": any_word, "since": since, "until": until, "within": within}
            say_nothing_found(archive, text, limits)
        elif not (count or files or as_json):
            note(_summary(found))
    return 0 if found.paragraphs else 1


def _json_lines(found: Hits) -> Iterator[str]:
    from search.render import jsonl

    return map(jsonl.line, found)


def _hit_lines(found: Hits, colour: str) -> Iterator[str]:
    look, wide = style(colour), columns()
    for one in found:
        if one.rank > 1:
            yield ""
        yield from terminal.hit(one, look, wide)


def _summary(found: Hits) -> str:
    """How much was found, and how much of it is shown."""
    alike = f" ({counted(found.variants, 'near-copy', 'near-copies')} of others)" if found.variants else ""
    is_all = len(found) + found.variants == found.articles
    shown = "" if is_all else f", the first {len(found)} shown (-n 0 shows all)"
    return f"{counted(found.articles, 'article')}{alike}, {counted(found.paragraphs, 'paragraph')}{shown}"


def _files(found: Hits) -> Iterator[str]:
    return map(safe, dict.fromkeys(one.path for one in found if one.path))
