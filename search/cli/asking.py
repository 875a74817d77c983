"""What ``search for`` and ``search read`` do, once it is known what is asked."""

from collections.abc import Sequence

from search.archive import Within
from search.archive import open as open_archive
from search.cli.output import columns, counted, note, style
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
        for remark in found.notes:
            note(remark)
        if count:
            print(f"{found.paragraphs}\t{found.articles}")
        elif not found.paragraphs:
            from search.render.silence import lines

            about = archive.silence(text, any_word=any_word, since=since, until=until, within=within)
            note(*lines(about))
        elif files:
            _print_files(found)
        elif as_json:
            _print_json(found)
        else:
            _print_hits(found, colour)
    return 0 if found.paragraphs else 1


def show(identity: str, query: str | None = None, colour: str = "auto", index: str = "index") -> int:
    """Print an article; the exit status."""
    look = style(colour)
    with open_archive(index) as archive:
        article = archive.read(identity)
        marks = archive.marks(query, article) if query else {}
    for line in terminal.article(article, marks, look, columns()):
        print(line)
    return 0


def _print_json(found: Hits) -> None:
    from search.render import jsonl

    for one in found:
        print(jsonl.line(one))


def _print_hits(found: Hits, colour: str) -> None:
    look, wide = style(colour), columns()
    for one in found:
        if one.rank > 1:
            print()
        for line in terminal.hit(one, look, wide):
            print(line)
    alike = f" ({counted(found.variants, 'near-copy', 'near-copies')} of others)" if found.variants else ""
    is_all = len(found) + found.variants == found.articles
    shown = "" if is_all else f", the first {len(found)} shown (-n 0 shows all)"
    note(f"{counted(found.articles, 'article')}{alike}, {counted(found.paragraphs, 'paragraph')}{shown}")


def _print_files(found: Hits) -> None:
    paths: Sequence[str] = list(dict.fromkeys(one.path for one in found if one.path))
    for path in paths:
        print(safe(path))
