"""Web pages, saved or crawled."""
