"""What else goes on in a process, and takes time from a build: collecting garbage, threads of numpy's that wait."""

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = 100_000
"""So many objects more, and Python looks for those that only each other know. A build makes many, and no such."""


OFTEN = 0.0005
"""Seconds after which a thread must let another one have Python's lock, if it wants it."""


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Have Python collect garbage less often than usual."""
    before = gc.get_threshold()
    if 0 < before[0] < SELDOM:
        gc.set_threshold(SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def switching_often() -> Iterator[None]:
    """Have Python's threads wait less for each other than usual: one that mostly does without Python's lock, as who
    unpacks does, would otherwise wait several times as long for it as it works."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(min(OFTEN, before))
    try:
        yield
    finally:
        sys.setswitchinterval(before)


@contextmanager
def sleepy_threads() -> Iterator[None]:
    """Have the threads that numpy starts when it is imported (OpenBLAS's) sleep until there is work for them. They
    would turn in circles for a while, and the processors are needed."""
    name = "OPENBLAS_THREAD_TIMEOUT"
    if name in os.environ:
        yield
        return
    os.environ[name] = "4"  # the logarithm of the time that they wait, in ticks of the processor
    try:
        yield
    finally:
        del os.environ[name]
