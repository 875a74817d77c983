"""PDF: one file, one article, read with PDFium (pip install 'news-search[documents]').

==============  =================================================================================================
title           ``Title`` of the document information, or ``dc:title`` of XMP, if it is one and not the name of a
                file; else what is printed largest on page 1; else the file's name
paragraphs      put together from lines (`search.readers.documents.pdftext`), all pages on end
author          ``Author``, else ``dc:creator``
date            ``CreationDate``, else ``ModDate``, else ``xmp:CreateDate``
language        that of the catalogue, else ``dc:language``
metadata        ``subject``, ``keywords``
left out        headers, footers and page numbers; annotations; what only pictures show
==============  =================================================================================================

Files that need a password, scans without text, and those that PDFium cannot cope with, are named as problems. Each
file is read in a process of its own (`search.readers.documents.pdfapart`), of a very long one the first pages.
"""

from collections.abc import Iterator
from importlib.util import find_spec
from typing import BinaryIO

from search.article import Article
from search.readers.documents import pdfapart
from search.readers.source import Problem, Record, SourceFile
from search.readers.wire.xml import dated, language_in

MISSING = "PDF files need: pip install 'news-search[documents]'"


def split(source: SourceFile, raw: BinaryIO) -> Iterator[Record | Problem]:
    """The whole file."""
    return source.whole(raw)


def parse(record: Record) -> Iterator[Article | Problem]:
    """The article of a PDF file."""
    if find_spec("pypdfium2") is None:
        yield Problem(record.place, MISSING)
        return
    found = pdfapart.contents(record.data)
    yield from (Problem(record.place, problem) for problem in found.problems)
    if not found.paragraphs:
        return
    source = record.source
    yield from dated(
        Article(
            id=source.id,
            title=found.title or source.name,
            paragraphs=tuple(found.paragraphs),
            author=found.author or None,
            language=language_in(*found.languages),
            path=str(source.path),
            metadata=found.metadata or {},
        ),
        *found.dates,
    )
