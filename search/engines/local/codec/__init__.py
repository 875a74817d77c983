"""The segment format: what is in a segment's file, and where.

A segment holds some articles of an index. Its file is a section file (`files`): named sections, each with a
checksum, found by a table. All numbers are unsigned and little-endian; a *column* is a section of numbers, each of
1, 2, 4 or 8 bytes, as few as the largest needs. *Strings*, *narrow columns* and *sizes* are sections that belong
together (`columns`), and so are *forms* (`forms`). Nothing in a file is code, and nothing is ever unpickled.

Documents are numbered from 0: an article's title, then its paragraphs, then the next article's title. A title that
is empty has a number all the same. ``about`` (in the table) says how many ``documents`` and ``articles`` there are.

====================================  ========================================================================
section                               what it is
====================================  ========================================================================
*the dictionary of printed forms*     in the order of (folded form, form), so that what folds alike, or begins
                                      alike, stands together; a *term* is a place in it
``text.forms``                        forms
``text.folded``                       the same folded, for patterns (`folded`)
``text.df``                           narrow column: in how many documents each stands
``text.evidence``                     narrow column: how often its case says whether it is a name
``text.speech``                       column: in which languages it is printed (`stems.SPOKEN`, a bit each)
``text.lists``                        the posting lists (`lists`), one after the other, and their sizes
``stems.fr.2`` …                      column: for a language and grade, the hashes of stems, ascending (`stems`)
``stems.fr.2.forms`` …                column: the term that has the stem
*the dictionary of metadata*          in the order of the terms, such as ``source<tab>monde``
``meta.forms``, ``meta.df``,          the same for metadata; the documents are titles
``meta.lists``
*documents*
``lengths``                           column: words, plus one; 0 where an article has no title
``numbers``                           column: 0 for the title, then 1, 2 …
*articles*
``starts``                            column: the title document
``first``, ``last``                   columns: the days that the date may mean, ``YYYYMMDD``; 0 without a date
``ids``                               strings: the ids
``ids.order``                         column: the articles in the order of their ids
``language``, ``source``,             columns: the number of the value
``author``
``language.values`` …                 strings: the values, in order; ``""`` for none
``sketches``                          30 bytes for each, by which near-copies are known
                                      (`search.engines.local.build.sketch`)
*texts*
``blocks``, ``blocks.ends``           frames of compressed articles (`records`), and a column with their ends
``blocks.articles``                   column: the first article of each
====================================  ========================================================================

A file is never changed. What is deleted is said in another file (`deletions`), and goes with the next merge. A
spill of a build (`search.engines.local.build.spill`) has the same sections, but for lists and stems, and its forms
are strings.

Reading needs only Python (`segment`, `lists`, `bits`, `columns`, `forms`); numpy reads the same bytes (`packing`,
`encode`), Whoosh reads them through a codec of its own kind (`for_whoosh`).
"""
