"""Lists of queries: a query a line, with a name and a tab before it if it is to have one.

    # what the press said of the crossing
    Calais
    small boats	"small boats" OR canot* NEAR/5 Manche

Blank lines and lines that begin with ``#`` are passed over. A query without a name is called as it is written.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Asked(NamedTuple):
    """A query of a list: its line, its name, and what it asks."""

    line: int
    name: str
    query: str


class Fault(NamedTuple):
    """A line that cannot be taken, and why."""

    line: int
    reason: str


_BOM = b"\xef\xbb\xbf"


def queries(lines: Iterable[bytes]) -> Iterator[Asked | Fault]:
    """The queries of a list, each as soon as its line is there, and the lines that hold none."""
    for number, data in enumerate(lines, 1):
        try:
            text = data.removeprefix(_BOM if number == 1 else b"").decode().strip("\r\n \0")
        except UnicodeDecodeError as error:
            found = error.object[error.start]
            yield Fault(number, f"expected UTF-8, found the byte 0x{found:02X}: save the list as UTF-8")
            continue
        if text.strip() and not text.lstrip().startswith("#"):
            yield _asked(number, text)


def _asked(number: int, text: str) -> Asked | Fault:
    name, tab, rest = text.partition("\t")
    query = " ".join(rest.split("\t")).strip() if tab else name.strip()
    if not query:
        return Fault(number, "expected a query after the tab, found none")
    return Asked(number, name.strip() or query, query)
