"""Questions to a book: timelines, disputes, single events and reports, and why a value is what it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import duckdb
import msgspec

from dateline.book.days import first_day, last_day
from dateline.book.days import show as show_when
from dateline.book.people import find
from dateline.book.reading import resolved, texts_of
from dateline.book.views import Derivation, Ground, Joint, Passage, ReportView
from dateline.errors import BookError
from dateline.merging.event import Event, Telling
from dateline.record import MODES, Account, CodedReport, Count, Interval, PloverType, Span
from dateline.report import Report

#: Events that are read at once when many are asked for.
CHUNK = 200
#: Characters shown before and after a quoted passage.
CONTEXT = 60
_ORDER = "ORDER BY coalesce(earliest, latest) NULLS LAST, latest NULLS LAST, id"


def timeline(
    connection: duckdb.DuckDBPyConnection,
    *,
    actor: str | None = None,
    type: str | None = None,
    since: str | None = None,
    until: str | None = None,
    limit: int | None = None,
) -> Iterator[Event]:
    """Events in order of `when`, those without any day last.

    `actor`: who takes part on either side, by any name the book knows (a surname finds all who bear it); `type`: a
    PLOVER type, a type and mode ("ASSAULT·abduct", also with "." or "/"), or several, separated by commas; `since` and
    `until`: a day, month or year that `when` may reach into; `limit`: the first so many. Raises BookError for a name,
    type or day that says nothing.
    """
    where = ["true"]
    values: list[Any] = []
    if actor is not None:
        found = find(connection, actor)
        if not found:
            raise BookError(f"nobody is called {actor!r} in this book; `dateline timeline` lists who is")
        values.append([a.id for a in found])
        where.append(
            f"""id IN (SELECT event FROM event_accounts JOIN participants USING (account)
                JOIN nodes ON nodes.id = node WHERE identity IN (SELECT unnest(${len(values)}::TEXT[])))"""
        )
    if type is not None:
        wanted = []
        for one, mode in map(type_and_mode, type.split(",")):
            values.append(one)
            clause = f"type = ${len(values)}"
            if mode:
                values.append(mode)
                clause += f" AND mode = ${len(values)}"
            wanted.append(f"({clause})")
        where.append("(" + " OR ".join(wanted) + ")")
    if since is not None:
        values.append(first_day(since))
        where.append(f"coalesce(latest, earliest) >= ${len(values)}")
    if until is not None:
        values.append(last_day(until))
        where.append(f"coalesce(earliest, latest) <= ${len(values)}")
    end = f" LIMIT {max(0, int(limit))}" if limit is not None else ""
    yield from _events(connection, f"SELECT id FROM events WHERE {' AND '.join(where)} {_ORDER}{end}", values)


def type_and_mode(text: str) -> tuple[PloverType, str | None]:
    """ "assault.abduct" as ("ASSAULT", "abduct"); raises BookError for what PLOVER does not have."""
    name, _, mode = text.strip().replace("·", ".").replace("/", ".").partition(".")
    known = {str(t): t for t in PloverType.__args__}  # type: ignore[attr-defined]
    if name.upper() not in known:
        raise BookError(f"{name!r} is no PLOVER type; the types are {', '.join(known)}")
    modes = MODES.get(name.upper(), ())
    if mode and mode not in modes:
        raise BookError(f"{name.upper()} has no mode {mode!r}; it has {', '.join(modes) or 'none'}")
    return known[name.upper()], mode or None


def disputes(connection: duckdb.DuckDBPyConnection) -> Iterator[Event]:
    """Events on which accounts differ, in order of `when`."""
    found = _events(connection, f"SELECT id FROM events WHERE accounts > 1 {_ORDER}", [])
    return (event for event in found if event.disputes)


def _events(connection: duckdb.DuckDBPyConnection, query: str, values: Sequence[Any]) -> Iterator[Event]:
    ids = [row[0] for row in connection.execute(query, list(values)).fetchall()]
    for start in range(0, len(ids), CHUNK):
        yield from resolved(connection, ids[start : start + CHUNK])


def event(connection: duckdb.DuckDBPyConnection, event_id: str) -> Event:
    """The event that the account of this id (or of the only id that begins so) belongs to."""
    rows = connection.execute(
        "SELECT account, event FROM event_accounts WHERE starts_with(account, $1) ORDER BY account LIMIT 3", [event_id]
    ).fetchall()
    exact = [row for row in rows if row[0] == event_id] or rows
    if not event_id or not exact:
        raise BookError(f"no event {event_id!r} in this book; ids are what `dateline timeline --json` gives")
    if len({found for _, found in exact}) > 1:
        raise BookError(f"more than one event begins with {event_id!r}; give more of the id")
    return resolved(connection, [exact[0][1]])[0]


def report(connection: duckdb.DuckDBPyConnection, report_id: str) -> ReportView:
    """A report, its coded record, and the event of each of its accounts."""
    found = list(_reports(connection, "WHERE id = $1", [report_id]))
    if not found:
        raise BookError(f"no report {report_id!r} in this book")
    rows = connection.execute(
        """SELECT id, event FROM accounts JOIN event_accounts ON account = key WHERE report = $1
           ORDER BY accounts.ordinal""",
        [report_id],
    ).fetchall()
    return ReportView(report=found[0][0], coded=found[0][1], events=dict(rows))


def reports(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[Report, CodedReport]]:
    """Every report with its coded record, by publication day and id."""
    ids = connection.execute("SELECT id FROM reports ORDER BY published NULLS LAST, id").fetchall()
    for start in range(0, len(ids), CHUNK):
        chunk = [row[0] for row in ids[start : start + CHUNK]]
        yield from _reports(connection, "WHERE id IN (SELECT unnest($1::TEXT[]))", [chunk])


def _reports(
    connection: duckdb.DuckDBPyConnection, where: str, values: list[Any]
) -> Iterator[tuple[Report, CodedReport]]:
    columns = "id, text, published, published_from, source, url, title, coded"
    rows = connection.execute(f"SELECT {columns} FROM reports {where} ORDER BY published NULLS LAST, id", values)
    for i, text, published, published_from, source, url, title, coded in rows.fetchall():
        made = Report(
            id=i, text=text, published=published, published_from=published_from, source=source, url=url, title=title
        )
        yield made, CodedReport.from_json(coded)


def joints(connection: duckdb.DuckDBPyConnection, event_id: str) -> list[Joint]:
    """The links among the accounts of an event, strongest first."""
    keys = [t.key for t in event(connection, event_id).tellings]
    rows = connection.execute(
        """SELECT a, b, weight, features FROM links
           WHERE a IN (SELECT unnest($1::TEXT[])) AND b IN (SELECT unnest($1::TEXT[])) ORDER BY weight DESC, a, b""",
        [keys],
    ).fetchall()
    return [
        Joint(a=a, b=b, weight=w, features=msgspec.json.decode(f, type=tuple[tuple[str, float, str], ...]))
        for a, b, w, f in rows
    ]


#: The fields of an event that `why` explains.
FIELDS = (
    "type", "mode", "actor", "recipient", "when", "where", "status", "said_by", "counts", "quad", "cameo", "intensity",
    "contexts",
)  # fmt: skip
#: Of these, those that a table gives for type, mode and status.
_CODES = ("quad", "cameo", "intensity")


def why(connection: duckdb.DuckDBPyConnection, event_id: str, field: str | None = None) -> list[Derivation]:
    """Each field of an event that has a value (or the field named): value, reasons, and the passages it rests on."""
    if field is not None and field not in FIELDS:
        raise BookError(f"an event has no field {field!r}; it has {', '.join(FIELDS)}")
    found = event(connection, event_id)
    texts = texts_of(connection, {t.report for t in found.tellings})
    made = [_derivation(found, name, texts) for name in ([field] if field else FIELDS)]
    return [d for d in made if field or any(g.value for g in d.grounds)]


def _derivation(found: Event, field: str, texts: dict[str, str]) -> Derivation:
    grounds = []
    for telling in found.tellings:
        account = telling.account
        spans = account.evidence.get(field, account.anchors if field in ("type", "mode") else ())
        grounds.append(
            Ground(
                account=telling.key,
                report=telling.report,
                value=_account_value(account, field),
                because=_because(account, field),
                passages=tuple(_passage(telling, texts[telling.report], span) for span in spans),
            )
        )
    chosen = [found.because[f] for f in ([field] if field != "counts" else sorted(found.counts)) if f in found.because]
    return Derivation(
        event=found.id,
        field=field,
        value=_event_value(found, field),
        because="; ".join(chosen) or None,
        grounds=tuple(grounds),
    )


def _because(account: Account, field: str) -> str | None:
    if field == "counts":
        told = [account.because[c] for c in ("counts", *sorted(account.counts)) if c in account.because]
        return "; ".join(told) or None
    if field in _CODES and account.quad is not None:
        told = [f"the table of codes for {account.type}{f'·{account.mode}' if account.mode else ''}, {account.status}"]
        return ": ".join(told + ([account.because["cameo"]] if field == "cameo" and "cameo" in account.because else []))
    return account.because.get(field)


def _passage(telling: Telling, text: str, span: Span) -> Passage:
    start, end = span
    return Passage(
        report=telling.report,
        span=span,
        before=text[max(0, start - CONTEXT) : start],
        quoted=text[start:end],
        after=text[end : end + CONTEXT],
    )


def _account_value(account: Account, field: str) -> str | None:
    return _text(getattr(account, field))


def _event_value(found: Event, field: str) -> str | None:
    value = getattr(found, field)
    if field in ("actor", "recipient", "said_by"):
        value = tuple(a.name for a in value)
    return _text(value)


def _text(value: object) -> str | None:
    """A field's value in words; None where it has none."""
    if value is None or value in ((), {}):
        return None
    if isinstance(value, Interval):
        return show_when(value)
    if isinstance(value, dict):
        return ", ".join(f"{show_count(count)} {name}" for name, count in sorted(value.items()))
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value)


def show_count(count: Count) -> str:
    """ "11", "9 to 14", "23 or more"."""
    low, high = count
    return f"{low} or more" if high is None else str(low) if low == high else f"{low} to {high}"
