"""Uniting the dictionaries of several sources."""

from typing import NamedTuple

import numpy as np

from search.engines.local.codec.columns import Lines
from search.engines.local.codec.packing import Numbers
from search.native import kernel


class Dictionary(NamedTuple):
    """Forms in the order of (folded form, form), and the same folded; or of what is in its own order, twice the
    same."""

    forms: Lines
    folded: Lines


def unite(sources: list[Dictionary]) -> tuple[Dictionary, list[Numbers]]:
    """The forms of all sources, each once; and of each source which of them its own are."""
    return _compiled(sources) if kernel else _united(sources)


def _compiled(sources: list[Dictionary]) -> tuple[Dictionary, list[Numbers]]:
    assert kernel
    forms, ends, folded, folded_ends, terms = kernel.unite([(*one.forms, *one.folded) for one in sources])
    made = Dictionary(
        Lines(forms, np.frombuffer(ends, np.int64)), Lines(folded, np.frombuffer(folded_ends, np.int64))
    )
    return made, [np.frombuffer(one, np.int32) for one in terms]


def _united(sources: list[Dictionary]) -> tuple[Dictionary, list[Numbers]]:
    pairs = [list(zip(one.folded.strings(), one.forms.strings(), strict=True)) for one in sources]
    distinct = sorted(set().union(*pairs))
    rank = {pair: place for place, pair in enumerate(distinct)}
    made = Dictionary(Lines.of([form for _, form in distinct]), Lines.of([folded for folded, _ in distinct]))
    return made, [np.fromiter(map(rank.__getitem__, one), np.int64, len(one)) for one in pairs]
