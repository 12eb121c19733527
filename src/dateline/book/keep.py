"""Keeping identities and events up to date as reports come in: only what a new report can touch is made again.

What comes out depends on the reports in the book alone. Links between two accounts never change, so new accounts add
links, and the events of every account that they reach through links are clustered anew, from all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb
import msgspec

from dateline.book.backfill import insert, weigh
from dateline.book.decided import Decision, decide, reached
from dateline.book.entries import decisions
from dateline.book.reading import resolved
from dateline.merging.clusters import cluster
from dateline.merging.compare import LINK, Link, compare
from dateline.merging.identities import Node, blocks, identities, identity_id
from dateline.merging.sketch import Sketch
from dateline.record import Interval


def identify(connection: duckdb.DuckDBPyConnection, fresh: Sequence[Node]) -> None:
    """Group nodes into identities again wherever a fresh node shares a block, and name those that changed."""
    touched = {n.id: n for n in fresh}
    seen: set[str] = set()
    decided = _by_node(connection, decisions(connection, "id-"))
    while True:
        tied = reached(set(touched), decided)
        touched |= {n.id: n for n in nodes_by_id(connection, tied)}
        wanted = {b for n in touched.values() for b in blocks(n)} - seen
        if not wanted and not tied & touched.keys():
            break
        seen |= wanted
        found = connection.execute(
            """SELECT DISTINCT nodes.id, record FROM node_blocks JOIN nodes ON node = nodes.id
               WHERE block IN (SELECT unnest($1::TEXT[]))""",
            [sorted(wanted)],
        )
        for node_id, record in found.fetchall():
            touched.setdefault(node_id, msgspec.json.decode(record, type=Node))
    rows, because = _grouped(touched, decided)
    connection.execute("CREATE OR REPLACE TEMP TABLE assigned (node TEXT, identity TEXT)")
    connection.execute("CREATE OR REPLACE TEMP TABLE reasons (id TEXT, because TEXT)")
    insert(connection, "assigned", "node identity", rows)
    insert(connection, "reasons", "id because", because)
    connection.execute(
        """DELETE FROM identities WHERE id IN (SELECT identity FROM assigned)
           OR id IN (SELECT identity FROM nodes WHERE id IN (SELECT node FROM assigned))"""
    )
    connection.execute(
        "UPDATE nodes SET identity = assigned.identity FROM assigned WHERE assigned.node = nodes.id"
        " AND nodes.identity IS DISTINCT FROM assigned.identity"
    )
    _name(connection, "SELECT identity FROM assigned")


def nodes_by_id(connection: duckdb.DuckDBPyConnection, ids: Iterable[str]) -> list[Node]:
    """The nodes of these ids that the book has."""
    found = connection.execute(
        "SELECT record FROM nodes WHERE id IN (SELECT unnest($1::TEXT[])) ORDER BY id", [sorted(ids)]
    )
    return [msgspec.json.decode(row[0], type=Node) for row in found.fetchall()]


def _by_node(connection: duckdb.DuckDBPyConnection, made: Sequence[Decision]) -> list[Decision]:
    """Decisions about identities, by the ids of their nodes."""
    ids = sorted({i for d in made for i in (*d.one, *d.two)})
    rows = connection.execute("SELECT own, id FROM nodes WHERE own IN (SELECT unnest($1::TEXT[]))", [ids]).fetchall()
    node = dict(rows)

    def side(owned: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(node[i] for i in owned if i in node)

    return [Decision(d.action, side(d.one), side(d.two)) for d in made]


def _grouped(
    nodes: dict[str, Node], decided: Sequence[Decision]
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(node, identity) of each node, and (identity, reasons) of each identity."""
    found = identities(nodes.values())
    reasons = {node: identity.because for identity in found for node in identity.nodes}
    rows, because = [], []
    for group in decide([identity.nodes for identity in found], decided):
        name = identity_id(min(group))
        told = {reason for node in group for reason in reasons[node] if len(group) > 1}
        together = {node for d in decided if d.action == "merge" for node in (*d.one, *d.two)} & set(group)
        rows += [(node, name) for node in group]
        because.append((name, "\n".join([*sorted(told), *(["a review"] if len(together) > 1 else [])])))
    return rows, because


def rename(connection: duckdb.DuckDBPyConnection, reports: Iterable[str]) -> None:
    """Name the identities again that these reports mention: the name used most may be another now."""
    connection.execute("CREATE OR REPLACE TEMP TABLE mentioned (id TEXT)")
    insert(connection, "mentioned", "id", [(r,) for r in sorted(reports)])
    ids = """SELECT DISTINCT identity FROM nodes JOIN actors ON node = nodes.id
             WHERE report IN (SELECT id FROM mentioned) AND named"""
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE reasons AS SELECT id, because FROM identities WHERE id IN ({ids})"
    )
    connection.execute("DELETE FROM identities WHERE id IN (SELECT id FROM reasons)")
    _name(connection, "SELECT id FROM reasons")


