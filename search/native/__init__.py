"""The compiled kernel: reading plain JSON, finding the words of texts, inverting them, packing posting lists, ranking
articles, in C.

Where no compiler was at hand when the package was installed, numpy alone does the same, in up to four times the
time: it makes the same index, byte by byte, and the same hits. ``SEARCH_KERNEL=python`` leaves the kernel out.

====================  =======================================================================================
file                  what it does
====================  =======================================================================================
``kernel.c``          the module, and memory
``names.c``           a hash table of strings (and ``names.h``)
``json.c``            JSON, where it is strings and whole numbers (and ``json.h``)
``rows.c``            from objects with the same names to columns
``packed.c``          the texts of articles, as `search.engines.local.codec.records` keeps them
``lines.c``           from texts to their lines
``judge.c``           from chunks (runs without white space) to words, as `search.language.words` has them
``scan.c``            from texts to chunks, and so to words
``words.c``           the type that Python sees
``invert.c``          from words to posting lists; sketches and keys of articles
``forms.c``           the type for what there is to say of forms
``folding.c``         what characters become, folded and in small letters
``written.c``         forms as lines
``order.c``           the order of forms
``stems.c``           light stems, as `search.language.suffixes` has them; the hashes of stems
``unite.c``           from several dictionaries to one
``rank.c``            from the postings of a query's words to the best articles (and ``rank.h``)
``score.c``           their scores, as `scoring` has it
``alike.c``           which of them are near-copies
``best.c``            the best of them
``sets.c``            which documents are in any, or in all, of some lists
``lists.c``           from posting lists to bytes, as `search.engines.local.codec.lists` has them
====================  =======================================================================================
"""

import os
from types import ModuleType

kernel: ModuleType | None = None
"""The module `_kernel`, if there is one."""

if os.environ.get("SEARCH_KERNEL") != "python":
    try:
        from search.native import _kernel as kernel
    except ImportError:
        kernel = None
