"""What is kept of an article beside its texts: JSON, as Python's own encoder has it."""

import json

from hypothesis import given
from hypothesis import strategies as st

from search import Article
from search.engines.local.codec.records import ArticleTexts, encoded

texts = st.text(max_size=8) | st.sampled_from(['"', "\\", "\n\t\x00\x1f\x7f", "\ud800", "é€𝒜"])


@given(st.none() | texts, st.none() | texts, st.integers(0, 9), st.dictionaries(texts, texts, max_size=3))
def test_records(url: str | None, path: str | None, line: int, metadata: dict[str, str]) -> None:
    article = Article("a", "Titre", ("la mer",), url=url, path=path, line=line, metadata=metadata)
    kept = {"url": url, "path": path, "line": line, "metadata": metadata}
    expected = {name: value for name, value in kept.items() if value not in (None, 0, {})}
    found = ArticleTexts(memoryview(encoded(article)))
    assert found.record() == expected
    assert found._text(0) == json.JSONEncoder(ensure_ascii=False).encode(expected)
    assert (found.text(0), found.text(1)) == ("Titre", "la mer")
