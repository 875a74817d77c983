"""What files say of their language."""

import pytest

from search.readers.languages import code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fr", "fr"),
        ("FR-fr", "fr"),
        ("fr_FR.UTF-8", "fr"),
        ("fra", "fr"),
        ("fre", "fr"),
        ("Français", "fr"),
        ("français (France)", "fr"),
        ("English", "en"),
        ("anglais", "en"),
        ("de-AT", "de"),
        ("nob", "no"),
        ("oc", "oc"),
        ("bre", "bre"),
        ("Klingon", "klingon"),
        (" ", ""),
    ],
)
def test_codes(text: str, expected: str) -> None:
    assert code(text) == expected
