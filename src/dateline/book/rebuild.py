"""Taking reports in and making them anew: after a new coding, after a review. One way for all of it.

What a book says of events depends on today's codings and on the reviews that stand, not on the way there; the way is
kept in `codings`, `reviews` and `redirects`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb
import msgspec

from dateline.book import entries, keep
from dateline.book.backfill import insert
from dateline.book.history import codings_of
from dateline.book.intake import write, write_reports
from dateline.book.reviewing import Told, matched, reviewed
from dateline.book.views import Coding
from dateline.record import Account, CodedReport
from dateline.report import Report

_REPORT = ("id", "published", "published_from", "source", "url", "title", "text", "language")
#: Tables whose rows belong to a report, and those whose rows belong to an account.
_OF_REPORT = ("actors", "quotes", "roles", "kin", "report_contexts", "actor_sectors", "known", "accounts")
_OF_ACCOUNT = ("participants", "evidence", "tokens", "account_contexts", "places", "numbers", "event_accounts")


def take_in(connection: duckdb.DuckDBPyConnection, pairs: Sequence[tuple[Report, CodedReport]], by: Coding) -> int:
    """Take in reports that the book does not have; returns the number of their accounts."""
    write_reports(connection, [report for report, _ in pairs])
    _note(connection, [(report.id, 1) for report, _ in pairs], by)
    about = entries.about(connection, {report.id for report, _ in pairs})
    return _write(connection, [reviewed(r, coded, about.get(r.id, ())) for r, coded in pairs])


def code_again(connection: duckdb.DuckDBPyConnection, pairs: Sequence[tuple[Report, CodedReport]], by: Coding) -> int:
    """Put new codings in place of those that the book has of these reports; returns the number of their accounts.

    The earlier codings are kept, ids lead to the accounts that tell of the same, and what was reviewed stays.
    """
    ids = [report.id for report, _ in pairs]
    last = {report: coding.ordinal for report, coding in codings_of(connection, ids)}
    for report, coded in raw_of(connection, ids):
        connection.execute(
            "UPDATE codings SET coded = $1 WHERE report = $2 AND ordinal = $3",
            [coded.to_json().decode(), report.id, last[report.id]],
        )
    _note(connection, [(i, last[i] + 1) for i in ids], by)
    about = entries.about(connection, ids)
    return _replace(connection, [reviewed(r, coded, about.get(r.id, ()), last[r.id] + 1) for r, coded in pairs])


def review_again(connection: duckdb.DuckDBPyConnection, reports: Iterable[str], accounts: Iterable[str] = ()) -> None:
    """Make these reports anew by the reviews that stand, and cluster these accounts again."""
    told = [as_it_stands(connection, report) for report in sorted(set(reports))]
    if told:
        _replace(connection, told)
    if more := keep.reach(connection, accounts):
        keep.merge(connection, [], more)


def as_it_stands(connection: duckdb.DuckDBPyConnection, report: str) -> Told:
    """A report by its latest coding and the reviews that stand."""
    ((found, raw),) = raw_of(connection, [report])
    number = codings_of(connection, [report])[-1][1].ordinal
    return reviewed(found, raw, entries.about(connection, [report]).get(report, ()), number)


def identify_again(connection: duckdb.DuckDBPyConnection, nodes: Iterable[str]) -> None:
    """Group these nodes, and all that share an identity or a block with them, into identities anew."""
    keep.identify(connection, keep.nodes_by_id(connection, nodes))


def raw_of(connection: duckdb.DuckDBPyConnection, reports: Iterable[str]) -> list[tuple[Report, CodedReport]]:
    """These reports with their latest coding as the coder made it, before reviews."""
    rows = connection.execute(
        """SELECT id, published, published_from, source, url, title, text, language,
             coalesce(codings.coded, reports.coded)
           FROM reports JOIN codings ON report = id WHERE id IN (SELECT unnest($1::TEXT[]))
           QUALIFY row_number() OVER (PARTITION BY id ORDER BY ordinal DESC) = 1 ORDER BY id""",
        [sorted(reports)],
    ).fetchall()
    return [(Report(**dict(zip(_REPORT, row[:8], strict=True))), CodedReport.from_json(row[8])) for row in rows]


def outdated(connection: duckdb.DuckDBPyConnection, by: Coding) -> list[str]:
    """The ids of the reports whose latest coding is not by `by`, in order."""
    rows = connection.execute(
        """SELECT report FROM codings
           QUALIFY row_number() OVER (PARTITION BY report ORDER BY ordinal DESC) = 1
             AND (version, model, codebook) IS DISTINCT FROM ($1, $2, $3) ORDER BY report""",
        [by.version, by.model, by.codebook],
    ).fetchall()
    return [row[0] for row in rows]


def texts(connection: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> list[Report]:
    """These reports as they came in, by id."""
    rows = connection.execute(
        f"SELECT {', '.join(_REPORT)} FROM reports WHERE id IN (SELECT unnest($1::TEXT[])) ORDER BY id", [list(ids)]
    ).fetchall()
    return [Report(**dict(zip(_REPORT, row, strict=True))) for row in rows]


def _note(connection: duckdb.DuckDBPyConnection, numbered: Sequence[tuple[str, int]], by: Coding) -> None:
    rows = [(report, number, by.version, by.model, by.codebook) for report, number in numbered]
    insert(connection, "codings", "report ordinal version model codebook", rows)


def _write(connection: duckdb.DuckDBPyConnection, told: Sequence[Told], again: Iterable[str] = ()) -> int:
    connection.execute("CREATE OR REPLACE TEMP TABLE made (report TEXT, coding INTEGER, coded TEXT, text TEXT)")
    rows = [
        (t.report.id, t.coding, t.coded.to_json().decode(), None if t.coded == t.raw else t.raw.to_json().decode())
        for t in told
    ]
    insert(connection, "made", "report coding coded text", rows)
    connection.execute("UPDATE reports SET coded = made.coded FROM made WHERE made.report = id")
    connection.execute(
        """UPDATE codings SET coded = made.text FROM made
           WHERE made.report = codings.report AND made.coding = codings.ordinal"""
    )
    nodes, made = write(connection, told, entries.apart(connection))
    keep.identify(connection, nodes)
    keep.rename(connection, {t.report.id for t in told})
    keep.merge(connection, made, again)
    entries.redirect(connection, {old: new for t in told for old, new in t.moved.items()})
    return len(made)


def _replace(connection: duckdb.DuckDBPyConnection, told: Sequence[Told]) -> int:
    """Take out what these reports told, put in what they tell now, and see what became of ids."""
    ids = [t.report.id for t in told]
    there = "report IN (SELECT unnest($1::TEXT[]))"
    accounts = dict(connection.execute(f"SELECT key, report FROM accounts WHERE {there}", [ids]).fetchall())
    records = connection.execute(f"SELECT key, record FROM accounts WHERE {there}", [ids]).fetchall()
    old = {key: msgspec.json.decode(record, type=Account) for key, record in records}
    named = connection.execute(f"SELECT report, name, node FROM actors WHERE {there}", [ids]).fetchall()
    again = keep.reach(connection, old) - old.keys()
    keys = [sorted(old)]
    connection.execute(
        """DELETE FROM events WHERE id IN
           (SELECT event FROM event_accounts WHERE account IN (SELECT unnest($1::TEXT[])))""",
        keys,
    )
    for table in _OF_ACCOUNT:
        connection.execute(f"DELETE FROM {table} WHERE account IN (SELECT unnest($1::TEXT[]))", keys)
    gone = "IN (SELECT unnest($1::TEXT[]))"
    connection.execute(f"DELETE FROM links WHERE a {gone} OR b {gone}", keys)
    left = _forget(connection, ids)
    for table in _OF_REPORT:
        connection.execute(f"DELETE FROM {table} WHERE {there}", [ids])
    made = _write(connection, told, again)
    identify_again(connection, left)
    for t in told:
        ours = {k: a for k, a in old.items() if accounts[k] == t.report.id}
        now = dict(zip(t.keys, t.coded.events, strict=True))
        kept = {e.target for e in entries.about(connection, [t.report.id]).get(t.report.id, ())}
        moved = {k: v for k, v in matched(ours, now).items() if k not in t.moved and not (v is None and k in kept)}
        entries.redirect(connection, moved)
    _lead_on(connection, named)
    return made


def _forget(connection: duckdb.DuckDBPyConnection, reports: Sequence[str]) -> set[str]:
    """Take the reports' names off their nodes and drop nodes that nobody names; returns those whose identities change.

    Those are the nodes that shared an identity with one that lost a name.
    """
    ids = [list(reports)]
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE lost AS SELECT node, name, count(DISTINCT report) AS times FROM actors
           WHERE report IN (SELECT unnest($1::TEXT[])) GROUP BY ALL""",
        ids,
    )
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE left_over AS
           SELECT node, name, sum(reports)::INTEGER AS reports FROM (
             SELECT node, name, reports FROM node_names WHERE node IN (SELECT node FROM lost)
             UNION ALL SELECT node, name, -times FROM lost)
           GROUP BY ALL HAVING sum(reports) > 0"""
    )
    rows = connection.execute(
        """SELECT id FROM nodes WHERE identity IN
           (SELECT identity FROM nodes WHERE id IN (SELECT node FROM lost)) ORDER BY id"""
    ).fetchall()
    connection.execute("DELETE FROM node_names WHERE node IN (SELECT node FROM lost)")
    connection.execute("INSERT INTO node_names SELECT * FROM left_over ORDER BY ALL")
    dropped = "SELECT node FROM lost WHERE node NOT IN (SELECT node FROM left_over)"
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE nobody AS
            SELECT id, own, identity FROM nodes WHERE id IN ({dropped}) ORDER BY id"""
    )
    connection.execute(f"DELETE FROM node_blocks WHERE node IN ({dropped})")
    connection.execute(f"DELETE FROM nodes WHERE id IN ({dropped})")
    connection.execute(
        "DELETE FROM identities WHERE id IN (SELECT identity FROM nobody) AND id NOT IN (SELECT identity FROM nodes)"
    )
    return {row[0] for row in rows}


def _lead_on(connection: duckdb.DuckDBPyConnection, named: Sequence[tuple[str, str, str]]) -> None:
    """Lead ids of nodes that went to those that the same names of the same reports have now."""
    gone = dict(connection.execute("SELECT id, own FROM nobody WHERE own NOT IN (SELECT own FROM nodes)").fetchall())
    if not gone:
        return
    now = {
        (report, name): own
        for report, name, own in connection.execute(
            "SELECT report, name, own FROM actors JOIN nodes ON node = id WHERE report IN (SELECT unnest($1::TEXT[]))",
            [sorted({report for report, _, _ in named})],
        ).fetchall()
    }
    moved: dict[str, str | None] = {}
    for report, name, node in sorted(named):
        if node in gone and (report, name) in now:
            moved.setdefault(gone[node], now[report, name])
    entries.redirect(connection, moved)
