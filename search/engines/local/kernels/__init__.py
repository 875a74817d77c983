"""Kernels: what ranks the articles that match a plan.

There are two, one in plain Python and one in numpy, which give the same answers to the last bit: counts, scores,
order. `kernel_for` takes the one that will be faster: numpy takes longer to import than most searches from the
shell, but is much faster with long lists.
"""

import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from search.engines.local.plan import (
    AllOf,
    AnyOf,
    Dated,
    InArticle,
    InMetadata,
    InTitle,
    Leaf,
    Listed,
    NoneOf,
    Often,
    Placed,
    Plan,
    Term,
)
from search.engines.local.postings import SegmentPostings
from search.engines.local.spots import rows
from search.engines.protocol import Sort

Leaves = Sequence[tuple[Leaf, bool]]
"""What scores, and whether it counts in titles only (`search.engines.local.plan.scored`)."""

Ranked = tuple[float, int, dict[int, float], list[int]]
"""An article: its score, its title document, the scores of its texts that match (ascending documents), and the title
documents of its variants that match."""

IMPORT_WORTH = 60_000
"""With so many postings to look at, in one search or all so far, importing numpy pays."""


class Ranking(NamedTuple):
    """The best articles in their order, how many articles and texts match in all, and how many of the articles are
    variants of others that match."""

    best: list[Ranked]
    articles: int
    paragraphs: int
    variants: int = 0


class Kernel(Protocol):
    """Ranks the articles of an index."""

    def rank(self, plan: Plan, leaves: Leaves, limit: int | None, sort: Sort, *, variants: bool = True) -> Ranking:
        """The best `limit` articles that match (all with ``None``), those that tie by id. Without `variants` only the
        first of near-copies is ranked, with the others beside it."""
        ...

    def matching(self, plan: Plan) -> Sequence[int]:
        """The documents that match, ascending."""
        ...

    def articles(self, plan: Plan) -> tuple[list[int], list[int]]:
        """The title documents of the articles that match, ascending, and how many of the texts of each do."""
        ...

    def in_articles(self, leaves: Sequence[Leaf]) -> list[dict[int, int]]:
        """How often each leaf stands in each article (title document) that has it."""
        ...


def kernel_for(plan: Plan, postings: SegmentPostings) -> Kernel:
    """The kernel that will be faster for a plan."""
    if postings.arrays is None:
        postings.looked_at += 0 if "numpy" in sys.modules else sum(_work(plan, postings))
        if "numpy" not in sys.modules and postings.looked_at < IMPORT_WORTH:
            from search.engines.local.kernels.plain import PlainKernel

            return PlainKernel(postings)
    from search.engines.local.kernels.arrays import array_kernel

    return array_kernel(postings)


def _work(plan: Plan, postings: SegmentPostings) -> Iterator[int]:
    """How many postings, or documents, the parts of a plan have."""
    match plan:
        case Term() | Placed():
            for row in rows(plan.spot):
                for forms in row.slots:
                    yield from map(postings.frequency, forms)
        case Often(_, leaf):
            yield from _work(leaf, postings)
        case InTitle(part) | InArticle(part) | Listed(part):
            yield from _work(part, postings)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _work(part, postings)
        case NoneOf(part):
            yield postings.bases[-1] // 4
            yield from _work(part, postings)
        case Dated() | InMetadata():
            yield postings.bases[-1] // 16
