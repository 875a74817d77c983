"""What an engine says of a query and of its results, when it is asked why."""

from collections.abc import Mapping

from search.value import Value


class Part(Value):
    """A part of a query as it is understood.

    `text` is the part in the query language, `says` what it asks for in words (``all of``, ``a name`` …). `forms` are
    the printed forms that it stands for, in groups with a heading each, with the number of texts that hold each form.
    `paragraphs` is how many texts match it alone; ``None`` where it is left out of the search.
    """

    text: str
    says: str
    forms: tuple[tuple[str, Mapping[str, int]], ...]
    parts: "tuple[Part, ...]"
    paragraphs: int | None


class Share(Value):
    """What a word or phrase adds to the score of a text: ``weight · rarity · saturation``.

    `found` are its forms in the text, each with how often; `times` is how often it counts (tf); `saturation` is
    ``tf·(k1 + 1) / (tf + k1·(1 − b + b·length/average))``.
    """

    text: str
    grade: str
    found: Mapping[str, int]
    times: int
    weight: float
    rarity: float
    saturation: float
    score: float


class TextAccount(Value):
    """Why a text of an article (the title is 0) matches or not. The shares add up to its score; `failing` are the
    parts of the query that it lacks, each with what it has instead."""

    number: int
    matches: bool
    score: float
    shares: tuple[Share, ...]
    failing: tuple[tuple[str, str], ...]


class Account(Value):
    """Why an article is found, or not: the accounts of its texts. Its score is that of its best matching paragraph
    and `title_share` of its title's."""

    article: str
    title: str
    matches: bool
    score: float
    best: int | None
    title_share: float
    texts: tuple[TextAccount, ...]
