"""Who is meant by a name: identities of a book by any name it knows for them."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from dateline.merging import names
from dateline.merging.event import Actor


def find(connection: duckdb.DuckDBPyConnection, name: str) -> list[Actor]:
    """The identities that a name fits, best first: by the whole name, else by all its words, else by spelling.

    An id ("id-…") finds its own, or the identity that it has become part of. Descriptions are found by their
    exact words alone.
    """
    if name.startswith("id-"):
        found = _identities(connection, "nodes.own = $1", [name])
        went = None if found else connection.execute("SELECT new FROM redirects WHERE old = $1", [name]).fetchone()
        return find(connection, went[0]) if went and went[0] else found
    words = list(names.person_words(name))
    if not words:
        return []
    whole = [" ".join(words), names.body_key(name)]
    short = names.acronym(name.upper())
    exact = _identities(connection, "key IN ($1, $2)", whole)
    if exact or not short:
        return exact or _close(connection, name, words)
    return _identities(connection, "json_extract_string(record, '$.acronym') = $1", [short]) or _close(
        connection, name, words
    )


def _close(connection: duckdb.DuckDBPyConnection, name: str, words: list[str]) -> list[Actor]:
    within = _identities(connection, "nodes.named AND list_has_all(string_split(key, ' '), $1::TEXT[])", [words])
    if within:
        return within
    spelled = {names.spelling(w) for w in words}
    block = "p:" + names.spelling(words[-1])
    alike = connection.execute(
        "SELECT id, key FROM nodes JOIN node_blocks ON node = id WHERE block = $1 ORDER BY id", [block]
    ).fetchall()
    ids = [i for i, key in alike if spelled <= {names.spelling(w) for w in key.split()}]
    return _identities(connection, "nodes.id IN (SELECT unnest($1::TEXT[]))", [ids]) if ids else []


def _identities(connection: duckdb.DuckDBPyConnection, where: str, values: Sequence[object]) -> list[Actor]:
    rows = connection.execute(
        f"""SELECT DISTINCT identities.id, name, identities.kind, identities.named
            FROM nodes JOIN identities ON identity = identities.id WHERE {where}
            ORDER BY identities.named DESC, name, identities.id""",
        values,
    ).fetchall()
    return [Actor(id=i, name=name, kind=kind, named=named) for i, name, kind, named in rows]
