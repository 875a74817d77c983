"""Values: objects that are their fields, and nothing else.

What ``@dataclass(frozen=True)`` makes, in a hundredth of the time: each of those is compiled when its module is
imported, which for those that a search needs took as long as the search. A subclass names its fields with their
types; a field with a default may be left out.
"""

from inspect import get_annotations
from typing import Any, ClassVar, Self, dataclass_transform


@dataclass_transform(frozen_default=True)
class Value:
    """The base of all values: constructor, equality, hash and ``repr`` from the fields."""

    __match_args__: ClassVar[tuple[str, ...]] = ()
    _apart: ClassVar[frozenset[str]] = frozenset()
    """Fields that do not count when values are compared."""

    def __init_subclass__(cls) -> None:
        own = tuple(name for name in get_annotations(cls) if not name.startswith("_"))
        cls.__match_args__ = cls.__match_args__ + own  # type: ignore[misc]  # only a literal is known to mypy

    def __init__(self, *values: Any, **named: Any) -> None:
        fields = self.__match_args__
        given = dict(zip(fields, values, strict=False))
        if len(values) > len(fields) or not named.keys().isdisjoint(given):
            raise TypeError(f"{type(self).__name__}: too many values, or two for one field")
        given |= named
        for name in fields:
            if name not in given:
                if not hasattr(type(self), name):
                    raise TypeError(f"{type(self).__name__}: expected a value for {name}")
                given[name] = getattr(type(self), name)
        if len(given) > len(fields):
            raise TypeError(f"{type(self).__name__} has no field {', '.join(given.keys() - set(fields))}")
        self.__dict__.update(given)

    def __replace__(self, **changes: Any) -> Self:
        """The same value with some fields changed (``copy.replace`` calls this from Python 3.13 on)."""
        return type(self)(**{**vars(self), **changes})

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} cannot be changed")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._compared() == other._compared()

    def __hash__(self) -> int:
        return hash(self._compared())

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
        return f"{type(self).__name__}({fields})"

    def _compared(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__match_args__ if name not in self._apart)
