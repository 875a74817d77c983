"""The local engine: an index in a folder, built on Whoosh.

From the query's end to the files: `resolve` (words → printed forms) gives a `plan`; `evaluate` finds the texts
that match it, `scoring` ranks them, `searcher` puts them together; `postings` is all that reads Whoosh's files.
From the articles' end: `writer` fills Whoosh by the `schema`, counts words for the `lexicon`, and the `folder`
puts the new generation in place.
"""
