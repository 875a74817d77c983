"""Building segments, with arrays: from records to drafts (`units`, `draft`), from what is printed to words
(`vocabulary`, `tokens`), to spills (`spill`), which are merged (`source`, `merge`); in several processes (`bulk`,
`worker`); deleting (`deleting`), and counting what is there (`counts`)."""
