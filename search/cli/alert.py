"""``search alert``: queries that tell what is new since the last time."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack

import click

from search import alertfile, alerts
from search.alerts import Alert
from search.archive import Limits
from search.archive import open as open_archive
from search.cli.alerting import Telling, now
from search.cli.completing import AlertType, QueryType
from search.cli.for_ import QueryCommand
from search.cli.options import Decorator, asking_options, colour_option, index_option, table_options
from search.cli.output import columns, counted, emit, note, say_nothing_found, style
from search.errors import SearchError
from search.periods import UNITS, Unit
from search.render import alerts as rendering
from search.render.tables import table

if TYPE_CHECKING:
    from search.alertfile import Alerts

alerts_option: Decorator = click.option(
    "--alerts",
    "file",
    metavar="FILE",
    envvar="SEARCH_ALERTS",
    type=click.Path(dir_okay=False),
    help="Where the alerts are kept (or set SEARCH_ALERTS).  [default: DIR.alerts.json, beside the index]",
)


@click.group("alert", short_help="Be told what is new.")
def command() -> None:
    """Keep queries, and be told what is new in the archive since the last time: from cron, say.

    \b
    search alert add calais 'Calais SAUF football'
    search alert run
    """


@command.command("add", cls=QueryCommand, short_help="Keep a query.")
@click.argument("name")
@click.argument("query", nargs=-1, required=True, type=QueryType())
@asking_options
@click.option("--replace", is_flag=True, help="In place of the alert of this name.")
@click.option("--tell-all", is_flag=True, help="What matches now is told by the first run; otherwise it is known.")
@alerts_option
@index_option
def add(
    name: str,
    query: tuple[str, ...],
    replace: bool,
    tell_all: bool,
    file: str | None,
    index: str,
    **limits: Unpack[Limits],
) -> None:
    """Keep a QUERY as an alert called NAME. What matches now counts as known: only what comes after it is told.

    \b
    search alert add calais Calais port --any --since '1 year ago'
    """
    text = " ".join(query)
    alert = Alert(
        alerts.check_name(name),
        text,
        limits["any_word"],
        limits["within"],
        limits["since"],
        limits["until"],
        created=now(),
        ran=None,
        known=frozenset(),
    )
    with open_archive(index) as archive, alertfile.changing(file or alertfile.beside(index)) as (every, save):
        if name in every and not replace:
            has = every[name].query
            raise SearchError(f'there is an alert "{name}" already ("{has}"): --replace puts this one in its place')
        for remark in archive.parse(text, **limits)[1]:
            note(remark)
        known = alerts.matching(archive, alert)
        every[name] = alert if tell_all else alert.__replace__(known=known)
        save()
        if not known:
            say_nothing_found(archive, text, limits)
        note(f'alert "{name}": {_matching(len(known), tell_all)}')


def _matching(count: int, tell_all: bool) -> str:
    """How many articles match, and what becomes of them."""
    one = count == 1
    does = ", which the first run tells" if tell_all else f" and count{'s' * one} as known"
    return f"{counted(count, 'article')} match{'es' * one} now{does if count else ''}"


@command.command("list", short_help="The alerts that there are.")
@table_options
@colour_option
@alerts_option
@index_option
@click.pass_context
def list_(ctx: click.Context, form: str | None, colour: str, file: str | None, index: str) -> None:
    """List the alerts: what they ask, how many articles each knows, and when it ran.

    \b
    search alert list
    """
    every = tuple(alertfile.read(file or alertfile.beside(index)).values())
    if form:
        emit(table(form, rendering.FIELDS, rendering.alert_records(every)), no_pager=True)
    else:
        look, wide = style(colour), columns()
        emit((line for one in every for line in rendering.listed(one, look, wide)), no_pager=True)
    if not every:
        note(_NONE)
        ctx.exit(1)


@command.command("remove", short_help="Forget an alert.")
@click.argument("name", type=AlertType())
@alerts_option
@index_option
def remove(name: str, file: str | None, index: str) -> None:
    """Forget the alert of this NAME, and what it knows.

    \b
    search alert remove calais
    """
    with alertfile.changing(file or alertfile.beside(index)) as (every, save):
        _check(every, [name])
        del every[name]
        save()


@command.command("run", short_help="Tell what is new.")
@click.argument("names", nargs=-1, metavar="[NAME]...", type=AlertType())
@click.option("--json", "as_json", is_flag=True, help="One article a line, as JSON, with its alert.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing if there is nothing new.")
@click.option("--variants", is_flag=True, help="Near-copies as results of their own, not beside the first of them.")
@click.option(
    "--backtest",
    metavar="FROM..TO",
    help="What would have been told then, by the dates of articles; nothing is kept.",
)
@click.option(
    "--by",
    type=click.Choice(UNITS),
    default="day",
    show_default=True,
    help="With --backtest: how often it would have run.",
)
@colour_option
@alerts_option
@index_option
@click.pass_context
def run(
    ctx: click.Context,
    names: tuple[str, ...],
    as_json: bool,
    quiet: bool,
    variants: bool,
    backtest: str | None,
    by: Unit,
    colour: str,
    file: str | None,
    index: str,
) -> None:
    """Tell what is new in the archive since the last run: of all alerts, or of those named. Exit status 0 if there is
    something, 1 if there is nothing new.

    \b
    search alert run
    search alert run calais --json
    search alert run calais --backtest 2019..2020 --by month
    """
    path = file or alertfile.beside(index)
    telling = Telling(as_json, colour, quiet, variants)
    with open_archive(index) as archive:
        if backtest is not None:
            every = alertfile.read(path)
            for alert in _chosen(every, names):
                telling.would_tell(archive, alert, backtest, by)
        else:
            with alertfile.changing(path) as (every, save):
                for alert in _chosen(every, names):
                    if (after := telling.tell(archive, alert)) is not None:
                        every[alert.name] = after
                        save()
    ctx.exit(telling.status)


_NONE = "there are no alerts yet: keep a query with search alert add NAME QUERY"


def _chosen(every: "Alerts", names: Sequence[str]) -> list[Alert]:
    """The alerts of these names, or all."""
    _check(every, names)
    if not every:
        note(_NONE)
    return [every[name] for name in dict.fromkeys(names)] if names else list(every.values())


def _check(every: "Alerts", names: Sequence[str]) -> None:
    for name in names:
        if name not in every:
            there = f"there are {', '.join(every)}" if every else _NONE
            raise SearchError(f'no alert is called "{name}"; {there}')
