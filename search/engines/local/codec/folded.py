"""The folded forms of a dictionary as one text, a line each, in order: what patterns are looked for in."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from search.engines.local.codec.columns import LONE
from search.engines.local.codec.forms import Forms
from search.language.normal import fold_all


class Folded:
    """The folded forms of some forms."""

    def __init__(self, forms: Forms) -> None:
        self._forms = forms
        self.arrays: Any = None
        """What the search for similar words keeps."""

    @cached_property
    def text(self) -> str:
        """The folded forms, each between two line ends."""
        forms = self._forms.all_bytes()
        lines = b"\n".join(forms).decode("utf-8", LONE).split("\n")
        return f"\n{_folded(lines)}\n" if forms else "\n"

    @cached_property
    def data(self) -> bytes:
        """The same in UTF-8."""
        return self.text.encode("utf-8", LONE)

    def places(self, ends: Iterable[int], *, in_data: bool = False) -> Iterator[int]:
        """The places in the dictionary of the forms after some line ends of the text (or the data), which ascend."""
        number = done = 0
        for end in ends:
            number += self.data.count(b"\n", done, end) if in_data else self.text.count("\n", done, end)
            done = end
            yield number


def _folded(lines: list[str]) -> str:
    """Lines, folded. Most are plain ASCII, where there is little to do."""
    foreign = iter(fold_all([line for line in lines if not line.isascii()]))
    return "\n".join([line if line.isascii() else next(foreign) for line in lines]).lower().replace(",", ".")
