"""A case: everything a book knows of one person or body, and the captivities of a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb

from dateline.book.filters import Asked
from dateline.book.people import find
from dateline.book.queries import timeline
from dateline.book.views import Case, Office, Part, Relation, Saying, Spell
from dateline.errors import BookError
from dateline.merging.event import Actor, Event
from dateline.record import Span

#: What begins a captivity and what ends it, by type and mode.
TAKEN = frozenset({("ASSAULT", "abduct"), ("COERCE", "arrest")})
FREED = frozenset({("RETREAT", "release")})


def case(connection: duckdb.DuckDBPyConnection, name: str) -> Case:
    """The case of whom this name means; raises BookError where it fits nobody or more than one."""
    found = [a for a in find(connection, name) if a.named] or find(connection, name)
    if not found:
        raise BookError(f"nobody is called {name!r} in this book")
    if len(found) > 1:
        listed = "; ".join(f"{a.name} ({a.id})" for a in found[:8])
        raise BookError(f"{name!r} fits {len(found)} actors: {listed}; give the whole name or the id")
    actor = found[0]
    parts = tuple(_part(actor, event) for event in timeline(connection, Asked(actor=actor.id)))
    rows = connection.execute(
        "SELECT DISTINCT name FROM nodes JOIN node_names ON node = nodes.id WHERE identity = $1 ORDER BY name",
        [actor.id],
    ).fetchall()
    why = connection.execute("SELECT because FROM identities WHERE id = $1", [actor.id]).fetchone()
    return Case(
        actor=actor,
        names=tuple(row[0] for row in rows),
        because=tuple(why[0].splitlines()) if why and why[0] else (),
        parts=_parts(connection, actor),
        offices=_offices(connection, actor),
        kin=_kin(connection, actor),
        events=parts,
        quotes=_quotes(connection, actor),
        spells=tuple(spells(p.event for p in parts if "recipient" in p.parts)) if actor.kind == "person" else (),
    )


def spells(events: Iterable[Event]) -> list[Spell]:
    """The captivities that events of one person, in order of `when`, tell of.

    Only what happened counts. A second taking before any release is the same captivity told differently.
    """
    found: list[Spell] = []
    taken: Event | None = None
    for event in events:
        what = (event.type, event.mode)
        if event.status != "actual":
            continue
        if what in TAKEN and taken is None:
            taken = event
        elif what in FREED:
            found.append(_spell(taken, event))
            taken = None
    if taken is not None:
        found.append(_spell(taken, None))
    return found


def _spell(taken: Event | None, freed: Event | None) -> Spell:
    began = taken.when if taken and taken.when else (None, None)
    ended = freed.when if freed and freed.when else (None, None)
    least = max(1, (ended[0] - began[1]).days + 1) if ended[0] and began[1] else None
    most = (ended[1] - began[0]).days + 1 if ended[1] and began[0] else None
    return Spell(taken=taken.id if taken else None, freed=freed.id if freed else None, days=(least, most))


def _parts(connection: duckdb.DuckDBPyConnection, actor: Actor) -> tuple[tuple[str, str], ...]:
    """The nodes of an identity by their own ids, each with the name that most reports have for it."""
    rows = connection.execute(
        """SELECT own, first(name ORDER BY times DESC, name) FROM (
             SELECT own, name, sum(reports) AS times FROM nodes JOIN node_names ON node = id
             WHERE identity = $1 GROUP BY ALL) GROUP BY own ORDER BY own""",
        [actor.id],
    ).fetchall()
    return tuple((own, name) for own, name in rows)


def _part(actor: Actor, event: Event) -> Part:
    def has(field: str) -> bool:
        return any(a.id == actor.id for t in event.tellings for a in getattr(t, field))

    return Part(parts=tuple(field for field in ("actor", "recipient") if has(field)), event=event)


def _offices(connection: duckdb.DuckDBPyConnection, actor: Actor) -> tuple[Office, ...]:
    rows = connection.execute(
        """SELECT lower(role), any_value(role ORDER BY role), coalesce(body.name, roles.body) AS whose,
             list(DISTINCT report ORDER BY report), min(published), max(published)
           FROM roles JOIN nodes ON person_node = nodes.id JOIN reports ON reports.id = report
             LEFT JOIN nodes bodies ON body_node = bodies.id LEFT JOIN identities body ON bodies.identity = body.id
           WHERE nodes.identity = $1 GROUP BY lower(role), whose ORDER BY min(published) NULLS LAST, 1, whose""",
        [actor.id],
    ).fetchall()
    return tuple(
        Office(role=role, of=of, reports=tuple(reports), first=_iso(first), last=_iso(last))
        for _, role, of, reports, first, last in rows
    )


def _kin(connection: duckdb.DuckDBPyConnection, actor: Actor) -> tuple[Relation, ...]:
    rows = connection.execute(
        """SELECT one.name, relation, two.name, list(DISTINCT report ORDER BY report)
           FROM kin JOIN nodes a ON person_node = a.id JOIN nodes b ON kin_node = b.id
             JOIN identities one ON one.id = a.identity JOIN identities two ON two.id = b.identity
           WHERE a.identity = $1 OR b.identity = $1 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3""",
        [actor.id],
    ).fetchall()
    return tuple(Relation(person=p, relation=r, of=o, reports=tuple(reports)) for p, r, o, reports in rows)


def _quotes(connection: duckdb.DuckDBPyConnection, actor: Actor) -> tuple[Saying, ...]:
    rows: Sequence[tuple[str, object, int, int, str]] = connection.execute(
        """SELECT report, published, start, stop, text FROM quotes
           JOIN nodes ON speaker_node = nodes.id JOIN reports ON reports.id = report
           WHERE identity = $1 ORDER BY published NULLS LAST, report, start""",
        [actor.id],
    ).fetchall()
    return tuple(
        Saying(report=report, published=_iso(day), span=Span(start, stop), text=text[start:stop])
        for report, day, start, stop, text in rows
    )


def _iso(day: object) -> str | None:
    return str(day) if day is not None else None
