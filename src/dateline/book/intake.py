"""Writing reports and what was coded from them into the tables; nothing is merged here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import duckdb
import msgspec

from dateline.book.backfill import insert, number_rows, place_rows, word_rows
from dateline.book.reviewing import Told
from dateline.merging.blocking import tokens
from dateline.merging.identities import Node, blocks, identity_id, nodes_of
from dateline.merging.sketch import Sketch, content_id, sketches
from dateline.report import Report


def digest(report: Report) -> str:
    """What tells whether two reports of one id are the same report."""
    return hashlib.blake2b(report.text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def known_digests(connection: duckdb.DuckDBPyConnection, ids: Iterable[str]) -> dict[str, str]:
    """The digests of those of these reports that the book has, by id."""
    found = connection.execute("SELECT id, digest FROM reports WHERE id IN (SELECT unnest($1::TEXT[]))", [sorted(ids)])
    return dict(found.fetchall())


def all_digests(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The digests of all reports of the book, by id."""
    return dict(connection.execute("SELECT id, digest FROM reports").fetchall())


def write(
    connection: duckdb.DuckDBPyConnection, reports: Sequence[Told], apart: Mapping[tuple[str, str], str]
) -> tuple[list[Node], list[Sketch]]:
    """Write what these reports tell, which the tables must not have; returns their new nodes and their sketches.

    `apart` has a mark for each (report, name) whose actor a review set apart from others of that name.
    """
    rows: dict[str, list[Sequence[Any]]] = {name: [] for name in _COLUMNS}
    nodes: dict[str, Node] = {}
    made: list[Sketch] = []
    names: dict[tuple[str, str], int] = {}
    for told in reports:
        own = {
            name: _apart(node, apart.get((told.report.id, name)))
            for name, node in nodes_of(told.report, told.coded).items()
        }
        nodes |= {n.id: n for n in own.values()}
        for name, node in own.items():
            names[node.id, name] = names.get((node.id, name), 0) + 1
        drawn = [
            msgspec.structs.replace(sketch, key=key, order=(*sketch.order[:3], key))
            for key, sketch in zip(told.keys, sketches(told.report, told.coded), strict=True)
        ]
        made += drawn
        _rows(rows, told, {name: node.id for name, node in own.items()}, drawn)
    for table, columns in _COLUMNS.items():
        insert(connection, table, columns, rows[table])
    fresh = _unknown(connection, nodes)
    insert(
        connection,
        "nodes",
        "id kind key named record own identity",
        [
            (n.id, n.kind, n.key, _named(n), msgspec.json.encode(n).decode(), identity_id(n.id), identity_id(n.id))
            for n in fresh
        ],
    )
    insert(connection, "node_blocks", "block node", [(block, n.id) for n in fresh for block in blocks(n)])
    insert(connection, "node_names", "node name reports", [(*key, count) for key, count in sorted(names.items())])
    return fresh, made


def write_reports(connection: duckdb.DuckDBPyConnection, reports: Iterable[Report]) -> None:
    """Write the texts of reports that the book does not have, and their words."""
    new = list(reports)
    columns = "id published published_from source url title text language digest"
    rows = [(r.id, r.published, r.published_from, r.source, r.url, r.title, r.text, r.language, digest(r)) for r in new]
    insert(connection, "reports", columns, rows)
    words = [row for r in new for row in word_rows(r.id, r.title, r.text)]
    insert(connection, "words", "word report times", words)


#: What begins the mark of somebody whom a review set apart; such a node meets nobody by itself.
APART = "apart by review "


def _apart(node: Node, mark: str | None) -> Node:
    if mark is None:
        return node
    return msgspec.structs.replace(node, id=content_id("n-", APART, mark, node.id), report=APART + mark)


def _named(node: Node) -> bool:
    return node.report is None or node.report.startswith(APART)


_COLUMNS = {
    "actors": "report name kind country mentions node",
    "accounts": "key report ordinal id type mode earliest latest status said_by said_by_node record sketch quad cameo"
    " intensity coding standing",
    "participants": "account field ordinal name node",
    "evidence": "account field start stop",
    "quotes": "report start stop speaker speaker_node cue_start cue_stop",
    "roles": "report person person_node role body body_node",
    "kin": "report person person_node relation kin_of kin_node",
    "tokens": "text low high account",
    "account_contexts": "account ordinal context",
    "report_contexts": "report ordinal context",
    "actor_sectors": "report name ordinal sector",
    "known": "report name ordinal holder role country since until source",
    "places": "account ordinal name key",
    "numbers": "account name least most",
}


def _rows(
    rows: dict[str, list[Sequence[Any]]],
    told: Told,
    nodes: dict[str, str],
    drawn: Sequence[Sketch],
) -> None:
    r, coded = told.report.id, told.coded

    def node(name: str | None) -> str | None:
        return nodes.get(name) if name else None

    for name in sorted(nodes):
        actor = coded.actors.get(name)
        row = (actor.kind, actor.country, len(actor.mentions)) if actor else ("group", None, 0)
        rows["actors"].append((r, name, *row, nodes[name]))
    listed = zip(coded.events, drawn, told.standings, strict=True)
    for ordinal, (account, sketch, standing) in enumerate(listed):
        key, when = sketch.key, account.when or (None, None)
        rows["accounts"].append(
            (
                *(key, r, ordinal, account.id, account.type, account.mode, *when, account.status),
                *(account.said_by, node(account.said_by)),
                *(msgspec.json.encode(account).decode(), msgspec.json.encode(sketch).decode()),
                *(account.quad, account.cameo, account.intensity, told.coding, standing),
            )
        )
        for field in ("actor", "recipient"):
            rows["participants"] += [
                (key, field, i, name, nodes[name]) for i, name in enumerate(getattr(account, field))
            ]
        rows["evidence"] += [(key, "anchor", *span) for span in account.anchors]
        rows["evidence"] += [(key, f, *span) for f, spans in sorted(account.evidence.items()) for span in spans]
        rows["account_contexts"] += [(key, i, context) for i, context in enumerate(account.contexts)]
        rows["places"] += place_rows(key, account)
        rows["numbers"] += number_rows(key, account)
        rows["tokens"] += [(t.text, t.low, t.high, key) for t in tokens(sketch)]
    rows["report_contexts"] += [(r, i, context) for i, context in enumerate(coded.contexts)]
    for name, actor in sorted(coded.actors.items()):
        rows["actor_sectors"] += [(r, name, i, sector) for i, sector in enumerate(actor.sectors)]
        rows["known"] += [
            (r, name, i, k.name, k.role, k.country, k.since, k.until, k.source) for i, k in enumerate(actor.known)
        ]
    rows["quotes"] += [(r, *q.span, q.speaker, node(q.speaker), *(q.cue or (None, None))) for q in coded.quotes]
    rows["roles"] += [(r, x.person, node(x.person), x.role, x.of, node(x.of)) for x in coded.roles]
    rows["kin"] += [(r, x.person, node(x.person), x.relation, x.of, node(x.of)) for x in coded.kin]


def _unknown(connection: duckdb.DuckDBPyConnection, nodes: dict[str, Node]) -> list[Node]:
    known = connection.execute("SELECT id FROM nodes WHERE id IN (SELECT unnest($1::TEXT[]))", [sorted(nodes)])
    have = {row[0] for row in known.fetchall()}
    return [nodes[i] for i in sorted(nodes.keys() - have)]
