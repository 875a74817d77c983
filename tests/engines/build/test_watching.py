"""Articles that are there twice: a merge says where the words that they count stand."""

import json
import random
from pathlib import Path

import pytest

import search
from search import native
from search.engines.local.build import deleting, finder, joining, terms, uniting
from search.engines.local.codec.deletions import Deletions
from search.engines.local.codec.opened import open_index
from search.readers.tables import plain

WORDS = "Calais port mer Manche tunnel élection été Eté 27 000 l'île Grande-Synthe « fin » ﬁn Ａ 海 x\ud83d".split()


@pytest.mark.parametrize("has_kernel", [True, False])
@pytest.mark.parametrize("at_once", [3, 32_000])
def test_what_copies_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int, has_kernel: bool) -> None:
    monkeypatch.setattr(terms, "TERMS_AT_ONCE", at_once)
    if not has_kernel:
        for module in (finder, joining, native, plain, uniting):
            monkeypatch.setattr(module, "kernel", None)
    chance = random.Random(1)
    articles = [
        {
            "id": f"a{number}",
            "title": f"T{number}",
            "text": " ".join(chance.choices(WORDS, k=40)),
            "source": f"s{number % 9}",
        }
        for number in range(60)
    ]
    copies = [{**one, "id": f"{one['id']}-bis", "title": "Copie"} for one in articles[::7]]
    lines = [json.dumps(one) for one in (*articles[:30], *copies, *articles[30:])]
    (tmp_path / "press.jsonl").write_text("\n".join(lines))
    assert search.build(tmp_path / "press.jsonl", index=tmp_path / "index", jobs=1).stats.articles == 60
    manifest = json.loads((tmp_path / "index" / "index.json").read_text())
    [[name, deleted]] = manifest["segments"]
    made = Deletions.read(tmp_path / "index" / deleted)
    whole = open_index(tmp_path / "index", [[name, ""]], manifest["dictionary"])
    gone = [number for number in range(69) if whole.segments[0].ids[number].startswith("\0")]
    expected = deleting.without(whole.segments[0], gone)
    assert len(gone) == 9
    assert made.documents == expected.documents
    assert made.changes == expected.changes
    whole.close()
