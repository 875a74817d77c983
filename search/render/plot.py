"""Timelines drawn by matplotlib (the extra ``plot``)."""

import io
import warnings
from datetime import date
from pathlib import Path
from typing import Any

from search.counts import Timeline
from search.errors import SearchError
from search.periods import first_day

KINDS = (".svg", ".png", ".html")

_ALONE = 731
"""So many days are shown on either side of a single period."""

_HTML = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>{title}</title>
<body style="margin:2em auto;max-width:60em">
{svg}
</body>
</html>
"""


def draw(one: Timeline, file: str) -> None:
    """Draw a timeline into a file: of each query the share of all paragraphs, with gaps where there are none."""
    path = Path(file)
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise SearchError(f'expected a file with one of the endings {", ".join(KINDS)} to draw into, found "{file}"')
    data = _html(one) if kind == ".html" else _picture(one, kind[1:])
    try:
        path.write_bytes(data)
    except OSError as error:
        raise SearchError(f'cannot write "{file}": {error.strerror}') from None


def _html(one: Timeline) -> bytes:
    from html import escape

    svg = _picture(one, "svg").decode()
    return _HTML.format(title=escape(" · ".join(one.queries)), svg=svg[svg.index("<svg") :]).encode()


def _picture(one: Timeline, kind: str) -> bytes:
    """The same bytes for the same timeline."""
    matplotlib = _matplotlib()
    from matplotlib.figure import Figure

    settings = {"svg.hashsalt": "search", "svg.fonttype": "none", "text.parse_math": False}
    with matplotlib.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # an SVG names the letters: who shows it has the font
        figure = Figure(figsize=(9, 4), layout="constrained")
        axes = figure.add_subplot()
        days: list[Any] = [first_day(period.value) for period in one.periods]
        if days:
            axes.set_xlim(*_span(days[0], days[-1]))
        for number, query in enumerate(one.queries):
            shares = [100 * period.found[number].share if period.of else float("nan") for period in one.periods]
            axes.plot(days, shares, marker="o" if len(days) < 100 else "", markersize=3, label=query)
        axes.set_ylabel(f"% of the paragraphs of a {one.unit}")
        axes.set_ylim(bottom=0)
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(frameon=False)
        out = io.BytesIO()
        figure.savefig(out, format=kind, dpi=150, metadata={"Date": None} if kind == "svg" else None)
    return out.getvalue()


def _span(first: date, last: date) -> tuple[Any, Any]:
    """The time from one day to another with a margin, as far as the calendar goes: the library fails beyond."""
    margin = max(1, (last - first).days // 20) if last > first else _ALONE
    return (
        date.fromordinal(max(date.min.toordinal(), first.toordinal() - margin)),
        date.fromordinal(min(date.max.toordinal(), last.toordinal() + margin)),
    )


def _matplotlib() -> Any:
    try:
        import matplotlib
    except ImportError:
        raise SearchError("drawing needs matplotlib: pip install 'news-search[plot]'") from None
    return matplotlib
