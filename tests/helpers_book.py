"""Coded reports without a coder: from gold, and made by hand."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from pathlib import Path

from dateline.evaluation import GoldReport, read_gold
from dateline.record import (
    Account,
    ActorRecord,
    CodedReport,
    Count,
    Interval,
    Kinship,
    Quote,
    Role,
    Span,
)
from dateline.report import Report

GOLD = Path(__file__).parent / "gold"

Pair = tuple[Report, CodedReport]


def from_gold(gold: GoldReport) -> Pair:
    """A gold report as if a coder had read it: names for keys, every string that denotes an actor as its mentions."""
    text, names = gold.text, {}
    for key, actor in gold.actors.items():
        names[key] = actor.name if actor.name not in names.values() else f"{actor.name} ({key})"

    def day(text: str | None) -> dt.date | None:
        return dt.date.fromisoformat(text) if text else None

    actors = {
        names[key]: ActorRecord(
            kind=actor.kind,
            mentions=tuple(
                sorted(
                    {Span(*m.span()) for s in actor.surface for m in re.finditer(rf"(?<!\w){re.escape(s)}(?!\w)", text)}
                )
            ),
        )
        for key, actor in gold.actors.items()
    }
    events = tuple(
        Account(
            id=e.id,
            type=e.type,  # type: ignore[arg-type]
            mode=e.mode,
            anchors=tuple(Span(*a) for a in e.anchors),
            actor=tuple(names[k] for k in e.actor),
            recipient=tuple(names[k] for k in e.recipient),
            when=Interval(day(e.when[0]), day(e.when[1])) if e.when else None,
            where=e.where,
            status=e.status,
            said_by=names[e.said_by] if e.said_by else None,
            counts={name: Count(low or 0, high) for name, (low, high) in e.counts.items()},  # type: ignore[misc]
            evidence={"when": (Span(*e.anchors[0]),)} if e.when else {},
            because={"when": "as a reader found"} if e.when else {},
        )
        for e in gold.events
    )
    coded = CodedReport(
        id=gold.id,
        published=gold.published,
        source=gold.source,
        events=events,
        quotes=tuple(Quote(span=Span(*q.span), speaker=names[q.speaker]) for q in gold.quotes),
        roles=tuple(Role(person=names[r.person], role=r.role, of=names[r.of] if r.of else None) for r in gold.roles),
        kin=tuple(Kinship(person=names[k.person], relation=k.relation, of=names[k.of]) for k in gold.kin),
        actors=actors,
    )
    return gold.report(), coded


@cache
def samples() -> tuple[Pair, ...]:
    """The sample reports as gold has them coded."""
    return tuple(from_gold(gold) for gold in read_gold(GOLD / "samples.jsonl"))


def told(
    id: str,
    published: str,
    text: str,
    *,
    type: str = "ASSAULT",
    mode: str | None = None,
    anchor: str,
    actor: tuple[str, ...] = (),
    recipient: tuple[str, ...] = (),
    when: str | None = None,
    where: tuple[str, ...] = (),
    kinds: dict[str, str] | None = None,
    source: str | None = None,
    roles: tuple[Role, ...] = (),
    kin: tuple[Kinship, ...] = (),
    countries: dict[str, str] | None = None,
    called: dict[str, tuple[str, ...]] | None = None,
    **counts: int,
) -> Pair:
    """A report that tells of one event; actors are countries unless `kinds` says otherwise.

    `when` is "day" or "day/day", an end left out is open; `called` gives what else an actor is called in the text.
    """
    names = {*actor, *recipient, *(kinds or {}), *(r.person for r in roles), *(r.of for r in roles if r.of)}
    ends = [dt.date.fromisoformat(d) if d else None for d in when.split("/")] if when else []
    actors = {
        name: ActorRecord(
            kind=(kinds or {}).get(name, "country"),  # type: ignore[arg-type]
            mentions=tuple(
                sorted(
                    Span(*m.span())
                    for called_so in (name, *(called or {}).get(name, ()))
                    for m in re.finditer(re.escape(called_so), text)
                )
            ),
            country=(countries or {}).get(name),
        )
        for name in sorted(names)
    }
    start = text.index(anchor)
    account = Account(
        id="e1",
        type=type,  # type: ignore[arg-type]
        mode=mode,
        anchors=(Span(start, start + len(anchor)),),
        actor=actor,
        recipient=recipient,
        when=Interval(ends[0], ends[-1]) if ends else None,
        where=where,
        counts={name: Count(n, n) for name, n in counts.items()},  # type: ignore[misc]
    )
    day = dt.date.fromisoformat(published)
    report = Report(id=id, text=text, published=day, source=source)
    coded = CodedReport(id=id, published=day, source=source, events=(account,), actors=actors, roles=roles, kin=kin)
    return report, coded
