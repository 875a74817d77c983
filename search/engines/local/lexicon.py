"""The lexicon: which printed forms belong together. ``lexicon.sqlite`` beside Whoosh's dictionary.

==========  ===============================================  ==================================================
table       columns                                          a row says
==========  ===============================================  ==================================================
``counts``  ``form, language, total, inside``                how often the form is printed in this language;
                                                             and how often its case says something
                                                             (`search.language.names`)
``forms``   ``form, folded``                                 the form without case and accents
``names``   ``folded``                                       forms that fold to this are a name
``stems``   ``language, grade, stem, form``                  the form has this light stem (grade 2) or Snowball
                                                             stem (grade 3); names and stop words have none
==========  ===============================================  ==================================================

``counts`` is what is counted; the rest follows from it and is written anew at each commit, for the whole index,
so that what a word means never depends on the order in which articles came.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from search.language import evidence, fold, has_capital, is_name, language, words

FILE = "lexicon.sqlite"
LIGHT, STEM = 2, 3
"""The grades that stems make."""

_TABLES = """
CREATE TABLE counts (form TEXT, language TEXT, total INTEGER, inside INTEGER,
                     PRIMARY KEY (form, language)) WITHOUT ROWID;
CREATE TABLE forms (folded TEXT, form TEXT, PRIMARY KEY (folded, form)) WITHOUT ROWID;
CREATE TABLE names (folded TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE stems (language TEXT, grade INTEGER, stem TEXT, form TEXT,
                    PRIMARY KEY (language, grade, stem, form)) WITHOUT ROWID;
"""


class Counts:
    """How often each form is printed in each language, and how often its case says something."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], list[int]] = {}

    def add(self, text: str, code: str, *, title: bool, sign: int = 1) -> list[str]:
        """Count a text in (or out, with ``sign=-1``); the forms of its words. A title's capitals say nothing."""
        forms = []
        for form, telling in evidence(words(text)):
            count = self._counts.setdefault((form, code), [0, 0])
            count[0] += sign
            count[1] += sign * (telling and not title)
            forms.append(form)
        return forms

    def load(self, path: Path) -> None:
        """Add what another lexicon has counted."""
        with closing(sqlite3.connect(path)) as database:
            for form, code, total, inside in database.execute("SELECT * FROM counts"):
                count = self._counts.setdefault((form, code), [0, 0])
                count[0] += total
                count[1] += inside

    def write(self, path: Path) -> int:
        """Write a lexicon of these counts; the number of forms in it."""
        rows = [
            (form, code, total, inside) for (form, code), (total, inside) in sorted(self._counts.items()) if total
        ]
        folded = {form: fold(form) for form, *_ in rows}
        names = _names(rows, folded)
        with closing(sqlite3.connect(path)) as database:
            database.executescript(_TABLES)
            database.executemany("INSERT INTO counts VALUES (?, ?, ?, ?)", rows)
            pairs = sorted((key, form) for form, key in folded.items())
            database.executemany("INSERT INTO forms VALUES (?, ?)", pairs)
            database.executemany("INSERT INTO names VALUES (?)", sorted((name,) for name in names))
            stems = sorted(_stems((form, code) for form, code, *_ in rows if folded[form] not in names))
            database.executemany("INSERT INTO stems VALUES (?, ?, ?, ?)", stems)
            database.commit()
        return len(folded)


class Lexicon:
    """Looks forms up; all answers are sorted."""

    def __init__(self, path: Path) -> None:
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._database = sqlite3.connect(uri, uri=True, check_same_thread=False)

    def folded(self, key: str) -> list[str]:
        """The forms that fold to this."""
        return self._column("SELECT form FROM forms WHERE folded = ? ORDER BY form", key)

    def beginning(self, key: str) -> list[str]:
        """The forms whose folded form begins with this."""
        query = "SELECT form FROM forms WHERE folded >= ? AND folded < ? ORDER BY form"
        return self._column(query, key, key + "\U0010ffff")

    def is_name(self, key: str) -> bool:
        """Whether the forms that fold to this are a name."""
        return bool(self._column("SELECT folded FROM names WHERE folded = ?", key))

    def stemmed(self, code: str, grade: int, stem: str) -> list[str]:
        """The forms that have this stem in a language; names are not among them."""
        query = "SELECT form FROM stems WHERE language = ? AND grade = ? AND stem = ?"
        return self._column(query, code, grade, stem)

    def languages(self, form: str) -> list[str]:
        """The languages in which this form is printed."""
        return self._column("SELECT language FROM counts WHERE form = ? ORDER BY language", form)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _column(self, query: str, *values: str | int) -> list[str]:
        return [row[0] for row in self._database.execute(query, values)]


def _names(rows: Iterable[tuple[str, str, int, int]], folded: dict[str, str]) -> set[str]:
    capital: dict[str, int] = defaultdict(int)
    small: dict[str, int] = defaultdict(int)
    for form, code, _, inside in rows:
        if language(code).names:
            (capital if has_capital(form) else small)[folded[form]] += inside
    return {key for key, count in capital.items() if is_name(count, small[key])}


def _stems(forms: Iterable[tuple[str, str]]) -> Iterator[tuple[str, int, str, str]]:
    for form, code in forms:
        tongue = language(code)
        if form.lower() in tongue.stop:
            continue
        yield code, LIGHT, tongue.light_stem(form), form
        yield code, STEM, tongue.stem(form), form
