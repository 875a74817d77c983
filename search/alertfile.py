"""The file of alerts: what they ask, and what they told.

It is JSON: ``magic``, ``version``, and ``alerts``, a list of objects with the fields of `search.alerts.Alert`; of
what is known, ``known`` has the hashes of 12 bytes each, sorted and in base64, 16 characters for an article.

It lies beside the folder of the index (``index.alerts.json``), not in it, so that nothing that is done to the index
touches it. It is replaced as a whole, in one step, and made durable before; who changes it holds ``….lock``.
"""

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from search.alerts import ID, TEXT, WITHIN, Alert, Known
from search.engines.local.folder import sync
from search.errors import AlertProblem
from search.lock import held

MAGIC, VERSION = "news-search alerts", 1

Alerts = dict[str, Alert]

_FIELDS = tuple(name for name in Alert.__match_args__ if name != "known")
_OPTIONAL = ("since", "until", "ran")


def beside(index: str) -> str:
    """Where the alerts of an index are, if nobody says otherwise."""
    path = os.path.normpath(index)
    return f"{os.path.abspath(path) if os.path.basename(path) in ('', '.', '..') else path}.alerts.json"


def read(path: str) -> Alerts:
    """The alerts in a file by their names, none where there is no file; `AlertProblem` if it cannot be understood."""
    try:
        with open(path, encoding="utf-8") as file:
            content = file.read()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise AlertProblem(f'cannot read the alerts in "{path}" ({error.strerror})') from None
    except UnicodeDecodeError:
        raise _damaged(path, "it is not UTF-8") from None
    try:
        data = json.loads(content)
        if data["magic"] != MAGIC:
            raise ValueError(f'expected the magic "{MAGIC}"')
        if data["version"] != VERSION:
            raise AlertProblem(
                f'"{path}" has version {data["version"]} of alerts, this program knows {VERSION}: '
                "use the program that wrote it, or name another file with --alerts"
            )
        found = [_alert(one) for one in data["alerts"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _damaged(path, f"{type(error).__name__}: {error}") from None
    return {one.name: one for one in found}


@contextmanager
def changing(path: str) -> Iterator[tuple[Alerts, Callable[[], None]]]:
    """The alerts in a file, which nobody else may change meanwhile, and what writes them back."""
    real = os.path.realpath(path)
    try:
        lock = open(f"{real}.lock", "a+b")  # noqa: SIM115
    except OSError as error:
        raise _unwritable(path, error) from None
    with lock:
        try:
            is_free = held(lock.fileno())
        except OSError as error:
            raise _unwritable(path, error) from None
        if not is_free:
            raise AlertProblem(f'another command is at work on the alerts in "{path}": wait for it to end')
        alerts = read(path)

        def save() -> None:
            try:
                _write(real, alerts.values())
            except OSError as error:
                raise _unwritable(path, error) from None

        yield alerts, save


def _write(path: str, alerts: Iterable[Alert]) -> None:
    """Write all, make it durable, and put it in place."""
    temporary = f"{path}.new"
    data = {"magic": MAGIC, "version": VERSION, "alerts": list(map(_record, alerts))}
    try:
        with open(temporary, "w", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=True, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError:
        with suppress(OSError):
            os.unlink(temporary)
        raise
    sync(os.path.dirname(path))


def _record(alert: Alert) -> dict[str, Any]:
    known = b"".join(text + one for text, one in sorted(alert.known))
    return {**{name: getattr(alert, name) for name in _FIELDS}, "known": b64encode(known).decode("ascii")}


def _alert(record: dict[str, Any]) -> Alert:
    fields = {name: record[name] for name in _FIELDS}
    for name, value in fields.items():
        wanted = bool if name == "any_word" else str
        if not (isinstance(value, wanted) or (value is None and name in _OPTIONAL)):
            raise TypeError(f"{name} is {value!r}")
    if fields["within"] not in WITHIN:
        raise ValueError(f"within is {fields['within']!r}")
    return Alert(**fields, known=_known(b64decode(record["known"], validate=True)))


def _known(data: bytes) -> Known:
    size = TEXT + ID
    if len(data) % size:
        raise ValueError(f"{len(data)} bytes of what is known, which are cut off")
    return frozenset((data[at : at + TEXT], data[at + TEXT : at + size]) for at in range(0, len(data), size))


def _damaged(path: str, why: str) -> AlertProblem:
    return AlertProblem(
        f'the alerts in "{path}" are damaged ({why}), and left as they are: put a copy of the file back, '
        "or move it away and add the alerts again"
    )


def _unwritable(path: str, error: OSError) -> AlertProblem:
    return AlertProblem(f'cannot write the alerts to "{path}" ({error.strerror}): name another file with --alerts')
