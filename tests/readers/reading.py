"""What the tests of readers share: files to read, and ways to break them."""

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import Article
from search.readers import Problem, find, read

Items = list[Article | Problem]


class Written:
    """Writes a file and reads it: all that is in it, or (`only`) the one article. `name` is the file's, unless
    another is given."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, folder: Path, content: bytes, name: str = "") -> Items:
        path = folder / (name or self.name)
        path.write_bytes(content)
        return [item for file in find([path]).files for item, _ in read(file)]

    def only(self, folder: Path, content: bytes, name: str = "") -> Article:
        [found] = self(folder, content, name)
        assert isinstance(found, Article), found
        return found


def packed(members: Mapping[str, bytes | str], method: int = zipfile.ZIP_STORED) -> bytes:
    """A zip file of these members."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def broken(valid: bytes) -> Callable[[Callable[[Path, bytes], None]], Callable[[Path], None]]:
    """A property of a file with some bytes changed and some lost at its end."""
    changes = st.lists(st.tuples(st.integers(0, len(valid) - 1), st.integers(0, 255)), max_size=8)
    quietly = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

    def decorator(test: Callable[[Path, bytes], None]) -> Callable[[Path], None]:
        @quietly
        @given(changes, st.integers(0, 300))
        def changed(tmp_path: Path, changes: list[tuple[int, int]], lost: int) -> None:
            content = bytearray(valid)
            for at, byte in changes:
                content[at] = byte
            test(tmp_path, bytes(content[: len(content) - lost]))

        changed.__name__ = test.__name__
        return changed

    return decorator
