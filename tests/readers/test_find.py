"""Finding files: which are read, in which order, under which id, and what is said of the others."""

import os
from pathlib import Path

import pytest

import search
from search.readers import Found, Problem, find, read


def tree(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Texte.")


def ids(found: Found) -> list[str]:
    return [file.id for file in found.files]


def said(found: Found, folder: Path) -> list[str]:
    return [str(problem).replace(f"{folder}/", "") for problem in found.problems]


def test_files_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    tree(tmp_path, "b.txt", "a.md", "é.txt", "Z.txt", "c/z.txt", "c/a.txt", "a/b/c.jsonl.gz", "10.txt", "9.txt")
    expected = ["10", "9", "Z", "a", "b", "é", "a/b/c", "c/a", "c/z"]
    assert ids(find([tmp_path])) == expected
    assert ids(find([str(tmp_path)])) == expected


@pytest.mark.parametrize(
    ("name", "identity"),
    [
        ("a.txt", "a"), ("a.TXT", "a"), ("a.text", "a"), ("a.markdown", "a"), ("a.ndjson", "a"), ("a.b.md", "a.b"),
        ("a.b.jsonl.xz", "a.b"), ("A.JSONL.GZ", "A"), ("a.ndjson.zst", "a"), ("2019.05.03.txt", "2019.05.03"),
    ],
)  # fmt: skip
def test_the_id_is_the_path_without_suffix(tmp_path: Path, name: str, identity: str) -> None:
    tree(tmp_path, f"x/{name}")
    assert ids(find([tmp_path])) == [f"x/{identity}"]
    assert ids(find([tmp_path / "x" / name])) == [identity]


def test_hidden_files_and_those_about_the_folder_are_left_alone(tmp_path: Path) -> None:
    tree(tmp_path, ".a.txt", ".git/b.txt", "README.md", "readme.txt", "LICENSE", "Licence.md", "COPYING", "c.txt")
    found = find([tmp_path])
    assert (ids(found), found.problems, dict(found.passed_over)) == (["c"], [], {})


def test_an_index_below_the_folder_is_left_alone(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt", "notes/index.json")
    for _ in range(2):
        search.build(tmp_path, index=tmp_path / "press")
        found = find([tmp_path])
        assert (ids(found), dict(found.passed_over)) == (["a", "notes/index"], {})


def test_they_are_read_when_named(tmp_path: Path) -> None:
    tree(tmp_path, "README.md", ".hidden.txt", ".folder/a.txt")
    assert ids(find([tmp_path / "README.md", tmp_path / ".hidden.txt", tmp_path / ".folder"])) == [
        "README", ".hidden", "a",
    ]  # fmt: skip


def test_a_file_is_read_once_however_many_paths_lead_to_it(tmp_path: Path) -> None:
    tree(tmp_path, "x/a.txt")
    (tmp_path / "x" / "b.txt").symlink_to("a.txt")
    found = find([tmp_path / "x", tmp_path, tmp_path / "x" / "a.txt", tmp_path / "x" / ".." / "x" / "a.txt"])
    assert ids(found) == ["a"]
    assert found.size == len("Texte.")


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    tree(tmp_path, "x/a.txt")
    (tmp_path / "x" / "loop").symlink_to("..", target_is_directory=True)
    assert ids(find([tmp_path])) == ["x/a"]
    assert ids(find([tmp_path / "x" / "loop"])) == ["x/a"]


def test_links_that_lead_nowhere_are_named(tmp_path: Path) -> None:
    tree(tmp_path, "c.txt")
    (tmp_path / "a.txt").symlink_to("b.txt")
    (tmp_path / "b.txt").symlink_to("a.txt")
    (tmp_path / "d.txt").symlink_to("missing.txt")
    loop = "cannot be read (Too many levels of symbolic links)"
    missing = "d.txt: cannot be read (No such file or directory)"
    found = find([tmp_path])
    assert (ids(found), said(found, tmp_path)) == (["c"], [f"a.txt: {loop}", f"b.txt: {loop}", missing])
    assert said(find([tmp_path / "d.txt"]), tmp_path) == [missing]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert said(find([tmp_path]), tmp_path) == ["a.txt: cannot be read (it is no regular file)"]


def test_other_suffixes_are_counted(tmp_path: Path) -> None:
    tree(tmp_path, "a.jpg", "b.JPG", "c/d.css", "Makefile", "e.doc.gz", "g.txt")
    found = find([tmp_path])
    assert ids(found) == ["g"]
    assert dict(found.passed_over) == {"no suffix": 1, ".jpg": 2, ".gz": 1, ".css": 1}


def test_a_named_file_that_no_reader_takes(tmp_path: Path) -> None:
    tree(tmp_path, "a.jpg")
    [said_of_it] = said(find([tmp_path / "a.jpg"]), tmp_path)
    assert said_of_it.startswith("a.jpg: no reader for this kind of file; there are readers for .txt, .text, .md,")


@pytest.mark.parametrize("name", ["nowhere", "nowhere.txt", "nowhere/a.jsonl.gz"])
def test_a_path_that_does_not_exist(tmp_path: Path, name: str) -> None:
    assert said(find([tmp_path / name]), tmp_path) == [f"{name}: no such file or folder"]


def test_a_file_that_goes_away_before_it_is_read(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt")
    [file] = find([tmp_path]).files
    file.path.unlink()
    place = str(tmp_path / "a.txt")
    assert list(read(file)) == [(Problem(place, "cannot be read (No such file or directory)"), 0)]


def test_a_folder_that_cannot_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, "a.txt", "x/b.txt")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if Path(path).name == "x":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = find([tmp_path])
    assert (ids(found), said(found, tmp_path)) == (["a"], ["x: cannot be read (Permission denied)"])


def test_reading_says_how_far_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "a"}\n' * 5_000)
    done = [bytes_read for _, bytes_read in read(find([path]).files[0])]
    assert done == sorted(done)
    assert done[0] < path.stat().st_size == done[-1]
