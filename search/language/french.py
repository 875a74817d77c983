"""French: stop words, and the light stem (plural and feminine).

The stem follows the idea of J. Savoy, "A stemming procedure and stopword list for general French corpora",
JASIS 50(10), 1999: undo only what inflects nouns and adjectives, and leave derivation alone.
"""

from search.language.suffixes import Rule, Suffixes

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

_PLURAL = (
    Rule("eaux", "eau", 5),
    Rule("aux", "al", 5),
    Rule("eux", "eu", 4),
    Rule("oux", "ou", 5),
    Rule("s", "", 4),
)
_FEMININE = (
    Rule("trice", "teur", 7),
    Rule("ique", "ic", 6),
    Rule("cque", "c", 6),
    Rule("anche", "anc", 7),
    Rule("ngue", "ng", 6),
    Rule("ève", "ef", 5),
    Rule("euse", "eu", 6),
    Rule("elle", "el", 6),
    Rule("enne", "en", 6),
    Rule("onne", "on", 5),
    Rule("ette", "et", 6),
    Rule("ière", "ier", 5),
    Rule("ère", "er", 5),
    Rule("ive", "if", 5),
    Rule("ée", "é", 3),
    Rule("ie", "i", 4),
    Rule("ue", "u", 4),
    Rule("e", "", 5),
)
_MASCULINE = (Rule("ail", "al", 6),)
_OWN = {
    "nouvelle": "nouveau", "nouvel": "nouveau", "belle": "beau", "bel": "beau", "vieille": "vieu", "vieil": "vieu",
    "folle": "fou", "fol": "fou", "molle": "mou",
}  # fmt: skip
"""What has a feminine of its own, after the plural is off."""

light = Suffixes(_PLURAL, _FEMININE, _MASCULINE, own=_OWN)
"""The word (in small letters) without its plural and feminine endings: ``nationales`` → ``national``."""
