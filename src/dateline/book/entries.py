"""The log of reviews in a book: entries are added and never changed, what stands is reckoned from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import duckdb

from dateline.book.backfill import insert
from dateline.book.decided import Decision, followed
from dateline.book.reviewing import Entry, standing_entries

#: The `field` of a split that names reports: its two lists are reports and the names there.
BY_REPORT = "reports"
_COLUMNS = "number made author action target report field value basis undoes because"


def log(connection: duckdb.DuckDBPyConnection, where: str = "true", values: Iterable[object] = ()) -> list[Entry]:
    """Entries in order, all or those of a condition."""
    rows = connection.execute(
        f"SELECT {_COLUMNS.replace(' ', ', ')} FROM reviews WHERE {where} ORDER BY number", list(values)
    ).fetchall()
    return [
        Entry(number=row[0], at=row[1].isoformat() + "Z", **dict(zip(_COLUMNS.split()[2:], row[2:], strict=True)))
        for row in rows
    ]


def append(connection: duckdb.DuckDBPyConnection, entries: Iterable[Entry]) -> None:
    """Add entries, whose numbers go on where the log ends."""
    rows = [
        (e.number, dt.datetime.fromisoformat(e.at.removesuffix("Z")), *(getattr(e, f) for f in _COLUMNS.split()[2:]))
        for e in entries
    ]
    insert(connection, "reviews", _COLUMNS, rows)


def next_number(connection: duckdb.DuckDBPyConnection) -> int:
    """The number of the next entry."""
    row = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM reviews").fetchone()
    return int(row[0]) if row else 1


def standing(connection: duckdb.DuckDBPyConnection) -> list[Entry]:
    """All entries that stand."""
    return standing_entries(log(connection))


def about(connection: duckdb.DuckDBPyConnection, reports: Iterable[str]) -> dict[str, list[Entry]]:
    """The entries that stand about accounts of these reports, by report."""
    ids = sorted(reports)
    if not connection.execute("SELECT 1 FROM reviews LIMIT 1").fetchone():
        return {}
    undone = log(connection, "action = 'undo'")
    found: dict[str, list[Entry]] = {}
    for entry in standing_entries([*log(connection, "report IN (SELECT unnest($1::TEXT[]))", [ids]), *undone]):
        if entry.report is not None and entry.action in ("accept", "correct", "reject"):
            found.setdefault(entry.report, []).append(entry)
    return found


def reviewed_reports(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """The reports of which an account was accepted, corrected or rejected."""
    kept = standing(connection)
    return {e.report for e in kept if e.report is not None and e.action in ("accept", "correct", "reject")}


def decisions(connection: duckdb.DuckDBPyConnection, prefix: str) -> list[Decision]:
    """Merges and splits that stand, of events ("ev-") or identities ("id-"), in order, by the ids of today."""
    made = [
        Decision(e.action, *e.sides)
        for e in standing_entries(log(connection, "action IN ('merge', 'split', 'undo')"))
        if e.target.startswith(prefix) and e.field != BY_REPORT
    ]
    ids = {i for d in made for i in (*d.one, *d.two)}
    return followed(made, redirects(connection, ids)) if made else []


def apart(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], str]:
    """The (report, name there) of actors that a standing split set apart, with the number of its entry."""
    return {
        (report, name): str(e.number)
        for e in standing_entries(log(connection, "action IN ('split', 'undo')"))
        if e.field == BY_REPORT
        for report in e.sides[0]
        for name in e.sides[1]
    }


def redirects(connection: duckdb.DuckDBPyConnection, ids: Iterable[str]) -> dict[str, str | None]:
    """What those of these ids that went have become; an id that is there again leads nowhere."""
    rows = connection.execute(
        """SELECT old, new FROM redirects WHERE old IN (SELECT unnest($1::TEXT[]))
           AND old NOT IN (SELECT key FROM accounts) AND old NOT IN (SELECT own FROM nodes)""",
        [sorted(ids)],
    ).fetchall()
    return dict(rows)


def redirect(connection: duckdb.DuckDBPyConnection, moved: dict[str, str | None]) -> None:
    """Note what ids have become; ids that led to them lead on."""
    for old, new in sorted(moved.items()):
        connection.execute("DELETE FROM redirects WHERE old = $1 OR old = $2", [old, new])
        connection.execute("UPDATE redirects SET new = $2 WHERE new = $1", [old, new])
    insert(connection, "redirects", "old new", [pair for pair in sorted(moved.items()) if pair[0] != pair[1]])
