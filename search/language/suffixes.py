"""Light stems: rules that take endings off, step by step."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple


class Rule(NamedTuple):
    """Words that end so get this instead, if they have so many characters at least, and before the ending none of
    those (of ASCII) in `after`."""

    ending: str
    instead: str
    shortest: int
    after: str = ""


Step = tuple[Rule, ...]
"""Of these rules the first that fits is applied."""


class Suffixes:
    """A light stemmer: the stem of a word in small letters. It goes through the steps; a word, or what is left of it,
    that has a stem of its `own` gets that, and is done."""

    def __init__(self, *steps: Step, own: Mapping[str, str] | None = None) -> None:
        self.steps = steps
        self.own = dict(own or {})
        self._by_last = [(frozenset(rule.ending[-1] for rule in step), _by_last_two(step)) for step in steps]
        self._last = frozenset(word[-1] for word in self.own).union(*(last for last, _ in self._by_last))

    def __call__(self, word: str) -> str:
        """The word without its endings: ``nationales`` → ``national``."""
        if word[-1:] not in self._last:
            return word
        for last, possible in self._by_last:
            if word in self.own:
                return self.own[word]
            if word[-1:] in last:
                for ending, instead, shortest, after in possible(word[-2:]):
                    if len(word) >= shortest and word.endswith(ending) and not _follows(word, ending, after):
                        word = word[: len(word) - len(ending)] + instead
                        break
        return word


def _follows(word: str, ending: str, after: str) -> bool:
    """Whether an ending comes after one of these letters."""
    return after != "" and len(word) > len(ending) and word[-len(ending) - 1] in after


def _by_last_two(step: Step) -> Callable[[str], list[Rule]]:
    """Those of the rules, in order, that a word may have which ends with these two letters."""

    @cache
    def found(two: str) -> list[Rule]:
        return [rule for rule in step if two.endswith(rule.ending[-2:])]

    return found
