"""What one can ask a timeline for, and the SQL that it becomes."""

from __future__ import annotations

from typing import Any, get_args

import duckdb
import msgspec

from dateline.book.backfill import place_key
from dateline.book.days import first_day, last_day
from dateline.book.people import find
from dateline.book.search import matching
from dateline.errors import BookError
from dateline.record import MODES, Context, PloverType, Sector, Status


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that an event must fit; None asks nothing.

    `actor`: who takes part on either side, by any name the book knows (a surname finds all who bear it) or id;
    `between`: two who both take part, on whatever side; `place`: words of a place where it was; `type`: a PLOVER
    type, a type and mode ("ASSAULT·abduct", also with "." or "/"); `status`, `context`; `sector` and `country` (ISO
    3166-1 alpha-3, or a country's name) of somebody who takes part; `outlet`: the source of a report that tells it;
    `search`: words of a report that tells it. Types, statuses, contexts, sectors, countries and outlets may be several,
    separated by commas, of which one must fit. `since` and `until`: a day, month or year that `when` may reach into.
    `limit`: the first so many; `top`: the so many of most importance, in order of `when`.
    """

    actor: str | None = None
    between: tuple[str, str] | None = None
    place: str | None = None
    type: str | None = None
    status: str | None = None
    context: str | None = None
    sector: str | None = None
    country: str | None = None
    outlet: str | None = None
    search: str | None = None
    since: str | None = None
    until: str | None = None
    limit: int | None = None
    top: int | None = None


NOTHING = Asked()
_ACCOUNTS = "id IN (SELECT event FROM event_accounts WHERE account IN ({}))"


def conditions(connection: duckdb.DuckDBPyConnection, asked: Asked) -> tuple[str, list[Any]]:
    """The condition on `events` and its values; raises BookError for what says nothing."""
    where, values = ["true"], list[Any]()

    def bind(value: object) -> str:
        values.append(value)
        return f"${len(values)}"

    if asked.actor is not None:
        where.append(_ACCOUNTS.format(_told_by(bind(_people(connection, asked.actor)))))
    if asked.between is not None:
        one, two = (_told_by(bind(_people(connection, name))) for name in asked.between)
        where.append(_ACCOUNTS.format(f"{one} INTERSECT {two}"))
    if asked.place is not None:
        key = place_key(asked.place)
        if not key:
            raise BookError(f"{asked.place!r} is no place")
        words = bind(f" {key} ")
        where.append(_ACCOUNTS.format(f"SELECT account FROM places WHERE contains(' ' || key || ' ', {words})"))
    if asked.type is not None:
        wanted = []
        for one_type, mode in map(type_and_mode, asked.type.split(",")):
            clause = f"type = {bind(one_type)}" + (f" AND mode = {bind(mode)}" if mode else "")
            wanted.append(f"({clause})")
        where.append("(" + " OR ".join(wanted) + ")")
    if asked.status is not None:
        where.append(f"status IN (SELECT unnest({bind(_listed(asked.status, get_args(Status), 'status'))}::TEXT[]))")
    if asked.context is not None:
        told = bind(_listed(asked.context, get_args(Context), "context"))
        where.append(
            _ACCOUNTS.format(f"SELECT account FROM account_contexts WHERE context IN (SELECT unnest({told}::TEXT[]))")
        )
    if asked.sector is not None:
        codes = bind(_listed(asked.sector.upper(), get_args(Sector), "sector"))
        where.append(
            _ACCOUNTS.format(
                f"""SELECT account FROM participants JOIN accounts ON accounts.key = account
                    JOIN actor_sectors ON actor_sectors.report = accounts.report
                      AND actor_sectors.name = participants.name
                    WHERE sector IN (SELECT unnest({codes}::TEXT[]))"""
            )
        )
    if asked.country is not None:
        codes = bind(_countries(connection, asked.country))
        where.append(
            _ACCOUNTS.format(
                f"""SELECT account FROM participants JOIN accounts ON accounts.key = account
                    JOIN actors ON actors.report = accounts.report AND actors.name = participants.name
                    WHERE country IN (SELECT unnest({codes}::TEXT[]))"""
            )
        )
    if asked.outlet is not None:
        outlets = bind([part.strip().casefold() for part in asked.outlet.split(",")])
        where.append(
            _ACCOUNTS.format(
                f"""SELECT accounts.key FROM accounts JOIN reports ON reports.id = report
                    WHERE lower(source) IN (SELECT unnest({outlets}::TEXT[]))"""
            )
        )
    if asked.search is not None:
        found = bind(matching(connection, asked.search))
        where.append(_ACCOUNTS.format(f"SELECT key FROM accounts WHERE report IN (SELECT unnest({found}::TEXT[]))"))
    if asked.since is not None:
        where.append(f"coalesce(latest, earliest) >= {bind(first_day(asked.since))}")
    if asked.until is not None:
        where.append(f"coalesce(earliest, latest) <= {bind(last_day(asked.until))}")
    return " AND ".join(where), values


def type_and_mode(text: str) -> tuple[PloverType, str | None]:
    """ "assault.abduct" as ("ASSAULT", "abduct"); raises BookError for what PLOVER does not have."""
    name, _, mode = text.strip().replace("·", ".").replace("/", ".").partition(".")
    known: dict[str, PloverType] = {str(t): t for t in get_args(PloverType)}
    if name.upper() not in known:
        raise BookError(f"{name!r} is no PLOVER type; the types are {', '.join(known)}")
    modes = MODES.get(name.upper(), ())
    if mode and mode not in modes:
        raise BookError(f"{name.upper()} has no mode {mode!r}; it has {', '.join(modes) or 'none'}")
    return known[name.upper()], mode or None


def _told_by(people: str) -> str:
    return f"""SELECT account FROM participants JOIN nodes ON nodes.id = node
               WHERE identity IN (SELECT unnest({people}::TEXT[]))"""


def _people(connection: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    found = find(connection, name)
    if not found:
        raise BookError(f"nobody is called {name!r} in this book; `dateline timeline` lists who is")
    return [a.id for a in found]


def _listed(text: str, known: tuple[str, ...], noun: str) -> list[str]:
    found = [part.strip() for part in text.split(",")]
    for part in found:
        if part not in known:
            raise BookError(f"{part!r} is no {noun}; it is one of {', '.join(known)}")
    return found


def _countries(connection: duckdb.DuckDBPyConnection, text: str) -> list[str]:
    codes = []
    for part in (p.strip() for p in text.split(",")):
        if len(part) == 3 and part.isalpha() and part.isupper():
            codes.append(part)
            continue
        rows = connection.execute(
            """SELECT DISTINCT country FROM actors JOIN nodes ON node = id
               WHERE actors.kind = 'country' AND country IS NOT NULL AND identity IN (SELECT unnest($1::TEXT[]))
               ORDER BY 1""",
            [[a.id for a in find(connection, part)]],
        ).fetchall()
        if not rows:
            raise BookError(f"no country {part!r} in this book; name one that reports name, or a code as UKR")
        codes += [row[0] for row in rows]
    return codes
