"""Keywords with examples."""

from pathlib import Path

import search
from tests.test_keyness import articles


def test_each_word_has_an_example_of_its_own(tmp_path: Path) -> None:
    search.build(articles=articles(), index=tmp_path)
    with search.open(tmp_path) as archive:
        found = archive.terms("port")
        examples = [one.example for one in found.words if one.example]
        assert len(examples) == len(found.words) > 2
        assert len({(one.article, one.number) for one in examples}) == len(examples)
        for word, line in zip(found.words, examples, strict=True):
            assert line.match in word.forms
            assert "port" in f"{line.left}{line.match}{line.right}"
            assert archive.read(line.article).paragraphs[line.number - 1] == f"{line.left}{line.match}{line.right}"


def test_so_many_as_are_asked_for(tmp_path: Path) -> None:
    search.build(articles=articles(), index=tmp_path)
    with search.open(tmp_path) as archive:
        every = archive.terms("port", limit=None).words
        assert archive.terms("port", limit=2).words == every[:2]
        assert archive.terms("port", limit=0).words == ()
        against = archive.terms("port", against="match").words
        assert "stade" not in {one.word for one in against}
