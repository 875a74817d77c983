"""What a build asks of its process, and leaves as it was."""

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest

from search.engines.local.build.quiet import OFTEN, SELDOM, collecting_seldom, sleepy_threads, switching_often

NAME = "OPENBLAS_THREAD_TIMEOUT"


@pytest.mark.parametrize(
    ("before", "within"), [((700, 10, 10), SELDOM), ((0, 10, 10), 0), ((SELDOM + 1, 5, 5), SELDOM + 1)]
)
def test_garbage_is_collected_seldom(before: tuple[int, int, int], within: int) -> None:
    usual = gc.get_threshold()
    try:
        gc.set_threshold(*before)
        with collecting_seldom():
            assert gc.get_threshold() == (within, *before[1:])
        assert gc.get_threshold() == before
    finally:
        gc.set_threshold(*usual)


def test_what_the_user_says_of_threads_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)
    with sleepy_threads():
        assert os.environ[NAME] == "4"
    assert NAME not in os.environ
    monkeypatch.setenv(NAME, "20")
    with sleepy_threads():
        assert os.environ[NAME] == "20"
    assert os.environ[NAME] == "20"


@pytest.mark.parametrize(("before", "within"), [(0.005, OFTEN), (OFTEN / 10, OFTEN / 10)])
def test_threads_take_turns_often(before: float, within: float) -> None:
    usual = sys.getswitchinterval()
    try:
        sys.setswitchinterval(before)
        with switching_often():
            assert sys.getswitchinterval() == pytest.approx(within, rel=0.1)
        assert sys.getswitchinterval() == pytest.approx(before, rel=0.1)
    finally:
        sys.setswitchinterval(usual)


def test_a_build_does_without_what_takes_long_to_import(tmp_path: Path) -> None:
    lines = [f'{{"id": "{number}", "text": "{"Calais la mer " * 9}{number // 2}"}}' for number in range(200)]
    (tmp_path / "press.jsonl").write_text("\n".join(lines))
    code = "import search, sys; search.build('press.jsonl', index='index', jobs=1); print('numpy.ma' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert ran.stdout == "False\n"


def test_numpy_comes_while_its_threads_sleep(tmp_path: Path) -> None:
    code = (
        "import os, sys, builtins\n"
        "import search.building\n"
        "assert 'numpy' not in sys.modules\n"
        "real = builtins.__import__\n"
        "def seen(name, *others, **named):\n"
        "    if name == 'numpy' and name not in sys.modules:\n"
        f"        print(os.environ.get('{NAME}'))\n"
        "    return real(name, *others, **named)\n"
        "builtins.__import__ = seen\n"
        "search.build(index='index', articles=[search.Article('a', 'Calais', ('mer',))])\n"
    )
    environment = {name: value for name, value in os.environ.items() if name != NAME}
    command = [sys.executable, "-c", code]
    ran = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=tmp_path, check=True)
    assert ran.stdout.splitlines()[:1] == ["4"], ran.stderr
