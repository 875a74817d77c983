"""Tables: formats in which an article is an object with named fields (`search.readers.tables.objects`)."""
