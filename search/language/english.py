"""English: stop words, and the light stem (plural).

The stem is the S-stemmer of D. Harman, "How effective is suffixing?", JASIS 42(1), 1991.
"""

from search.language.suffixes import Rule, Suffixes

STOP = frozenset(
    """
    a an the and or but nor so if then than that this these those there here
    of to in on at by for from with without into onto over under about as up out off down between through during
    i me my mine we us our ours you your yours he him his she her hers it its they them their theirs
    who whom whose which what when where why how
    be am is are was were been being do does did doing have has had having will would shall should can could
    may might must not no yes don't doesn't didn't isn't aren't wasn't weren't won't can't couldn't wouldn't
    i'm you're he'll she'll it'll we're they're i've you've we've they've i'd you'd we'd they'd
    also very too just only
    """.split()
)

CONTENT = frozenset({"car", "ton"})
"""English words in their own right that are stop words in another language."""

WITH_CAPITAL = frozenset({"it", "may", "us"})
"""Stop words that mean something else with a capital: ``May``, the ``US``, ``IT``."""

light = Suffixes((Rule("ies", "y", 5, after="ae"), Rule("es", "e", 4, after="aeo"), Rule("s", "", 4, after="us")))
"""The word (in small letters) in the singular."""
