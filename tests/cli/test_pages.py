"""The reference of the commands: what is checked in is what the commands say, and reads well."""

import shutil
import subprocess
from pathlib import Path

import pytest

from search.cli.group import COMMANDS
from search.cli.pages import _text, pages, write
from tests.conftest import ROOT

DOCS = ROOT / "docs"


def test_the_pages_are_up_to_date() -> None:
    there = {str(path.relative_to(DOCS)): path for path in (DOCS / "cli.md", *DOCS.glob("man/*.1"))}
    stale = [name for name, text in pages().items() if name not in there or there[name].read_text("utf-8") != text]
    assert not stale, "make them anew: python -m search.cli.pages docs"
    assert there.keys() == pages().keys()


def test_every_command_has_its_page() -> None:
    made = pages()
    for name in COMMANDS:
        assert f"\n## search {name}\n" in made["cli.md"]
        assert f".B search {name}\n" in made[f"man/search-{name}.1"]


def test_pages_of_commands_that_are_no_more_go(tmp_path: Path) -> None:
    (tmp_path / "man").mkdir()
    (tmp_path / "man/search-kwac.1").write_text("")
    (tmp_path / "man/other.txt").write_text("")
    write(tmp_path)
    assert {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.*")} == {*pages(), "man/other.txt"}


@pytest.mark.parametrize(
    ("text", "roff"),
    [(".so x", r"\&.so x"), ("'x'", r"\&\(aqx\(aq"), ("--any", r"\&\-\-any"), (r"a\b^~`", r"a\eb\(ha\(ti\(ga")],
)
def test_text_gives_roff_no_orders(text: str, roff: str) -> None:
    assert _text(text) == roff


@pytest.mark.skipif(not shutil.which("groff"), reason="groff is not installed")
@pytest.mark.parametrize("name", sorted(name for name in pages() if name.startswith("man/")))
def test_man_pages_are_read_without_a_warning(name: str) -> None:
    done = subprocess.run(["groff", "-man", "-Tutf8", "-Kutf8", "-ww", DOCS / name], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert name.split("/")[1].removesuffix(".1").upper() in done.stdout
