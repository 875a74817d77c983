"""The ways to rank, for tests that hold with each of them."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from search.engines.local import searcher
from search.engines.local.kernels import arrays, sets
from search.engines.local.kernels.arrays import array_kernel
from search.engines.local.kernels.plain import PlainKernel
from search.native import kernel

WAYS = ["plain", "arrays", *(["compiled"] if kernel else [])]


@contextmanager
def ranking(way: str) -> Iterator[None]:
    """All searches rank in one way, whatever the work: in plain Python, with numpy alone, or compiled."""
    make = PlainKernel if way == "plain" else array_kernel
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searcher, "kernel_for", lambda plan, postings: make(postings))
        for module in (arrays, sets):
            patch.setattr(module, "kernel", kernel if way == "compiled" else None)
        yield
