"""Builds one index, in a process that imports nothing that its system does not need.

python -m benchmarks.one SYSTEM THREADS FILE FOLDER
"""

import sys
from pathlib import Path

from benchmarks.systems import BUILDERS

if __name__ == "__main__":
    system, threads, path, folder = sys.argv[1:]
    BUILDERS[system](Path(path), Path(folder), int(threads))
