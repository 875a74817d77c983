"""The compiled kernel is made of all its files, and each is told of."""

import tomllib
from pathlib import Path

from search import native

ROOT = Path(__file__).parents[1]


def test_the_kernel_is_made_of_all_its_files() -> None:
    made = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["ext-modules"][0]
    folder = ROOT / "search" / "native"
    for name, suffix in (("sources", "c"), ("depends", "h")):
        assert sorted(made[name]) == sorted(f"search/native/{path.name}" for path in folder.glob(f"*.{suffix}"))


def test_every_file_of_the_kernel_is_told_of() -> None:
    assert native.__doc__
    for path in (ROOT / "search" / "native").glob("*.c"):
        assert f"``{path.name}``  " in native.__doc__
