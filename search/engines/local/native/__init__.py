"""The compiled kernel of a build: finding the words of texts, inverting them, packing posting lists, in C.

Building does without it where no compiler was at hand when the package was installed, with numpy alone, and makes the
same index, byte by byte; it takes about twice as long. ``SEARCH_KERNEL=python`` leaves the kernel out.

====================  =======================================================================================
file                  what it does
====================  =======================================================================================
``kernel.c``          the module, and memory
``names.c``           a hash table of strings (and ``names.h``)
``scan.c``            from texts to words, as `search.language.words` has them
``words.c``           the type that Python sees
``invert.c``          from words to posting lists; sketches and keys of articles
``unite.c``           from several dictionaries to one
``lists.c``           from posting lists to bytes, as `search.engines.local.codec.lists` has them
====================  =======================================================================================
"""

import os
from types import ModuleType

kernel: ModuleType | None = None
"""The module `_kernel`, if there is one."""

if os.environ.get("SEARCH_KERNEL") != "python":
    try:
        from search.engines.local.native import _kernel as kernel
    except ImportError:
        kernel = None
