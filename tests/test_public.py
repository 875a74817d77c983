"""What is public is what is listed."""

import types

import search


def test_the_list_names_everything_and_nothing_else() -> None:
    public = {
        name
        for name, value in ((name, getattr(search, name)) for name in dir(search))
        if not name.startswith("_") and not isinstance(value, types.ModuleType)
    }
    assert public == set(search.__all__)
    assert search.__all__ == sorted(search.__all__)


def test_everything_public_is_described() -> None:
    assert all(getattr(search, name).__doc__ for name in search.__all__)
