"""French: stop words, and the light stem (plural and feminine).

The stem follows the idea of J. Savoy, "A stemming procedure and stopword list for general French corpora",
JASIS 50(10), 1999: undo only what inflects nouns and adjectives, and leave derivation alone.
"""

from collections.abc import Callable
from functools import cache

STOP = frozenset(
    """
    le la les l un une des du de d au aux à
    et ou mais ni donc que qu qui quoi dont où comme si lorsque lorsqu puisque puisqu quoique quand car
    ne n pas plus
    je j tu il elle on nous vous ils elles me m te t se s moi toi lui leur leurs eux soi y en
    ce c cet cette ces cela ça ceci celui celle ceux celles
    mon ma mes ton ta tes sa ses notre nos votre vos
    dans par pour sur sous avec sans vers chez entre dès depuis pendant
    quel quelle quels quelles lequel laquelle lesquels lesquelles auquel duquel
    aussi très même tout toute tous toutes
    combien comment pourquoi lors alors ainsi
    être es est suis sommes êtes sont étant étais était étions étiez étaient
    sera serai seras serons serez seront serais serait serions seriez seraient
    sois soit soyons soyez soient fus fut fûmes furent
    avoir ai as a avons avez ont ayant avais avait avions aviez avaient
    aura aurai auras aurons aurez auront aurais aurait aurions auriez auraient
    aie aies ait ayons ayez aient eu eus eut eurent
    """.split()
)
"""Words that carry little by themselves. What is also a noun that people ask for (``été``, ``or``, ``son``,
``an``, ``fût``, ``dû``, ``sûr``) is not among them; accents count, so ``à`` is one and ``â`` is not."""

CONTENT = frozenset({"an", "but", "mine", "or"})
"""French words in their own right that are stop words in another language."""

WITH_CAPITAL = frozenset({"ai", "est", "if"})
"""Stop words that mean something else with a capital: ``l'Est``, ``château d'If``, ``AI``."""

INVERTED = frozenset({"t", "je", "tu", "il", "elle", "on", "ils", "elles", "ce"})
"""What a question puts behind its verb with a hyphen: ``vit-elle``, ``a-t-on``."""

_ENDINGS = (  # (ending, instead, shortest word); the first that fits is applied, then the list below
    ("eaux", "eau", 5),
    ("aux", "al", 5),
    ("eux", "eu", 4),
    ("oux", "ou", 5),
    ("s", "", 4),
)
_FEMININE = (
    ("trice", "teur", 7),
    ("ique", "ic", 6),
    ("cque", "c", 6),
    ("anche", "anc", 7),
    ("ngue", "ng", 6),
    ("ève", "ef", 5),
    ("euse", "eu", 6),
    ("elle", "el", 6),
    ("enne", "en", 6),
    ("onne", "on", 5),
    ("ette", "et", 6),
    ("ière", "ier", 5),
    ("ère", "er", 5),
    ("ive", "if", 5),
    ("ée", "é", 3),
    ("ie", "i", 4),
    ("ue", "u", 4),
    ("e", "", 5),
)


_MASCULINE = (("ail", "al", 6),)
_OWN = {
    "nouvelle": "nouveau", "nouvel": "nouveau", "belle": "beau", "bel": "beau", "vieille": "vieu", "vieil": "vieu",
    "folle": "fou", "fol": "fou", "molle": "mou",
}  # fmt: skip
"""What has a feminine of its own, after the plural is off."""


def _by_last_two(endings: tuple[tuple[str, str, int], ...]) -> Callable[[str], list[tuple[str, str, int]]]:
    """Those of the endings, in order, with which a word may end that ends with these two letters."""

    @cache
    def found(two: str) -> list[tuple[str, str, int]]:
        return [one for one in endings if two.endswith(one[0][-2:])]

    return found


_LAST = frozenset("sxel")
"""No other word has such an ending, nor one of its own."""

_STEPS = [("sx", _by_last_two(_ENDINGS)), ("e", _by_last_two(_FEMININE)), ("l", _by_last_two(_MASCULINE))]


def light(word: str) -> str:
    """The word (in small letters) without its plural and feminine endings: ``nationales`` → ``national``."""
    if word[-1:] not in _LAST:
        return word
    for last, possible in _STEPS:
        if word in _OWN:
            return _OWN[word]
        if word[-1:] in last:
            for ending, instead, shortest in possible(word[-2:]):
                if len(word) >= shortest and word.endswith(ending):
                    word = word[: len(word) - len(ending)] + instead
                    break
    return word


assert _LAST == set("".join(last for last, _ in _STEPS)) >= {word[-1] for word in _OWN}
