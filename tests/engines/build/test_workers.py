"""Workers: forked where nothing else goes on in the process, else started anew; they end with the build."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from search.engines.local.build.workers import Workers

ROOT = Path(__file__).parents[3]
linux = pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux only")

BUILD = """
import sys, search
from search.engines.local.build import {module}
{change}
built = search.build("press.jsonl", index="index", jobs=2)
print(built.stats.articles)
"""


@pytest.fixture
def press(tmp_path: Path) -> Path:
    """Enough for two workers."""
    lines = (
        json.dumps({"id": f"a{number}", "title": f"Le port {number}", "text": f"La mer {number} monte. " * 300})
        for number in range(900)
    )
    (tmp_path / "press.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def ran(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "error::DeprecationWarning:search", "-c", script]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60)


def built(press: Path, change: str, module: str = "workers") -> subprocess.CompletedProcess[str]:
    return ran(BUILD.format(module=module, change=change), press)


def segment(folder: Path) -> bytes:
    (found,) = (folder / "index").glob("*.seg")
    return found.read_bytes()


@linux
def test_forked_workers_and_others_make_the_same_index(press: Path) -> None:
    assert built(press, "workers._process = None").stdout == "900\n"
    forked = segment(press)
    assert built(press, "workers._is_alone = lambda: False").stdout == "900\n"
    assert segment(press) == forked


@linux
def test_none_are_forked_beside_other_threads(press: Path) -> None:
    change = "import threading; threading.Thread(target=threading.Event().wait, daemon=True).start()"
    found = ran(f"{change}\nfrom search.engines.local.build.workers import Workers\nprint(Workers(2).forks)", press)
    assert found.stdout == "False\n"
    found = ran("from search.engines.local.build.workers import Workers\nprint(Workers(2).forks)", press)
    assert found.stdout == "True\n"


@linux
@pytest.mark.parametrize(("does", "status"), [("os.kill(os.getpid(), 9)", "-9"), ("1 / 0", "1")])
def test_a_forked_worker_that_ends_early(press: Path, does: str, status: str) -> None:
    change = f"import os; worker.main = lambda *_: {does}; workers._is_alone = lambda: True"
    found = built(press, change, "worker, workers")
    assert f"a worker process ended early (status {status}): try again with --jobs 1" in found.stderr
    assert ("ZeroDivisionError" in found.stderr) == (status == "1")
    assert not (press / "index").exists()


def is_gone(pid: int) -> bool:
    """Whether a process has ended, waited for or not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@linux
def test_they_end_when_the_build_is_killed(tmp_path: Path) -> None:
    script = (
        "import time\nfrom search.engines.local.build.workers import Workers\nworkers = Workers(2)\nworkers.start()\n"
        "print(*(one.pid for one in workers.processes), flush=True)\ntime.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}
    ) as process:
        assert process.stdout
        workers = list(map(int, process.stdout.readline().split()))
        assert len(workers) == 2
        process.send_signal(signal.SIGKILL)
    until = time.monotonic() + 20
    while not all(map(is_gone, workers)) and time.monotonic() < until:
        time.sleep(0.02)
    assert all(map(is_gone, workers))


HELD = """
import os, time
from search.engines.local.build.workers import Workers

lock = open("lock")

def holds(pid):
    folder = f"/proc/{pid}/fd/"
    return any(os.path.realpath(folder + name).endswith("/lock") for name in os.listdir(folder))

with Workers(2) as workers:
    workers.start()
    until = time.monotonic() + 20
    while any(holds(one.pid) for one in workers.processes) and time.monotonic() < until:
        time.sleep(0.02)
    print(holds(os.getpid()), *(holds(one.pid) for one in workers.processes))
"""


@linux
def test_they_hold_nothing_of_the_build(press: Path) -> None:
    (press / "lock").touch()
    assert ran(HELD, press).stdout == "True False False\n"


@pytest.mark.parametrize("is_alone", [False, pytest.param(True, marks=linux)])
def test_the_workers_of_a_build_that_fails_are_gone(is_alone: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.engines.local.build.workers._is_alone", lambda: is_alone)
    pids: list[int] = []

    def fails() -> None:
        with Workers(2) as workers:
            workers.start()
            pids.extend(one.pid for one in workers.processes)
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        fails()
    assert len(pids) == 2
    assert all(map(is_gone, pids))
