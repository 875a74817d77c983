"""What can go wrong, as one tree of exceptions.

    SearchError
    ├── QueryError          the query cannot be understood; knows the column
    ├── InputError          what is to be indexed cannot be read, or holds nothing
    ├── NotFound            no article has this id
    ├── AlertProblem        something about the file of alerts
    └── IndexProblem        something about the index folder
        ├── NoIndex         there is none yet
        ├── NotAnIndex      the folder holds something else
        ├── OtherFormat     it was written by another version
        ├── IndexBusy       another build is writing it
        └── DamagedIndex    its files contradict each other

Each message says where, what was expected, what was found, and what to do. The command line prints it after
``search:`` and exits with 2; from Python, catch `SearchError`.
"""

import unicodedata

from search.columns import width


class SearchError(Exception):
    """Anything that this package raises on purpose."""


class QueryError(SearchError):
    """A query that cannot be understood.

    `query` is the text as typed, `column` the character (from 1) at which reading it stopped, 0 where no place in
    it is at fault, `problem` what was expected there. ``str()`` gives the problem with its column; `pointed` adds
    the query and a caret.
    """

    def __init__(self, problem: str, query: str, column: int = 0) -> None:
        super().__init__(f"column {column}: {problem}" if column else problem)
        self.problem = problem
        self.query = query
        self.column = column

    def pointed(self) -> str:
        """The message, the query, and a caret under the column (three lines); just the message without either."""
        if not (self.column and self.query.strip()):
            return self.problem
        shown = "".join(map(_visible, self.query))
        indent = width(shown[: self.column - 1])
        return f"{self}\n  {shown}\n  {' ' * indent}^"


class InputError(SearchError):
    """What is to be indexed cannot be read, or holds no article."""


class NotFound(SearchError):
    """No article has this id."""


class AlertProblem(SearchError):
    """The file of alerts cannot be read or written, or is in use."""


class IndexProblem(SearchError):
    """Something is wrong with the index folder."""


class NoIndex(IndexProblem):
    """There is no index in this folder."""


class NotAnIndex(IndexProblem):
    """The folder holds something else, which is left alone."""


class OtherFormat(IndexProblem):
    """The index was written in another format than this program reads."""


class IndexBusy(IndexProblem):
    """Another process is writing this index."""


class DamagedIndex(IndexProblem):
    """The index cannot be read, or its files contradict each other."""


def _visible(char: str) -> str:
    """The character, or what stands for it where it commands the terminal: it takes one column."""
    kind = unicodedata.category(char)
    return " " if kind in ("Cc", "Zl", "Zp") else "\ufffd" if kind in ("Cf", "Cs") else char
