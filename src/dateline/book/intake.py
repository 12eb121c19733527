"""Writing reports and what was coded from them into the tables; nothing is merged here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import duckdb
import msgspec

from dateline.merging.blocking import tokens
from dateline.merging.identities import Node, blocks, identity_id, nodes_of
from dateline.merging.sketch import Sketch, sketches
from dateline.record import CodedReport
from dateline.report import Report

#: Columns that are not text, by name; every other column of every table is.
_TYPES = {
    "published": "DATE", "earliest": "DATE", "latest": "DATE", "low": "DATE", "high": "DATE", "ordinal": "INTEGER",
    "start": "INTEGER", "stop": "INTEGER", "cue_start": "INTEGER", "cue_stop": "INTEGER", "mentions": "INTEGER",
    "reports": "INTEGER", "accounts": "INTEGER", "weight": "DOUBLE", "named": "BOOLEAN", "intensity": "DOUBLE",
    "since": "DATE", "until": "DATE",
}  # fmt: skip


def insert(connection: duckdb.DuckDBPyConnection, table: str, columns: str, rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows into the named columns at once (a list a column: far quicker than a statement a row)."""
    if not rows:
        return
    names = columns.split()
    lists = ", ".join(f"unnest(${i + 1}::{_TYPES.get(name, 'TEXT')}[])" for i, name in enumerate(names))
    connection.execute(
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {lists}", [list(column) for column in zip(*rows, strict=True)]
    )


def digest(report: Report) -> str:
    """What tells whether two reports of one id are the same report."""
    return hashlib.blake2b(report.text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def known_digests(connection: duckdb.DuckDBPyConnection, ids: Iterable[str]) -> dict[str, str]:
    """The digests of those of these reports that the book has, by id."""
    found = connection.execute("SELECT id, digest FROM reports WHERE id IN (SELECT unnest($1::TEXT[]))", [sorted(ids)])
    return dict(found.fetchall())


def write(
    connection: duckdb.DuckDBPyConnection, pairs: Sequence[tuple[Report, CodedReport]]
) -> tuple[list[Node], list[Sketch]]:
    """Write reports that the book does not have; returns their nodes (distinct) and sketches for merging."""
    rows: dict[str, list[Sequence[Any]]] = {name: [] for name in _COLUMNS}
    nodes: dict[str, Node] = {}
    made: list[Sketch] = []
    names: dict[tuple[str, str], int] = {}
    for report, coded in pairs:
        own = nodes_of(report, coded)
        nodes |= {n.id: n for n in own.values()}
        for name, node in own.items():
            names[node.id, name] = names.get((node.id, name), 0) + 1
        drawn = sketches(report, coded)
        made += drawn
        _rows(rows, report, coded, {name: node.id for name, node in own.items()}, drawn)
    for table, columns in _COLUMNS.items():
        insert(connection, table, columns, rows[table])
    fresh = _unknown(connection, nodes)
    insert(
        connection,
        "nodes",
        "id kind key named record own identity",
        [
            (n.id, n.kind, n.key, n.report is None, msgspec.json.encode(n).decode(), identity_id(n.id), None)
            for n in fresh
        ],
    )
    insert(connection, "node_blocks", "block node", [(block, n.id) for n in fresh for block in blocks(n)])
    insert(connection, "node_names", "node name reports", [(*key, count) for key, count in sorted(names.items())])
    return fresh, made


_COLUMNS = {
    "reports": "id published published_from source url title text digest coded",
    "actors": "report name kind country mentions node",
    "accounts": "key report ordinal id type mode earliest latest status said_by said_by_node record sketch quad cameo"
    " intensity",
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
}


def _rows(
    rows: dict[str, list[Sequence[Any]]],
    report: Report,
    coded: CodedReport,
    nodes: dict[str, str],
    drawn: Sequence[Sketch],
) -> None:
    r = report.id

    def node(name: str | None) -> str | None:
        return nodes.get(name) if name else None

    rows["reports"].append(
        (
            *(r, report.published, report.published_from, report.source, report.url, report.title, report.text),
            *(digest(report), coded.to_json().decode()),
        )
    )
    rows["actors"] += [(r, n, a.kind, a.country, len(a.mentions), nodes[n]) for n, a in sorted(coded.actors.items())]
    for ordinal, (account, sketch) in enumerate(zip(coded.events, drawn, strict=True)):
        key, when = sketch.key, account.when or (None, None)
        rows["accounts"].append(
            (
                *(key, r, ordinal, account.id, account.type, account.mode, *when, account.status),
                *(account.said_by, node(account.said_by)),
                *(msgspec.json.encode(account).decode(), msgspec.json.encode(sketch).decode()),
                *(account.quad, account.cameo, account.intensity),
            )
        )
        for field in ("actor", "recipient"):
            rows["participants"] += [
                (key, field, i, name, nodes[name]) for i, name in enumerate(getattr(account, field))
            ]
        rows["evidence"] += [(key, "anchor", *span) for span in account.anchors]
        rows["evidence"] += [(key, f, *span) for f, spans in sorted(account.evidence.items()) for span in spans]
        rows["account_contexts"] += [(key, i, context) for i, context in enumerate(account.contexts)]
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
