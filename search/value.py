"""Values: objects that are their fields, and nothing else.

What ``@dataclass(frozen=True)`` makes, in a hundredth of the time: each of those is compiled when its module is
imported, which for those that a search needs took as long as the search. A subclass names its fields with their
types; a field with a default may be left out. `Value.later` makes a value some of whose fields are found out when
they are asked for.
"""

from collections.abc import Callable
from typing import Any, ClassVar, Self, dataclass_transform


@dataclass_transform(frozen_default=True)
class Value:
    """The base of all values: constructor, equality, hash and ``repr`` from the fields."""

    __match_args__: ClassVar[tuple[str, ...]] = ()
    _apart: ClassVar[frozenset[str]] = frozenset()
    """Fields that do not count when values are compared."""
    _counted: ClassVar[tuple[str, ...]] = ()
    _defaults: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls) -> None:
        own = tuple(name for name in cls.__annotations__ if not name.startswith("_"))
        cls.__match_args__ = cls.__match_args__ + own  # type: ignore[misc]  # only a literal is known to mypy
        cls._counted = tuple(name for name in cls.__match_args__ if name not in cls._apart)
        cls._defaults = {**cls._defaults, **{name: vars(cls)[name] for name in own if name in vars(cls)}}
        for name in cls._defaults.keys() & vars(cls).keys():
            delattr(cls, name)  # so that a field that is not there yet is missed

    def __init__(self, *values: Any, **named: Any) -> None:
        fields = self.__match_args__
        if not named and len(values) == len(fields):
            self.__dict__.update(zip(fields, values, strict=False))  # the lengths are the same, as they mostly are
            return
        given = dict(zip(fields, values, strict=False))
        if len(values) > len(fields) or not named.keys().isdisjoint(given):
            raise TypeError(f"{type(self).__name__}: too many values, or two for one field")
        given |= named
        for name in fields:
            if name not in given:
                if name not in self._defaults:
                    raise TypeError(f"{type(self).__name__}: expected a value for {name}")
                given[name] = self._defaults[name]
        if len(given) > len(fields):
            raise TypeError(f"{type(self).__name__} has no field {', '.join(given.keys() - set(fields))}")
        self.__dict__.update(given)

    @classmethod
    def later(cls, find: Callable[[Self, str], Any], **known: Any) -> Self:
        """A value of which some fields are known; `find` gives the others of a value, by their names, once each."""
        made = cls.__new__(cls)
        known["_find"] = find
        object.__setattr__(made, "__dict__", known)
        return made

    def __getattr__(self, name: str) -> Any:
        if name not in type(self).__match_args__:
            raise AttributeError(f"{type(self).__name__} has no field {name}")
        found = self.__dict__[name] = self.__dict__["_find"](self, name)
        return found

    def __getstate__(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__match_args__}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)

    def __replace__(self, **changes: Any) -> Self:
        """The same value with some fields changed (``copy.replace`` calls this from Python 3.13 on)."""
        return type(self)(**{**self.__getstate__(), **changes})

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} cannot be changed")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._compared() == other._compared()

    def __hash__(self) -> int:
        known = self.__dict__
        if "_hash" not in known:
            known["_hash"] = hash(self._compared())
        found: int = known["_hash"]
        return found

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
        return f"{type(self).__name__}({fields})"

    def _compared(self) -> tuple[object, ...]:
        return tuple([getattr(self, name) for name in self._counted])
