"""FollowTheMoney: entities a line, for Aleph, OpenAleph and other tools that speak it.

Persons, organizations and countries, the events that involve them, kin and offices as links, and each report as an
`Article`. Events and links name as `proof` the articles that tell of them. Only what happened is an event here: plans
and denials have no place in that model.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from dateline.exports import BookExport
from dateline.exports.columns import one_line
from dateline.exports.days import words
from dateline.exports.phrases import counts, headline, reserve
from dateline.exports.selection import Party, Selection

if TYPE_CHECKING:
    from dateline.merging.event import Event

_SCHEMAS = {"person": "Person", "organization": "Organization", "group": "LegalEntity", "country": "PublicBody"}
Entity = dict[str, Any]


class FollowTheMoney(BookExport):
    """JSON lines of entities, sorted by id; ids are digests of what stands in the book."""

    about = "FollowTheMoney entities, a line each: people, bodies, events with proof, kin, offices, articles"
    suffix = ".ftm.json"

    def events(self, events: Selection, out: BinaryIO) -> None:
        """Write the entities."""
        found: dict[str, Entity] = {}
        actors: dict[tuple[str, str], str] = {}
        for event in events:
            if event.status != "actual":
                continue
            sides = [events.parties(event, field) for field in ("actor", "recipient")]
            for party in {p.actor.id: p for side in sides for p in side}.values():
                _actor(party, found)
            _note_names(events, event, actors)
            _add(found, _event(event, *sides))
            for telling in event.tellings:
                _add(found, _article(events, telling.report))
        for report in sorted({report for report, _ in actors}):
            _links(events, report, actors, found)
        for key in sorted(found):
            properties = {name: sorted(values) for name, values in sorted(found[key]["properties"].items()) if values}
            out.write(msgspec.json.encode(found[key] | {"properties": properties}) + b"\n")


def _id(kind: str, *parts: str) -> str:
    return f"dateline-{kind}-" + hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:20]


def _add(found: dict[str, Entity], entity: Entity) -> None:
    """Add an entity, or its values to the one of the same id."""
    there = found.setdefault(entity["id"], {"id": entity["id"], "schema": entity["schema"], "properties": {}})
    for name, values in entity["properties"].items():
        there["properties"].setdefault(name, set()).update(v for v in values if v)


def _actor(party: Party, found: dict[str, Entity]) -> None:
    actor = party.actor
    told: dict[str, list[str]] = {"name": [actor.name], "alias": [n for n in party.names if n != actor.name]}
    told["country"] = [party.country.lower()] if party.country else []
    if actor.kind == "person":
        told["position"] = list(party.roles)
    _add(found, {"id": _id("actor", actor.id), "schema": _SCHEMAS[actor.kind], "properties": told})


def _note_names(events: Selection, event: Event, actors: dict[tuple[str, str], str]) -> None:
    """Which actor a report means by a name, for its kin and roles."""
    for field in ("actor", "recipient"):
        for party in events.parties(event, field):
            for telling in event.tellings:
                for name in party.names:
                    if name in getattr(telling.account, field):
                        actors[telling.report, name] = party.actor.id


def _event(event: Event, actors: tuple[Party, ...], recipients: tuple[Party, ...]) -> Entity:
    low, high = event.when or (None, None)
    facts = "; ".join(filter(None, [words(event.when), counts(event), reserve(event)]))
    told = {
        "name": [headline(event)],
        "summary": [facts],
        "description": [one_line(t.sentence) for t in event.tellings],
        "startDate": [str(low)] if low else [],
        "endDate": [str(high)] if high else [],
        "location": list(event.where),
        "organizer": [_id("actor", p.actor.id) for p in actors],
        "involved": [_id("actor", p.actor.id) for p in recipients],
        "recordId": [event.id],
        "keywords": [event.type, *([event.mode] if event.mode else []), *event.contexts],
        "proof": [_id("report", t.report) for t in event.tellings],
    }
    return {"id": _id("event", event.id), "schema": "Event", "properties": told}


def _article(events: Selection, report_id: str) -> Entity:
    report = events.report(report_id)
    told = {
        "title": [report.title or report.id],
        "publishedAt": [str(report.published)] if report.published else [],
        "publisher": [report.source or ""],
        "sourceUrl": [report.url or ""],
        "bodyText": [report.text],
        "crawler": ["dateline"],
    }
    return {"id": _id("report", report.id), "schema": "Article", "properties": told}


def _links(events: Selection, report_id: str, actors: dict[tuple[str, str], str], found: dict[str, Entity]) -> None:
    """Kin and offices of a report whose both sides take part in events."""
    coded, proof = events.coded(report_id), [_id("report", report_id)]

    def who(name: str | None, *schemas: str) -> str | None:
        """The actor of that name if the model lets it stand at that end of a link."""
        actor = actors.get((report_id, name or ""))
        return actor if actor and found[_id("actor", actor)]["schema"] in schemas else None

    for kin in coded.kin:
        one, other = who(kin.person, "Person"), who(kin.of, "Person")
        if one and other and one != other:
            told = {"person": [_id("actor", other)], "relative": [_id("actor", one)], "relationship": [kin.relation]}
            link = _id("kin", one, kin.relation, other)
            _add(found, {"id": link, "schema": "Family", "properties": told | {"proof": proof}})
    for role in coded.roles:
        person, body = who(role.person, "Person"), who(role.of, "Organization", "PublicBody")
        if person and body:
            told = {"member": [_id("actor", person)], "organization": [_id("actor", body)], "role": [role.role]}
            link = _id("role", person, role.role, body)
            _add(found, {"id": link, "schema": "Membership", "properties": told | {"proof": proof}})
