"""What is said when nothing is found."""

from collections.abc import Iterator

from search.engines.protocol import Scope
from search.silence import Missing, Silence, Unmet


def lines(about: Silence) -> Iterator[str]:
    """A line on what was searched, then one for each word that is missing and each change that finds something."""
    if about.scope.paragraphs or not about.conditions:
        yield f"nothing found in {_scope(about.scope)}"
    else:
        yield f"nothing to search in: no article meets {about.conditions}; there are {_scope(about.whole)}"
    yield from map(_unmet, about.unmet)
    yield from map(_missing, about.missing)
    for one in about.changes:
        yield f"{one.change}: {one.paragraphs:,} paragraph{'s' * (one.paragraphs != 1)}"


def _scope(scope: Scope) -> str:
    facts = [f"{scope.paragraphs:,} paragraph{'s' * (scope.paragraphs != 1)}"]
    if scope.first:
        facts.append(scope.first if scope.first == scope.last else f"{scope.first} to {scope.last}")
    if scope.sources:
        facts.append(f"{scope.sources:,} source{'s' * (scope.sources != 1)}")
    return ", ".join(facts)


def _unmet(one: Unmet) -> str:
    more = f" … ({one.count:,} in all)" if one.count > len(one.values) else ""
    return f"{one.field} here: {', '.join(one.values)}{more}"


def _missing(one: Missing) -> str:
    near = ", ".join(f"{form} ({count:,})" for form, count in one.nearest)
    return f"not in this archive: {one.text}" + (f"; like it: {near}" if near else "")
