"""Who may import whom: one direction, from files to words to postings, from text to tree to hits to lines."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "search"

ALLOWED: dict[str, set[str]] = {
    "breaks": set(),
    "columns": set(),
    "lazy": set(),
    "lock": set(),
    "value": set(),
    "version": set(),
    "dates": set(),
    "zstd": set(),
    "errors": {"columns"},
    "article": {"errors"},
    "query": {"errors"},
    "explained": set(),
    "looser": {"query"},
    "silence": {"engines", "errors", "language", "looser", "query"},
    "hits": {"errors"},
    "counts": set(),
    "keyness": {"concordance"},
    "telling": {"article", "concordance", "engines", "hits", "keyness", "language", "query"},
    "likeness": {"hits", "query"},
    "like": {"article", "engines", "hits", "language", "likeness", "query"},
    "concordance": {"errors", "hits", "language"},
    "crosstab": {"counts", "engines", "periods", "query", "timeline"},
    "measures": {"errors"},
    "plain": {"errors", "query", "tokens"},
    "queries": set(),
    "topics": {"queries"},
    "periods": set(),
    "timeline": {"counts", "engines", "errors", "periods", "query"},
    "native": set(),
    "readers": {"article", "dates", "errors", "native", "zstd"},
    "tokens": set(),
    "syntax": {"query", "errors", "tokens"},
    "times": {"dates", "readers"},
    "language": {"errors"},
    "excerpts": {"breaks", "columns", "language", "query", "hits", "errors"},
    "engines": {
        "article",
        "counts",
        "dates",
        "errors",
        "explained",
        "hits",
        "keyness",
        "language",
        "likeness",
        "native",
        "query",
        "readers",
        "syntax",
        "times",
        "zstd",
    },
    "render": {
        "alerts",
        "article",
        "breaks",
        "columns",
        "concordance",
        "counts",
        "engines",
        "errors",
        "explained",
        "excerpts",
        "hits",
        "keyness",
        "likeness",
        "measures",
        "periods",
        "silence",
    },
    "alerts": {"archive", "errors", "hits", "periods", "times"},
    "alertfile": {"alerts", "engines", "errors"},
    "building": {"article", "engines", "errors", "readers"},
    "reading": {"article", "errors", "readers"},
    "archive": {
        "article",
        "counts",
        "crosstab",
        "dates",
        "engines",
        "errors",
        "explained",
        "hits",
        "keyness",
        "language",
        "like",
        "likeness",
        "periods",
        "plain",
        "query",
        "readers",
        "silence",
        "syntax",
        "telling",
        "timeline",
        "times",
    },
}  # fmt: skip
TOOLS = {"lazy", "lock", "value", "version"}
"""What every layer may import."""
"""The layers, and what each may import besides itself. `cli` and the package itself may import all but `cli`."""


def imports() -> Iterator[tuple[str, str, str]]:
    """File, its layer, and the layer it imports, for all imports of this package, those in functions included."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{path}: relative import"
                names = [node.module or ""]
                if node.module == "search":
                    names = [f"search.{alias.name}" for alias in node.names]
            else:
                continue
            for name in names:
                if name == "search" or name.startswith("search."):
                    yield str(path), parts[0], (name.split(".") + [""])[1]


@pytest.mark.parametrize(("file", "layer", "imported"), sorted(set(imports())))
def test_imports_go_one_way(file: str, layer: str, imported: str) -> None:
    if layer == "__main__":
        assert imported == "command"
    elif layer == "__init__":
        assert imported in ALLOWED
    elif layer == "command":
        assert imported == "cli"
    elif layer == "cli":
        assert imported in ALLOWED or imported == "cli"
    else:
        assert imported in ALLOWED[layer] | {layer} | TOOLS, f"{file} may not import search.{imported}"


def test_every_module_has_a_layer() -> None:
    layers = {path.stem if path.is_file() else path.name for path in PACKAGE.iterdir()}
    assert layers - {"__init__", "__main__", "__pycache__", "py", "cli", "command"} == set(ALLOWED)


def test_whoosh_is_read_in_one_place_only() -> None:
    """What knows the tree and the scores is kept apart from what fetches postings."""
    users = {
        path.relative_to(PACKAGE / "engines/local").as_posix()
        for path in PACKAGE.rglob("*.py")
        if any(
            (isinstance(node, ast.Import) and any(a.name.startswith("whoosh") for a in node.names))
            or (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("whoosh"))
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        )
    }
    codec = {f"codec/for_whoosh/{name}.py" for name in ("__init__", "terms", "documents")}
    assert users == {"build/counts.py", "whoosh_index.py", *codec}
