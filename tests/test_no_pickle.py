"""Nothing is ever unpickled: no module does it, and an index that holds a pickle runs none of it."""

import ast
import json
import os
import pickle
from contextlib import suppress
from pathlib import Path

import pytest

import search
from search import SearchError
from search.article import Article
from search.engines.local.whoosh_index import WhooshIndex

PACKAGE = Path(search.__file__).parent
UNSAFE = {"pickle", "cPickle", "_pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}
RUNS_CODE = {"eval", "exec", "compile", "__import__"}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_unpickles_or_runs_data(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            assert not UNSAFE & {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert (node.module or "").partition(".")[0] not in UNSAFE
        elif isinstance(node, ast.Call):
            called = node.func
            assert not (isinstance(called, ast.Name) and called.id in RUNS_CODE)
            if isinstance(called, ast.Attribute):
                assert called.attr not in {"loads", "load"} or ast.unparse(called).startswith(("json.", "tomllib."))
                assert not any(keyword.arg == "allow_pickle" for keyword in node.keywords)


class Bomb:
    def __init__(self, traces: Path) -> None:
        self.traces = traces

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.traces),)


def test_a_poisoned_index_runs_nothing(tmp_path: Path) -> None:
    index, traces = tmp_path / "index", tmp_path / "traces"
    search.build(articles=[Article("a", "Calais", ("Le port de Calais.",))], index=index)
    poison = pickle.dumps(Bomb(traces))
    pickle.loads(pickle.dumps(Bomb(tmp_path / "proof")))  # it would work
    assert (tmp_path / "proof").exists()
    for victim in [path for path in index.iterdir() if path.suffix in (".seg", ".json")]:
        whole = victim.read_bytes()
        for poisoned in (poison, whole[:8] + poison + whole[8 + len(poison) :], whole + poison):
            victim.write_bytes(poisoned)
            with suppress(SearchError):
                _ask(index)
            with suppress(Exception):  # what Whoosh makes of it
                _ask_with_whoosh(index)
            assert not traces.exists()
        victim.write_bytes(whole)
    for name in ("_MAIN_1.toc", "MAIN_abc.seg", "_MAIN_WRITELOCK"):  # what Whoosh itself would open
        (index / name).write_bytes(poison)
    assert _ask(index) == 1
    assert not traces.exists()


def test_a_table_of_contents_with_more_in_it_is_data(tmp_path: Path) -> None:
    search.build(articles=[Article("a", "Calais", ("Le port de Calais.",))], index=tmp_path)
    manifest = json.loads((tmp_path / "index.json").read_text())
    manifest["languages"] = {"__class__": 1}
    (tmp_path / "index.json").write_text(json.dumps(manifest))
    with pytest.raises(SearchError, match="is damaged"):
        _ask(tmp_path)


def _ask(index: Path) -> int:
    with search.open(index) as archive:
        archive.read("a")
        return archive.search('Calais "port de" auteur:x OU port').articles


def _ask_with_whoosh(index: Path) -> None:
    with WhooshIndex(index).searcher() as searcher:
        searcher.document_numbers(id="a")
