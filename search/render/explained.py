"""Explanations as people read them."""

from collections.abc import Iterator, Mapping

from search.explained import Account, Part, Share, TextAccount
from search.render.lines import wrapped
from search.render.style import Style, safe
from search.render.terminal import NARROWEST

SHOWN = 12
"""So many forms of a group are shown, the most frequent."""


def part(one: Part, style: Style, columns: int | None, depth: int = 0) -> Iterator[str]:
    """The lines for a part of a query: what it asks for, how many paragraphs have it, and its forms."""
    indent = "  " * depth
    count = "" if one.paragraphs is None else f": {one.paragraphs:,} paragraph{'s' * (one.paragraphs != 1)}"
    yield from _lines(one.text, style, columns, indent, strong=True)
    yield from _lines(f"{one.says}{count}", style, columns, indent + "  ")
    for heading, forms in one.forms:
        said = ": ".join(filter(None, [heading, _forms(forms, columns) if forms or not heading else ""]))
        yield from _lines(said, style, columns, indent + "    ")
    for inner in one.parts:
        yield from part(inner, style, columns, depth + 1)


def account(one: Account, style: Style, columns: int | None, paragraph: int | None = None) -> Iterator[str]:
    """The lines for an article: its score and where that comes from; or what it lacks. With `paragraph` only that
    text of it (the title is 0)."""
    if paragraph is None:
        yield from _lines(one.title or one.article, style, columns, "", strong=True)
        yield from _lines(_summary(one), style, columns, "")
    for text in one.texts:
        if text.number == paragraph or (paragraph is None and _is_told(text, one)):
            yield from _text(text, style, columns)
    others = [text for text in one.texts if text.matches and text.number and text.number != one.best]
    if others and paragraph is None:
        listed = ", ".join(f"{text.number} ({text.score:.3f})" for text in others)
        yield from _lines(f"also found in paragraph{'s' * (len(others) > 1)} {listed}", style, columns, "")


def _summary(one: Account) -> str:
    if not one.matches:
        return "not found by this query"
    title = next((text.score for text in one.texts if text.number == 0), 0.0)
    best = next((text.score for text in one.texts if text.number == one.best), 0.0)
    first = f"{best:.3f} of paragraph {one.best}" if one.best else "no paragraph found"
    return f"score {one.score:.3f}: {first} + {one.title_share} × {title:.3f} of the title"


def _is_told(text: TextAccount, one: Account) -> bool:
    """Whether a text is told about at length: what the score is made of; else what comes nearest to matching."""
    if one.matches:
        return text.number == one.best or (text.number == 0 and bool(text.shares))
    nearest = min(one.texts, key=lambda text: (len(text.failing), -text.score, text.number))
    return text is nearest


def _text(text: TextAccount, style: Style, columns: int | None) -> Iterator[str]:
    name = f"paragraph {text.number}" if text.number else "title"
    yield from _lines(f"{name}: {text.score:.3f}", style, columns, "  ", strong=True)
    for share in text.shares:
        yield from _lines(_share(share), style, columns, "    ")
    for lacking, instead in text.failing:
        yield from _lines(f"lacks {lacking}" + f": {instead}" * bool(instead), style, columns, "    ")


def _share(share: Share) -> str:
    found = ", ".join(form + f" ×{count}" * (count > 1) for form, count in share.found.items())
    grade = f", {share.grade}" if share.grade else ""
    sum_ = f"{share.weight:g} weight × {share.rarity:.3f} rarity × {share.saturation:.3f} for {share.times} in it"
    return f"{share.score:.3f}  {share.text}{grade} ({found}): {sum_}"


def _forms(forms: Mapping[str, int], columns: int | None) -> str:
    if not forms:
        return "none here"
    tie = "\u00a0" if columns else " "  # a form and its number stay on one line
    shown = [f"{form}{tie}{count:,}" for form, count in list(forms.items())[:SHOWN]]
    more = len(forms) - len(shown)
    return " · ".join(shown) + (f" … and {more:,} more" if more else "")


def _lines(text: str, style: Style, columns: int | None, indent: str, *, strong: bool = False) -> Iterator[str]:
    """The lines of a text; those after the first stand two columns further in."""
    room = columns and max(columns - len(indent) - 2, NARROWEST)
    for place, line in enumerate(wrapped(safe(text), (), style, room)):
        yield indent + "  " * bool(place) + (style.strong(line) if strong else line)
