"""Reviewed accounts as gold: what people vouched for, in the form that `dateline evaluate` reads."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import duckdb
import msgspec

from dateline.book.backfill import words_of
from dateline.book.entries import reviewed_reports
from dateline.book.queries import reports
from dateline.record import ActorRecord, CodedReport
from dateline.report import Report

#: Words that denote somebody without naming: no part of an actor's surface.
PRONOUNS = frozenset(
    "he him his himself she her hers herself they them their theirs themselves it its itself we us our ours ourselves "
    "i me my mine myself you your yours who whom whose which that this these those one ones both".split()
)


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A reviewed report as a gold reading; its JSON is that of a gold record (docs/formats.md).

    Quotes, roles and kin are not reviewed and left out.
    """

    id: str
    published: str | None
    source: str | None
    text: str
    actors: dict[str, dict[str, Any]]
    events: tuple[dict[str, Any], ...]
    quotes: tuple[()] = ()
    roles: tuple[()] = ()
    kin: tuple[()] = ()

    def to_json(self, *, texts: bool = True) -> bytes:
        """One line of JSON without the line break; with `texts` false, the SHA-256 of the text stands in its place."""
        made: dict[str, Any] = {}
        for key, value in msgspec.to_builtins(self).items():
            if key == "text" and not texts:
                made["sha256"] = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
            else:
                made[key] = value
        return msgspec.json.encode(made)


def readings(connection: duckdb.DuckDBPyConnection, *, partial: bool = False) -> Iterator[Reading]:
    """Reports of which every account is reviewed, or with `partial` any, by publication day and id.

    Rejected accounts are not in them. What a coder overlooked is not either: a reading says that what it has is right.
    """
    touched = reviewed_reports(connection)
    marks: dict[str, list[str | None]] = {}
    for report, standing in connection.execute(
        "SELECT report, standing FROM accounts ORDER BY report, ordinal"
    ).fetchall():
        marks.setdefault(report, []).append(standing)
    for made, coded in reports(connection):
        found = marks.get(made.id, [])
        if made.id in touched and (partial or None not in found):
            yield reading(made, coded, [standing is not None for standing in found])


def reading(report: Report, coded: CodedReport, vouched: list[bool]) -> Reading:
    """The gold reading of a report by those of its accounts that somebody vouched for."""
    accounts = [account for account, kept in zip(coded.events, vouched, strict=True) if kept]
    told = {n for a in accounts for n in (*a.actor, *a.recipient, *([a.said_by] if a.said_by else []))}
    keys: dict[str, str] = {}
    for name in [n for n in coded.actors if n in told]:
        short = (words_of(name) or ("actor",))[-1]
        taken = sum(k == short or k.rpartition("-")[0] == short for k in keys.values())
        keys[name] = f"{short}-{taken + 1}" if taken else short
    events = tuple(
        {
            "id": f"e{number}",
            "type": a.type,
            "mode": a.mode,
            "anchors": [list(span) for span in a.anchors],
            "actor": [keys[n] for n in a.actor],
            "recipient": [keys[n] for n in a.recipient],
            "when": [day.isoformat() if day else None for day in a.when] if a.when else None,
            "where": list(a.where),
            "status": a.status,
            "said_by": keys[a.said_by] if a.said_by else None,
            "counts": {name: list(count) for name, count in a.counts.items()},
        }
        for number, a in enumerate(accounts, 1)
    )
    return Reading(
        id=report.id,
        published=report.published.isoformat() if report.published else None,
        source=report.source,
        text=report.text,
        actors={
            keys[n]: {"name": n, "kind": coded.actors[n].kind, "surface": _surface(report.text, coded.actors[n])}
            for n in keys
        },
        events=events,
    )


def _surface(text: str, actor: ActorRecord) -> list[str]:
    """Every string that denotes an actor, pronouns aside, in the order of the text."""
    found = dict.fromkeys(text[m.start : m.end] for m in actor.mentions)
    return [s for s in found if s.casefold() not in PRONOUNS]