def _name(connection: duckdb.DuckDBPyConnection, ids: str) -> None:
    """An identity goes by the name that most reports use; a person not by a single word where more are known."""
    connection.execute(
        f"""INSERT INTO identities
            WITH used AS (
              SELECT identity, name, kind, named, sum(reports) AS times FROM nodes JOIN node_names ON node = nodes.id
              WHERE identity IN ({ids}) GROUP BY ALL)
            SELECT identity,
              first(name ORDER BY kind = 'person' AND contains(name, ' ') DESC, times DESC, length(name) DESC, name),
              first(kind ORDER BY times DESC, kind), bool_or(named), any_value(because)
            FROM used LEFT JOIN reasons ON reasons.id = identity GROUP BY identity ORDER BY identity"""
    )


def merge(connection: duckdb.DuckDBPyConnection, fresh: Sequence[Sketch], again: Iterable[str] = ()) -> None:
    """Link fresh accounts to those of the book and to one another, and cluster again what they reach.

    `again` are accounts of the book to be clustered again too, because something they were linked to has gone.
    """
    known = {s.key: s for s in fresh}
    found = _link(connection, known)
    insert(
        connection,
        "links",
        "a b weight features",
        [(link.a, link.b, link.weight, msgspec.json.encode(link.features).decode()) for link in found],
    )
    decided = decisions(connection, "ev-")
    keys, all_links = _reach(connection, {s.key for s in fresh} | _there(connection, again), decided)
    _load(connection, known, keys)
    connection.execute("CREATE OR REPLACE TEMP TABLE redone (account TEXT)")
    insert(connection, "redone", "account", [(k,) for k in sorted(keys)])
    gone = "SELECT event FROM event_accounts WHERE account IN (SELECT account FROM redone)"
    connection.execute(f"DELETE FROM events WHERE id IN ({gone})")
    connection.execute("DELETE FROM event_accounts WHERE account IN (SELECT account FROM redone)")
    groups = decide(cluster({k: known[k] for k in keys}, all_links), decided)
    made = [tuple(sorted(group, key=lambda k: known[k].order)) for group in groups]
    made.sort(key=lambda group: known[group[0]].order)
    insert(
        connection,
        "event_accounts",
        "event account ordinal",
        [(group[0], key, i) for group in made for i, key in enumerate(group)],
    )
    rows: list[tuple[object, ...]] = []
    merged = {e.id: e for e in resolved(connection, [group[0] for group in made if len(group) > 1])}
    for group in made:
        first = merged.get(group[0]) or known[group[0]]
        days = first.when or Interval(None, None)
        rows.append((group[0], first.type, first.mode, first.status, *days, len(group)))
    insert(connection, "events", "id type mode status earliest latest accounts", rows)
    weigh(connection, gone)


def reach(connection: duckdb.DuckDBPyConnection, keys: Iterable[str]) -> set[str]:
    """The accounts that links and reviewed merges lead to from these, themselves included."""
    return _reach(connection, set(keys), decisions(connection, "ev-"))[0]


def _there(connection: duckdb.DuckDBPyConnection, keys: Iterable[str]) -> set[str]:
    rows = connection.execute("SELECT key FROM accounts WHERE key IN (SELECT unnest($1::TEXT[]))", [sorted(keys)])
    return {row[0] for row in rows.fetchall()}


def _link(connection: duckdb.DuckDBPyConnection, known: dict[str, Sketch]) -> list[Link]:
    connection.execute("CREATE OR REPLACE TEMP TABLE arrived (account TEXT)")
    insert(connection, "arrived", "account", [(k,) for k in sorted(known)])
    found = connection.execute(
        """SELECT DISTINCT mine.account, theirs.account
           FROM tokens mine JOIN tokens theirs
             ON mine.text = theirs.text AND mine.low <= theirs.high AND theirs.low <= mine.high
           WHERE mine.account IN (SELECT account FROM arrived) AND mine.account <> theirs.account"""
    ).fetchall()
    _load(connection, known, {theirs for _, theirs in found})
    pairs = {tuple(sorted(pair, key=lambda k: known[k].order)) for pair in found}
    compared = (compare(known[a], known[b]) for a, b in sorted(pairs))
    return [link for link in compared if link and link.weight >= LINK]


def _reach(
    connection: duckdb.DuckDBPyConnection, start: set[str], decided: Sequence[Decision]
) -> tuple[set[str], list[Link]]:
    """The accounts that links and reviewed merges lead to from these, themselves included, and all links among them."""
    keys, edge = set(start), set(start)
    found: dict[tuple[str, str], Link] = {}
    while edge:
        rows = connection.execute(
            """SELECT a, b, weight FROM links
               WHERE a IN (SELECT unnest($1::TEXT[])) OR b IN (SELECT unnest($1::TEXT[]))""",
            [sorted(edge)],
        ).fetchall()
        found |= {(a, b): Link(a, b, weight, ()) for a, b, weight in rows}
        edge = ({k for a, b, _ in rows for k in (a, b)} | _there(connection, reached(edge, decided))) - keys
        keys |= edge
    return keys, [found[pair] for pair in sorted(found)]


def _load(connection: duckdb.DuckDBPyConnection, known: dict[str, Sketch], keys: Iterable[str]) -> None:
    """Add the sketches of these accounts that are not at hand."""
    wanted = sorted(set(keys) - known.keys())
    if wanted:
        found = connection.execute(
            "SELECT key, sketch FROM accounts WHERE key IN (SELECT unnest($1::TEXT[]))", [wanted]
        )
        known |= {key: msgspec.json.decode(sketch, type=Sketch) for key, sketch in found.fetchall()}
