"""Questions to a book: timelines, disputes, single events and reports, and what ids mean today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import duckdb
import msgspec

from dateline.book.filters import NOTHING, Asked, conditions
from dateline.book.history import codings_of
from dateline.book.reading import resolved
from dateline.book.views import Joint, ReportView
from dateline.errors import BookError
from dateline.merging.event import Event
from dateline.record import CodedReport, Count
from dateline.report import Report

#: Events that are read at once when many are asked for.
CHUNK = 200
ORDER = "ORDER BY coalesce(earliest, latest) NULLS LAST, latest NULLS LAST, id"


def timeline(connection: duckdb.DuckDBPyConnection, asked: Asked = NOTHING) -> Iterator[Event]:
    """Events in order of `when`, those without any day last, that fit all that is asked."""
    where, values = conditions(connection, asked)
    query = f"SELECT id FROM events WHERE {where} {ORDER}"
    if asked.limit is not None:
        query += f" LIMIT {max(0, int(asked.limit))}"
    if asked.top is not None:
        best = f"SELECT id FROM events WHERE {where} ORDER BY importance DESC NULLS LAST, id LIMIT {max(0, asked.top)}"
        query = query.replace(where, f"id IN ({best})")
    return _events(connection, query, values)


def disputes(connection: duckdb.DuckDBPyConnection) -> Iterator[Event]:
    """Events on which accounts differ, in order of `when`."""
    found = _events(connection, f"SELECT id FROM events WHERE accounts > 1 {ORDER}", [])
    return (event for event in found if event.disputes)


def _events(connection: duckdb.DuckDBPyConnection, query: str, values: Sequence[Any]) -> Iterator[Event]:
    ids = [row[0] for row in connection.execute(query, list(values)).fetchall()]
    for start in range(0, len(ids), CHUNK):
        yield from resolved(connection, ids[start : start + CHUNK])


def event(connection: duckdb.DuckDBPyConnection, event_id: str) -> Event:
    """The event that the account of this id (or of the only id that begins so) belongs to.

    An id that went with an earlier coding leads to the account that tells of the same now.
    """
    key = account_key(connection, event_id, one_event=True)
    row = connection.execute("SELECT event FROM event_accounts WHERE account = $1", [key]).fetchone()
    assert row is not None
    return resolved(connection, [row[0]])[0]


def account_key(connection: duckdb.DuckDBPyConnection, beginning: str, *, one_event: bool = False) -> str:
    """The full id of the account that this beginning, or an id that went, means; BookError for none or several.

    With `one_event`, several accounts of one event will do.
    """
    rows = connection.execute(
        "SELECT account, event FROM event_accounts WHERE starts_with(account, $1) ORDER BY account LIMIT 50",
        [beginning],
    ).fetchall()
    exact = [row for row in rows if row[0] == beginning] or rows
    if beginning and exact:
        if len(exact) > 1 and not (one_event and len({found for _, found in exact}) == 1):
            raise BookError(f"more than one event begins with {beginning!r}; give more of the id")
        return str(exact[0][0])
    went = connection.execute("SELECT new FROM redirects WHERE old = $1", [beginning]).fetchone()
    if went and went[0] is not None:
        return account_key(connection, went[0])
    if went:
        raise BookError(f"{beginning} was told by an earlier coding of its report and is told no more")
    rejected = connection.execute(
        "SELECT number, author FROM reviews WHERE target = $1 AND action = 'reject' ORDER BY number DESC", [beginning]
    ).fetchone()
    if rejected:
        number, author = rejected
        raise BookError(f"{beginning} was rejected in review {number} by {author}; dateline review undo {number}")
    raise BookError(f"no event {beginning!r} in this book; ids are what `dateline timeline --json` gives")


def identity_own(connection: duckdb.DuckDBPyConnection, identity: str) -> str:
    """The id of the node that an identity's id, or one that led to it, means now; BookError for none."""
    row = connection.execute("SELECT own FROM nodes WHERE own = $1", [identity]).fetchone()
    if row:
        return str(row[0])
    went = connection.execute("SELECT new FROM redirects WHERE old = $1", [identity]).fetchone()
    if went and went[0]:
        return identity_own(connection, went[0])
    raise BookError(f"no identity {identity!r} in this book; `dateline case NAME` gives ids")


def importance(connection: duckdb.DuckDBPyConnection, event_id: str) -> float:
    """The importance of an event, 0 where it has none yet."""
    found = event(connection, event_id)
    row = connection.execute("SELECT importance FROM events WHERE id = $1", [found.id]).fetchone()
    return float(row[0] or 0) if row else 0.0


def report(connection: duckdb.DuckDBPyConnection, report_id: str) -> ReportView:
    """A report, its coded record, and the event of each of its accounts."""
    found = list(_reports(connection, "WHERE id = $1", [report_id]))
    if not found:
        raise BookError(f"no report {report_id!r} in this book")
    rows = connection.execute(
        """SELECT id, event, key, standing FROM accounts JOIN event_accounts ON account = key WHERE report = $1
           ORDER BY accounts.ordinal""",
        [report_id],
    ).fetchall()
    return ReportView(
        report=found[0][0],
        coded=found[0][1],
        events={account: of for account, of, _, _ in rows},
        accounts={account: key for account, _, key, _ in rows},
        standings={account: standing for account, _, _, standing in rows if standing},
        codings=tuple(coding for _, coding in codings_of(connection, [report_id])),
    )


def reports(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[Report, CodedReport]]:
    """Every report with its coded record, by publication day and id."""
    ids = connection.execute("SELECT id FROM reports ORDER BY published NULLS LAST, id").fetchall()
    for start in range(0, len(ids), CHUNK):
        chunk = [row[0] for row in ids[start : start + CHUNK]]
        yield from _reports(connection, "WHERE id IN (SELECT unnest($1::TEXT[]))", [chunk])


def _reports(
    connection: duckdb.DuckDBPyConnection, where: str, values: list[Any]
) -> Iterator[tuple[Report, CodedReport]]:
    columns = "id, text, published, published_from, source, url, title, language, coded"
    rows = connection.execute(f"SELECT {columns} FROM reports {where} ORDER BY published NULLS LAST, id", values)
    for i, text, published, published_from, source, url, title, language, coded in rows.fetchall():
        made = Report(
            id=i,
            text=text,
            published=published,
            published_from=published_from,
            source=source,
            url=url,
            title=title,
            language=language,
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


def show_count(count: Count) -> str:
    """ "11", "9 to 14", "23 or more"."""
    low, high = count
    return f"{low} or more" if high is None else str(low) if low == high else f"{low} to {high}"
