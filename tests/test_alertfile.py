"""The file of alerts: it is whole or not there, and what is damaged is left alone."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from search import alertfile
from search.alerts import ID, TEXT, Alert
from search.errors import AlertProblem

KEYS = frozenset((bytes([n]) * TEXT, bytes([n]) * ID) for n in range(5))
ALERT = Alert("a", "Calais «\ud800»", True, "article", "2019", None, "2026-01-01T00:00:00Z", None, KEYS)


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "index.alerts.json")


def write(path: str, *alerts: Alert) -> None:
    with alertfile.changing(path) as (every, save):
        every.clear()
        every.update((one.name, one) for one in alerts)
        save()


def test_what_is_written_is_read(path: str) -> None:
    other = ALERT.__replace__(name="b", ran="2026-01-02T00:00:00Z", known=frozenset())
    write(path, ALERT, other)
    assert list(alertfile.read(path).values()) == [ALERT, other]
    assert sorted(os.listdir(os.path.dirname(path))) == ["index.alerts.json", "index.alerts.json.lock"]


def test_no_file_is_no_alert(path: str) -> None:
    assert alertfile.read(path) == {}


def test_an_article_takes_sixteen_characters(path: str) -> None:
    many = frozenset((n.to_bytes(TEXT, "big"), b"abcd") for n in range(30_000))
    write(path, ALERT.__replace__(known=many))
    assert 0 < os.path.getsize(path) - 16 * len(many) < 500


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        ("index", "index.alerts.json"),
        ("press/", "press.alerts.json"),
        ("a/./b", "a/b.alerts.json"),
        ("/x/y", "/x/y.alerts.json"),
    ],
)
def test_where_the_alerts_are(index: str, expected: str) -> None:
    assert alertfile.beside(index) == expected


def test_where_the_alerts_of_this_folder_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "press").mkdir()
    monkeypatch.chdir(tmp_path / "press")
    assert alertfile.beside(".") == str(tmp_path / "press.alerts.json")


def spoiled(**changes: Any) -> Callable[[dict[str, Any]], None]:
    return lambda data: data["alerts"][0].update(changes)


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda data: data.pop("magic"), "KeyError: 'magic'"),
        (lambda data: data.update(magic="x"), 'ValueError: expected the magic "news-search alerts"'),
        (lambda data: data.update(alerts=5), "TypeError: "),
        (spoiled(query=5), "TypeError: query is 5"),
        (spoiled(any_word="no"), "TypeError: any_word is 'no'"),
        (spoiled(within="book"), "ValueError: within is 'book'"),
        (spoiled(known="abc"), "Error: "),
        (spoiled(known="YWJj"), "ValueError: 3 bytes of what is known, which are cut off"),
        (spoiled(known=None), "TypeError: "),
    ],
)  # fmt: skip
def test_damage_is_told_and_left_as_it_is(path: str, spoil: Callable[[dict[str, Any]], None], why: str) -> None:
    write(path, ALERT)
    data = json.loads(Path(path).read_text())
    spoil(data)
    refused(path, json.dumps(data).encode(), why)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"magic": "news-search'])
def test_what_is_no_file_of_alerts(path: str, content: bytes) -> None:
    refused(path, content, "")


def refused(path: str, content: bytes, why: str) -> None:
    Path(path).write_bytes(content)
    with pytest.raises(AlertProblem, match=r"are damaged \(.*\), and left as they are: put a copy") as error:
        alertfile.read(path)
    assert why in str(error.value)
    with pytest.raises(AlertProblem), alertfile.changing(path) as (_, save):
        save()
    assert Path(path).read_bytes() == content


def test_another_version(path: str) -> None:
    write(path, ALERT)
    Path(path).write_text(Path(path).read_text().replace('"version": 1', '"version": 2'))
    with pytest.raises(AlertProblem, match="has version 2 of alerts, this program knows 1: use the program that"):
        alertfile.read(path)


def test_one_at_a_time(path: str) -> None:
    with (
        alertfile.changing(path),
        pytest.raises(AlertProblem, match=r"^another command is at work on the alerts in .*: wait for it to end$"),
        alertfile.changing(path),
    ):
        pass
    write(path, ALERT)


def test_a_write_that_fails_leaves_what_was(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write(path, ALERT)
    before = Path(path).read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(
        AlertProblem, match=r"^cannot write the alerts to .* \(No space left on device\): name another"
    ):
        write(path)
    assert Path(path).read_bytes() == before
    assert not Path(f"{path}.new").exists()


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    with pytest.raises(AlertProblem, match=r"^cannot write the alerts to .* \(No such file or directory\)"):
        write(str(tmp_path / "no" / "x.json"))
    with pytest.raises(AlertProblem, match=r"^cannot read the alerts in .* \(Is a directory\)$"):
        alertfile.read(str(tmp_path))


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    os.symlink(tmp_path / "real.json", tmp_path / "link.json")
    write(str(tmp_path / "link.json"), ALERT)
    assert (tmp_path / "link.json").is_symlink()
    assert list(alertfile.read(str(tmp_path / "real.json"))) == ["a"]
