"""From rows back to records: the tellings of events, with their participants' identities and their own words."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import msgspec

from dateline.book.prefer import prefer
from dateline.merging.agreement import resolve
from dateline.merging.event import Actor, Event, Telling
from dateline.merging.words import sentence_at
from dateline.record import Account


def resolved(connection: duckdb.DuckDBPyConnection, events: Sequence[str]) -> list[Event]:
    """These events, by id, in the order asked for, from all their accounts; reviewed values stand first."""
    if not events:
        return []
    told, texts, standings = _tellings(connection, events)
    return [prefer(resolve(told[event], texts), standings) for event in events if event in told]


def _tellings(
    connection: duckdb.DuckDBPyConnection, events: Sequence[str]
) -> tuple[dict[str, list[Telling]], dict[str, str], dict[str, str]]:
    """The accounts of each of these events, in order, by event id; the texts of their reports; standings by key."""
    ids = [sorted(events)]
    rows = connection.execute(
        """SELECT event, accounts.key, accounts.report, published, source, title, record, said_by_node,
             standing
           FROM event_accounts JOIN accounts ON key = account JOIN reports ON reports.id = report
           WHERE event IN (SELECT unnest($1::TEXT[])) ORDER BY event, event_accounts.ordinal""",
        ids,
    ).fetchall()
    keys = [row[1] for row in rows]
    texts = texts_of(connection, {row[2] for row in rows})
    people = connection.execute(
        """SELECT account, field, participants.node FROM participants
           WHERE account IN (SELECT unnest($1::TEXT[])) ORDER BY account, field, ordinal""",
        [keys],
    ).fetchall()
    actors = actors_of(connection, {node for *_, node in people} | {row[7] for row in rows if row[7]})
    sides: dict[tuple[str, str], dict[str, Actor]] = {}
    for account, field, node in people:
        sides.setdefault((account, field), {}).setdefault(actors[node].id, actors[node])
    found: dict[str, list[Telling]] = {}
    for event, key, report, published, source, title, record, said_by, _ in rows:
        account = msgspec.json.decode(record, type=Account)
        text = texts[report]
        anchor = account.anchors[0] if account.anchors else None
        start, stop = sentence_at(text, anchor) if anchor else (0, 0)
        found.setdefault(event, []).append(
            Telling(
                key=key,
                report=report,
                published=published,
                source=source,
                title=title,
                account=account,
                actor=tuple(sides.get((key, "actor"), {}).values()),
                recipient=tuple(sides.get((key, "recipient"), {}).values()),
                said_by=actors[said_by] if said_by else None,
                words=text[anchor.start : anchor.end] if anchor else "",
                sentence=" ".join(text[start:stop].split()),
            )
        )
    return found, texts, {row[1]: row[8] for row in rows if row[8]}


def actors_of(connection: duckdb.DuckDBPyConnection, nodes: set[str]) -> dict[str, Actor]:
    """The identity of each of these nodes, by node id."""
    rows = connection.execute(
        """SELECT nodes.id, identities.id, name, identities.kind, identities.named
           FROM nodes JOIN identities ON identity = identities.id WHERE nodes.id IN (SELECT unnest($1::TEXT[]))""",
        [sorted(nodes)],
    ).fetchall()
    return {node: Actor(id=i, name=name, kind=kind, named=named) for node, i, name, kind, named in rows}


def texts_of(connection: duckdb.DuckDBPyConnection, reports: set[str]) -> dict[str, str]:
    """The texts of these reports, by id."""
    rows = connection.execute("SELECT id, text FROM reports WHERE id IN (SELECT unnest($1::TEXT[]))", [sorted(reports)])
    return dict(rows.fetchall())
