"""How wide a text is on a terminal, compared with what the library ``wcwidth`` says."""

import unicodedata

import pytest
import wcwidth
from hypothesis import given, settings
from hypothesis import strategies as st

from search.columns import char_width, clusters, width


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("Calais", 6), ("été", 3), ("e\u0301te\u0301", 3), ("l’« été »…", 10), ("北京", 4), ("a\u200bb", 2),
        ("", 0), ("👍", 2), ("👩\u200d🚀", 2), ("👨\u200d👩\u200d👧\u200d👦", 2), ("👍🏽👍🏽", 4), ("🇫🇷🇧🇪", 4),
        ("🇫🇷🇧", 4), ("❤", 1),
        ("❤\ufe0f", 2), ("1\ufe0f\u20e3", 2), ("ℹ\ufe0f", 2), ("🏴\u200d☠\ufe0f", 2), ("各国\u0301", 4), ("한국", 4),
        ("\u1112\u1161\u11ab", 2), ("שלום", 4), ("سَلام", 4), ("\u200fשלום\u200e", 4), ("\u0301", 0),
    ],
)  # fmt: skip
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


NOT_ASSIGNED = ("Cn", "Cs", "Cc", "Co", "Zl", "Zp")
LATER_WIDE = [range(0x2630, 0x2638), range(0x268A, 0x2690), range(0x4DC0, 0x4E00), range(0x1D300, 0x1D380)]
"""Symbols that became wide in Unicode 16, which not every Python has, nor every terminal."""
NARROW = {0x3164, 0x115F, 0xFFA0}
"""Empty letters of Hangul, of which `wcwidth` says that they take no columns."""


def test_every_character() -> None:
    differ = [
        hex(code)
        for code in range(0x20, 0x110000)
        if unicodedata.category(chr(code)) not in NOT_ASSIGNED
        and code not in NARROW
        and not any(code in part for part in LATER_WIDE)
        and char_width(chr(code)) != wcwidth.wcwidth(chr(code))
    ]
    assert differ == []


PIECES = """a é e\u0301 l’ « » … œ \u00a0 \u202f – € 北 京 あ ｱ Ａ 한 \u1112\u1161\u11ab ש א\u05b8 س سَ हि ก็ \u200b
 \u00ad 😀 👍 👍🏽 ☝🏽 👩\u200d🚀 👨\u200d👩\u200d👧 👩🏾\u200d🚒 🇫🇷 🇬🇧
 ❤ ❤\ufe0f ☀\ufe0f 1\ufe0f\u20e3 #\ufe0f\u20e3 ™\ufe0f 🏴\u200d☠\ufe0f
 🏳\ufe0f\u200d🌈 ⌚ ½ ² № ★ █ ─ 🈂 🅰\ufe0f ‼\ufe0f ⁉\ufe0f ▶\ufe0f""".split()  # fmt: skip


@given(st.lists(st.sampled_from([*PIECES, " ", "\u00a0"]), max_size=12).map("".join))
@settings(max_examples=2000)
def test_texts_are_as_wide_as_terminals_show_them(text: str) -> None:
    assert width(text) == wcwidth.wcswidth(text)


@given(st.text(st.sampled_from("a\u0301é北👍🏽\u200d👩🚀🇫🇷\ufe0f❤1"), max_size=12))
def test_clusters_are_the_whole_text(text: str) -> None:
    found = list(clusters(text))
    ends = [end for end, _ in found]
    assert ends == sorted(set(ends))
    assert (ends[-1] if ends else 0) == len(text)
    assert sum(columns for _, columns in found) == width(text)


@pytest.mark.parametrize("piece", PIECES)
def test_no_cluster_is_cut(piece: str) -> None:
    text = f"x{piece}x"
    count = len(list(wcwidth.iter_graphemes(text)))
    assert [end for end, _ in clusters(text)][-2:] == [len(text) - 1, len(text)]
    assert len(list(clusters(text))) <= count
