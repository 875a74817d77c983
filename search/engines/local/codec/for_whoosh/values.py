"""The fields whose terms are whole values."""

from search.engines.local.codec.segment import Segment

VALUES = ("id", "language", "source", "author", "date")


def value_of(segment: Segment, field: str, article: int) -> bytes:
    """The value of an article in a field, as bytes."""
    if field == "id":
        return segment.ids.bytes(article)
    if field == "date":
        return str(segment.first[article] or "").encode()
    return segment.value(field, article).encode("utf-8", "surrogatepass")
