"""Where titles lead to: the web, or a file, and nothing else."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.render.links import LONGEST, address
from search.render.style import Style, without_links, without_style

HOST = os.uname().nodename


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://a.fr/1?b=c&d=%20#e", "https://a.fr/1?b=c&d=%20#e"),
        ("HTTP://a.fr", "HTTP://a.fr"),
        ('https://été.fr/où|\\"', "https://%C3%A9t%C3%A9.fr/o%C3%B9%7C%5C%22"),
        ("https://a.fr/ b", ""),
        ("https://a.fr/\x1b\\", ""),
        ("https://a.fr/\x07", ""),
        ("https://a.fr/\x9c", ""),
        ("https://a.fr/\n", ""),
        ("https://a.fr/\u202e", ""),
        ("https://a.fr/\ud800", ""),
        ("javascript:alert(1)", ""),
        ("file://server/share", ""),
        ("ftp://a.fr", ""),
        ("https://", ""),
        ("", ""),
        (None, ""),
        ("https://a.fr/" + "x" * (LONGEST - 13), "https://a.fr/" + "x" * (LONGEST - 13)),
        ("https://a.fr/" + "x" * (LONGEST - 12), ""),
        ("https://a.fr/" + "é" * 400, ""),
    ],
)
def test_addresses_of_the_web(url: str | None, target: str) -> None:
    assert address(url, None) == target


def test_addresses_of_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("l’été 1.txt").touch()
    Path("a.zip").touch()
    assert address(None, "l’été 1.txt") == f"file://{HOST}{tmp_path}/l%E2%80%99%C3%A9t%C3%A9%201.txt"
    assert address("javascript:1", "a.zip!/b/c.html") == f"file://{HOST}{tmp_path}/a.zip"
    assert address("https://a.fr", "a.zip") == "https://a.fr"
    assert [address(None, path) for path in ("none.txt", "", "a\0b", "\ud800", None)] == [""] * 5


@given(st.text(st.characters(codec=None)))
def test_nothing_ends_the_sequence(text: str) -> None:
    target = address(f"https://{text}", None)
    assert all("!" <= char <= "~" for char in target)
    line = Style(colour=True, links=True).link("titre", target)
    assert without_links(line) == without_style(line) == "titre"
