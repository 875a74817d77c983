"""The local engine: an index in a folder.

From the query's end to the files: `resolve` looks words up (`lexicon`) and gives a `plan`; a kernel (`kernels`)
finds the texts that match it and ranks them by the rules of `scoring`; `searcher` puts together what is shown.
Postings come from segments (`postings`, `codec`).

From the articles' end: `build` makes segments, `writer` adds and deletes, and the `folder` puts a new state of the
index in place. `whoosh_index` shows the same index to Whoosh.
"""
