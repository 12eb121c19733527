"""PLOVER data as POLECAT and NGEC have them: a table with POLECAT's columns, and JSON with NGEC's keys."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from dateline.exports import BookExport
from dateline.exports.columns import Cell, Column, joined
from dateline.exports.profiles.dyads import country_name, day_of, outlets
from dateline.exports.profiles.own import own
from dateline.exports.profiles.profile import OWN, Profile
from dateline.exports.selection import Party, Selection, Spot

if TYPE_CHECKING:
    from dateline.merging.event import Event


def _side(name: str) -> tuple[Column, ...]:
    return (
        Column(f"{name} Name", "list", "by name"),
        Column(f"{name} Country", "list", "countries (ISO 3166-1 alpha-3), in the order of the names"),
        Column(f"{name} COW", "string", "empty: dateline has no codes of the Correlates of War"),
        Column(f"Primary {name} Sector", "list", "the first sector of each"),
        Column(f"{name} Sectors", "list", "all sectors of each, separated by blanks"),
        Column(f"{name} Title", "list", "roles that the reports give"),
        Column(f"{name} Name Raw", "list", "what the reports call them"),
        Column(f"Wikipedia {name} ID", "string", "empty: dateline links to no encyclopedia"),
    )


class Polecat(Profile):
    """Tab-separated, with a head line; all statuses but `actual` are left out, as POLECAT tells of what happened."""

    about = "POLECAT's columns: PLOVER type, mode, contexts, actor, recipient, place"
    suffix = ".tsv"
    columns = (
        Column("Event ID", "string", "the event's id"),
        Column("Event Date", "date", "the first day on which it can have happened; empty if that is open"),
        Column("Event Type", "string", "PLOVER's type"),
        Column("Event Mode", "string", "PLOVER's mode"),
        Column("Intensity", "number", "from -10 (hostile) to 10 (friendly)"),
        Column("Quad Code", "string", "PLOVER's category"),
        Column("Contexts", "list", "PLOVER's contexts"),
        *_side("Actor"),
        *_side("Recipient"),
        Column("Placename", "string", "the place by the list's name"),
        Column("City", "string", "the town or the point in it"),
        Column("District", "string", "the second-level region that holds it"),
        Column("Province", "string", "the first-level region that holds it"),
        Column("Country", "string", "the place's country by name"),
        Column("Latitude", "number", "degrees; empty where only the country is known"),
        Column("Longitude", "number", "degrees; empty where only the country is known"),
        Column("GeoNames ID", "string", "empty: the list has none"),
        Column("Raw Placename", "list", "places as the reports write them"),
        Column("Feature Type", "string", "point, city, region or country"),
        Column("Source", "list", "the outlets"),
        Column("Publication Date", "date", "the first report's day of publication"),
        Column("Headline", "string", "the first report's title"),
        Column("Language", "string", "en"),
        *OWN,
    )

    def rows(self, events: Selection) -> Iterator[Sequence[Cell]]:
        """A row for each event that happened."""
        for event in events:
            if event.status != "actual":
                continue
            first = event.tellings[0]
            yield [
                event.id,
                day_of(event),
                event.type,
                event.mode,
                event.intensity,
                (event.quad or "").upper().replace("-", " "),
                event.contexts,
                *_cells(events.parties(event, "actor")),
                *_cells(events.parties(event, "recipient")),
                *_place(events.place(event)),
                None,
                event.where,
                spot.precision if (spot := events.place(event)) else None,
                outlets(event),
                first.published,
                first.title,
                "en",
                *own(event),
            ]


def _cells(parties: Sequence[Party]) -> list[Cell]:
    return [
        [p.actor.name for p in parties],
        _each(p.country or "" for p in parties),
        None,
        _each(p.sectors[0] if p.sectors else "" for p in parties),
        _each(" ".join(p.sectors) for p in parties),
        sorted({role for p in parties for role in p.roles}),
        [name for p in parties for name in p.names],
        None,
    ]


def _each(cells: Iterable[str]) -> list[str]:
    """A place for each participant; nothing at all where none is known."""
    found = list(cells)
    return found if any(found) else []


def _place(spot: Spot | None) -> list[Cell]:
    """Placename, city, district, province, country, latitude, longitude."""
    if spot is None:
        return [None] * 7
    if spot.precision == "country":
        return [spot.name, None, None, None, country_name(spot.country), None, None]
    province, district, *_ = (*spot.within, "", "")
    city = spot.name if spot.precision != "region" else None
    return [
        spot.name,
        city,
        district.title() or None,
        province.title() or (spot.name if city is None else None),
        country_name(spot.country),
        spot.lat,
        spot.lon,
    ]


class Ngec(BookExport):
    """A JSON array with an object for each account of the events that happened, with the keys of NGEC's output."""

    about = "NGEC's JSON: an object an account with attributes ACTOR, RECIP, LOC and DATE"
    suffix = ".json"

    def events(self, events: Selection, out: BinaryIO) -> None:
        """Write the array, an object a line."""
        before = b"[\n"
        for event in events:
            if event.status == "actual":
                for telling in _objects(events, event):
                    out.write(before + json.dumps(telling, ensure_ascii=False).encode())
                    before = b",\n"
        out.write(b"\n]\n" if before != b"[\n" else b"[]\n")


def _objects(events: Selection, event: Event) -> Iterator[dict[str, Any]]:
    spot = events.place(event)
    parties = {p.actor.id: p for side in ("actor", "recipient") for p in events.parties(event, side)}
    for telling in event.tellings:
        account, text = telling.account, events.report(telling.report).text
        spans = account.evidence.get("when", ())
        attributes: dict[str, list[dict[str, Any]]] = {
            "ACTOR": [_attribute(parties.get(a.id), a.name) for a in telling.actor],
            "RECIP": [_attribute(parties.get(a.id), a.name) for a in telling.recipient],
            "LOC": [{"text": name} for name in account.where],
            "DATE": [{"text": text[s.start : s.end], "start_char": s.start, "end_char": s.end} for s in spans],
        }
        days = account.when or (None, None)
        yield {
            "id": telling.key,
            "story_id": telling.report,
            "event_id": event.id,
            "pub_date": str(telling.published) if telling.published else None,
            "date": str(days[0]) if days[0] else None,
            "date_range": [str(day) if day else None for day in days],
            "source": telling.source,
            "headline": telling.title,
            "event_text": telling.sentence,
            "event_type": account.type,
            "event_mode": [account.mode] if account.mode else [],
            "event_context": list(account.contexts),
            "quad_code": account.quad,
            "cameo_code": account.cameo,
            "intensity": account.intensity,
            "said_by": telling.said_by.name if telling.said_by else None,
            "attributes": {name: found for name, found in attributes.items() if found},
            "event_geolocation": _geolocation(spot),
            "dispute": joined(d.field for d in event.disputes) or None,
        }


def _attribute(party: Party | None, name: str) -> dict[str, Any]:
    sectors = party.sectors if party else ()
    return {
        "text": name,
        "country": party.country if party else None,
        "code_1": sectors[0] if sectors else None,
        "code_2": sectors[1] if len(sectors) > 1 else None,
    }


def _geolocation(spot: Spot | None) -> dict[str, Any] | None:
    if spot is None:
        return None
    point = spot.precision != "country"
    return {
        "extracted_name": spot.asked,
        "resolved_placename": spot.name,
        "lat": spot.lat if point else None,
        "lon": spot.lon if point else None,
        "country_code3": spot.country,
        "admin1_name": spot.within[0].title() if spot.within else None,
        "precision": spot.precision,
    }
