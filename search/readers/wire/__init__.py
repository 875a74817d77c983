"""What news agencies and sites send: feeds, NITF, NewsML; all of it XML."""
