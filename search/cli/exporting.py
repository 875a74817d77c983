"""``search for`` in the forms that other programs read, part by part, and in constant memory."""

import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

import click

from search.archive import Archive, Limits
from search.archive import open as open_archive
from search.cli.asking import blocks, files_of, summary
from search.cli.output import columns, emit, emit_parts, note, say_nothing_found, style
from search.engines.protocol import Sort
from search.hits import Hit, Hits
from search.render import citations, jsonl, rows, terminal
from search.render.tables import table

ROWS = ("csv", "tsv", "json", "jsonl", "text")
"""The forms that have fields."""

PARTED = ("text", "files", "jsonl", "csv", "tsv")
"""The forms whose parts may end in NUL."""

USUAL, RUN = 10, 1000
"""How many articles there are if nobody says: of a run so many as those who judge runs look at."""


class Export(NamedTuple):
    """What is wanted of what is found: the form, its fields (``None``: the usual ones), and which articles in which
    order. `topic` and `tag` are for a run."""

    form: str
    fields: tuple[str, ...] | None
    sort: Sort
    limit: int | None
    offset: int
    every: bool
    null: bool
    variants: bool
    topic: str | None
    tag: str | None
    colour: str
    no_pager: bool


def export(index: str, query: str, wanted: Export, limits: Limits) -> int:
    """Print what matches a query; the exit status."""
    _check(wanted)
    with open_archive(index) as archive:
        _, notes = archive.parse(query, **limits)
        known: list[Hits] = []

        def found() -> Hits:
            """What is found, or, of all, how much."""
            if not known:
                most, copies = _most(wanted), wanted.variants
                known.append(archive.search(query, limit=most, sort=wanted.sort, variants=copies, **limits))
            return known[0]

        hits = archive.walk(query, variants=wanted.variants, **limits) if wanted.every else iter(found())
        seen = _Seen(islice(hits, min(wanted.offset, sys.maxsize), None))
        parts = _parts(archive, seen, found, wanted)
        if wanted.null:
            emit_parts(parts)
        else:
            emit(parts, no_pager=wanted.no_pager)
        for remark in notes:
            note(remark)
        if not (seen.number or found().paragraphs):
            say_nothing_found(archive, query, limits)
        elif wanted.form == "text" or not seen.number:
            note(summary(found(), _shown(found(), seen.number, wanted), wanted.offset))
    return 0 if seen.number else 1


def _shown(found: Hits, seen: int, wanted: Export) -> int:
    """How many articles are shown, whether or not the pager was left before the last."""
    return max(0, found.articles - found.variants - wanted.offset) if wanted.every else seen


class _Seen:
    """Hits, counted as they go by."""

    def __init__(self, hits: Iterable[Hit]) -> None:
        self._hits = hits
        self.number = 0

    def __iter__(self) -> Iterator[Hit]:
        for hit in self._hits:
            self.number += 1
            yield hit


def _check(wanted: Export) -> None:
    """`click.UsageError` where options do not go together."""
    if wanted.fields is not None and wanted.form not in ROWS:
        raise click.UsageError(f"--fields is for {_listed(ROWS)}: {wanted.form} has its own.")
    if wanted.null and wanted.form not in PARTED:
        raise click.UsageError(f"-0 is for {_listed(PARTED)}: {wanted.form} cannot be parted so.")
    if wanted.form != "trec" and (wanted.topic is not None or wanted.tag is not None):
        raise click.UsageError("--topic and --tag are for a run: add --format trec.")
    if wanted.every and wanted.limit is not None:
        raise click.UsageError("--all gives all articles: leave -n out.")
    if wanted.every and wanted.sort != "relevance":
        raise click.UsageError("--all gives articles as they come in the archive: for another order, -n 0.")


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}"


def _most(wanted: Export) -> int | None:
    """How many articles to rank; ``None`` for all. Where all come without ranks, one tells how many there are."""
    if wanted.every:
        return 1
    usual = {"files": 0, "trec": RUN}.get(wanted.form, USUAL)
    limit = usual if wanted.limit is None else wanted.limit
    return wanted.offset + limit if limit else None


def _parts(archive: Archive, hits: Iterable[Hit], found: Callable[[], Hits], wanted: Export) -> Iterator[str]:
    """What is printed, each part without its end."""
    match wanted.form:
        case "text" if wanted.fields is None:
            return _blocks(hits, wanted.colour) if wanted.null else blocks(hits, wanted.colour)
        case "files":
            return files_of(hits, raw=_is_raw(wanted))
        case "jsonl" if wanted.fields is None:
            return map(jsonl.line, hits)
        case "json" if wanted.fields is None:
            return rows.document(_head(found()), map(jsonl.line, hits))
        case "trec":
            return _run(hits, wanted)
        case form if form in citations.FORMS:
            from search.render.citations.citation import of

            return citations.lines(form, map(of, hits))
    return _rows(archive, hits, found, wanted)


def _rows(archive: Archive, hits: Iterable[Hit], found: Callable[[], Hits], wanted: Export) -> Iterator[str]:
    names = rows.checked(wanted.fields, archive.fields())
    records = rows.records(hits, names, archive.read)
    match wanted.form:
        case "text":
            return (rows.plain(record, raw=_is_raw(wanted)) for record in records)
        case "json":
            return rows.document(_head(found()), map(jsonl.record_line, records))
        case "jsonl":
            return map(jsonl.record_line, records)
    return table(wanted.form, names, records)


def _head(found: Hits) -> dict[str, int]:
    return {"articles": found.articles, "paragraphs": found.paragraphs, "variants": found.variants}


def _run(hits: Iterable[Hit], wanted: Export) -> Iterator[str]:
    from search.render import trec

    is_ranked = wanted.sort == "relevance" and not wanted.every
    return trec.run(hits, wanted.topic or "1", wanted.tag or trec.TAG, is_ranked=is_ranked)


def _blocks(hits: Iterable[Hit], colour: str) -> Iterator[str]:
    """Each article as people read it, as one part."""
    look, wide = style(colour), columns()
    return ("\n".join(terminal.hit(one, look, wide)) for one in hits)


def _is_raw(wanted: Export) -> bool:
    """Whether texts are given as they are, whatever they hold: for a program that parts them by NUL."""
    return wanted.null and not sys.stdout.isatty()
