"""RDF in Turtle: events in the Simple Event Model, who says what in PROV, evidence as web annotations.

An event (`sem:Event`) has actors with roles, places and time stamps; it is derived from its accounts (`prov:Entity`),
each of which was derived from its report and, where somebody vouches for it, is attributed to that actor. The text that
an account rests on is an `oa:SpecificResource` with the characters' positions. Names of things are
`urn:dateline:` ones.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import quote

from dateline.exports import BookExport
from dateline.exports.columns import edtf
from dateline.exports.phrases import headline
from dateline.exports.selection import Selection

if TYPE_CHECKING:
    from dateline.merging.event import Actor, Event, Telling

_PREFIXES = {
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dl": "urn:dateline:term:",
}
_KINDS = {"person": "foaf:Person", "organization": "foaf:Organization", "group": "foaf:Group", "country": "foaf:Agent"}
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


class Rdf(BookExport):
    """Turtle, UTF-8: events in order, then the actors, places and reports that they name, sorted."""

    about = "Turtle: events in SEM, who says what in PROV, evidence with character positions"
    suffix = ".ttl"

    def events(self, events: Selection, out: BinaryIO) -> None:
        """Write the graph."""
        out.write("".join(f"@prefix {name}: <{iri}> .\n" for name, iri in _PREFIXES.items()).encode())
        seen: dict[str, str] = {}
        for event in events:
            out.write(_event(events, event, seen).encode())
            for telling in event.tellings:
                out.write(_account(telling, seen).encode())
                seen.setdefault(_iri("report", telling.report), _report(events, telling.report))
        for iri in sorted(seen):
            out.write(seen[iri].encode())


def _event(events: Selection, event: Event, seen: dict[str, str]) -> str:
    about: list[tuple[str, str]] = [
        ("a", "sem:Event , prov:Entity"),
        ("rdfs:label", _text(headline(event))),
        ("sem:eventType", f"dl:{event.type}"),
        ("dl:status", _text(event.status)),
    ]
    if event.mode:
        about.append(("dl:mode", _text(event.mode)))
    if event.cameo:
        about.append(("dl:cameo", _text(event.cameo)))
    for field in ("actor", "recipient"):
        for party in events.parties(event, field):
            iri = _actor(party.actor, seen)
            about += [("sem:hasActor", iri), (f"dl:{field}", iri)]
    low, high = event.when or (None, None)
    about += [("sem:hasEarliestBeginTimeStamp", _day(str(low)))] if low else []
    about += [("sem:hasLatestEndTimeStamp", _day(str(high)))] if high else []
    about += [("dct:date", _text(edtf(event.when)))] if low or high else []
    spots = {spot.asked: spot for spot in events.places(event)}
    for name in event.where:
        spot = spots.get(name)
        key = f"{spot.name} {spot.lat} {spot.lon}" if spot else name
        facts = [("a", "sem:Place"), ("rdfs:label", _text(spot.name if spot else name))]
        if spot and spot.precision != "country":
            facts += [("geo:lat", _number(spot.lat)), ("geo:long", _number(spot.lon))]
        facts += [("dl:precision", _text(spot.precision))] if spot else []
        facts += [("dl:country", _text(spot.country))] if spot and spot.country else []
        iri = _iri("place", key)
        seen.setdefault(iri, _statements(iri, facts))
        about.append(("sem:hasPlace", iri))
    for name, count in sorted(event.counts.items()):
        about.append((f"dl:{name}Low", str(count.low)))
        about += [(f"dl:{name}High", str(count.high))] if count.high is not None else []
    about += [("dl:disputed", _text(d.field)) for d in event.disputes]
    about += [("prov:wasDerivedFrom", _iri("account", t.key)) for t in event.tellings]
    return _statements(_iri("event", event.id), about)


def _account(telling: Telling, seen: dict[str, str]) -> str:
    iri, account, report = _iri("account", telling.key), telling.account, _iri("report", telling.report)
    about: list[tuple[str, str]] = [
        ("a", "prov:Entity , dl:Account"),
        ("sem:eventType", f"dl:{account.type}"),
        ("dl:status", _text(account.status)),
        ("dct:description", _text(telling.sentence)),
        ("prov:wasDerivedFrom", report),
    ]
    if telling.said_by:
        about.append(("prov:wasAttributedTo", _actor(telling.said_by, seen)))
    spans = {("anchor", span) for span in account.anchors}
    spans |= {(field, span) for field, found in account.evidence.items() for span in found}
    for field, (start, end) in sorted(spans):
        selector = f'[ a oa:TextPositionSelector ; oa:start {start} ; oa:end {end} ; dl:field "{field}" ]'
        about.append(("dl:evidence", f"[ a oa:SpecificResource ; oa:hasSource {report} ; oa:hasSelector {selector} ]"))
    return _statements(iri, about)


def _actor(actor: Actor, seen: dict[str, str]) -> str:
    iri = _iri("actor", actor.id)
    kinds = f"sem:Actor , prov:Agent , {_KINDS[actor.kind]}"
    facts = [("a", kinds), ("rdfs:label", _text(actor.name)), ("dl:kind", _text(actor.kind))]
    seen.setdefault(iri, _statements(iri, facts))
    return iri


def _report(events: Selection, report_id: str) -> str:
    report = events.report(report_id)
    about = [("a", "prov:Entity , foaf:Document"), ("dct:identifier", _text(report.id))]
    about += [("dct:title", _text(report.title))] if report.title else []
    about += [("dct:issued", _day(str(report.published)))] if report.published else []
    about += [("dct:publisher", _text(report.source))] if report.source else []
    about += [("dct:source", _text(report.url))] if report.url else []
    return _statements(_iri("report", report_id), about)


def _statements(subject: str, about: list[tuple[str, str]]) -> str:
    return f"\n{subject} " + " ;\n  ".join(f"{name} {value}" for name, value in about) + " .\n"


def _iri(kind: str, name: str) -> str:
    return f"<urn:dateline:{kind}:{quote(name.encode('utf-8', 'replace'), safe='')}>"


def _text(words: str) -> str:
    plain = re.sub(r'[\\"\n\r\t]', lambda found: _ESCAPES[found.group()], words)
    plain = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", "", plain)
    return f'"{plain}"'


def _day(day: str) -> str:
    return f'"{day}"^^xsd:date'


def _number(value: float) -> str:
    return f'"{value}"^^xsd:decimal'
