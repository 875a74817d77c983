"""Articles as bibliographies name them: BibTeX, RIS, CSL-JSON, and a line of text.

A `citation.Citation` is made of a hit or an article; each form has a module with a function that writes one of it.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search.render.citations.citation import Citation

FORMS = ("bibtex", "ris", "csl-json")
"""The forms that other programs read."""

ONE = ("bibtex", "ris", "csl-json", "text")
"""The forms of a single citation."""


def lines(form: str, found: Iterable["Citation"]) -> Iterator[str]:
    """The citations in a form, as one document."""
    if form == "csl-json":
        from search.render.citations import csl  # one form is asked for, the others are not needed

        yield from csl.document(found)
    elif form == "text":
        from search.render.citations import sentence

        yield from map(sentence.sentence, found)
    elif form == "ris":
        from search.render.citations import ris

        yield from map(ris.record, found)
    else:
        from search.render.citations import bibtex

        yield from map(bibtex.entry, found)
