"""A worker that is started anew."""

import os
import subprocess
import sys
from mmap import mmap
from pathlib import Path


class Started(subprocess.Popen[bytes]):
    """It takes no code from the folder where the build runs (``-P``), and shares no memory with it."""

    memory: mmap | None = None

    def __init__(self) -> None:
        package = str(Path(__file__).parents[4])
        paths = os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH", "")]))
        super().__init__(
            [sys.executable, "-P", "-m", "search.engines.local.build.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": paths, "OPENBLAS_NUM_THREADS": "1"},
        )
